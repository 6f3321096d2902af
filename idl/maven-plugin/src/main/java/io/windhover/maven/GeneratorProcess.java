package io.windhover.maven;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.maven.plugin.logging.Log;

/// One run of the command line, its output passed on to Maven's log.
final class GeneratorProcess {

  /// The first line of a message: `order.thrift:7:6: warning: ...`.
  private static final Pattern FIRST_LINE = Pattern.compile(".+:\\d+:\\d+: (error|warning): .*");

  private final List<String> command;

  GeneratorProcess(List<String> command) {
    this.command = command;
  }

  /// Waits for the end and returns the exit code.
  int run(Log log) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    try (var lines = process.inputReader()) {
      pass(lines, log);
      return process.waitFor();
    } finally {
      process.destroy();
    }
  }

  /// Keeps each message whole: its later lines go where its first line went.
  static void pass(BufferedReader lines, Log log) throws IOException {
    var severity = "info";
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      var first = FIRST_LINE.matcher(line);
      if (first.matches()) {
        severity = first.group(1);
      } else if (line.startsWith("generated ")) {
        severity = "info";
      }
      switch (severity) {
        case "error" -> log.error(line);
        case "warning" -> log.warn(line);
        default -> log.info(line);
      }
    }
  }
}
