package io.windhover.bench.contestant;

import io.windhover.rpc.CallListener;
import io.windhover.rpc.Invocation;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a service would have for its metrics: for each method the calls, the errors, the bytes, and
/// how long calls take, in a histogram whose buckets are powers of two.
final class CallMeter implements CallListener {

  /// What one method comes to.
  ///
  /// @param latencies calls of less than 2^n nanoseconds and no less than half of that, by n
  record Figures(
      LongAdder calls,
      LongAdder errors,
      LongAdder sentBytes,
      LongAdder receivedBytes,
      List<LongAdder> latencies) {

    static Figures zero() {
      return new Figures(
          new LongAdder(),
          new LongAdder(),
          new LongAdder(),
          new LongAdder(),
          Stream.generate(LongAdder::new).limit(Long.SIZE).toList());
    }
  }

  private final ConcurrentMap<String, Figures> byMethod = new ConcurrentHashMap<>();

  /// Returns what the calls of a method have come to so far.
  Figures of(String method) {
    var figures = byMethod.get(method);
    return figures == null ? byMethod.computeIfAbsent(method, _ -> Figures.zero()) : figures;
  }

  @Override
  public void sent(Invocation call, int bytes) {
    of(call.method().name()).sentBytes.add(bytes);
  }

  @Override
  public void received(Invocation call, int bytes) {
    of(call.method().name()).receivedBytes.add(bytes);
  }

  @Override
  public void ended(Invocation call, @Nullable Throwable failure) {
    var figures = of(call.method().name());
    figures.calls.increment();
    if (failure != null) {
      figures.errors.increment();
    }
    long nanos = Math.max(0, call.elapsedNanos());
    figures.latencies.get(Long.SIZE - Long.numberOfLeadingZeros(nanos)).increment();
  }
}
