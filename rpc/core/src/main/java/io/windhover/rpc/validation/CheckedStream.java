package io.windhover.rpc.validation;

import io.windhover.rpc.ForwardingStream;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.MessageStream;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import io.windhover.rpc.StreamEndpoint;
import io.windhover.rpc.StreamOpener;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.WireException;
import io.windhover.thrift.validation.Validated;
import io.windhover.thrift.validation.ValidationException;
import org.jspecify.annotations.Nullable;

/// Checks the messages of a stream. The side that receives a bad one, or would send it, gets an
/// exception; the stream goes on, unless that ends it.
final class CheckedStream extends ForwardingStream {

  private final Invocation invocation;
  private final boolean checksSent;
  private final boolean checksReceived;
  private volatile @Nullable RpcException refusal; // of the last bad message

  private CheckedStream(
      Invocation invocation, MessageStream next, boolean checksSent, boolean checksReceived) {
    super(next);
    this.invocation = invocation;
    this.checksSent = checksSent;
    this.checksReceived = checksReceived;
  }

  /// Of a client.
  static StreamOpener opening(StreamOpener next, boolean checksReplies) {
    return invocation -> new CheckedStream(invocation, next.open(invocation), true, checksReplies);
  }

  /// Of a server: a handler that lets go what a bad message throws refuses it.
  static StreamEndpoint serving(StreamEndpoint next, boolean checksReplies) {
    return (invocation, stream) -> {
      var checked = new CheckedStream(invocation, stream, checksReplies, true);
      try {
        next.serve(invocation, checked);
      } catch (RpcException e) {
        if (e.equals(checked.refusal)) {
          throw new WireException(ErrorCode.INVALID_REQUEST, refused(e));
        }
        throw e;
      }
    };
  }

  private static String refused(RpcException refusal) {
    var cause = refusal.getCause();
    return "bad message: " + (cause == null ? refusal : cause).getMessage();
  }

  @Override
  public void send(Object message) {
    if (checksSent) {
      check(message, Stage.SEND, "bad message, not sent: ");
    }
    super.send(message);
  }

  @Override
  protected Object received(Object message) {
    if (checksReceived) {
      check(message, Stage.AWAIT_MESSAGE, "bad message: ");
    }
    return message;
  }

  private void check(Object message, Stage stage, String what) {
    if (!(message instanceof Validated validated)) {
      return;
    }
    try {
      validated.validate();
    } catch (ValidationException e) {
      var failure =
          RpcException.builder(Kind.INVALID, stage, what + e.getMessage())
              .calling(invocation.name())
              .at(invocation.remoteAddress())
              .cause(e)
              .build();
      if (stage == Stage.AWAIT_MESSAGE) {
        refusal = failure;
      }
      throw failure;
    }
  }
}
