package io.windhover.codegen;

import io.windhover.codegen.model.TypeNames;
import io.windhover.idl.Definition;
import io.windhover.idl.Program;
import io.windhover.source.Diagnostic;
import java.util.ArrayList;
import java.util.Collection;

/// Which class each definition becomes.
public final class JavaTypes {
  private final TypeNames names;

  /// @param programs the files of a run; those that they include are known, too
  public JavaTypes(Collection<Program> programs) {
    var all = TypeNames.withIncludes(programs);
    var diagnostics = new ArrayList<Diagnostic>();
    var settings = new Settings(GeneratorOptions.DEFAULTS, all, diagnostics);
    this.names = new TypeNames(all, settings, diagnostics);
  }

  /// Returns the package of the classes of a file.
  public String packageOf(Program program) {
    return names.packageOf(program);
  }

  /// Returns the qualified name of the class of a struct, union, exception, enum or service.
  ///
  /// @throws IllegalArgumentException for a constant or a typedef, which are no classes
  public String classOf(Definition definition) {
    return names.qualified(definition);
  }

  /// Returns the qualified name of the class with the constants of a file, which is there if there
  /// are any.
  public String constantsOf(Program program) {
    return names.packageOf(program) + "." + names.constantsOf(program);
  }
}
