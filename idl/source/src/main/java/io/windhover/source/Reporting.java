package io.windhover.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which diagnostics count, and how much. Set by the user.
///
/// Errors always do. A warning or note goes away if its rule is disabled here, or if a comment in
/// the file says so ([IgnoreComments]).
///
/// @param disabled rules whose warnings and notes are not wanted
/// @param errors rules whose warnings and notes are errors
/// @param warningsAreErrors whether all warnings are errors
/// @param isStrict whether those are that the Thrift compilers do not agree about
///   ([Rule#isErrorWhenStrict])
/// @param showsNotes whether notes are wanted
/// @param libraries folders with files of others, whose warnings and notes are not wanted: who
///   reads them here cannot mend them
public record Reporting(
    Set<? extends Rule> disabled,
    Set<? extends Rule> errors,
    boolean warningsAreErrors,
    boolean isStrict,
    boolean showsNotes,
    List<Path> libraries) {

  public static final Reporting DEFAULTS = new Reporting(Set.of(), Set.of(), false, false, false);

  public Reporting {
    disabled = Set.copyOf(disabled);
    errors = Set.copyOf(errors);
    libraries = libraries.stream().map(Path::normalize).toList();
    for (Rule rule : disabled) {
      if (rule.severity() == Severity.ERROR) {
        throw new IllegalArgumentException(
            "disabled: "
                + rule
                + " is an error, and no error is left out (expected: a warning or a note)");
      }
    }
  }

  /// With no libraries.
  public Reporting(
      Set<? extends Rule> disabled,
      Set<? extends Rule> errors,
      boolean warningsAreErrors,
      boolean isStrict,
      boolean showsNotes) {
    this(disabled, errors, warningsAreErrors, isStrict, showsNotes, List.of());
  }

  /// A diagnostic as it counts; empty if it does not.
  public Optional<Diagnostic> apply(Diagnostic diagnostic) {
    Rule rule = diagnostic.rule();
    if (rule.severity() == Severity.ERROR) {
      return Optional.of(diagnostic);
    }
    Span span = diagnostic.span();
    if (disabled.contains(rule)
        || span.file().ignores(rule, span.line())
        || isOfLibrary(span.file())) {
      return Optional.empty();
    }
    if (isError(rule)) {
      return Optional.of(diagnostic.withSeverity(Severity.ERROR));
    }
    boolean isWanted = rule.severity() != Severity.NOTE || showsNotes;
    return isWanted ? Optional.of(diagnostic) : Optional.empty();
  }

  private boolean isOfLibrary(SourceFile file) {
    return !libraries.isEmpty() && libraries.stream().anyMatch(Path.of(file.path())::startsWith);
  }

  private boolean isError(Rule rule) {
    return errors.contains(rule)
        || warningsAreErrors && rule.severity() == Severity.WARNING
        || isStrict && rule.isErrorWhenStrict();
  }
}
