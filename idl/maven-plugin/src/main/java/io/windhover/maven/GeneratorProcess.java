package io.windhover.maven;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.maven.plugin.logging.Log;

/// One run of the command line, its output passed on to Maven's log.
final class GeneratorProcess {

  /// The first line of a message: `order.thrift:7:6: warning[W017]: ...`, or `error: ...` about no
  /// file.
  private static final Pattern FIRST_LINE =
      Pattern.compile("(?:.+:\\d+:\\d+: )?(error|warning|note)(?:\\[\\w+\\])?: .*");

  private final List<String> command;
  private final List<String> arguments;
  private final Path folder;

  /// @param arguments what follows `command`; passed in a file, since a command line that names
  ///   hundreds of files is too long for Windows
  /// @param folder the process's working folder
  GeneratorProcess(List<String> command, List<String> arguments, Path folder) {
    this.command = command;
    this.arguments = arguments;
    this.folder = folder;
  }

  /// Waits for the end and returns the exit code.
  int run(Log log) throws IOException, InterruptedException {
    var file = Files.createTempFile("windhover", ".arguments");
    try {
      Files.write(file, arguments);
      return run(file, log);
    } finally {
      Files.delete(file);
    }
  }

  private int run(Path argumentFile, Log log) throws IOException, InterruptedException {
    var line = new ArrayList<>(command);
    line.add("@" + argumentFile);
    log.debug("running " + String.join(" ", line) + " of " + arguments);
    var builder = new ProcessBuilder(line).directory(folder.toFile());
    var process = builder.redirectErrorStream(true).start();
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
