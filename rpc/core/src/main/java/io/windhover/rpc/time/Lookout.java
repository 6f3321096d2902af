package io.windhover.rpc.time;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Looks every 10 ms at all that it has been given, to see whose time has come: one daemon thread,
/// which sleeps while there is nothing to look at.
///
/// To be watched costs a step on a stack and no lock; not to be watched any more costs nothing,
/// since the next look finds it out.
///
/// ```
///   add --> stack of newcomers --next look--> watched --a look says no--> forgotten
/// ```
public final class Lookout implements AutoCloseable {

  public static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /// Looks in vain until it sleeps: waking a thread costs more than some of them, so that what
  /// comes now and then finds it awake.
  private static final int IDLE_LOOKS = 100;

  /// What is looked at; by one lookout at a time.
  public abstract static class Watched {
    private @Nullable Watched next; // of the stack: its adder's, then the lookout's

    /// Looks whether the time has come, and acts if so. On the lookout's thread, so it must not
    /// block.
    ///
    /// @param nowNanos by [System#nanoTime]
    /// @return whether to look again; if not, this may be added again at once
    protected abstract boolean look(long nowNanos);

    /// The lookout has closed, and looks no more.
    protected void abandoned() {}
  }

  private final AtomicReference<@Nullable Watched> newcomers = new AtomicReference<>();
  private final Thread thread;
  private volatile boolean asleep;
  private volatile boolean closed;

  private Lookout(String name) {
    thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  /// @param name of the thread
  public static Lookout start(String name) {
    var lookout = new Lookout(name);
    lookout.thread.start();
    return lookout;
  }

  /// Watches one more. Any thread.
  ///
  /// @param one not watched now
  public void add(Watched one) {
    do {
      one.next = newcomers.get();
    } while (!newcomers.compareAndSet(one.next, one));
    if (asleep) {
      LockSupport.unpark(thread);
    }
  }

  /// Whether it may look no more, and may have missed to say so to what was added just now.
  public boolean isClosed() {
    return closed;
  }

  /// Looks no more, and says so to all that it watches.
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  // ---- on the thread

  private void run() {
    var watched = new ArrayList<Watched>();
    int idleLooks = 0;
    while (!closed) {
      long now = System.nanoTime();
      watched.removeIf(one -> !one.look(now));
      take(watched, now);
      idleLooks = watched.isEmpty() ? idleLooks + 1 : 0;
      if (idleLooks < IDLE_LOOKS) {
        LockSupport.parkNanos(this, INTERVAL_NANOS);
      } else {
        sleep();
        idleLooks = 0;
      }
    }
    watched.forEach(Watched::abandoned);
    for (var one = newcomers.getAndSet(null); one != null; one = one.next) {
      one.abandoned();
    }
  }

  /// Most newcomers need no second look, and are not kept for one.
  private void take(List<Watched> watched, long now) {
    for (var one = newcomers.getAndSet(null); one != null; ) {
      var next = one.next;
      one.next = null; // first: after the look it may be added again
      if (one.look(now)) {
        watched.add(one);
      }
      one = next;
    }
  }

  private void sleep() {
    asleep = true;
    if (newcomers.get() == null && !closed) {
      LockSupport.park(this);
    }
    asleep = false;
  }
}
