package io.windhover.proto;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.source.Diagnostic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The full text of what is said about bad files (`diagnostics/*.txt`) and about odd ones
/// (`warnings/*.txt`).
final class DiagnosticsTest {
  private static final Path RESOURCES = Path.of("src/test/resources");

  static Stream<DiagnosticCase> bad() throws IOException {
    return DiagnosticCase.in(RESOURCES.resolve("diagnostics"));
  }

  static Stream<DiagnosticCase> odd() throws IOException {
    return DiagnosticCase.in(RESOURCES.resolve("warnings"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void refuses(DiagnosticCase sample) {
    var compilation = compile(sample);

    assertThat(said(compilation)).isEqualTo(sample.expected());
    assertThat(compilation.hasErrors()).isTrue();
    assertThat(compilation.files()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("odd")
  void warns(DiagnosticCase sample) {
    var compilation = compile(sample);

    assertThat(said(compilation)).isEqualTo(sample.expected());
    assertThat(compilation.hasErrors()).isFalse();
    assertThat(compilation.roots()).hasSize(1);
  }

  private static ProtoCompilation compile(DiagnosticCase sample) {
    return ProtoCompiler.compile(
        sample.texts(), List.of(sample.texts().keySet().iterator().next()));
  }

  private static String said(ProtoCompilation compilation) {
    return compilation.diagnostics().stream().map(Diagnostic::toString).collect(joining());
  }
}
