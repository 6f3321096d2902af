package io.windhover.bench.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompilerTest {

  @TempDir Path folder;

  private Path idl = Path.of("");

  @BeforeEach
  void writeIdl() throws IOException {
    idl = IdlWriter.write(Files.createDirectory(folder.resolve("idl")), 2000, 3, 1);
  }

  @Test
  void measuresAProcess() throws Exception {
    var measurement = FreshProcess.windhover().run(idl, out("fresh"), folder.resolve("log"));

    assertThat(folder.resolve("fresh/bench/part00")).isDirectoryContaining("glob:**.java");
    assertThat(measurement.peakBytes()).isPositive();
    assertThat(measurement.cpuNanos()).isPositive();
  }

  @Test
  void compilesTheSameInAJvmThatStays() throws Exception {
    FreshProcess.windhover().run(idl, out("fresh"), folder.resolve("log"));

    try (var resident = new ResidentProcess(folder.resolve("resident.log"))) {
      for (var name : new String[] {"first", "second"}) {
        var measurement = resident.run(idl, out(name), folder.resolve("log"));

        assertThat(content(name)).isEqualTo(content("fresh")).isNotEmpty();
        assertThat(measurement.wallNanos()).isPositive();
        assertThat(measurement.cpuNanos()).isPositive();
        assertThat(measurement.peakBytes()).isPositive();
      }
    }
  }

  @Test
  void saysWhenTheCompilerRefuses() throws Exception {
    Files.writeString(idl, "struct {");

    try (var resident = new ResidentProcess(folder.resolve("resident.log"))) {
      assertThatIOException()
          .isThrownBy(() -> resident.run(idl, out("out"), folder.resolve("log")))
          .withMessageContaining("has ended");
    }
  }

  @Test
  void countsWhatIsWritten() throws Exception {
    Files.writeString(Files.createDirectories(out("out").resolve("a")).resolve("b"), "1\n2\n");

    var result = Result.of(new Measurement(3, 0, 0), folder.resolve("out"));

    assertThat(result.lines()).isEqualTo(2);
    assertThat(result.bytes()).isEqualTo(4);
    assertThat(result.and(new Measurement(1, 0, 0)).measurements()).hasSize(2);
  }

  private Path out(String name) throws IOException {
    return Files.createDirectory(folder.resolve(name));
  }

  private Map<String, String> content(String name) throws IOException {
    var content = new TreeMap<String, String>();
    var root = folder.resolve(name);
    try (var files = Files.walk(root)) {
      for (var file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
        content.put(root.relativize(file).toString(), Files.readString(file));
      }
    }
    return content;
  }
}
