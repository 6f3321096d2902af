package io.windhover.idl;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What `docs/guides/idl.md` shows is what the compiler says.
final class GuideTest {
  private static final Path GUIDE = Path.of("..", "..", "docs", "guides", "idl.md");
  private static final String FENCE = "```";

  /// Files, the first being the one to compile, and what is printed.
  record Example(Map<String, String> texts, String printed) {
    @Override
    public String toString() {
      return texts.keySet() + ": " + printed.lines().findFirst().orElse("nothing");
    }
  }

  /// Blocks marked `thrift` with a name of a file, up to one marked `text` or a heading.
  static Stream<Example> examples() throws IOException {
    var examples = new ArrayList<Example>();
    var texts = new LinkedHashMap<String, String>();
    var lines = Files.readAllLines(GUIDE).iterator();
    while (lines.hasNext()) {
      var line = lines.next();
      if (line.startsWith("## ") && !texts.isEmpty()) {
        examples.add(new Example(texts, ""));
        texts = new LinkedHashMap<>();
      }
      if (!line.startsWith(FENCE)) {
        continue;
      }
      var block = new StringBuilder();
      for (var inner = lines.next(); !inner.equals(FENCE); inner = lines.next()) {
        block.append(inner).append('\n');
      }
      if (line.startsWith(FENCE + "thrift ")) {
        texts.put(line.substring(line.indexOf(' ') + 1), block.toString());
      } else if (line.equals(FENCE + "text")) {
        examples.add(new Example(texts, block.toString()));
        texts = new LinkedHashMap<>();
      }
    }
    return examples.stream();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void showsWhatIsPrinted(Example example) {
    var root = example.texts.keySet().iterator().next();
    var compilation = ThriftCompiler.compile(example.texts, List.of(root));

    assertThat(compilation.diagnostics().stream().map(Diagnostic::toString).collect(joining()))
        .isEqualTo(example.printed);
  }

  @Test
  void showsTenMistakes() throws IOException {
    assertThat(examples().filter(it -> !it.printed.isEmpty())).hasSize(10);
  }

  @Test
  void listsAllRules() throws IOException {
    var rows = Files.readAllLines(GUIDE).stream().filter(it -> it.matches("\\| [EWN]\\d{3} .*"));
    var expected =
        Arrays.stream(ThriftRule.values())
            .sorted(
                Comparator.comparing(rule -> "EWN".indexOf(rule.code().charAt(0)) + rule.code()))
            .map(GuideTest::row);

    assertThat(rows).containsExactlyElementsOf(expected.toList());
  }

  private static String row(ThriftRule rule) {
    var sentence = rule.text().prose().replace('\n', ' ').split("(?<=\\.) (?=[A-Z`])", 2)[0];
    return "| %s | `%s`%s | %s |"
        .formatted(
            rule.code(),
            rule.ruleName(),
            rule.isErrorWhenStrict() ? " *strict*" : "",
            sentence.replace("|", "\\|"));
  }
}
