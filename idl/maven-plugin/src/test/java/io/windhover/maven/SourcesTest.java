package io.windhover.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourcesTest {

  @TempDir Path folder;

  @BeforeEach
  void createFiles() throws IOException {
    for (var file : List.of("a.thrift", "x/b.thrift", "x/y/c.thrift", "x/readme.md")) {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.createFile(folder.resolve(file));
    }
  }

  @Test
  void matchesAtEveryDepth() throws IOException {
    assertThat(pick(List.of("**/*.thrift"), List.of()))
        .containsExactly("a.thrift", "x/b.thrift", "x/y/c.thrift");
  }

  @Test
  void leavesOutWhatIsExcluded() throws IOException {
    assertThat(pick(List.of("**/*.thrift"), List.of("x/y/")))
        .containsExactly("a.thrift", "x/b.thrift");
    assertThat(pick(List.of("**/*.thrift"), List.of("**/b.thrift")))
        .containsExactly("a.thrift", "x/y/c.thrift");
    assertThat(pick(List.of("*.thrift"), List.of())).containsExactly("a.thrift");
  }

  @Test
  void aMissingFolderIsEmpty() throws IOException {
    assertThat(new Sources(List.of("**"), List.of()).in(folder.resolve("missing"))).isEmpty();
  }

  private List<String> pick(List<String> includes, List<String> excludes) throws IOException {
    return new Sources(includes, excludes)
        .in(folder).stream()
            .map(file -> folder.relativize(file).toString().replace('\\', '/'))
            .toList();
  }
}
