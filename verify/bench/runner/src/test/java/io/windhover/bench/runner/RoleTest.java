package io.windhover.bench.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoleTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir Path folder;

  private Role start(String script) throws ContestantException {
    return Role.start(
        "x's server",
        0,
        List.of("bash", "-c", script),
        Map.of(),
        new Children(),
        folder.resolve("x.log"));
  }

  @Test
  void asksAndIsAnswered() throws ContestantException {
    try (var role = start("echo ready 7; while read -r line; do echo \"$line 8\"; done")) {
      assertThat(role.expect("ready", SECOND)).isEqualTo("7");
      role.send("stats");
      assertThat(role.expect("stats", SECOND)).isEqualTo("8");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "read -r _          | x's server gives no 'ready' within 1 s",
        "exit 3             | x's server has ended; its log is",
        "echo error no room | x's server: no room",
        "echo readyish      | x's server says 'readyish' (expected: ready)"
      })
  void saysWhatIsWrongWithAnAnswer(String script, String message) throws ContestantException {
    try (var role = start(script)) {
      assertThatThrownBy(() -> role.expect("ready", SECOND))
          .isInstanceOf(ContestantException.class)
          .hasMessageStartingWith(message);
    }
  }

  @Test
  void closeEndsAFrozenProcessToo() throws Exception {
    var role = start("echo ready; read -r _");
    role.expect("ready", SECOND);
    var process = ProcessHandle.of(role.pid()).orElseThrow();
    role.freeze(true);

    role.close();

    process.onExit().get(10, TimeUnit.SECONDS);
  }

  /// What a user's Ctrl-C does to a runner whose contestant is frozen.
  @Test
  void nothingOutlivesAnInterruptedRunner() throws Exception {
    var runner =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Interrupted.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(runner.getInputStream(), StandardCharsets.UTF_8))) {
      var child = ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
      assertThat(child.isAlive()).isTrue();

      new ProcessBuilder("kill", "-INT", Long.toString(runner.pid())).start().waitFor();

      child.onExit().get(10, TimeUnit.SECONDS);
      assertThat(runner.waitFor(10, TimeUnit.SECONDS)).isTrue();
    } finally {
      runner.destroyForcibly();
    }
  }

  /// A runner that does nothing but wait.
  static final class Interrupted {

    private Interrupted() {}

    public static void main(String[] arguments) throws ContestantException, IOException {
      var role =
          Role.start(
              "x's server",
              0,
              List.of("bash", "-c", "echo ready; read -r _"),
              Map.of(),
              new Children(),
              Path.of(arguments[0], "y.log"));
      role.expect("ready", SECOND);
      role.freeze(true);
      System.out.println(role.pid());
      System.in.read();
    }
  }
}
