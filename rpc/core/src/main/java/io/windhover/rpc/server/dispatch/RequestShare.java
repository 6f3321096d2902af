package io.windhover.rpc.server.dispatch;

import io.windhover.rpc.wire.RequestObjects;
import io.windhover.thrift.ObjectBudget;
import java.util.concurrent.atomic.AtomicLong;

/// What the objects of one request have taken of the budget of all. Any thread.
final class RequestShare implements ObjectBudget {

  private final RequestObjects all;
  private final AtomicLong takenBytes = new AtomicLong();

  RequestShare(RequestObjects all) {
    this.all = all;
  }

  @Override
  public boolean take(long bytes, long soFar) {
    boolean taken = all.take(bytes, soFar);
    if (taken) {
      takenBytes.addAndGet(bytes);
    }
    return taken;
  }

  /// Gives it back; a second time changes nothing.
  void giveBack() {
    all.giveBack(takenBytes.getAndSet(0));
  }
}
