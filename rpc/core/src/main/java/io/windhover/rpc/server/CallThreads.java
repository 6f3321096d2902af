package io.windhover.rpc.server;

import io.windhover.netpoll.Connection;
import java.lang.System.Logger.Level;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/// Where calls run.
enum CallThreads {
  /// On a virtual thread: a handler may wait for whatever it likes.
  VIRTUAL {
    @Override
    void run(Connection connection, Runnable calls) {
      connection.resume(THREADS.newThread(calls));
    }
  },

  /// On the poller of their connection: no other thread is woken, and a handler that waits holds up
  /// all connections of that poller.
  POLLERS {
    @Override
    void run(Connection connection, Runnable calls) {
      long begin = System.nanoTime();
      calls.run();
      long took = System.nanoTime() - begin;
      if (took > LONG_NANOS) {
        LOG.log(
            Level.WARNING,
            "calls from {0} held up the other connections of their poller for {1} ms: handlers that"
                + " wait are not for runOnPollers",
            connection.remoteAddress(),
            TimeUnit.NANOSECONDS.toMillis(took));
      }
    }
  };

  private static final System.Logger LOG = System.getLogger(CallThreads.class.getName());
  private static final ThreadFactory THREADS = Thread.ofVirtual().name("windhover-call").factory();
  private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final LogGate LOG_GATE = new LogGate(System::nanoTime);

  /// Runs the calls that have come on a connection. Called on its poller.
  abstract void run(Connection connection, Runnable calls);

  static void tellOfLong(Connection connection, long nanos) {
    long leftOut = LOG_GATE.enter();
    if (leftOut != LogGate.SHUT) {
      LOG.log(
          Level.WARNING,
          "calls from {0} held up the other connections of their poller for {1} ms ({2} more since"
              + " the last line of this): handlers that wait are not for runOnPollers",
          connection.remoteAddress(),
          TimeUnit.NANOSECONDS.toMillis(nanos),
          leftOut);
    }
  }
}
