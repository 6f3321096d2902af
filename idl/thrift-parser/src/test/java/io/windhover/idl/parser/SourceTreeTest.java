package io.windhover.idl.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourceTreeTest {

  @TempDir Path dir;

  @Test
  void cutsAtTheLimit() throws IOException {
    Path file = Files.writeString(dir.resolve("f"), "abc");

    for (var tree :
        new SourceTree[] {SourceTree.disk(), SourceTree.memory(Map.of(file.toString(), "abc"))}) {
      Path found = tree.find(file).orElseThrow();

      assertThat(tree.read(found, 2)).asString().isEqualTo("ab");
      assertThat(tree.read(found, 4)).asString().isEqualTo("abc");
    }
  }
}
