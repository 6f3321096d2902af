package io.windhover.rpc.server.dispatch;

import io.windhover.rpc.log.LogGate;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.WireException;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// How many calls and streams may run on a server at once, over all of its connections. One beyond
/// is refused before its arguments are read: who is refused at once can go elsewhere in time, and
/// who waits in a queue is answered when nobody waits any more. For any thread; takes no lock.
public final class CallLimit {

  /// Stands for no limit, which costs nothing.
  public static final int UNLIMITED = Integer.MAX_VALUE;

  private static final System.Logger LOG = System.getLogger(CallLimit.class.getName());

  private final int maxCalls;
  private final AtomicInteger running = new AtomicInteger();
  private final LongAdder refused = new LongAdder();
  private final LogGate gate = new LogGate(LOG);

  /// @param maxCalls at least 1, or [#UNLIMITED]
  public CallLimit(int maxCalls) {
    if (maxCalls < 1) {
      throw new IllegalArgumentException("maxCalls: %d (expected: at least 1)".formatted(maxCalls));
    }
    this.maxCalls = maxCalls;
  }

  /// Lets a call run, until [#leave].
  ///
  /// @throws WireException if as many as may be run already
  void enter() {
    if (maxCalls == UNLIMITED) {
      return;
    }
    int now = running.get();
    while (now < maxCalls) { // those that are refused write nothing that others wait for
      if (running.compareAndSet(now, now + 1)) {
        return;
      }
      now = running.get();
    }
    refuse();
  }

  private void refuse() {
    refused.increment();
    gate.warn(() -> "a call is refused: %d run, as many as maxCalls allows".formatted(maxCalls));
    throw new WireException(
        ErrorCode.OVERLOADED, "refused: %d calls run already, maxCalls".formatted(maxCalls));
  }

  /// The call has ended.
  void leave() {
    if (maxCalls != UNLIMITED) {
      running.decrementAndGet();
    }
  }

  /// Returns how many calls run; empty if there is no limit, and so nothing that counts them.
  public OptionalInt running() {
    return maxCalls == UNLIMITED ? OptionalInt.empty() : OptionalInt.of(running.get());
  }

  /// Returns how many calls were refused so far.
  public long refused() {
    return refused.sum();
  }
}
