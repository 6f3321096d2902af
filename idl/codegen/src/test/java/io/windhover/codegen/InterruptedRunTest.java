package io.windhover.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A run that is killed at any moment leaves a directory that the next one brings up to date.
final class InterruptedRunTest {
  private static final int FILES = 6;

  @TempDir Path folder;

  /// A process that brings a directory up to date again and again.
  static final class Endless {

    private Endless() {}

    public static void main(String[] arguments) throws IOException {
      for (int round = 0; ; round++) {
        update(Path.of(arguments[0]), round);
      }
    }
  }

  private static void update(Path folder, int round) throws IOException {
    new OutputDirectory(folder).update(List.of("a.thrift"), files(round), false);
  }

  /// Large enough that a process can be killed while it writes one. A third of the names is new in
  /// every other round, and these files have nothing by which they are known but the manifest.
  private static List<GeneratedFile> files(int round) {
    var text = ("round " + round + "\n").repeat(20_000);
    var files = new ArrayList<GeneratedFile>();
    for (int i = 0; i < FILES; i++) {
      files.add(new GeneratedFile("a.thrift", "x/A" + i + ".java", GeneratedFile.HEADER + text));
      files.add(new GeneratedFile("a.thrift", "x/" + i + ".txt", text));
      files.add(new GeneratedFile("a.thrift", newFile(round, i), text));
    }
    return files;
  }

  private static String newFile(int round, int i) {
    return "round%d/%d.txt".formatted(round % 2, i);
  }

  static IntStream places() {
    return IntStream.range(0, FILES);
  }

  @ParameterizedTest
  @MethodSource("places")
  void theNextRunGoesOn(int place) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Endless.class.getName(),
                folder.toString())
            .inheritIO()
            .start();
    try {
      await(folder.resolve(newFile(1, place)));
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();

    update(folder, 3);

    var expected = files(3).stream().collect(Collectors.toMap(it -> it.path(), it -> it.content()));
    var found = texts();
    found.remove(OutputDirectory.MANIFEST);
    assertThat(found.keySet()).isEqualTo(new TreeMap<>(expected).keySet());
    assertThat(found.equals(expected)).isTrue();
  }

  private static void await(Path file) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!Files.exists(file)) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private Map<String, String> texts() throws IOException {
    var texts = new TreeMap<String, String>();
    try (var paths = Files.walk(folder)) {
      for (var path : paths.filter(Files::isRegularFile).toList()) {
        texts.put(folder.relativize(path).toString(), Files.readString(path));
      }
    }
    return texts;
  }
}
