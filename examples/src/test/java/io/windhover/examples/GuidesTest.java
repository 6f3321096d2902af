package io.windhover.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the guides to calls show compiles, with the imports that they name.
final class GuidesTest {

  private static final List<String> GUIDES =
      List.of(
          "client",
          "coming-from-grpc-java",
          "coming-from-kitex",
          "grpc",
          "protobuf",
          "protocols",
          "server",
          "testing",
          "timeouts");

  private static final Pattern IMPORTS = Pattern.compile("(import .*\\R)+");

  record Snippet(String guide, int number, String imports, String text) {
    @Override
    public String toString() {
      return guide + ", block " + number;
    }
  }

  static Stream<Snippet> snippets() throws IOException {
    var snippets = new ArrayList<Snippet>();
    for (var guide : GUIDES) {
      var blocks = new Page("docs/guides/" + guide + ".md").blocks("java");
      var isImports = IMPORTS.asMatchPredicate();
      var imports = blocks.stream().filter(isImports).findFirst().orElseThrow();
      for (int i = 0; i < blocks.size(); i++) {
        if (!isImports.test(blocks.get(i))) {
          snippets.add(new Snippet(guide, i + 1, imports, blocks.get(i)));
        }
      }
    }
    return snippets.stream();
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void compile(Snippet snippet, @TempDir Path folder) throws IOException {
    assertThat(new Snippets(folder, snippet.imports).compile(snippet.text)).isEmpty();
  }
}
