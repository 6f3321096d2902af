package io.windhover.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The code blocks of the README are code that the build compiles.
final class ReadmeTest {

  private static final Path README = Path.of("../README.md");

  @ParameterizedTest
  @CsvSource({
    "thrift, 1, hello/readme.thrift",
    "java, 1, src/main/java/io/windhover/examples/readme/ReadmeServer.java",
    "java, 2, src/main/java/io/windhover/examples/readme/ReadmeClient.java"
  })
  void blockIsPartOf(String language, int number, String file) throws IOException {
    assertThat(squeezed(Files.readString(Path.of(file))))
        .contains(squeezed(block(language, number)));
  }

  private static String block(String language, int number) throws IOException {
    var blocks = Pattern.compile("```" + language + "\\R(.*?)```", Pattern.DOTALL);
    return blocks
        .matcher(Files.readString(README))
        .results()
        .skip(number - 1)
        .findFirst()
        .orElseThrow()
        .group(1);
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }
}
