package io.windhover.proto.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.proto.parser.ParsedFile;
import io.windhover.source.parse.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Puts comments and blanks between the words of a file: none is lost, and what is formatted stays.
final class NoiseTest {
  private static final Path FOLDER = Path.of("src/test/resources/grammar");
  private static final List<String> NOISE =
      List.of(" ", "\n", "\n\n\n", "/* a */", " // b\n", "\n// c\n", "\n/* d\n * e\n */\n", ";\n");

  @ParameterizedTest
  @ValueSource(strings = {"shop/old.proto", "shop/options.proto", "shop/new.proto"})
  void nothingIsLost(String name) throws IOException {
    var words =
        ParsedFile.of(name, Files.readAllBytes(FOLDER.resolve(name))).tokens().stream()
            .map(Token::span)
            .map(it -> it.text())
            .toList();
    for (int seed = 0; seed < 50; seed++) {
      var text = withNoise(words, new Random(seed));
      if (ParsedFile.of(name, text.getBytes(UTF_8)).hasErrors()) {
        continue; // a semicolon where none can be
      }

      var once = format(name, text);

      assertThat(format(name, once)).as("seed " + seed).isEqualTo(once);
    }
  }

  @Test
  void aFileOfNothingIsEmpty() {
    assertThat(format("a.proto", ";\n\n;")).isEmpty();
  }

  private static String withNoise(List<String> words, Random random) {
    var text = new StringBuilder();
    for (String word : words) {
      text.append(word).append(' ');
      if (random.nextInt(10) == 0) {
        int pieces = 1 + random.nextInt(2);
        IntStream.range(0, pieces)
            .mapToObj(
                _ -> NOISE.get(random.nextInt(NOISE.size() - (random.nextInt(40) == 0 ? 0 : 1))))
            .forEach(text::append);
      }
    }
    return text.toString();
  }

  private static String format(String name, String text) {
    var result = Formatter.format(name, text.getBytes(UTF_8));
    return result.text().orElseThrow(() -> new AssertionError(result.diagnostics()));
  }
}
