package io.windhover.rpc;

import io.windhover.rpc.log.AddressText;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One call on its way: what is called, until when, by whom, and what travels beside the arguments.
///
/// Immutable but for the reply metadata, which belongs to the call; valid until the call ends.
///
/// @param service IDL name of the service
/// @param method the method called
/// @param startNanos when it began, in terms of the deadline's time source: on a client before
///   anything else, on a server when the whole request, or the head of a stream, had come
/// @param deadline when the caller stops waiting
/// @param remoteAddress the server's address on a client, the caller's address on a server
/// @param metadata what travels to the server
/// @param origin who calls
/// @param replyMetadata what travels back
/// @param options what the client's options say of this call; [CallOptions#NONE] on a server
/// @param cancellation whether the call has been given up; on a client it never is
public record Invocation(
    String service,
    Method<?> method,
    long startNanos,
    Deadline deadline,
    SocketAddress remoteAddress,
    Metadata metadata,
    Origin origin,
    ReplyMetadata replyMetadata,
    CallOptions options,
    Cancellation cancellation) {

  private static final ScopedValue<Invocation> CURRENT = ScopedValue.newInstance();

  /// One that begins now and carries nothing beside its arguments.
  public Invocation(
      String service, Method<?> method, Deadline deadline, SocketAddress remoteAddress) {
    this(
        service,
        method,
        deadline,
        remoteAddress,
        Metadata.NONE,
        Origin.UNKNOWN,
        new ReplyMetadata(),
        CallOptions.NONE);
  }

  /// One that begins now, and that nobody cancels.
  public Invocation(
      String service,
      Method<?> method,
      Deadline deadline,
      SocketAddress remoteAddress,
      Metadata metadata,
      Origin origin,
      ReplyMetadata replyMetadata,
      CallOptions options) {
    this(
        service,
        method,
        deadline.time().nanoTime(),
        deadline,
        remoteAddress,
        metadata,
        origin,
        replyMetadata,
        options);
  }

  /// One that nobody cancels.
  public Invocation(
      String service,
      Method<?> method,
      long startNanos,
      Deadline deadline,
      SocketAddress remoteAddress,
      Metadata metadata,
      Origin origin,
      ReplyMetadata replyMetadata,
      CallOptions options) {
    this(
        service,
        method,
        startNanos,
        deadline,
        remoteAddress,
        metadata,
        origin,
        replyMetadata,
        options,
        new Cancellation());
  }

  /// Returns the invocation that this thread is handling; empty outside of a server's handler.
  public static Optional<Invocation> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /// Runs `body` with this invocation as the [#current] one, in `body` and in the structured tasks
  /// that it forks. The thread is interrupted if the call is cancelled meanwhile, and not after.
  public <T> T asCurrent(Supplier<T> body) {
    cancellation.enter();
    try {
      return ScopedValue.where(CURRENT, this).call(body::get);
    } finally {
      cancellation.leave();
    }
  }

  /// As [#asCurrent], for what may fail.
  <T extends @Nullable Object> T callAsCurrent(Callable<T> body) throws Exception {
    cancellation.enter();
    try {
      return ScopedValue.where(CURRENT, this).call(body::call);
    } finally {
      cancellation.leave();
    }
  }

  /// Whether the call has been given up, and whatever it still does is in vain. The thread that
  /// handles it has been interrupted then; this is for work that no interrupt ends.
  public boolean isCancelled() {
    return cancellation.isCancelled();
  }

  /// Returns how long it has taken so far.
  public long elapsedNanos() {
    return deadline.time().nanoTime() - startNanos;
  }

  /// Returns this call with another deadline.
  public Invocation withDeadline(Deadline deadline) {
    return new Invocation(
        service,
        method,
        deadline.instant(startNanos, this.deadline.time()),
        deadline,
        remoteAddress,
        metadata,
        origin,
        replyMetadata,
        options,
        cancellation);
  }

  /// Returns this call with other metadata.
  public Invocation withMetadata(Metadata metadata) {
    return new Invocation(
        service,
        method,
        startNanos,
        deadline,
        remoteAddress,
        metadata,
        origin,
        replyMetadata,
        options,
        cancellation);
  }

  /// Returns this call to another server.
  public Invocation withRemoteAddress(SocketAddress remoteAddress) {
    return new Invocation(
        service,
        method,
        startNanos,
        deadline,
        remoteAddress,
        metadata,
        origin,
        replyMetadata,
        options,
        cancellation);
  }

  /// Returns `Service/method`, the form that messages use.
  public String name() {
    return service + "/" + method.name();
  }

  /// For logs: what is called, where, and the time that is left. Not what travels with it, which
  /// may be secret.
  @Override
  public String toString() {
    return "%s on %s, %s".formatted(name(), AddressText.of(remoteAddress), deadline);
  }
}
