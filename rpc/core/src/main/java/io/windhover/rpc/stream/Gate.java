package io.windhover.rpc.stream;

import io.windhover.rpc.Deadline;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// Opens once, and for good; until then threads wait at it, by the time of their deadlines. Any
/// thread.
final class Gate {

  private final Set<Thread> waiting = ConcurrentHashMap.newKeySet(0);
  private volatile boolean open;

  void open() {
    open = true;
    waiting.forEach(LockSupport::unpark);
  }

  /// @return whether it opened before the deadline
  boolean await(Deadline deadline) throws InterruptedException {
    if (open) {
      return true;
    }
    var thread = Thread.currentThread();
    waiting.add(thread); // first: either it is woken, or it sees that the gate is open
    try {
      while (!open) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (deadline.hasPassed()) {
          return false;
        }
        deadline.park(this);
      }
      return true;
    } finally {
      waiting.remove(thread);
    }
  }
}
