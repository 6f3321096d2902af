package io.windhover.rpc.client;

import io.windhover.rpc.Invocation;
import java.time.Duration;

/// One try at a call.
///
/// @param startNanos when it began, in terms of the time source of the call's deadline
record Attempt(Invocation invocation, long startNanos) {

  static Attempt begin(Invocation invocation) {
    return new Attempt(invocation, invocation.deadline().time().nanoTime());
  }

  /// Whether there was no time left for it when it began.
  boolean isLate() {
    return invocation.deadline().nanos() - startNanos <= 0;
  }

  /// Returns how much of its time connecting may take.
  Duration connectTimeout() {
    return invocation.options().connectTimeout().orElse(ClientOptions.CONNECT_TIMEOUT);
  }

  Duration elapsed() {
    return Duration.ofNanos(invocation.deadline().time().nanoTime() - startNanos);
  }
}
