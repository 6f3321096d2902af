package io.windhover.netpoll;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A JVM of its own on the class path of the tests, for what is set for a whole process. Its errors
/// go to a file.
final class ChildJvm implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;
  private final Path errors;

  /// @param shell what a shell does before, such as `ulimit -n 64;`
  /// @param arguments of the JVM, then the main class and what it wants
  ChildJvm(Path directory, String shell, List<String> arguments) throws IOException {
    errors = directory.resolve("errors");
    var command = new ArrayList<String>();
    command.addAll(List.of("sh", "-c", shell + " exec \"$@\"", "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(arguments);
    process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  String readLine() throws IOException {
    var line = output.readLine();
    if (line == null) {
      throw new AssertionError("it ended: " + errors());
    }
    return line;
  }

  /// Sends a line to its standard input and returns the next one of its output.
  String ask(String line) {
    try {
      var input = process.outputWriter(StandardCharsets.UTF_8);
      input.write(line + "\n");
      input.flush();
      return readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String errors() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
