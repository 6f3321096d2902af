package io.windhover.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The script `windhover`, in a tree of its own, with a Maven that only says that it was called.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class LauncherTest {

  private static final String MAVEN = "Maven was called";
  private static final FileTime BUILT = FileTime.from(Instant.parse("2026-01-02T00:00:00Z"));
  private static final FileTime BEFORE = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));
  private static final FileTime AFTER = FileTime.from(Instant.parse("2026-01-03T00:00:00Z"));

  @TempDir Path root;

  private record Outcome(int exitCode, String output) {}

  private Outcome windhover(String... arguments) throws IOException, InterruptedException {
    var launcher = Path.of("../windhover");
    Files.copy(launcher, root.resolve("windhover"));
    var bin = Files.createDirectory(root.resolve("bin"));
    var maven = bin.resolve("mvn");
    Files.writeString(maven, "#!/bin/sh\necho '[ERROR] " + MAVEN + "'\nexit 1\n");
    assertThat(maven.toFile().setExecutable(true)).isTrue();

    var command = new ArrayList<>(List.of("bash", root + "/windhover"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().merge("PATH", "", (path, none) -> bin + ":" + path);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    var process = builder.start();
    process.getOutputStream().close();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Outcome(process.waitFor(), output);
  }

  @ParameterizedTest
  @CsvSource({
    "verify/bench/idl/src/main/proto/bench.proto, true",
    "verify/bench/runner/src/main/resources/versions.properties, true",
    "rpc/core/src/main/java/Client.java, true",
    "examples/hello/hello.thrift, true",
    "examples/pom.xml, true",
    "examples/target/src/main/java/Generated.java, false",
    "examples/src/test/java/SomeTest.java, false",
    "docs/page.md, false"
  })
  void buildsAgainWhatItsSourcesAreNewerThan(String changed, boolean builds)
      throws IOException, InterruptedException {
    touch("examples/target/windhover-examples-0.1.0-SNAPSHOT.jar", BUILT);
    touch("net/buffer/src/main/java/Old.java", BEFORE);
    touch(changed, AFTER);

    assertThat(windhover("demo").output.contains(MAVEN)).isEqualTo(builds);
  }

  private void touch(String file, FileTime time) throws IOException {
    var path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "");
    Files.setLastModifiedTime(path, time);
  }

  @ParameterizedTest
  @CsvSource({"--help, 0", "-h, 0", "--fast, 1"})
  void helpForTheDemoRunsNothing(String argument, int exitCode)
      throws IOException, InterruptedException {
    var outcome = windhover("demo", argument);

    assertThat(outcome.exitCode).isEqualTo(exitCode);
    assertThat(outcome.output).contains("Usage: ./windhover demo").doesNotContain(MAVEN);
  }

  @Test
  void saysWhatIsWrongWithAnArgument() throws IOException, InterruptedException {
    assertThat(windhover("demo", "--fast").output)
        .contains("windhover: demo takes no argument: --fast");
  }
}
