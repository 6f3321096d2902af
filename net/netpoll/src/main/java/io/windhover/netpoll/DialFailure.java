package io.windhover.netpoll;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the caller of a dial is told when there will be no connection. Its stack trace is the
/// caller's, that of its cause the poller's.
final class DialFailure {

  /// How far an attempt at an address has come.
  ///
  /// @param address as text
  /// @param failure null if it has none yet
  record Attempt(String address, @Nullable IOException failure) {

    @Override
    public String toString() {
      return address + " " + (failure == null ? "no answer" : reason(failure));
    }
  }

  private DialFailure() {}

  /// A failure that has nothing to do with several addresses.
  static IOException of(@Nullable Throwable cause) {
    return cause instanceof ConnectException
        ? withCause(new ConnectException(reason(cause)), cause)
        : new IOException(reason(cause), cause);
  }

  /// @param attempts all of them failed
  static IOException ofAll(String name, List<Attempt> attempts) {
    var message = "cannot connect to " + name + ": " + text(attempts);
    boolean refused = attempts.stream().allMatch(it -> it.failure instanceof ConnectException);
    return withReasons(
        refused ? new ConnectException(message) : new IOException(message), attempts);
  }

  /// @param attempts those that were begun
  static IOException late(@Nullable String name, Deadline deadline, List<Attempt> attempts) {
    if (name == null || attempts.isEmpty()) {
      return new SocketTimeoutException("no connection " + deadline);
    }
    return withReasons(
        new SocketTimeoutException(
            "no connection to %s %s: %s".formatted(name, deadline, text(attempts))),
        attempts);
  }

  private static String text(List<Attempt> attempts) {
    return attempts.stream().map(Attempt::toString).collect(Collectors.joining("; "));
  }

  private static IOException withReasons(IOException failure, List<Attempt> attempts) {
    for (var attempt : attempts) {
      if (attempt.failure != null) {
        failure.addSuppressed(attempt.failure);
      }
    }
    return failure;
  }

  private static IOException withCause(IOException failure, Throwable cause) {
    failure.initCause(cause);
    return failure;
  }

  /// As a part of a sentence: "connection refused".
  private static String reason(@Nullable Throwable cause) {
    var text = cause == null ? null : cause.getMessage();
    return text == null || text.isEmpty()
        ? "failed"
        : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
