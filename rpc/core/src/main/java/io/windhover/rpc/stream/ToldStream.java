package io.windhover.rpc.stream;

import io.windhover.rpc.BusinessException;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.ForwardingStream;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.MessageStream;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import io.windhover.rpc.StreamOpener;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A client's stream of which others are told: a listener of its beginning and end, and who asked
/// for it of the metadata that came with the trailer. The end is told on the user's thread, when
/// the user gets to know of it: by what it receives, or by its own close.
public final class ToldStream extends ForwardingStream {

  private final Invocation invocation;
  private final CallListener listener;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile @Nullable RuntimeException thrown; // by a send, which knows half of the end

  private ToldStream(Invocation invocation, MessageStream stream, CallListener listener) {
    super(stream);
    this.invocation = invocation;
    this.listener = listener;
  }

  /// Opens a stream, and tells whoever wants to know; if nobody does, that costs nothing.
  public static MessageStream open(
      Invocation invocation, StreamOpener opener, CallListener listener) {
    boolean isHeard = !listener.equals(CallListener.NONE);
    if (!isHeard && invocation.options().onReplyMetadata().isEmpty()) {
      return opener.open(invocation);
    }
    listener.started(invocation);
    try {
      return new ToldStream(invocation, opener.open(invocation), listener);
    } catch (RuntimeException | Error e) {
      listener.ended(invocation, e);
      throw e;
    }
  }

  @Override
  public void send(Object message) {
    try {
      super.send(message);
    } catch (RuntimeException e) {
      thrown = e;
      throw e;
    }
  }

  @Override
  public Optional<Object> receive() {
    return receive(super::receive);
  }

  @Override
  public Optional<Object> receive(Duration timeout) {
    return receive(() -> super.receive(timeout));
  }

  private Optional<Object> receive(Supplier<Optional<Object>> next) {
    try {
      var message = next.get();
      if (message.isEmpty()) {
        end(null);
      }
      return message;
    } catch (RuntimeException | Error e) {
      if (!goesOn(e)) {
        end(e);
      }
      throw e;
    }
  }

  /// Whether it is only this message that did not come in time.
  private boolean goesOn(Throwable failure) {
    return failure instanceof RpcException e
        && e.kind() == Kind.TIMEOUT
        && e.remoteCode() < 0
        && !invocation.deadline().hasPassed();
  }

  @Override
  public void cancel() {
    super.cancel();
    if (!ended.get()) {
      var failure = thrown;
      end(failure != null ? failure : closedHere());
    }
  }

  private RpcException closedHere() {
    return RpcException.builder(
            Kind.CANCELLED, Stage.AWAIT_MESSAGE, "the stream was closed before its end")
        .calling(invocation.name())
        .at(invocation.remoteAddress())
        .build();
  }

  private void end(@Nullable Throwable failure) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    try {
      if (failure == null || failure instanceof BusinessException) { // the trailer has come
        var values = trailer().values();
        invocation.options().onReplyMetadata().ifPresent(it -> it.accept(values));
      }
    } finally {
      listener.ended(invocation, failure);
    }
  }
}
