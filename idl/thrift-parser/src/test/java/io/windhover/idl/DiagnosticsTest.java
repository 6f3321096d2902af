package io.windhover.idl;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.idl.source.Diagnostic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The full text of what is said about bad files.
///
/// The cases are in `diagnostics/*.txt`: after `===` the name of a case, after each `---` the name
/// of a file and its text, the first being the one to compile, and after `--- expected` what has to
/// come out. `␍` stands for a carriage return.
final class DiagnosticsTest {

  record Case(String name, Map<String, String> texts, String expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() throws IOException {
    var folder = Path.of("src/test/resources/diagnostics");
    try (var files = Files.list(folder)) {
      return files.sorted().toList().stream().flatMap(DiagnosticsTest::cases);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void says(Case sample) {
    var compilation =
        ThriftCompiler.compile(sample.texts, List.of(sample.texts.keySet().iterator().next()));

    assertThat(compilation.diagnostics().stream().map(Diagnostic::toString).collect(joining()))
        .isEqualTo(sample.expected);
    assertThat(compilation.programs().isEmpty()).isEqualTo(compilation.hasErrors());
  }

  private static Stream<Case> cases(Path file) {
    var cases = new ArrayList<Case>();
    for (String text : split(read(file), "=== ")) {
      String name = file.getFileName() + ": " + text.substring(0, text.indexOf('\n'));
      var texts = new LinkedHashMap<String, String>();
      for (String section : split(text.substring(text.indexOf('\n') + 1), "--- ")) {
        int lineEnd = section.indexOf('\n');
        texts.put(section.substring(0, lineEnd), section.substring(lineEnd + 1).replace('␍', '\r'));
      }
      String expected = texts.remove("expected");
      cases.add(new Case(name, texts, expected == null ? "" : expected));
    }
    return cases.stream();
  }

  private static List<String> split(String text, String mark) {
    return Stream.of(text.split("(?m)^" + mark)).filter(part -> !part.isEmpty()).toList();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
