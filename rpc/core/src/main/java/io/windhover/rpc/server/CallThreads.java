package io.windhover.rpc.server;

import io.windhover.netpoll.Connection;
import io.windhover.rpc.log.LogGate;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Where the calls of a server run.
sealed interface CallThreads {

  CallThreads VIRTUAL = new Virtual();

  static CallThreads onPollers() {
    return new OnPollers(System::nanoTime);
  }

  /// Runs the calls that have come on a connection. Called on its poller.
  void run(Connection connection, Runnable calls);

  /// On a virtual thread: a handler may wait for whatever it likes.
  final class Virtual implements CallThreads {

    private static final ThreadFactory THREADS =
        Thread.ofVirtual().name("windhover-call").inheritInheritableThreadLocals(false).factory();

    @Override
    public void run(Connection connection, Runnable calls) {
      connection.resume(THREADS.newThread(calls));
    }
  }

  /// On the poller of their connection: no other thread is woken, and a handler that waits holds up
  /// all connections of that poller.
  final class OnPollers implements CallThreads {

    private static final System.Logger LOG = System.getLogger(CallThreads.class.getName());
    private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final LongSupplier nanoClock;
    private final LogGate gate;

    OnPollers(LongSupplier nanoClock) {
      this.nanoClock = nanoClock;
      this.gate = new LogGate(LOG, nanoClock);
    }

    @Override
    public void run(Connection connection, Runnable calls) {
      long begin = nanoClock.getAsLong();
      try {
        calls.run();
      } finally {
        Thread.interrupted(); // left by a handler, it would meet calls of other connections
        long took = nanoClock.getAsLong() - begin;
        if (took > LONG_NANOS) {
          tellOfLong(connection, took);
        }
      }
    }

    private void tellOfLong(Connection connection, long nanos) {
      gate.warn(
          () ->
              ("calls from %s held up the other connections of their poller for %d ms:"
                      + " handlers that wait are not for runOnPollers")
                  .formatted(connection.remoteAddress(), TimeUnit.NANOSECONDS.toMillis(nanos)));
    }
  }
}
