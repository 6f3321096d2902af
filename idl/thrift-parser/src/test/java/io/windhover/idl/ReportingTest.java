package io.windhover.idl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.idl.ast.Dialect;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.Reporting;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Which warnings count, and how much.
final class ReportingTest {
  private static final String TEXT =
      """
      enum Color { RED = 1, ROT = 1 }
      struct A { i32 a }
      const i32 B = 010
      """;

  @Test
  void warnsByDefault() {
    var compilation = compile(TEXT, Reporting.DEFAULTS);

    assertThat(shown(compilation))
        .containsExactly("1 warning W012", "2 warning W001", "3 warning W003");
    assertThat(compilation.programs()).hasSize(1);
  }

  @Test
  void warningsCanAllBeErrors() {
    var compilation = compile(TEXT, new Reporting(Set.of(), Set.of(), true, false, false));

    assertThat(shown(compilation)).containsExactly("1 error W012", "2 error W001", "3 error W003");
    assertThat(compilation.hasErrors()).isTrue();
    assertThat(compilation.programs()).isEmpty();
  }

  @Test
  void warningsCanBeErrorsByRule() {
    var errors = Set.of(ThriftRule.LEADING_ZERO);
    var compilation = compile(TEXT, new Reporting(Set.of(), errors, false, false, false));

    assertThat(shown(compilation))
        .containsExactly("1 warning W012", "2 warning W001", "3 error W003");
  }

  @Test
  void strictRunsTakeSomeAsErrors() {
    var compilation = compile(TEXT, new Reporting(Set.of(), Set.of(), false, true, false));

    assertThat(shown(compilation))
        .containsExactly("1 error W012", "2 error W001", "3 warning W003");
  }

  @Test
  void disabledRulesAreSilent() {
    var disabled = Set.of(ThriftRule.MISSING_FIELD_ID, ThriftRule.LEADING_ZERO);
    var compilation = compile(TEXT, new Reporting(disabled, Set.of(), true, true, false));

    assertThat(shown(compilation)).containsExactly("1 error W012");
  }

  @Test
  void errorsCannotBeDisabled() {
    assertThatThrownBy(
            () -> new Reporting(Set.of(ThriftRule.SYNTAX), Set.of(), false, false, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "disabled: E008 syntax is an error, and no error is left out (expected: a warning or a"
                + " note)");
  }

  /// A warning that is an error by wish is no reason to say nothing about undefined names.
  @Test
  void warningsThatAreErrorsHideNothing() {
    var text = "const i32 A = 010\nstruct B { 1: Missing c }";
    var compilation = compile(text, new Reporting(Set.of(), Set.of(), true, false, false));

    assertThat(shown(compilation)).containsExactly("1 error W003", "2 error E031");
  }

  @Test
  void commentsSilenceTheirLine() {
    assertThat(
            shown(
                compile(
                    """
                    enum Color { RED = 1, ROT = 1 } // windhover:ignore duplicate-enum-value
                    struct A { i32 a } # windhover:ignore W012, W001
                    const i32 B = 010 /* windhover:ignore leading-zero -- as in the old file */
                    const i32 C = 010
                    """,
                    new Reporting(Set.of(), Set.of(), true, true, false))))
        .containsExactly("4 error W003");
  }

  @Test
  void commentsOnTheirOwnSilenceTheNextLine() {
    assertThat(
            shown(
                compile(
                    """
                    // windhover:ignore W003
                    /// About B.

                    /* windhover:ignore W012
                     * two lines long */
                    const i32 B = 010
                    // windhover:ignore leading-zero
                    const i32 C = 010
                    const i32 D = 010
                    """,
                    Reporting.DEFAULTS)))
        .containsExactly("9 warning W003");
  }

  @Test
  void commentsSilenceNoErrorAndAQuotedTextSilencesNothing() {
    assertThat(
            shown(
                compile(
                    """
                    struct A { 1: Missing a } // windhover:ignore undefined-name
                    const list<string> B = ["// windhover:ignore W004", "\\d", 'it\\'s # no comment']
                    """,
                    Reporting.DEFAULTS)))
        .containsExactly("1 error E031", "2 warning W004");
  }

  @Test
  void knowsWhichRulesThereAre() {
    var compilation =
        compile("struct A {} // windhover:ignore leading-zeros, W003", Reporting.DEFAULTS);

    assertThat(compilation.diagnostics())
        .extracting(Diagnostic::toString)
        .containsExactly(
            """
            f.thrift:1:33: warning[W024]: no rule is called 'leading-zeros'
            struct A {} // windhover:ignore leading-zeros, W003
                                            ^~~~~~~~~~~~~
            help: did you mean 'leading-zero'?
            """);
  }

  private static Compilation compile(String text, Reporting reporting) {
    return ThriftCompiler.compile(
        Map.of("f.thrift", text),
        List.of("f.thrift"),
        new CompilerOptions(List.of(), Dialect.BOTH, reporting));
  }

  private static List<String> shown(Compilation compilation) {
    return compilation.diagnostics().stream()
        .map(it -> it.span().line() + " " + it.severity() + " " + it.rule().code())
        .toList();
  }
}
