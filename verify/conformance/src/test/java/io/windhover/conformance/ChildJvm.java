package io.windhover.conformance;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A process of the test's own class path. It is gone when the test is.
public final class ChildJvm implements AutoCloseable {

  /// Where the system can tell what is to run only while nobody else wants to.
  private static final Path CHRT = Path.of("/usr/bin/chrt");

  private final Process process;
  private final BufferedWriter input;
  private final BufferedReader output;

  private ChildJvm(Process process) {
    this.process = process;
    this.input = process.outputWriter(StandardCharsets.UTF_8);
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  public static ChildJvm start(Class<?> main, Object... arguments) throws IOException {
    return start(Redirect.INHERIT, main, arguments);
  }

  /// @param errors where what it writes to its standard error goes
  static ChildJvm start(Redirect errors, Class<?> main, Object... arguments) throws IOException {
    return start(errors, List.of(), main, arguments);
  }

  /// @param options of the JVM, more than it has anyway, or in their place
  public static ChildJvm start(
      Redirect errors, List<String> options, Class<?> main, Object... arguments)
      throws IOException {
    return start(List.of(), errors, options, main, arguments);
  }

  /// Starts one that has of the CPU what all others leave, and makes way for them at once.
  public static ChildJvm startIdle(List<String> options, Class<?> main, Object... arguments)
      throws IOException {
    var launcher =
        Files.isExecutable(CHRT)
            ? List.of(CHRT.toString(), "--idle", "0")
            : List.of("nice", "-n", "19");
    return start(launcher, Redirect.INHERIT, options, main, arguments);
  }

  private static ChildJvm start(
      List<String> launcher,
      Redirect errors,
      List<String> options,
      Class<?> main,
      Object... arguments)
      throws IOException {
    var command = new ArrayList<>(launcher);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    for (var argument : arguments) {
      command.add(argument.toString());
    }
    return new ChildJvm(new ProcessBuilder(command).redirectError(errors).start());
  }

  /// Waits for the next line that it prints.
  public String readLine() throws IOException {
    return output.readLine();
  }

  /// Gives it a line to read.
  public void writeLine(String line) throws IOException {
    input.write(line + "\n");
    input.flush();
  }

  /// Ends its input, and waits for its end.
  ///
  /// @return its exit code
  public int finish(Duration limit) throws IOException, InterruptedException {
    input.close();
    return awaitExit(limit);
  }

  /// @return its exit code
  public int awaitExit(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError(
          "process %d has not ended within %s".formatted(process.pid(), limit));
    }
    return process.exitValue();
  }

  /// Whether it still runs after so long.
  boolean runsFor(Duration time) throws InterruptedException {
    return !process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  public void signal(String name) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    if (kill.waitFor() != 0) {
      throw new AssertionError("kill -%s %d failed".formatted(name, process.pid()));
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
