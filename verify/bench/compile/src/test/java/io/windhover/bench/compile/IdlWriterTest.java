package io.windhover.bench.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdlWriterTest {

  @TempDir Path folder;

  @Test
  void writesAsManyLinesAsAskedFor() throws IOException {
    IdlWriter.write(folder, 3001, 4, 1);

    long lines = 0;
    for (int i = 0; i < 4; i++) {
      lines += Files.readAllLines(folder.resolve("part0" + i + ".thrift")).size();
    }
    assertThat(lines).isEqualTo(3001);
  }

  @Test
  void writesOfEverything() throws IOException {
    IdlWriter.write(folder, 5000, 1, 1);

    assertThat(folder.resolve("part00.thrift"))
        .content()
        .contains("struct ", "union ", "exception ", "enum ", "typedef ", "const ", "service ")
        .contains(" extends ", "/**", "// of one", "go.tag", "optional ", "required ");
  }

  @Test
  void writesTheSameFromTheSameSeed() throws IOException {
    IdlWriter.write(folder, 1000, 1, 1);
    var first = Files.readString(folder.resolve("part00.thrift"));
    IdlWriter.write(folder, 1000, 1, 1);

    assertThat(folder.resolve("part00.thrift")).hasContent(first);
  }
}
