package io.windhover.proto;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What `docs/guides/idl-proto.md` shows is what the compiler says.
final class GuideTest {
  private static final Path GUIDE = Path.of("..", "..", "docs", "guides", "idl-proto.md");
  private static final String FENCE = "```";

  /// Files, the first being the one to compile, and what is printed.
  record Example(Map<String, String> texts, String printed) {
    @Override
    public String toString() {
      return printed.lines().findFirst().orElse("nothing");
    }
  }

  /// Blocks marked `proto` with a name of a file, up to one marked `text`.
  static Stream<Example> examples() throws IOException {
    var examples = new ArrayList<Example>();
    var texts = new LinkedHashMap<String, String>();
    var lines = Files.readAllLines(GUIDE).iterator();
    while (lines.hasNext()) {
      var line = lines.next();
      if (!line.startsWith(FENCE)) {
        continue;
      }
      var block = new StringBuilder();
      for (var inner = lines.next(); !inner.equals(FENCE); inner = lines.next()) {
        block.append(inner).append('\n');
      }
      if (line.startsWith(FENCE + "proto ")) {
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
    var compilation = ProtoCompiler.compile(example.texts, List.of(root));

    assertThat(compilation.diagnostics().stream().map(Diagnostic::toString).collect(joining()))
        .isEqualTo(example.printed);
  }

  @Test
  void listsAllRules() throws IOException {
    var rows = Files.readAllLines(GUIDE).stream().filter(it -> it.matches("\\| [EWN]\\d{3} .*"));
    var expected = Arrays.stream(ProtoRule.values()).map(GuideTest::row);

    assertThat(rows).containsExactlyElementsOf(expected.toList());
  }

  private static String row(ProtoRule rule) {
    var sentence = rule.text().prose().replace('\n', ' ').split("(?<=\\.) (?=[A-Z`])", 2)[0];
    return "| %s | `%s` | %s |".formatted(rule.code(), rule.ruleName(), sentence);
  }

  @Test
  void allRulesAreBrokenByTheCasesOfTests() throws IOException {
    var said = new StringBuilder();
    for (var folder : List.of("diagnostics", "warnings")) {
      DiagnosticCase.in(Path.of("src/test/resources", folder))
          .forEach(it -> said.append(it.expected()));
    }
    var elsewhere =
        EnumSet.of(ProtoRule.UNREADABLE_FILE, ProtoRule.BAD_ENCODING); // SourcePathTest, LoaderTest

    assertThat(
            Arrays.stream(ProtoRule.values())
                .filter(it -> it.text().example().isEmpty()) // those of the linter: ProtoRuleTest
                .filter(it -> !said.toString().contains(it.code())))
        .containsExactlyElementsOf(elsewhere);
  }
}
