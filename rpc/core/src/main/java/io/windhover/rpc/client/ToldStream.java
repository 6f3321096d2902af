package io.windhover.rpc.client;

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

/// A client's stream whose beginning and end a listener is told of. The end is told on the user's
/// thread, when the user gets to know of it: by what it receives, or by its own close.
final class ToldStream extends ForwardingStream {

  private final Invocation invocation;
  private final CallListener listener;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile @Nullable RuntimeException thrown; // by a send, which knows half of the end

  private ToldStream(Invocation invocation, MessageStream stream, CallListener listener) {
    super(stream);
    this.invocation = invocation;
    this.listener = listener;
  }

  static MessageStream open(Invocation invocation, StreamOpener opener, CallListener listener) {
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
    if (ended.compareAndSet(false, true)) {
      listener.ended(invocation, failure);
    }
  }
}
