package io.windhover.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DigestTest {

  @TempDir Path folder;

  @Test
  void keepsThingsApart() {
    assertThat(new Digest().add("ab").add("c").hex())
        .hasSize(64)
        .isNotEqualTo(new Digest().add("a").add("bc").hex())
        .isEqualTo(new Digest().add("ab").add("c").hex());
  }

  @Test
  void ofAFileIsTheDigestOfItsContent() throws IOException {
    var file = Files.writeString(folder.resolve("a"), "text");

    assertThat(Digest.of(file)).isEqualTo(new Digest().add("text").hex());
    assertThat(Digest.of(folder.resolve("missing"))).isEqualTo("-");
  }

  @Test
  void ofAFolderKnowsNamesAndContents() throws IOException {
    Files.writeString(folder.resolve("a"), "text");
    var before = new Digest().add(folder).hex();

    Files.move(folder.resolve("a"), folder.resolve("b"));
    var renamed = new Digest().add(folder).hex();
    Files.writeString(folder.resolve("b"), "other");

    assertThat(renamed).isNotEqualTo(before).isNotEqualTo(new Digest().add(folder).hex());
  }
}
