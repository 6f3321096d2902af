package io.windhover.rpc.connection;

import java.util.concurrent.atomic.AtomicInteger;

/// Numbers of calls, counted up and around. For any thread.
final class SequenceIds {

  private final AtomicInteger last = new AtomicInteger();

  /// Zero stays unused: Kitex reserves it.
  int next() {
    int id = last.incrementAndGet();
    return id != 0 ? id : last.incrementAndGet();
  }
}
