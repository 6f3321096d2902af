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
  void writesTheSameFromTheSameSeed() throws IOException {
    IdlWriter.write(folder, 1000, 1, 1);
    var first = Files.readString(folder.resolve("part00.thrift"));
    IdlWriter.write(folder, 1000, 1, 1);

    assertThat(folder.resolve("part00.thrift")).hasContent(first);
  }

  @Test
  void writesWhatOursCompiles() throws Exception {
    var idl = IdlWriter.write(folder, 2000, 3, 1);
    var out = Files.createDirectory(folder.resolve("out"));

    var measurement = Compiler.windhover().run(idl, out, folder.resolve("log"));

    assertThat(out.resolve("bench/part00")).isDirectoryContaining("glob:**.java");
    assertThat(measurement.peakBytes()).isPositive();
  }
}
