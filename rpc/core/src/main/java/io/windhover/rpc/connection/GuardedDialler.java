package io.windhover.rpc.connection;

import io.windhover.netpoll.ConnectionOptions;
import io.windhover.rpc.pool.Dialler;
import io.windhover.rpc.wire.Guard;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What dials for the pools of a client, held to its contract: it connects in time, or throws an
/// IOException. For any thread.
///
/// The client's own dialler runs on the thread that asks; one of the user's runs
/// [beside][Beside#run] it.
final class GuardedDialler {

  private final Dialler dialler;
  private final boolean isGiven;
  private final ConnectionOptions options;
  private final Guard guard;

  private GuardedDialler(Dialler dialler, boolean isGiven, ConnectionOptions options) {
    this.dialler = dialler;
    this.isGiven = isGiven;
    this.options = options;
    this.guard = Guard.of("dialler", dialler);
  }

  /// @param own the client's
  /// @param given what its user has made of that; null if it stays
  static GuardedDialler of(
      Dialler own, @Nullable UnaryOperator<Dialler> given, ConnectionOptions options) {
    if (given == null) {
      return own(own, options);
    }
    @Nullable Dialler made = given.apply(own);
    if (made == null) {
      throw new IllegalArgumentException(
          "dialler: null (expected: what makes of the client's dialler another one)");
    }
    return given(made, options);
  }

  static GuardedDialler own(Dialler dialler, ConnectionOptions options) {
    return new GuardedDialler(dialler, false, options);
  }

  static GuardedDialler given(Dialler dialler, ConnectionOptions options) {
    return new GuardedDialler(dialler, true, options);
  }

  /// Connects, and waits until the server is ready. If that fails `connection` is closed, whatever
  /// it was told.
  ///
  /// @param keepsLate whether a connection that is there, whose server is not ready in time, counts
  ///   as made: the time is that of a call, and each call would begin anew
  /// @throws GuardedException if the dialler does not do as its interface says, or what is to serve
  ///   the connection fails when it hears of it
  void dial(
      SocketAddress address, long timeoutNanos, boolean keepsLate, DialledConnection connection)
      throws IOException {
    long until = System.nanoTime() + timeoutNanos;
    boolean isReady = false;
    try {
      if (isGiven) {
        dialBeside(address, timeoutNanos, connection);
      } else {
        dialler.dial(address, Duration.ofNanos(timeoutNanos), options, connection);
      }
      if (!connection.isConnected()) {
        throw guard.mistake("returned from dial, and has told its handler of no connection");
      }
      var failure = connection.failure();
      if (failure != null) {
        throw new GuardedException(failure);
      }
      awaitReady(connection, until, keepsLate);
      isReady = true;
    } catch (IOException e) {
      throw e;
    } catch (InterruptedException e) {
      throw interrupted();
    } catch (Throwable e) {
      throw new GuardedException(guard.failed("dial", e));
    } finally {
      if (!isReady) {
        connection.abort();
      }
    }
  }

  private static void awaitReady(DialledConnection connection, long until, boolean keepsLate)
      throws IOException, InterruptedException {
    try {
      connection.awaitReady(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
    } catch (SocketTimeoutException e) {
      if (!keepsLate) {
        throw e;
      }
    }
  }

  private void dialBeside(SocketAddress address, long timeoutNanos, DialledConnection connection)
      throws Throwable {
    Beside.run(
        guard.extension(),
        timeoutNanos,
        () -> {
          dialler.dial(address, Duration.ofNanos(timeoutNanos), options, connection);
          return null;
        });
  }

  private static InterruptedIOException interrupted() {
    return new InterruptedIOException("interrupted while a connection was dialled");
  }
}
