package io.windhover.idl.validation;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.idl.DiagnosticCase;
import io.windhover.idl.ThriftCompiler;
import io.windhover.source.Diagnostic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is said about bad rules, and where: `rules/*.txt`.
final class RuleDiagnosticsTest {

  static Stream<DiagnosticCase> cases() throws IOException {
    return DiagnosticCase.in(Path.of("src/test/resources/rules"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void says(DiagnosticCase sample) {
    var compilation =
        ThriftCompiler.compile(sample.texts(), List.of(sample.texts().keySet().iterator().next()));
    assertThat(compilation.hasErrors()).as("%s", compilation.diagnostics()).isFalse();

    var rules = ValidationRules.of(compilation.programs());

    assertThat(rules.diagnostics()).allMatch(Diagnostic::isError);
    assertThat(rules.diagnostics().stream().map(RuleDiagnosticsTest::line).collect(joining()))
        .isEqualTo(sample.expected());
  }

  private static String line(Diagnostic diagnostic) {
    var span = diagnostic.span();
    var help = diagnostic.help().map(it -> " -- " + it).orElse("");
    return "%d:%d %s: %s%s\n"
        .formatted(span.line(), span.column(), span.text(), diagnostic.message(), help);
  }
}
