package io.windhover.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DiagnosticTest {

  @Test
  void sendsNothingToATerminalThatItWouldObey() {
    var file = new SourceFile("a\u001B[2J/f.thrift", "x");
    var diagnostic =
        Diagnostic.of(SampleRule.BAD_ENCODING, file.span(0, 1), "b\u009B31m\nforged")
            .withHelp("c\u202Edc\u2066");

    assertThat(diagnostic)
        .hasToString(
            """
            a\uFFFD[2J/f.thrift:1:1: error[E002]: b\uFFFD31m\uFFFDforged
            x
            ^
            help: c\uFFFDdc\uFFFD
            """);
  }

  @Test
  void showsOtherPlacesThatMatter() {
    var file = new SourceFile("f.thrift", "struct A {}\nstruct A {}\n");
    var diagnostic =
        Diagnostic.of(SampleRule.DUPLICATE_DEFINITION, file.span(19, 20), "'A' is already defined")
            .withLabel(file.span(7, 8), "first defined here");

    assertThat(diagnostic)
        .hasToString(
            """
            f.thrift:2:8: error[E030]: 'A' is already defined
            struct A {}
                   ^
            f.thrift:1:8: first defined here
            struct A {}
                   ^
            """);
  }
}
