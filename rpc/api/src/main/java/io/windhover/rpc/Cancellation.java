package io.windhover.rpc;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether one call has been given up, and the threads that work for it, which are interrupted
/// then.
///
/// A server cancels a call when its deadline passes, when its caller's connection is lost, or when
/// the server has waited long enough in its stop. It never becomes uncancelled. Any thread.
public final class Cancellation {

  private volatile boolean cancelled;
  private @Nullable Thread worker; // guarded by this, as all below; nearly always the only one
  private @Nullable List<Thread> otherWorkers;

  public Cancellation() {}

  public boolean isCancelled() {
    return cancelled;
  }

  /// Interrupts all who work for the call, now and later. A second time changes nothing.
  public void cancel() {
    synchronized (this) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      if (worker != null) {
        worker.interrupt(); // with the lock: it cannot have left for the next call
      }
      if (otherWorkers != null) {
        otherWorkers.forEach(Thread::interrupt);
      }
    }
  }

  /// The calling thread begins to work for the call, until [#leave].
  void enter() {
    var thread = Thread.currentThread();
    synchronized (this) {
      if (worker == null) {
        worker = thread;
      } else {
        if (otherWorkers == null) {
          otherWorkers = new ArrayList<>();
        }
        otherWorkers.add(thread);
      }
      if (cancelled) {
        thread.interrupt();
      }
    }
  }

  /// The calling thread has done its work. An interrupt that was meant for this work goes with it.
  void leave() {
    var thread = Thread.currentThread();
    synchronized (this) {
      if (otherWorkers == null || !otherWorkers.remove(thread)) {
        worker = null;
      }
      if (cancelled) {
        Thread.interrupted();
      }
    }
  }
}
