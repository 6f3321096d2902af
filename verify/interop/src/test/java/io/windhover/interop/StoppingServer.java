package io.windhover.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/// A server that stops at a moment that its calls tell: those of `sleep` that came by a proxy in
/// front of it.
record StoppingServer(Peer server, RecordingProxy proxy) implements AutoCloseable {
  /// Callers of a load, and so the most calls in flight.
  static final int CALLERS = 16;

  /// The name, or over gRPC the beginning of a message: a length of 8, and an argument of 4 bytes.
  private static final Pattern CALL = Pattern.compile("\0\0\0\5sleep|\0\0\0\0\10\10\0\1");

  /// What a call that has passed the proxy gets to reach its handler.
  private static final Duration ARRIVAL = Duration.ofMillis(100);

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  static StoppingServer of(Peer server) {
    return new StoppingServer(server, RecordingProxy.to(server.main()));
  }

  InetSocketAddress address() {
    return proxy.address();
  }

  /// Stops the server once each caller has a call under way, on a thread of its own.
  Thread stopWithCallsInFlight() {
    return Thread.startVirtualThread(
        () -> {
          await(() -> calls() >= CALLERS);
          LockSupport.parkNanos(ARRIVAL.toNanos());
          server.close();
        });
  }

  /// Lets callers know of both servers, then only of the other one; stops this one when they do.
  Thread stopUnderLoad(StoppingServer other, Runnable tell) {
    return Thread.startVirtualThread(
        () -> {
          await(() -> calls() > 5 * CALLERS && other.calls() > 0);
          tell.run();
          await(() -> callsWhile(other) == 0);
          server.close();
        });
  }

  /// How many calls came while the other server got three for each caller.
  private int callsWhile(StoppingServer other) {
    int before = calls();
    int others = other.calls();
    await(() -> other.calls() >= others + 3 * CALLERS);
    return calls() - before;
  }

  private int calls() {
    return (int)
        proxy.turns().stream()
            .flatMap(turns -> turns.stream().filter(RecordingProxy.Turn::isRequest))
            .flatMap(
                turn -> CALL.matcher(new String(turn.bytes().toByteArray(), ISO_8859_1)).results())
            .count();
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("calls did not come").isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
    }
  }

  @Override
  public void close() {
    server.close();
    proxy.close();
  }
}
