package io.windhover.rpc.connection;

import java.net.SocketTimeoutException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Runs code of the user's that is to connect in time on a virtual thread of its own: if it heeds
/// neither time nor interrupts, it keeps that one, and not a caller.
final class Beside {

  /// What it may be late, so that it can say by itself what took so long.
  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private Beside() {}

  /// Waits until it has returned. It is interrupted if it has not in time, or the caller is
  /// interrupted.
  ///
  /// @param name of the code, for the message
  /// @throws SocketTimeoutException if it has not returned in time
  /// @throws InterruptedException if the caller is interrupted
  /// @throws Throwable what it throws
  static void run(String name, long timeoutNanos, Callable<@Nullable Void> code) throws Throwable {
    var task = new FutureTask<>(code);
    Thread.ofVirtual().name("windhover-dial").inheritInheritableThreadLocals(false).start(task);
    try {
      var _ = task.get(timeoutNanos + GRACE_NANOS, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause();
    } catch (TimeoutException e) {
      task.cancel(true);
      throw new SocketTimeoutException(
          "%s has not returned within %d ms"
              .formatted(name, TimeUnit.NANOSECONDS.toMillis(timeoutNanos)));
    } catch (InterruptedException e) {
      task.cancel(true);
      throw e;
    }
  }
}
