package io.windhover.codegen.proto;

import io.windhover.codegen.GeneratedFile;
import io.windhover.codegen.model.JavaSource;
import io.windhover.proto.Method;
import io.windhover.proto.ProtoCompilation;
import io.windhover.proto.ProtoFile;
import io.windhover.proto.Service;
import io.windhover.proto.Symbol;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.Diagnostic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Turns checked `.proto` files into Java source: a class for each message, a sealed interface or
/// an enum for each enum, an interface for each service with a hidden companion.
///
/// The same files give the same bytes.
public final class ProtoGenerator {

  private final ProtoNames names;
  private final ProtoOptions options;
  private final MessageClasses classes;
  private final List<GeneratedFile> files = new ArrayList<>();
  private int types;
  private int services;
  private final List<Diagnostic> diagnostics;

  private ProtoGenerator(ProtoNames names, ProtoOptions options, List<Diagnostic> diagnostics) {
    this.names = names;
    this.options = options;
    this.diagnostics = diagnostics;
    this.classes =
        switch (options.messages()) {
          case WINDHOVER -> new MessageClasses.Ours(names);
          case PROTOBUF_JAVA -> new MessageClasses.OfProtobufJava();
        };
  }

  /// Whose classes messages are.
  public enum Messages {
    /// They are generated, too.
    WINDHOVER,
    /// Those of protoc: only services are generated.
    PROTOBUF_JAVA;

    /// Finds those that are called so, such as `protobuf-java`.
    public static Optional<Messages> find(String text) {
      return Arrays.stream(values()).filter(it -> it.toString().equals(text)).findFirst();
    }

    /// As the command line has it: `protobuf-java`.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// What a run has made.
  ///
  /// @param files empty if there are errors
  /// @param types how many messages and enums have a file; those in a message are in its file
  /// @param services how many services have files
  /// @param diagnostics what cannot be done in Java, such as names that collide; each an error
  public record Result(
      List<GeneratedFile> files, int types, int services, List<Diagnostic> diagnostics) {
    public Result {
      files = List.copyOf(files);
      diagnostics = List.copyOf(diagnostics);
    }

    public boolean hasErrors() {
      return !diagnostics.isEmpty();
    }
  }

  /// Generates the classes of some files, and of the [standard][ProtoFile#isStandard] ones that
  /// have types of their fields and methods.
  ///
  /// @param compilation without errors
  /// @param files of the compilation; other standard ones, such as are imported for options, are
  ///   left out
  public static Result generate(
      ProtoCompilation compilation, List<ProtoFile> files, ProtoOptions options) {
    var diagnostics = new ArrayList<Diagnostic>();
    var names = new ProtoNames(compilation.files(), options.async(), diagnostics);
    var generator = new ProtoGenerator(names, options, diagnostics);
    StandardTypes.with(files).forEach(generator::generate);
    return diagnostics.isEmpty()
        ? new Result(generator.files, generator.types, generator.services, diagnostics)
        : new Result(List.of(), 0, 0, diagnostics);
  }

  private void generate(ProtoFile file) {
    services += file.services().size();
    if (options.messages() == Messages.WINDHOVER) {
      types += file.messages().size() + file.enums().size();
      types(file);
    }
    file.services().forEach(it -> service(file, it));
  }

  private void types(ProtoFile file) {
    for (var message : file.messages()) {
      var out = source(file, names.hiddenIn(message));
      new MessageEmitter(out, names, message).emit();
      add(message, names.simple(message), out);
    }
    for (var type : file.enums()) {
      var out = source(file, Set.of("Known", "Unknown"));
      new ProtoEnumEmitter(out, names, type).emit();
      add(type, names.simple(type), out);
    }
  }

  private void service(ProtoFile file, Service service) {
    service.methods().forEach(this::requirePackages);
    var model = ServiceModel.of(service, names, classes);
    var out = source(file, Set.of("Stub", "NAME", "FULL_NAME"));
    new ProtoServiceEmitter(out, model).emit();
    add(service, model.name(), out);
    if (model.hasStreams()) {
      var client = source(file, Set.of());
      new ProtoServiceEmitter(client, model).emitClient();
      add(service, model.view(), client);
    }
    if (names.hasAsync(service)) {
      var async = source(file, Set.of("Stub"));
      new ProtoAsyncEmitter(async, names.asyncOf(service), model).emit();
      add(service, names.asyncOf(service), async);
    }
    var calls = source(file, model.constants());
    new ProtoCallsEmitter(calls, model, classes).emit();
    add(service, model.calls(), calls);
  }

  private void requirePackages(Method method) {
    for (var message : List.of(method.input(), method.output())) {
      if (!classes.isInPackage(message)) {
        diagnostics.add(
            Diagnostic.of(
                    ProtoRule.UNDEFINED_NAME,
                    method.span(),
                    "the class that protoc makes of '%s' is in no package, and so has no name for other classes"
                        .formatted(message.fullName()))
                .withHelp("give its file a package, or the option java_package"));
      }
    }
  }

  private JavaSource source(ProtoFile file, Set<String> hidden) {
    var packageName = ProtoNames.packageOf(file);
    return new JavaSource(
        GeneratedFile.header(printable(file)),
        packageName,
        names.inPackage(packageName),
        hidden,
        names.packageRoots(),
        ProtoNames.LIBRARY);
  }

  private void add(Symbol symbol, String name, JavaSource out) {
    for (var root : out.hiddenPackages()) {
      diagnostics.add(
          Diagnostic.of(
                  ProtoRule.DUPLICATE_NAME,
                  symbol.span(),
                  "'%s' is the first part of a package and a name in the class of %s"
                      .formatted(root, symbol.fullName()))
              .withHelp("give the package another name in Java, by the option java_package"));
    }
    var file = symbol.file();
    var folder = ProtoNames.packageOf(file).replace('.', '/');
    files.add(new GeneratedFile(file.name(), folder + "/" + name + ".java", out.text()));
  }

  /// Returns the name for a comment, which a line end in it would end.
  private static String printable(ProtoFile file) {
    return file.name().replaceAll("\\p{Cntrl}", "\uFFFD");
  }
}
