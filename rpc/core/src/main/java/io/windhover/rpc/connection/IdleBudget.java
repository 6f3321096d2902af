package io.windhover.rpc.connection;

import java.util.concurrent.atomic.AtomicInteger;

/// How many connections may be idle in all pools of a client together.
final class IdleBudget {

  private final int most;
  private final AtomicInteger idle = new AtomicInteger();

  IdleBudget(int most) {
    this.most = most;
  }

  /// @return whether one more may be idle, until [#giveBack]
  boolean take() {
    if (idle.incrementAndGet() <= most) {
      return true;
    }
    giveBack(1);
    return false;
  }

  void giveBack(int connections) {
    idle.addAndGet(-connections);
  }
}
