package io.windhover.rpc.client;

import io.windhover.netpoll.ConnectionClosedException;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.PeerText;
import io.windhover.rpc.wire.WireException;
import io.windhover.thrift.ApplicationError;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;

/// What a client says about each way a call can fail: the cause, and what to do.
final class Failures {

  private static final int MISSING_RESULT = 5; // of Thrift's TApplicationException

  private Failures() {}

  static RpcException.Builder of(Invocation invocation, Kind kind, Stage stage, String what) {
    return RpcException.builder(kind, stage, what)
        .calling(invocation.name())
        .at(invocation.remoteAddress());
  }

  static RpcException notConnected(Invocation invocation, Exception cause) {
    return of(invocation, Kind.NOT_SENT, Stage.CONNECT, text(cause))
        .hint(
            cause instanceof UnknownHostException
                ? "Check the host name"
                : "Is the server running, and is this its address?")
        .cause(cause)
        .build();
  }

  static String text(Exception cause) {
    var message = cause.getMessage();
    return message != null ? message : cause.toString();
  }

  static RpcException clientClosed(Invocation invocation) {
    return of(invocation, Kind.NOT_SENT, Stage.CONNECT, "this client is closed").build();
  }

  static RpcException closedMeanwhile(Invocation invocation) {
    return of(invocation, Kind.DISCONNECTED, Stage.AWAIT_REPLY, "this client was closed meanwhile")
        .build();
  }

  static RpcException poolExhausted(Invocation invocation, TimeoutException cause) {
    return of(invocation, Kind.NOT_SENT, Stage.CONNECT, text(cause))
        .hint(
            "Give the client a larger maxConnections(...) or multiplexed(...), or make fewer calls"
                + " at once")
        .build();
  }

  static RpcException deadlinePassed(Invocation invocation) {
    return of(
            invocation,
            Kind.NOT_SENT,
            Stage.CONNECT,
            "the deadline had passed before the call could begin")
        .hint("The call around it left no time for this one")
        .build();
  }

  static RpcException cancelledAround(Invocation invocation) {
    return of(invocation, Kind.NOT_SENT, Stage.CONNECT, "the call being handled has been cancelled")
        .build();
  }

  static RpcException notSent(Invocation invocation, ConnectionClosedException cause) {
    return of(invocation, Kind.NOT_SENT, Stage.SEND, text(cause)).build();
  }

  static RpcException lost(Invocation invocation, ConnectionLostException e) {
    if (e.getCause() instanceof WireException refusal) {
      return unreadable(invocation, refusal);
    }
    return of(invocation, Kind.DISCONNECTED, Stage.AWAIT_REPLY, e.getMessage())
        .hint(
            "If it does so on each call, the server may not speak this client's protocol, or may"
                + " refuse a message of this size")
        .build();
  }

  static RpcException timedOut(Invocation invocation) {
    return of(invocation, Kind.TIMEOUT, Stage.AWAIT_REPLY, "no reply before the deadline")
        .hint("If the method may take longer, give the client a longer timeout(...)")
        .build();
  }

  static RpcException interrupted(Invocation invocation, Stage stage) {
    Thread.currentThread().interrupt();
    return of(invocation, Kind.CANCELLED, stage, "the calling thread was interrupted").build();
  }

  static RpcException remote(Invocation invocation, ApplicationError error) {
    var failure =
        of(
                invocation,
                ErrorCode.of(error.type()).map(ErrorCode::kind).orElse(Kind.REMOTE),
                Stage.READ_REPLY,
                "the server answered with error %d: %s"
                    .formatted(error.type(), PeerText.shortened(error.message())))
            .remoteCode(error.type());
    switch (error.type()) {
      case 1 ->
          failure.hint(
              "Is this the right server, and not built from an older IDL?"); // no such method
      case 20, 21 -> failure.hint("Is this the right server?"); // unknown or no service
      default -> {}
    }
    return failure.build();
  }

  static RpcException missingResult(Invocation invocation) {
    return of(
            invocation,
            Kind.REMOTE,
            Stage.READ_REPLY,
            "the reply holds neither a result nor an exception")
        .remoteCode(MISSING_RESULT)
        .hint("The handler probably returned null.")
        .build();
  }

  static RpcException unreadable(Invocation invocation, RuntimeException e) {
    var failure =
        of(
                invocation,
                Kind.PROTOCOL,
                Stage.READ_REPLY,
                "the reply cannot be read: " + e.getMessage())
            .cause(e);
    if (e instanceof WireException wire && wire.isTls()) {
      failure.hint("The server speaks TLS and this client does not");
    }
    return failure.build();
  }
}
