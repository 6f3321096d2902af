package io.windhover.idl;

import io.windhover.source.Diagnostic;
import java.util.List;

/// What came out of one run of the compiler.
///
/// @param roots the files asked for, in that order; empty if there is any error
/// @param programs every file that was read, includes before those that include them; empty if
///   there is any error
/// @param diagnostics errors and warnings, file by file, each file's in the order of its text
public record Compilation(
    List<Program> roots, List<Program> programs, List<Diagnostic> diagnostics) {

  public Compilation {
    roots = List.copyOf(roots);
    programs = List.copyOf(programs);
    diagnostics = List.copyOf(diagnostics);
  }

  public boolean hasErrors() {
    return diagnostics.stream().anyMatch(Diagnostic::isError);
  }
}
