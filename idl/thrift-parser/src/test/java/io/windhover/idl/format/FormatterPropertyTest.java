package io.windhover.idl.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.idl.dump.SyntaxJson;
import io.windhover.idl.parser.ParsedFile;
import io.windhover.source.layout.Pieces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Formatting keeps what a file says and each comment, and a second time changes nothing: for the
/// grammar's fixtures as they are, and with blanks and comments strewn between their tokens.
final class FormatterPropertyTest {
  private static final long SEED = 20_251_126;
  private static final int ROUNDS = 400;
  private static final List<String> FILES =
      List.of("shop.thrift", "shared/base.thrift", "shared/money.v1.thrift");
  private static final List<String> BLANKS =
      List.of(" ", " ", "\n", "\n\n\n", "\r\n", "\t", "  \n  ");
  private static final List<String> COMMENTS =
      List.of(
          " /* block */ ",
          "/* two\n   lines */",
          "\n/*\n * star\n * lines\n */\n",
          " // line\n",
          "\n# hash  \n",
          "\n  // own line\n\n",
          " /** doc */ ",
          "\n/**\n* doc\n*/\n",
          " /**/ ");
  private static final Pattern BLANK = Pattern.compile("\\s+");

  private final Random random = new Random(SEED);

  @ParameterizedTest
  @ValueSource(strings = {"shop.thrift", "shared/base.thrift", "shared/money.v1.thrift"})
  void keepsTheFixtures(String name) throws IOException {
    assertKept(name, read(name));
  }

  @Test
  void keepsRandomLayouts() throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      String name = FILES.get(random.nextInt(FILES.size()));
      int percent = random.nextInt(1, 15);

      assertKept(name + " in round " + round, strewn(read(name), percent));
    }
  }

  private static void assertKept(String name, String text) {
    var before = parse(name, text);
    var result = Formatter.format(name, text.getBytes(UTF_8));
    assertThat(result.text()).as("%s: %s", name, text).isPresent();
    String formatted = result.text().orElseThrow();
    var after = parse(name, formatted);

    assertThat(SyntaxJson.withoutPlaces(after.document()))
        .as(name)
        .isEqualTo(SyntaxJson.withoutPlaces(before.document()));
    assertThat(comments(after)).as(name).isEqualTo(comments(before));
    String again = Formatter.format(name, formatted.getBytes(UTF_8)).text().orElseThrow();
    assertThat(firstDifference(again, formatted)).as("%s, formatted again", name).isEmpty();
    assertThat(formatted).doesNotContainPattern("\n\n\n");
  }

  /// The first line that is not the same, in both texts, with the line before.
  private static String firstDifference(String one, String other) {
    if (one.equals(other)) {
      return "";
    }
    var lines = one.lines().toList();
    var others = other.lines().toList();
    int at = 0;
    while (at < lines.size() && at < others.size() && lines.get(at).equals(others.get(at))) {
      at++;
    }
    int from = Math.max(0, at - 1);
    return String.join("\n", lines.subList(from, Math.min(at + 2, lines.size())))
        + "\n--- and\n"
        + String.join("\n", others.subList(from, Math.min(at + 2, others.size())));
  }

  /// The file with something else between its tokens: what joins no two of them, and leaves doc
  /// comments, whose place matters, to chance.
  private String strewn(String text, int percent) {
    var tokens = parse("strewn", text).tokens();
    return IntStream.range(0, tokens.size())
        .mapToObj(
            i -> {
              int start = i == 0 ? 0 : tokens.get(i - 1).span().end();
              String gap = text.substring(start, tokens.get(i).span().start());
              return gap + noise(percent) + tokens.get(i).span().text();
            })
        .collect(Collectors.joining());
  }

  private String noise(int percent) {
    var noise = new StringBuilder();
    while (random.nextInt(100) < percent) {
      var choice = random.nextBoolean() ? BLANKS : COMMENTS;
      noise.append(choice.get(random.nextInt(choice.size())));
    }
    return noise.toString();
  }

  private static List<String> comments(ParsedFile file) {
    var pieces = Pieces.of(file.tokens());
    return file.tokens().stream()
        .flatMap(_ -> pieces.take().comments().stream())
        .map(comment -> BLANK.matcher(comment.text()).replaceAll(" "))
        .toList();
  }

  private static ParsedFile parse(String name, String text) {
    var file = ParsedFile.of(name, text.getBytes(UTF_8));
    assertThat(file.hasErrors()).as("%s: %s", name, file.diagnostics()).isFalse();
    return file;
  }

  private static String read(String name) throws IOException {
    return Files.readString(Path.of("src/test/resources/grammar").resolve(name));
  }
}
