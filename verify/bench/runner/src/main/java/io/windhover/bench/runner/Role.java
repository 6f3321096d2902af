package io.windhover.bench.runner;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A process of a contestant, its server or its client, pinned to a core. Commands go in as lines,
/// answers come out as lines, and each wait for one has a bound.
final class Role implements AutoCloseable {

  private static final String END = "";

  private final String name;
  private final Process process;
  private final Children children;
  private final Path log;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  private Role(String name, Process process, Children children, Path log) {
    this.name = name;
    this.process = process;
    this.children = children;
    this.log = log;
  }

  /// @param name for messages
  /// @param log gets its standard error
  static Role start(
      String name,
      int core,
      List<String> command,
      Map<String, String> environment,
      Children children,
      Path log)
      throws ContestantException {
    var pinned = new ArrayList<>(List.of("taskset", "-c", Integer.toString(core)));
    pinned.addAll(command);
    var builder = new ProcessBuilder(pinned).redirectError(log.toFile());
    builder.environment().putAll(environment);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new ContestantException(name + " does not start: " + e.getMessage());
    }
    children.add(process);
    var role = new Role(name, process, children, log);
    Thread.ofVirtual().start(role::readAnswers);
    return role;
  }

  private void readAnswers() {
    try (var lines = new BufferedReader(process.inputReader(StandardCharsets.US_ASCII))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        answers.add(line);
      }
    } catch (IOException e) {
      // it was killed: the end, as any other
    }
    answers.add(END);
  }

  long pid() {
    return process.pid();
  }

  void send(String command) throws ContestantException {
    try {
      var out = process.outputWriter(StandardCharsets.US_ASCII);
      out.write(command + "\n");
      out.flush();
    } catch (IOException e) {
      throw new ContestantException(name + " does not listen: " + e.getMessage());
    }
  }

  /// Waits for an answer and returns what follows its first word.
  ///
  /// @param word what the answer must begin with
  /// @throws ContestantException if another answer comes, or none in time
  String expect(String word, Duration timeout) throws ContestantException {
    String answer;
    try {
      answer = answers.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ContestantException(name + ": interrupted");
    }
    if (answer == null) {
      throw new ContestantException(
          "%s gives no '%s' within %d s".formatted(name, word, timeout.toSeconds()));
    }
    if (answer.equals(END)) {
      throw new ContestantException(name + " has ended; its log is " + log);
    }
    if (answer.startsWith("error ")) {
      throw new ContestantException(name + ": " + cut(answer.substring("error ".length())));
    }
    if (!answer.equals(word) && !answer.startsWith(word + " ")) {
      throw new ContestantException(
          "%s says '%s' (expected: %s)".formatted(name, cut(answer), word));
    }
    return answer.substring(Math.min(answer.length(), word.length() + 1));
  }

  private static String cut(String text) {
    return text.length() <= 200 ? text : text.substring(0, 200) + "...";
  }

  /// Stops the process where it is, or lets it go on.
  void freeze(boolean frozen) {
    try {
      new ProcessBuilder("kill", frozen ? "-STOP" : "-CONT", Long.toString(pid()))
          .inheritIO()
          .start()
          .waitFor(5, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    children.kill(process);
  }
}
