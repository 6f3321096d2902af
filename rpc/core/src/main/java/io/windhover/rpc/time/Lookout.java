package io.windhover.rpc.time;

import java.lang.System.Logger.Level;
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

  private static final System.Logger LOG = System.getLogger(Lookout.class.getName());

  /// What is looked at; by one lookout at a time.
  public abstract static class Watched {
    private @Nullable Watched next; // in its chain: its adder's, then the lookout's

    /// Looks whether the time has come, and acts if so. On the lookout's thread, so it must not
    /// block. What it throws is logged, and it is forgotten.
    ///
    /// @param nowNanos by [System#nanoTime]
    /// @return whether to look again; if not, this may be added again at once
    protected abstract boolean look(long nowNanos);

    /// The lookout has closed, and looks no more.
    protected void abandoned() {}
  }

  private final AtomicReference<@Nullable Watched> newcomers = new AtomicReference<>();
  private final Thread thread;
  private @Nullable Watched watched; // a chain; the thread's
  private @Nullable Throwable failure; // of a look, until it is logged; the thread's
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

  /// Whatever ends this thread, nobody relies on it after that.
  private void run() {
    try {
      lookUntilClosed();
    } finally {
      closed = true;
      abandon(watched);
      abandon(newcomers.getAndSet(null));
    }
  }

  private static void abandon(@Nullable Watched chain) {
    for (var one = chain; one != null; ) {
      var next = one.next; // first, as in look
      one.abandoned();
      one = next;
    }
  }

  private void lookUntilClosed() {
    int idleLooks = 0;
    while (!closed) {
      long now = System.nanoTime();
      var known = watched;
      watched = null;
      look(known, now);
      look(newcomers.getAndSet(null), now);
      logFailure();
      idleLooks = watched == null ? idleLooks + 1 : 0;
      if (idleLooks < IDLE_LOOKS) {
        LockSupport.parkNanos(this, INTERVAL_NANOS);
      } else {
        sleep();
        idleLooks = 0;
      }
    }
  }

  /// Keeps of a chain those that want another look.
  private void look(@Nullable Watched chain, long now) {
    for (var one = chain; one != null; ) {
      var next = one.next; // first: after the look it may be added again
      if (wantsMore(one, now)) {
        one.next = watched;
        watched = one;
      }
      one = next;
    }
  }

  private boolean wantsMore(Watched one, long now) {
    try {
      return one.look(now);
    } catch (RuntimeException | Error e) { // the others have to be looked at
      failure = e;
      return false;
    }
  }

  private void logFailure() {
    var thrown = failure;
    if (thrown != null) {
      failure = null;
      LOG.log(Level.ERROR, "a deadline cannot be told, and is passed over", thrown);
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
