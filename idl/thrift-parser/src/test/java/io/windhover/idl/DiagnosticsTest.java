package io.windhover.idl;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.source.Diagnostic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The full text of what is said about bad files: `diagnostics/*.txt`.
final class DiagnosticsTest {

  static Stream<DiagnosticCase> cases() throws IOException {
    return DiagnosticCase.in(Path.of("src/test/resources/diagnostics"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void says(DiagnosticCase sample) {
    var compilation =
        ThriftCompiler.compile(sample.texts(), List.of(sample.texts().keySet().iterator().next()));

    assertThat(compilation.diagnostics().stream().map(Diagnostic::toString).collect(joining()))
        .isEqualTo(sample.expected());
    assertThat(compilation.programs().isEmpty()).isEqualTo(compilation.hasErrors());
  }
}
