package io.windhover.cli;

import io.windhover.codegen.GeneratedFile;
import io.windhover.codegen.GeneratorOptions;
import io.windhover.codegen.GeneratorOptions.Descriptors;
import io.windhover.codegen.GeneratorOptions.StructStyle;
import io.windhover.codegen.JavaGenerator;
import io.windhover.codegen.JavaNotes;
import io.windhover.codegen.OutputDirectory;
import io.windhover.codegen.OutputDirectory.Changes;
import io.windhover.codegen.proto.ProtoGenerator.Messages;
import io.windhover.codegen.proto.ProtoOptions;
import io.windhover.idl.EnumType;
import io.windhover.idl.Program;
import io.windhover.idl.Service;
import io.windhover.idl.StructType;
import io.windhover.idl.ThriftCompiler;
import io.windhover.plugin.host.Plugins;
import io.windhover.source.Diagnostic;
import io.windhover.thriftgo.PluginException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// `windhover gen`: Thrift IDL, or Protobuf's, to Java.
@Command(
    name = "gen",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    abbreviateSynopsis = true,
    description = "Generates Java from Thrift files, or .proto files, and what they include.",
    footer = {
      "%nExamples:",
      "  windhover gen hello.thrift",
      "  windhover gen api/*.thrift -I shared -o src/main/java",
      "  windhover gen -I api api/shop/order.proto -o src/main/java",
      "  windhover gen @arguments.txt    (of a file with one argument a line)"
    })
final class GenCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", arity = "0..*", description = "Thrift files, or .proto files.")
  private List<Path> files = List.of();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Where the Java files go, in folders by package. Default: the working folder.")
  private Path out = Path.of(".");

  @Mixin private CheckOptions checks = new CheckOptions();

  @Option(
      names = "--no-includes",
      description = "Generate nothing for included files that are not named themselves.")
  private boolean noIncludes;

  @Option(
      names = "--prune",
      description = "Remove what earlier runs left in DIR, whatever it was generated from.")
  private boolean prune;

  @Option(
      names = "--style",
      paramLabel = "STYLE",
      defaultValue = "class",
      description =
          "What structs become where the IDL does not say: class or record. Default: class.")
  private StructStyle style = StructStyle.CLASS;

  @Option(
      names = "--async",
      description = "Give services a second interface, whose methods return a CompletionStage.")
  private boolean async;

  @Option(
      names = "--descriptors",
      paramLabel = "KIND",
      defaultValue = "none",
      description =
          "What programs can ask about the IDL at run time: none, plain, or docs (with doc"
              + " comments). Default: none.")
  private Descriptors descriptors = Descriptors.NONE;

  @Option(
      names = "--messages",
      paramLabel = "WHOSE",
      defaultValue = "windhover",
      converter = MessagesConverter.class,
      description =
          "Of .proto files: windhover generates the classes of messages, too; protobuf-java leaves"
              + " them to protoc. Default: windhover.")
  private Messages messages = Messages.WINDHOVER;

  @Option(
      names = "--descriptor-set",
      paramLabel = "FILE",
      description =
          "Of .proto files: write into FILE their descriptors, and those of all that they import,"
              + " as protoc --include_imports --descriptor_set_out does. Reflection needs them.")
  private @Nullable Path descriptorSet;

  @Option(
      names = "--list-inputs",
      paramLabel = "FILE",
      description =
          "Write into FILE what the result depends on: the paths that were looked for, one a line,"
              + " be there a file or not. For build tools.")
  private @Nullable Path inputs;

  @Mixin private final PluginOptions pluginOptions = new PluginOptions();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  GenCommand() {}

  @Override
  public Integer call() {
    long start = System.nanoTime();
    if (files.isEmpty() && !prune) {
      throw new ParameterException(spec.commandLine(), "Missing required parameter: 'FILE'");
    }
    if (descriptorSet != null && files.stream().noneMatch(ProtoFiles::isOne) && !files.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--descriptor-set is for .proto files, and these are Thrift files");
    }
    if (descriptorSet != null || files.stream().anyMatch(ProtoFiles::isOne)) {
      return proto(start);
    }
    var seen = new LinkedHashSet<Path>();
    var compilation = ThriftCompiler.compile(files, checks.compiler(), seen::add);
    report(compilation.diagnostics());
    if (compilation.hasErrors()) {
      return 1;
    }
    requireNoSource(seen);
    var programs = noIncludes ? compilation.roots() : compilation.programs();
    Changes changes;
    try {
      var made = generate(compilation.roots(), programs);
      if (made.isEmpty()) {
        return 1;
      }
      var idls = programs.stream().map(program -> program.file().path()).toList();
      changes = write(idls, made.get(), seen);
    } catch (IOException | PluginException e) {
      return failed(e);
    }
    say(summary(programs), changes, start);
    return 0;
  }

  private int proto(long start) {
    if (!files.stream().allMatch(ProtoFiles::isOne)) {
      throw new ParameterException(
          spec.commandLine(), "Thrift files and .proto files (expected: a run for each)");
    }
    boolean isForThrift = style != StructStyle.CLASS || descriptors != Descriptors.NONE;
    if (isForThrift || !pluginOptions.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--style, --descriptors and plugins are for Thrift files");
    }
    var proto = new ProtoFiles(files, checks.folders());
    var found = checks.apply(proto.compilation().diagnostics());
    report(found);
    if (found.stream().anyMatch(Diagnostic::isError)) {
      return 1;
    }
    requireNoSource(proto.seen());
    try {
      var run = new ProtoRun(proto.compilation(), !noIncludes);
      var err = spec.commandLine().getErr();
      var made = run.generate(new ProtoOptions(messages, async), err::print);
      err.flush();
      if (made.isEmpty()) {
        return 1;
      }
      var changes = write(run.idls(), made.get().files(), proto.seen());
      if (descriptorSet != null) {
        write(descriptorSet, proto.compilation().runtimeDescriptorSet());
      }
      say(summary(made.get().types(), made.get().services()), changes, start);
      return 0;
    } catch (IOException e) {
      return failed(e);
    }
  }

  private void requireNoSource(Set<Path> seen) {
    var sources = new Sources(seen);
    requireNoSource("--descriptor-set", descriptorSet, sources);
    requireNoSource("--list-inputs", inputs, sources);
  }

  private void requireNoSource(String option, @Nullable Path file, Sources sources) {
    if (file != null && sources.has(file)) {
      throw new ParameterException(
          spec.commandLine(),
          "%s %s: is one of the files that are read (expected: another)".formatted(option, file));
    }
  }

  private Changes write(List<String> idls, List<GeneratedFile> made, Set<Path> seen)
      throws IOException {
    var changes = new OutputDirectory(out).update(idls, made, prune);
    if (inputs != null) {
      Files.write(inputs, seen.stream().map(it -> it.toAbsolutePath().toString()).toList());
    }
    return changes;
  }

  /// Does not touch a file that has this content.
  private static void write(Path file, byte[] content) throws IOException {
    if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
      return;
    }
    Files.createDirectories(file.toAbsolutePath().resolveSibling("."));
    Files.write(file, content);
  }

  private int failed(Exception e) {
    spec.commandLine().getErr().println("error: " + e.getMessage());
    return 1;
  }

  private void say(String summary, Changes changes, long start) {
    long millis = (System.nanoTime() - start) / 1_000_000;
    spec.commandLine().getOut().println("%s: %s (%s ms)".formatted(summary, changes, millis));
  }

  /// Makes the files, or reports errors.
  private Optional<List<GeneratedFile>> generate(List<Program> roots, List<Program> programs) {
    var options = new GeneratorOptions(style, async, descriptors);
    var plugins = pluginOptions.find();
    report(checks.apply(JavaNotes.of(programs, options)));
    if (plugins.isEmpty() || roots.isEmpty()) {
      var result = JavaGenerator.generate(programs, options);
      report(result.diagnostics());
      return result.hasErrors() ? Optional.empty() : Optional.of(result.files());
    }
    var java = JavaGenerator.generateMarked(programs, options);
    report(java.diagnostics());
    if (java.hasErrors()) {
      return Optional.empty();
    }
    var result =
        plugins.run(new Plugins.Work(roots, programs, !noIncludes, java.files(), options, out));
    result.messages().forEach(spec.commandLine().getErr()::println);
    return result.hasErrors() ? Optional.empty() : Optional.of(result.files());
  }

  private void report(List<Diagnostic> diagnostics) {
    var err = spec.commandLine().getErr();
    diagnostics.forEach(err::print);
    err.flush();
  }

  private String summary(List<Program> programs) {
    int types = 0;
    int services = 0;
    for (var program : programs) {
      types +=
          program.definitions(StructType.class).size() + program.definitions(EnumType.class).size();
      services += program.definitions(Service.class).size();
    }
    return summary(types, services);
  }

  private String summary(int types, int services) {
    return "generated %s, %s from %s"
        .formatted(count(types, "type"), count(services, "service"), sources());
  }

  private String sources() {
    return files.size() > 3
        ? files.size() + " files"
        : files.stream().map(Path::toString).collect(Collectors.joining(", "));
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /// Reads `protobuf-java`.
  static final class MessagesConverter implements ITypeConverter<Messages> {
    MessagesConverter() {}

    @Override
    public Messages convert(String text) {
      return Messages.find(text)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'%s' (expected: windhover or protobuf-java)".formatted(text)));
    }
  }
}
