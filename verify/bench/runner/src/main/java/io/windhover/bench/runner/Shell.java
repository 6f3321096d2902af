package io.windhover.bench.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Runs small commands and builds.
final class Shell {

  private static final Duration QUESTION_LIMIT = Duration.ofSeconds(10);

  /// How a command ended.
  record Outcome(int exit, String output) {

    String lastLine() {
      return output.lines().filter(line -> !line.isBlank()).reduce("", (_, line) -> line);
    }
  }

  private Shell() {}

  /// @param limit when the command and all that it has started are killed
  /// @return empty if there is no such command
  static Optional<Outcome> run(Path folder, Duration limit, List<String> command) {
    long start = System.nanoTime();
    try {
      var process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectInput(Path.of("/dev/null").toFile())
              .start();
      var ended = Thread.ofVirtual().start(() -> endAfter(process, limit));
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int exit = process.waitFor();
      ended.interrupt();
      boolean late = System.nanoTime() - start >= limit.toNanos();
      return Optional.of(
          new Outcome(
              exit, late ? output + "\nno end within " + limit.toSeconds() + " s" : output));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static void endAfter(Process process, Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        var started = process.descendants().toList(); // who would keep its output open
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
      }
    } catch (InterruptedException e) {
      // the process has ended
    }
  }

  /// @return what a command says first; empty if it fails
  static Optional<String> firstLine(Path folder, String... command) {
    return run(folder, QUESTION_LIMIT, List.of(command))
        .filter(outcome -> outcome.exit() == 0)
        .flatMap(outcome -> outcome.output().lines().findFirst());
  }
}
