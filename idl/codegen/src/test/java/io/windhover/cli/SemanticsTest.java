package io.windhover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The table of what a Thrift compiler has to check, row by row.
///
/// The cases are in `rules/semantics.txt`: after `===` the number of the row and a title, after
/// each `---` the name of a file and its text, `options` with arguments of `windhover lint`, and
/// `expected` with line, severity and code of each finding.
final class SemanticsTest {
  private static final int ROWS = 50;
  private static final Pattern FINDING =
      Pattern.compile("(?m)^.*\\.thrift:(\\d+):\\d+: (error|warning|note)\\[(\\w+)]: ");

  record Case(int row, String title, Map<String, String> texts) {
    @Override
    public String toString() {
      return row + " " + title;
    }
  }

  @TempDir Path folder;

  static Stream<Case> cases() throws IOException {
    var text = Files.readString(Path.of("src/test/resources/rules/semantics.txt"));
    return split(text, "=== ").stream().map(SemanticsTest::parse);
  }

  @Test
  void everyRowHasACase() throws IOException {
    assertThat(cases().map(Case::row).distinct().sorted())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, ROWS).boxed().toList());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void finds(Case sample) throws IOException {
    var arguments = new ArrayList<>(List.of("lint", folder.resolve("main.thrift").toString()));
    sample.texts.getOrDefault("options", "").lines().forEach(arguments::add);
    for (var file : sample.texts.entrySet()) {
      if (file.getKey().endsWith(".thrift")) {
        Files.writeString(folder.resolve(file.getKey()), file.getValue());
      }
    }
    var out = new StringWriter();

    int exit =
        Windhover.commandLine()
            .setOut(new PrintWriter(out, true))
            .execute(arguments.toArray(String[]::new));

    var found =
        FINDING
            .matcher(out.toString())
            .results()
            .map(it -> it.group(1) + " " + it.group(2) + " " + it.group(3))
            .toList();
    assertThat(found)
        .as(out.toString())
        .containsExactlyElementsOf(
            sample.texts.getOrDefault("expected", "").lines().filter(it -> !it.isBlank()).toList());
    assertThat(exit).isEqualTo(found.stream().anyMatch(it -> it.contains("error")) ? 1 : 0);
  }

  private static Case parse(String text) {
    int space = text.indexOf(' ');
    int lineEnd = text.indexOf('\n');
    var texts = new LinkedHashMap<String, String>();
    for (var section : split(text.substring(lineEnd + 1), "--- ")) {
      int nameEnd = section.indexOf('\n');
      texts.put(section.substring(0, nameEnd), section.substring(nameEnd + 1));
    }
    return new Case(
        Integer.parseInt(text.substring(0, space)), text.substring(space + 1, lineEnd), texts);
  }

  private static List<String> split(String text, String mark) {
    return Stream.of(text.split("(?m)^" + mark)).filter(part -> !part.isEmpty()).toList();
  }
}
