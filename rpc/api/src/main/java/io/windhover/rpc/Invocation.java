package io.windhover.rpc;

import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One call on its way: what is called, until when, and who is at the other end.
///
/// @param service IDL name of the service
/// @param method the method called
/// @param deadline when the caller stops waiting
/// @param remoteAddress the server's address on a client, the caller's address on a server
public record Invocation(
    String service, Method<?> method, Deadline deadline, SocketAddress remoteAddress) {

  private static final ScopedValue<Invocation> CURRENT = ScopedValue.newInstance();

  /// Returns the invocation that this thread is handling; empty outside of a server's handler.
  public static Optional<Invocation> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /// Runs `body` with this invocation as the [#current] one, in `body` and in the structured tasks
  /// that it forks.
  public <T> T asCurrent(Supplier<T> body) {
    return ScopedValue.where(CURRENT, this).call(body::get);
  }

  /// As [#asCurrent], for what may fail.
  <T extends @Nullable Object> T callAsCurrent(Callable<T> body) throws Exception {
    return ScopedValue.where(CURRENT, this).call(body::call);
  }

  /// Returns `Service/method`, the form that messages use.
  public String name() {
    return service + "/" + method.name();
  }
}
