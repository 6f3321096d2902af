package io.windhover.idl;

import io.windhover.idl.ast.ConstDef;
import io.windhover.idl.ast.Declaration;
import io.windhover.idl.ast.Dialect;
import io.windhover.idl.ast.EnumDef;
import io.windhover.idl.ast.Include;
import io.windhover.idl.ast.ServiceDef;
import io.windhover.idl.ast.StructDef;
import io.windhover.idl.ast.TypedefDef;
import io.windhover.idl.parser.LoadedFile;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.Span;
import io.windhover.source.parse.DepthFirst;
import io.windhover.source.parse.Diagnostics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Turns syntax trees into the model, checking as it goes.
///
/// First every definition gets its object, so that any name can lead to any other whatever their
/// order; then the objects are filled in, kind by kind, each kind after those it is checked
/// against. What cannot be resolved is reported once and left empty, and whatever depends on it
/// stays silent. Definitions with an error in their syntax are not looked into, and nothing is said
/// about names that they, or files with something unrecognised, may hold.
final class Linker {
  private static final int MAX_SHOWN_INCLUDES = 10;

  private final Dialect dialect;
  private final Diagnostics diagnostics;
  private final Map<LoadedFile, Program> programs = new LinkedHashMap<>();
  private final Map<Program, Scope> scopes = new LinkedHashMap<>();

  /// The definitions whose syntax is whole.
  private final List<Definition> definitions = new ArrayList<>();

  Linker(Dialect dialect, Diagnostics diagnostics) {
    this.dialect = dialect;
    this.diagnostics = diagnostics;
  }

  /// @return every file's program, includes before those that include them
  List<Program> link(List<LoadedFile> files) {
    files.forEach(file -> programs.put(file, new Program(file.document(), file.incomplete())));
    programs.forEach((file, program) -> scopes.put(program, new Scope(file, diagnostics)));
    programs.forEach(this::define);
    var order = DepthFirst.walk(files, Linker::targets);
    order.cycles().forEach(this::reportIncludeCycle);
    linkDefinitions();
    scopes.values().forEach(Scope::reportMissing);
    if (order.cycles().isEmpty()) {
      scopes.values().forEach(Scope::reportUnusedIncludes);
    }
    return order.postorder().stream().map(this::program).toList();
  }

  Program program(LoadedFile file) {
    return Objects.requireNonNull(programs.get(file));
  }

  private Scope scope(Program program) {
    return Objects.requireNonNull(scopes.get(program));
  }

  private void define(LoadedFile file, Program program) {
    Scope scope = scope(program);
    var included = new LinkedHashMap<Include, Program>();
    for (var inclusion : file.inclusions()) {
      LoadedFile target = inclusion.target();
      scope.include(inclusion, target == null ? null : scope(program(target)));
      if (target != null) {
        included.put(inclusion.syntax(), program(target));
      }
    }
    var own = new ArrayList<Definition>();
    for (var syntax : program.syntax().declarations()) {
      Definition definition = definition(program, syntax);
      own.add(definition);
      Definition same = scope.define(definition);
      if (same != null) {
        String message = "'" + same.name() + "' is already defined";
        diagnostics.report(
            Diagnostic.of(ThriftRule.DUPLICATE_DEFINITION, syntax.name().span(), message)
                .withLabel(same.syntax().name().span(), "first defined here"));
      }
    }
    program.link(included, own);
    own.stream().filter(it -> !program.isIncomplete(it.syntax())).forEach(definitions::add);
    if (!file.isBroken()) {
      new Namespaces(diagnostics).check(program.syntax().namespaces());
    }
  }

  private static Definition definition(Program program, Declaration syntax) {
    return switch (syntax) {
      case ConstDef constant -> new Constant(program, constant);
      case EnumDef type -> new EnumType(program, type);
      case ServiceDef service -> new Service(program, service);
      case StructDef struct -> new StructType(program, struct);
      case TypedefDef typedef -> new Typedef(program, typedef);
    };
  }

  private void reportIncludeCycle(List<LoadedFile> cycle) {
    LoadedFile first = cycle.getFirst();
    var diagnostic =
        Diagnostic.of(
            ThriftRule.INCLUDE_CYCLE,
            include(first, cycle.get(1 % cycle.size())),
            "files include each other: " + DepthFirst.show(cycle));
    int shown = Math.min(cycle.size(), MAX_SHOWN_INCLUDES);
    for (int i = 1; i < shown; i++) {
      Span span = include(cycle.get(i), cycle.get((i + 1) % cycle.size()));
      diagnostic =
          diagnostic.withLabel(span, i == cycle.size() - 1 ? "and back" : "which leads on");
    }
    diagnostics.report(diagnostic);
  }

  private static Span include(LoadedFile from, LoadedFile to) {
    return from.inclusions().stream()
        .filter(it -> it.target() == to)
        .findFirst()
        .orElseThrow()
        .syntax()
        .span();
  }

  private void linkDefinitions() {
    var types = new TypeLinker(this::scope, dialect, diagnostics);
    var fields = new FieldLinker(types, dialect, diagnostics);
    var defaults = new DefaultLinker(this::scope, diagnostics);
    var structs = all(StructType.class);

    all(EnumType.class).forEach(new EnumLinker(diagnostics)::link);
    types.link(all(Typedef.class));
    for (StructType struct : structs) {
      var role = FieldLinker.Role.of(struct.kind());
      struct.link(fields.link(struct.syntax().fields(), role, struct.program()));
    }
    new ServiceLinker(this::scope, types, fields, diagnostics).link(all(Service.class));
    new ConstantLinker(this::scope, types, diagnostics).link(all(Constant.class));
    for (StructType struct : structs) {
      defaults.link(struct.fields(), struct.name(), struct.program());
    }
    for (Service service : all(Service.class)) {
      for (Method method : service.methods()) {
        defaults.link(method.arguments(), method.name(), service.program());
        defaults.link(method.exceptions(), method.name(), service.program());
      }
    }
    defaults.refuseEndless(structs);
    new Recursion(diagnostics).check(structs);
    structs.forEach(new UnionChecker(diagnostics)::check);
    var annotations = new AnnotationLinker(diagnostics);
    structs.forEach(annotations::check);
    all(Service.class).forEach(annotations::check);
  }

  private <D extends Definition> List<D> all(Class<D> kind) {
    return definitions.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static List<LoadedFile> targets(LoadedFile file) {
    var targets = new ArrayList<LoadedFile>();
    for (var inclusion : file.inclusions()) {
      LoadedFile target = inclusion.target();
      if (target != null) {
        targets.add(target);
      }
    }
    return targets;
  }
}
