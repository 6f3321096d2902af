package io.windhover.netpoll.testing;

import io.windhover.buffer.NodePool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Whether a test leaves behind what it found: buffers of the shared pool, open sockets (where
/// `/proc` tells), threads of pollers.
///
/// ```java
/// var leaks = LeakCheck.begin();
/// ...
/// leaks.end(Duration.ofSeconds(5));
/// ```
///
/// What is left of the pool's buffers is told with the place where it was taken; for that each
/// taking walks the stack until the end.
///
/// The counts are of the whole process, so nothing else may run beside the test.
public final class LeakCheck {

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final String POLLER = "windhover-poller";
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final Counts before = Counts.now();

  private LeakCheck() {}

  /// Counts what there is now.
  public static LeakCheck begin() {
    try {
      SocketChannel.open().close(); // the first makes the JDK open one for itself, for ever
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    NodePool.shared().traceLeases(true);
    return new LeakCheck();
  }

  /// Waits until no more is left than at the beginning.
  ///
  /// @throws AssertionError if it is not so within `limit`; it says what is too many
  public void end(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    var now = Counts.now();
    while (now.exceeds(before) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(PAUSE.toNanos());
      now = Counts.now();
    }
    var places = String.join("\n  ", NodePool.shared().leases());
    NodePool.shared().traceLeases(false);
    if (now.exceeds(before)) {
      throw new AssertionError(
          "left behind: %s, where there was %s\n  %s".formatted(now, before, places));
    }
  }

  private record Counts(long bufferBytes, long sockets, long pollers) {

    static Counts now() {
      return new Counts(NodePool.shared().heldBytes(), countSockets(), countPollers());
    }

    private static long countSockets() {
      if (!Files.isDirectory(DESCRIPTORS)) {
        return 0;
      }
      try (var descriptors = Files.list(DESCRIPTORS)) {
        return descriptors.filter(Counts::isSocket).count();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static boolean isSocket(Path descriptor) {
      try {
        return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
      } catch (IOException e) { // closed just now
        return false;
      }
    }

    private static long countPollers() {
      return Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().startsWith(POLLER))
          .count();
    }

    boolean exceeds(Counts other) {
      return bufferBytes > other.bufferBytes || sockets > other.sockets || pollers > other.pollers;
    }

    @Override
    public String toString() {
      return "%d bytes in buffers, %d sockets, %d pollers".formatted(bufferBytes, sockets, pollers);
    }
  }
}
