package io.windhover.examples.demo;

import io.windhover.rpc.Protocol;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// How fast calls went when several callers made them one after the other.
final class Measurement {

  private final Protocol protocol;
  private final long elapsedNanos;
  private final long[] latencyNanos; // one for each call, in ascending order

  private Measurement(Protocol protocol, long elapsedNanos, long[] latencyNanos) {
    this.protocol = protocol;
    this.elapsedNanos = elapsedNanos;
    this.latencyNanos = latencyNanos;
  }

  static Measurement of(Protocol protocol, int calls, int callers, Runnable call)
      throws InterruptedException, ExecutionException {
    var latencyNanos = new long[calls];
    var next = new AtomicInteger();
    long start = System.nanoTime();
    Callable<Boolean> caller =
        () -> {
          for (int i = next.getAndIncrement(); i < calls; i = next.getAndIncrement()) {
            long before = System.nanoTime();
            call.run();
            latencyNanos[i] = System.nanoTime() - before;
          }
          return true;
        };
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var ended : executor.invokeAll(Collections.nCopies(callers, caller))) {
        ended.get(); // one failed call fails the measurement
      }
    }
    long elapsedNanos = System.nanoTime() - start;
    Arrays.sort(latencyNanos);
    return new Measurement(protocol, elapsedNanos, latencyNanos);
  }

  @Override
  public String toString() {
    return "  %-9s %,7d %,9.0f %,8.0f %,8.0f"
        .formatted(
            protocol,
            latencyNanos.length,
            latencyNanos.length * 1e9 / elapsedNanos,
            percentile(50) / 1e3,
            percentile(99) / 1e3);
  }

  private double percentile(int percent) {
    return latencyNanos[Math.min(latencyNanos.length - 1, latencyNanos.length * percent / 100)];
  }
}
