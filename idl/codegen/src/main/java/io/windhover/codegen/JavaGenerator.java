package io.windhover.codegen;

import io.windhover.codegen.GeneratorOptions.Descriptors;
import io.windhover.codegen.check.CheckLowering;
import io.windhover.codegen.emit.AsyncEmitter;
import io.windhover.codegen.emit.CallConstants;
import io.windhover.codegen.emit.CallsEmitter;
import io.windhover.codegen.emit.ClientEmitter;
import io.windhover.codegen.emit.ConstantsEmitter;
import io.windhover.codegen.emit.DescriptorEmitter;
import io.windhover.codegen.emit.DescriptorEncoder;
import io.windhover.codegen.emit.DescriptorMethod;
import io.windhover.codegen.emit.EnumEmitter;
import io.windhover.codegen.emit.RecordEmitter;
import io.windhover.codegen.emit.ServiceEmitter;
import io.windhover.codegen.emit.StructEmitter;
import io.windhover.codegen.emit.UnionEmitter;
import io.windhover.codegen.model.ClassLimits;
import io.windhover.codegen.model.ConstantItem;
import io.windhover.codegen.model.JavaSource;
import io.windhover.codegen.model.Lowering;
import io.windhover.codegen.model.ReservedNames;
import io.windhover.codegen.model.TypeNames;
import io.windhover.idl.Constant;
import io.windhover.idl.Definition;
import io.windhover.idl.EnumType;
import io.windhover.idl.Program;
import io.windhover.idl.Service;
import io.windhover.idl.StructType;
import io.windhover.idl.ast.StructKind;
import io.windhover.idl.validation.ValidationRules;
import io.windhover.source.Diagnostic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Turns resolved Thrift files into Java source: a class or record for each struct, a class for
/// each exception, a sealed interface for each union and enum, an interface for each service with a
/// hidden companion, and a class for the constants of a file and, by option, for what it says.
///
/// The same files give the same bytes, though several threads generate them.
public final class JavaGenerator {
  private final TypeNames names;
  private final Settings settings;
  private final Lowering lowering;
  private final CheckLowering checks;
  private final boolean marksInsertionPoints;
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final List<GeneratedFile> files = new ArrayList<>();

  /// For one file; names and rules are those of all.
  private JavaGenerator(
      TypeNames names, Settings settings, ValidationRules rules, boolean marksInsertionPoints) {
    this.marksInsertionPoints = marksInsertionPoints;
    this.names = names;
    this.settings = settings;
    this.lowering = new Lowering(names, settings, diagnostics);
    this.checks = new CheckLowering(rules, names);
  }

  /// What a run has made.
  ///
  /// @param files empty if there are errors
  /// @param diagnostics what cannot be done in Java, such as names that collide, and rules for
  ///   values that cannot be understood; each an error
  public record Result(List<GeneratedFile> files, List<Diagnostic> diagnostics) {
    public Result {
      files = List.copyOf(files);
      diagnostics = List.copyOf(diagnostics);
    }

    public boolean hasErrors() {
      return !diagnostics.isEmpty();
    }
  }

  /// Generates with the defaults.
  public static Result generate(Collection<Program> programs) {
    return generate(programs, GeneratorOptions.DEFAULTS);
  }

  /// Generates the classes of `programs`; for files that these include, only if they are among
  /// them.
  public static Result generate(Collection<Program> programs, GeneratorOptions options) {
    return generate(programs, options, false);
  }

  /// Does that for plugins: each class has the marks of all [InsertionPoint]s, which someone has to
  /// replace or to remove.
  public static Result generateMarked(Collection<Program> programs, GeneratorOptions options) {
    return generate(programs, options, true);
  }

  private static Result generate(
      Collection<Program> programs, GeneratorOptions options, boolean marksInsertionPoints) {
    var diagnostics = new ArrayList<Diagnostic>();
    var all = TypeNames.withIncludes(programs);
    var settings = new Settings(options, all, diagnostics);
    var names = new TypeNames(all, settings, diagnostics);
    var rules = ValidationRules.of(programs);
    diagnostics.addAll(rules.diagnostics());
    // in parallel, and yet in the order of the programs
    var results =
        programs.parallelStream()
            .map(
                program ->
                    new JavaGenerator(names, settings, rules, marksInsertionPoints)
                        .generate(program))
            .toList();
    results.forEach(result -> diagnostics.addAll(result.diagnostics()));
    var files =
        diagnostics.isEmpty()
            ? results.stream().flatMap(result -> result.files().stream()).toList()
            : List.<GeneratedFile>of();
    return new Result(files, diagnostics.stream().distinct().toList());
  }

  private Result generate(Program program) {
    program.definitions(EnumType.class).forEach(this::enumType);
    program.definitions(StructType.class).forEach(this::structType);
    program.definitions(Service.class).forEach(this::service);
    if (!program.definitions(Constant.class).isEmpty()) {
      constants(program);
    }
    if (hasDescriptor(program)) {
      descriptor(program);
    }
    return new Result(files, diagnostics);
  }

  private void enumType(EnumType type) {
    var out = source(type.program(), Set.of(ReservedNames.KNOWN, ReservedNames.UNKNOWN));
    var emitter =
        new EnumEmitter(out, names.simple(type), lowering.items(type), descriptorMethod(type));
    out.verbatim(() -> emitter.emit(Lowering.doc(type.doc())));
    add(type.program(), names.simple(type), out);
  }

  private void structType(StructType type) {
    var name = names.simple(type);
    var fields = lowering.fields(type);
    var doc = Lowering.doc(type.doc());
    var checked = checks.struct(type, fields);
    JavaSource out;
    if (type.kind() == StructKind.UNION) {
      var nested = new HashSet<>(ReservedNames.OF_UNION);
      fields.forEach(arm -> nested.add(arm.stem()));
      out = source(type.program(), nested);
      new UnionEmitter(
              out, name, fields, checks.emitter(out, name, checked), descriptorMethod(type))
          .emit(doc);
    } else if (names.isRecord(type)) {
      ClassLimits.checkComponents(type, fields, diagnostics);
      out =
          source(
              type.program(),
              Set.of(ReservedNames.BUILDER, ReservedNames.CODEC, ReservedNames.CHECKS));
      new RecordEmitter(
              out, name, fields, checks.emitter(out, name, checked), descriptorMethod(type))
          .emit(doc);
    } else {
      out = source(type.program(), Set.of(ReservedNames.CODEC, ReservedNames.CHECKS));
      boolean isException = type.kind() == StructKind.EXCEPTION;
      var checkEmitter = checks.emitter(out, name, checked);
      new StructEmitter(out, name, isException, fields, checkEmitter, descriptorMethod(type))
          .emit(doc);
    }
    add(type.program(), name, out);
  }

  private void service(Service service) {
    var program = service.program();
    var shape = lowering.service(service);
    var out = source(program, Set.of(ReservedNames.STUB));
    new ServiceEmitter(out, shape, descriptorMethod(service)).emit();
    add(program, shape.name(), out);
    if (shape.client() != null) {
      var client = source(program, Set.of());
      new ClientEmitter(client, shape, shape.client()).emit();
      add(program, shape.client(), client);
    }
    if (names.isAsync(service)) {
      var async = source(program, Set.of(ReservedNames.STUB));
      new AsyncEmitter(async, names.asyncOf(service), shape, lowering.allMethods(service)).emit();
      add(program, names.asyncOf(service), async);
    }

    var constants = new CallConstants(shape, names.packageRoots());
    var hidden = new HashSet<>(constants.names());
    hidden.add(ReservedNames.CHECKS);
    for (var method : shape.methods()) {
      hidden.add(method.argumentsRecord());
      hidden.add(method.resultRecord());
    }
    var calls = source(program, hidden);
    new CallsEmitter(calls, shape, checks, checks.service(service, shape), constants).emit();
    add(program, shape.calls(), calls.text());
  }

  private void constants(Program program) {
    var name = names.constantsOf(program);
    var items = lowering.constants(program);
    // a field hides a type of its name
    var hidden =
        items.stream()
            .filter(item -> !item.isMutable())
            .map(ConstantItem::name)
            .collect(Collectors.toSet());
    var out = source(program, hidden);
    new ConstantsEmitter(out, name).emit(items);
    add(program, name, out);
  }

  private void descriptor(Program program) {
    var name = names.descriptorOf(program);
    var out = source(program, Set.of());
    var encoded =
        DescriptorEncoder.encode(program, settings.descriptors(program) == Descriptors.DOCS);
    new DescriptorEmitter(out, name)
        .emit(
            fileName(program),
            program.includes().stream()
                .filter(this::hasDescriptor) // all do, or there is an error
                .map(this::qualifiedDescriptor)
                .toList(),
            encoded);
    add(program, name, out);
  }

  private DescriptorMethod descriptorMethod(Definition definition) {
    var program = definition.program();
    return new DescriptorMethod(
        hasDescriptor(program) ? qualifiedDescriptor(program) : null, definition);
  }

  private boolean hasDescriptor(Program program) {
    return settings.descriptors(program) != Descriptors.NONE;
  }

  private String qualifiedDescriptor(Program program) {
    return names.packageOf(program) + "." + names.descriptorOf(program);
  }

  private JavaSource source(Program program, Set<String> hidden) {
    var packageName = names.packageOf(program);
    return new JavaSource(
        GeneratedFile.header(fileName(program)),
        packageName,
        names.inPackage(packageName),
        hidden,
        names.packageRoots());
  }

  private void add(Program program, String name, JavaSource source) {
    add(program, name, marksInsertionPoints ? marked(source) : source.text());
  }

  private static String marked(JavaSource source) {
    return source.text(
        InsertionPoint.IMPORTS.mark(), InsertionPoint.TYPE.mark(), InsertionPoint.MEMBERS.mark());
  }

  private void add(Program program, String name, String text) {
    var packageName = names.packageOf(program);
    files.add(
        new GeneratedFile(
            program.file().path(), packageName.replace('.', '/') + "/" + name + ".java", text));
  }

  /// Returns the name for a comment, which a line end in it would end.
  private static String fileName(Program program) {
    return program.name().replaceAll("\\p{Cntrl}", "\uFFFD") + ".thrift";
  }
}
