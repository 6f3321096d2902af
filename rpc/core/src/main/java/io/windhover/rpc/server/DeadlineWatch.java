package io.windhover.rpc.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Cancels the calls of a server whose deadlines pass, at most some 20 ms late.
///
/// One daemon thread looks at the slots in which calls run. A slot stays watched from call to call
/// as long as there is always one, so that a call on a busy connection costs the look at a flag,
/// and no timer. While there is nothing to watch the thread sleeps.
///
/// ```
///   call begins --unwatched slot--> pushed --next sweep--> watched --no call at a sweep--> unwatched
/// ```
final class DeadlineWatch implements AutoCloseable {

  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /// Sweeps in vain until it sleeps: waking a thread costs more than some of them, so that calls
  /// now and then find it awake.
  private static final int IDLE_SWEEPS = 100;

  private final AtomicReference<@Nullable CallSlot> pushed = new AtomicReference<>();
  private final Thread thread = new Thread(this::run, "windhover-deadlines");
  private volatile boolean asleep;
  private volatile boolean closed;

  private DeadlineWatch() {
    thread.setDaemon(true);
  }

  static DeadlineWatch start() {
    var watch = new DeadlineWatch();
    watch.thread.start();
    return watch;
  }

  /// Watches the call that has begun in `slot`.
  void watch(CallSlot slot) {
    if (!slot.watch()) {
      return;
    }
    do {
      slot.next = pushed.get();
    } while (!pushed.compareAndSet(slot.next, slot));
    if (asleep) {
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    var watched = new ArrayList<CallSlot>();
    int idleSweeps = 0;
    while (!closed) {
      take(watched);
      watched.removeIf(slot -> !slot.look());
      idleSweeps = watched.isEmpty() ? idleSweeps + 1 : 0;
      if (idleSweeps < IDLE_SWEEPS) {
        LockSupport.parkNanos(this, INTERVAL_NANOS);
      } else {
        sleep();
        idleSweeps = 0;
      }
    }
  }

  private void take(List<CallSlot> watched) {
    for (var slot = pushed.getAndSet(null); slot != null; ) {
      var next = slot.next;
      slot.next = null;
      watched.add(slot);
      slot = next;
    }
  }

  private void sleep() {
    asleep = true;
    if (pushed.get() == null && !closed) {
      LockSupport.park(this);
    }
    asleep = false;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
