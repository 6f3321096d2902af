package io.windhover.conformance.flood;

import io.windhover.rpc.client.Client;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.rpc.grpc.GrpcClientTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/// A hundred clients, each with a connection and a caller of its own, that call now and then.
final class Callers implements AutoCloseable {

  private static final int CALLERS = 100;
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final byte[] WELL = {1, 2, 3};

  private final List<Client> clients = new ArrayList<>();

  Callers(int port) {
    for (int i = 0; i < CALLERS; i++) {
      clients.add(
          Client.builder("127.0.0.1:" + port)
              .transport(GrpcClientTransport.create())
              .streamConnections(1)
              .timeout(TIMEOUT)
              .build());
    }
  }

  /// How long calls took, all of which ended well.
  record Latencies(int calls, Duration p50, Duration p99) {

    private static Latencies of(long[] nanos) {
      Arrays.sort(nanos);
      return new Latencies(
          nanos.length,
          Duration.ofNanos(nanos[nanos.length / 2]),
          Duration.ofNanos(nanos[nanos.length * 99 / 100]));
    }

    /// Whether calls took no more than some times as long as others, both half of them and all but
    /// a hundredth. What is less than the machine's own latencies does not count.
    boolean isAtMost(int times, Latencies others, FlooderProcess.Share machine) {
      return isAtMost(p50, times, others.p50, machine.p50)
          && isAtMost(p99, times, others.p99, machine.p99);
    }

    private static boolean isAtMost(Duration took, int times, Duration other, Duration machine) {
      return took.compareTo(longer(other, machine).multipliedBy(times)) <= 0;
    }

    /// Returns the longer ones of two measurements.
    Latencies max(Latencies others) {
      return new Latencies(calls + others.calls, longer(p50, others.p50), longer(p99, others.p99));
    }

    private static Duration longer(Duration left, Duration right) {
      return left.compareTo(right) > 0 ? left : right;
    }

    @Override
    public String toString() {
      return "%d calls, p50 %.1f ms, p99 %.1f ms"
          .formatted(calls, p50.toNanos() / 1e6, p99.toNanos() / 1e6);
    }
  }

  /// Lets all of them call for so long.
  ///
  /// @throws java.util.concurrent.ExecutionException if a call failed
  Latencies measure(Duration window) throws Exception {
    var nanos = new ArrayList<Long>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var callers = new ArrayList<Future<List<Long>>>();
      long end = System.nanoTime() + window.toNanos();
      for (int i = 0; i < clients.size(); i++) {
        var client = clients.get(i);
        long start = PAUSE.toNanos() * i / clients.size();
        callers.add(executor.submit(() -> call(client, start, end)));
      }
      for (var caller : callers) {
        nanos.addAll(caller.get());
      }
    }
    return Latencies.of(nanos.stream().mapToLong(Long::longValue).toArray());
  }

  private static List<Long> call(Client client, long startNanos, long endNanos) {
    var nanos = new ArrayList<Long>();
    LockSupport.parkNanos(startNanos); // not all at once
    for (long now = System.nanoTime(); now < endNanos; ) {
      var answer = MessageCall.call(client, FloodServer.SERVICE, FloodServer.ECHO, WELL);
      long after = System.nanoTime();
      nanos.add(after - now);
      if (!Arrays.equals(answer, WELL)) {
        throw new AssertionError("echo: " + Arrays.toString(answer));
      }
      LockSupport.parkNanos(PAUSE.toNanos());
      now = System.nanoTime();
    }
    return nanos;
  }

  @Override
  public void close() {
    clients.forEach(Client::close);
  }
}
