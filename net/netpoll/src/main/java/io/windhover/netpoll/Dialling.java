package io.windhover.netpoll;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One attempt to connect: the caller waits, the poller works.
final class Dialling {

  /// Makes a connection of a connected socket; on the poller.
  @FunctionalInterface
  interface Establish {
    PolledConnection establish(PolledSocket socket) throws IOException;
  }

  private final Poller poller;
  private final SocketAddress address;
  private final Establish establish;
  private final Runnable onFailure;
  private final CompletableFuture<PolledConnection> outcome = new CompletableFuture<>();

  // The poller's own:
  private @Nullable PolledSocket socket;
  private boolean ended;

  /// @param onFailure run once if there will be no connection
  Dialling(Poller poller, SocketAddress address, Establish establish, Runnable onFailure) {
    this.poller = poller;
    this.address = address;
    this.establish = establish;
    this.onFailure = onFailure;
    poller.execute(this::start);
  }

  private void start() {
    try {
      socket = poller.connect(address, this);
    } catch (IOException e) {
      failed(e);
    } catch (RuntimeException e) { // such as an unresolved address
      failed(new IOException(e.toString(), e));
    }
  }

  /// Called on the poller.
  void connected(PolledSocket connected) {
    if (ended) {
      connected.close();
      return;
    }
    ended = true;
    try {
      var connection = establish.establish(connected);
      if (!outcome.complete(connection)) { // given up meanwhile
        connection.abort();
      }
    } catch (IOException e) {
      outcome.completeExceptionally(e);
    }
  }

  /// Called on the poller.
  void failed(IOException cause) {
    if (!ended) {
      ended = true;
      onFailure.run();
      outcome.completeExceptionally(cause);
    }
  }

  /// Waits for the outcome.
  PolledConnection await(Duration timeout) throws IOException {
    try {
      return outcome.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw describe(e.getCause());
    } catch (TimeoutException e) {
      throw giveUp(
          new SocketTimeoutException("no connection within " + timeout.toMillis() + " ms"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw giveUp(new InterruptedIOException("interrupted while connecting"));
    }
  }

  private IOException giveUp(IOException cause) {
    outcome.completeExceptionally(cause);
    poller.execute(
        () -> {
          if (socket != null && !ended) {
            socket.close();
          }
          failed(cause);
        });
    return cause;
  }

  private static IOException describe(@Nullable Throwable cause) {
    var text = cause == null || cause.getMessage() == null ? "failed" : cause.getMessage();
    return new IOException(text.toLowerCase(Locale.ROOT), cause);
  }
}
