package io.windhover.rpc.server;

import io.windhover.rpc.transport.Stoppable;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The open connections of a server, and its calls in process, and how they end when it stops. Any
/// thread.
final class Connections {

  /// How long a connection on which nothing happens stays open when the server stops: a request may
  /// be on its way, and a peer that sends one is told. Kitex waits as long.
  private static final long FINISH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /// How long cancelled calls may take to say so.
  private static final long CANCEL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final System.Logger LOG = System.getLogger(Connections.class.getName());

  private final Set<Stoppable> open = ConcurrentHashMap.newKeySet();
  private final CountDownLatch allGone = new CountDownLatch(1);
  private final CountDownLatch mayGoOn = new CountDownLatch(1); // all are gone, or there is no time
  private volatile boolean finishing;

  /// Either [#finish] meets the connection here, or the connection meets that all are to finish.
  void opened(Stoppable connection) {
    open.add(connection);
    if (finishing) {
      connection.finish();
    }
  }

  void closed(Stoppable connection) {
    open.remove(connection);
    if (finishing && open.isEmpty()) {
      mayGoOn.countDown();
      allGone.countDown();
    }
  }

  /// Whether connections are about to close.
  boolean isFinishing() {
    return finishing;
  }

  /// Lets calls under way or on their way end, and closes. Idle connections close after a tenth of
  /// a second.
  ///
  /// @return whether all have closed in time
  boolean finish(long timeoutNanos) throws InterruptedException {
    long deadline = System.nanoTime() + timeoutNanos;
    finishing = true;
    open.forEach(Stoppable::finish);
    if (await(Math.min(FINISH_NANOS, timeoutNanos))) {
      return true;
    }
    open.forEach(Stoppable::drain);
    return await(deadline - System.nanoTime());
  }

  /// Interrupts the calls that are left, whose callers get an error if they end soon.
  void cancel() throws InterruptedException {
    open.forEach(Stoppable::cancel);
    if (!open.isEmpty() && !allGone.await(CANCEL_NANOS, TimeUnit.NANOSECONDS)) {
      LOG.log(
          Level.WARNING,
          "{0} connections, or calls in process, are left with calls under way",
          open.size());
    }
  }

  /// Tells callers in process that wait for handlers which have not ended; the others learn it from
  /// their connections.
  void lose() {
    open.forEach(
        left -> {
          if (left instanceof LocalCall call) {
            call.lose();
          }
        });
  }

  private boolean await(long nanos) throws InterruptedException {
    return open.isEmpty() || mayGoOn.await(nanos, TimeUnit.NANOSECONDS) && open.isEmpty();
  }

  /// Ends the waiting of [#finish].
  void hurry() {
    mayGoOn.countDown();
  }
}
