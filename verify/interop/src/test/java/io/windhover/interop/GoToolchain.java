package io.windhover.interop;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The `go` command of this machine.
record GoToolchain(Path go) {
  private static final Duration PATIENCE = Duration.ofMinutes(8);

  /// Looks on the PATH, then where Go's own installer puts it.
  static Optional<GoToolchain> find() {
    var path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path + File.pathSeparator + "/usr/local/go/bin")
        .flatMap(Pattern.compile(Pattern.quote(File.pathSeparator))::splitAsStream)
        .map(folder -> Path.of(folder, "go"))
        .filter(Files::isExecutable)
        .map(GoToolchain::new)
        .findFirst();
  }

  /// Runs a `go` command in a folder, which may take minutes where modules are downloaded and
  /// compiled for the first time.
  ///
  /// @param arguments separated by spaces
  void run(Path folder, String arguments) {
    var command = new ArrayList<>(List.of(go.toString()));
    command.addAll(List.of(arguments.split(" ", -1)));
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("GOWORK", "off");
    var log = folder.resolve("go.log");
    if (run(builder, log, PATIENCE) != 0) {
      throw new IllegalStateException(
          "go " + arguments + " failed in " + folder + ":\n" + read(log));
    }
  }

  /// Runs a process with its output in a file.
  ///
  /// @return its exit code
  static int run(ProcessBuilder builder, Path output, Duration patience) {
    return run(builder, Path.of("/dev/null"), output, patience);
  }

  /// Runs a process with its input from a file and its output in another.
  ///
  /// @return its exit code
  static int run(ProcessBuilder builder, Path input, Path output, Duration patience) {
    builder.redirectInput(input.toFile());
    try {
      var process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
      try {
        process.getOutputStream().close();
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new IllegalStateException(builder.command() + " still runs after " + patience);
        }
        return process.exitValue();
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + builder.command(), e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
