package io.windhover.thriftgo;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.stream.Stream;

/// One run of a plugin's program: the request goes in, the output comes out, and nothing of it is
/// left running.
final class PluginProcess {
  static final int MAX_RESPONSE_BYTES = 64 << 20;

  private static final int MAX_ERROR_BYTES = 1 << 20;

  /// How long the streams of a process that has ended may take to end, too.
  private static final Duration AFTERMATH = Duration.ofSeconds(1);

  private static final Duration FOREVER = Duration.ofDays(365);

  private final ExternalPlugin plugin;
  private final byte[] request;
  private final int maxResponseBytes;

  PluginProcess(ExternalPlugin plugin, byte[] request, int maxResponseBytes) {
    this.plugin = plugin;
    this.request = request;
    this.maxResponseBytes = maxResponseBytes;
  }

  /// What the program has written.
  record Output(Capture standard, Capture error) {

    /// Returns both texts for the end of a message, or nothing.
    @Override
    public String toString() {
      return standard.text().map(it -> "\nstdout:\n" + it).orElse("")
          + error.text().map(it -> "\nstderr:\n" + it).orElse("");
    }
  }

  /// @throws PluginException if the program does not end properly within the limit
  Output run(Duration timeLimit) {
    Process process;
    try {
      process = new ProcessBuilder(plugin.program().toString()).start();
    } catch (IOException e) {
      throw new PluginException(
          "plugin '%s' cannot be run: %s".formatted(plugin.name(), e.getMessage()), e);
    }
    try {
      return await(process, timeLimit.isZero() ? FOREVER : timeLimit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PluginException("plugin '%s' was interrupted".formatted(plugin.name()), e);
    } finally {
      kill(process);
    }
  }

  private Output await(Process process, Duration timeLimit) throws InterruptedException {
    long end = System.nanoTime() + timeLimit.toNanos();
    Thread.ofVirtual().name("windhover-plugin-input").start(() -> feed(process.getOutputStream()));
    var output =
        new Output(
            Capture.start(process.getInputStream(), maxResponseBytes, () -> kill(process)),
            Capture.start(process.getErrorStream(), MAX_ERROR_BYTES, () -> {}));
    boolean isInTime = process.waitFor(timeLimit);
    if (!isInTime) {
      kill(process);
    }
    boolean isDone = isInTime && process.exitValue() == 0;
    var timeLeft = Duration.ofNanos(end - System.nanoTime());
    var patience = isDone && timeLeft.compareTo(AFTERMATH) > 0 ? timeLeft : AFTERMATH;
    boolean isClosed = output.standard().await(patience) && output.error().await(AFTERMATH);
    if (output.standard().overflows()) {
      throw new PluginException(
          "plugin '%s' answers more than %d MiB".formatted(plugin.name(), maxResponseBytes >> 20));
    }
    if (!isInTime) {
      throw new PluginException(
          "plugin '%s' was killed after %s ms, the time limit%s"
              .formatted(plugin.name(), timeLimit.toMillis(), output));
    }
    if (process.exitValue() != 0) {
      throw new PluginException(
          "plugin '%s' failed with exit code %d%s"
              .formatted(plugin.name(), process.exitValue(), output));
    }
    if (!isClosed) {
      throw new PluginException(
          "plugin '%s' has ended, but something it started keeps its output open"
              .formatted(plugin.name()));
    }
    return output;
  }

  /// Writes the request. A plugin that does not read it all may still answer.
  private void feed(OutputStream in) {
    try (in) {
      in.write(request);
    } catch (IOException _) {
      // it has closed its input or is gone, which its exit code tells
    }
  }

  /// Kills a process that still runs, and what it has started.
  private static void kill(Process process) {
    var children = process.descendants().toList();
    Stream.concat(Stream.of(process.toHandle()), children.stream())
        .filter(ProcessHandle::isAlive)
        .forEach(ProcessHandle::destroyForcibly);
  }
}
