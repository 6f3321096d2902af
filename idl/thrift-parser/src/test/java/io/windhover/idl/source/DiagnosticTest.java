package io.windhover.idl.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DiagnosticTest {

  @Test
  void sendsNothingToATerminalThatItWouldObey() {
    var file = new SourceFile("a\u001B[2J/f.thrift", "x");
    var diagnostic =
        Diagnostic.error(file.span(0, 1), "b\u009B31m\nforged").withHelp("c\u202Edc\u2066");

    assertThat(diagnostic)
        .hasToString(
            """
            a\uFFFD[2J/f.thrift:1:1: error: b\uFFFD31m\uFFFDforged
            x
            ^
            help: c\uFFFDdc\uFFFD
            """);
  }
}
