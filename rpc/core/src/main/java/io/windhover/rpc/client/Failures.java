package io.windhover.rpc.client;

import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.TlsException;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import io.windhover.rpc.pool.ConnectionLostException;
import io.windhover.rpc.transport.NotServedException;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.ExtensionFailedException;
import io.windhover.rpc.wire.PeerText;
import io.windhover.rpc.wire.WireException;
import io.windhover.thrift.ApplicationError;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// What a client says about each way a call can fail: the cause, and what to do.
final class Failures {

  private Failures() {}

  static RpcException.Builder of(Attempt attempt, Kind kind, Stage stage, String what) {
    return of(attempt, RpcException.builder(kind, stage, what));
  }

  private static RpcException.Builder of(Attempt attempt, RpcException.Builder failure) {
    if (attempt.invocation().deadline().hasPassed()) {
      failure.deadlinePassed();
    }
    return failure
        .calling(attempt.invocation().name())
        .at(attempt.invocation().remoteAddress())
        .elapsed(attempt.elapsed());
  }

  /// @param cause what a pool throws when it has no connection for a call
  /// @param isClosed whether the client is closed, which then is why
  static RpcException noConnection(Attempt attempt, Exception cause, boolean isClosed) {
    return switch (cause) {
      case TimeoutException e -> poolExhausted(attempt, e);
      case SocketTimeoutException e -> notConnected(attempt, e);
      case InterruptedIOException _ -> interrupted(attempt, Stage.CONNECT);
      case IOException e -> isClosed ? clientClosed(attempt) : notConnected(attempt, e);
      default -> interrupted(attempt, Stage.CONNECT);
    };
  }

  static RpcException notConnected(Attempt attempt, IOException cause) {
    return of(attempt, Kind.NOT_SENT, Stage.CONNECT, text(cause))
        .hint(connectHint(cause))
        .cause(cause)
        .build();
  }

  /// The call has waited for a connection until its time was over.
  ///
  /// @param cause why it got none at first
  static RpcException notReachable(Attempt attempt, Exception cause) {
    return of(
            attempt,
            Kind.NOT_SENT,
            Stage.CONNECT,
            "waited for a connection until the deadline: " + text(cause))
        .hint(connectHint(cause))
        .cause(cause)
        .build();
  }

  private static String connectHint(@Nullable Throwable cause) {
    for (var reason = cause; reason != null; reason = reason.getCause()) {
      if (reason instanceof ExtensionFailedException) {
        return "Does the code that this client was given to make connections with do as its"
            + " interface says?";
      }
      if (reason instanceof NotServedException e) {
        return e.hint();
      }
      if (reason instanceof UnknownHostException) {
        return "Check the host name";
      }
      if (reason instanceof SocketTimeoutException && reason.getCause() instanceof TlsException) {
        return "The server is there, so give the client a longer connectTimeout(...), or connect"
            + " ahead of the first call by warmUp(...); or it does not speak TLS on this port";
      }
      if (reason instanceof TlsException) {
        return "Does the server speak TLS on this port, and do both trust each other?";
      }
    }
    return "Is the server running, and is this its address?";
  }

  static String text(Exception cause) {
    var message = cause.getMessage();
    return message != null ? message : cause.toString();
  }

  static RpcException clientClosed(Attempt attempt) {
    return of(attempt, Kind.NOT_SENT, Stage.CONNECT, "this client is closed").build();
  }

  static RpcException closedMeanwhile(Attempt attempt) {
    return of(attempt, Kind.DISCONNECTED, Stage.AWAIT_REPLY, "this client was closed meanwhile")
        .build();
  }

  static RpcException poolExhausted(Attempt attempt, TimeoutException cause) {
    return of(attempt, Kind.NOT_SENT, Stage.CONNECT, text(cause))
        .hint(
            "Give the client a larger maxConnections(...) or multiplexed(...), or make fewer calls"
                + " at once")
        .build();
  }

  static RpcException deadlinePassed(Attempt attempt) {
    return of(
            attempt,
            Kind.NOT_SENT,
            Stage.CONNECT,
            "the deadline had passed before the call could begin")
        .hint("The call around it left no time for this one")
        .build();
  }

  static RpcException cancelledAround(Invocation invocation) {
    var attempt = Attempt.begin(invocation);
    return of(attempt, Kind.NOT_SENT, Stage.CONNECT, "the call being handled has been cancelled")
        .build();
  }

  static RpcException notSent(Attempt attempt, Exception cause) {
    return of(attempt, Kind.NOT_SENT, Stage.SEND, text(cause)).cause(cause).build();
  }

  static RpcException lost(Attempt attempt, ConnectionLostException e) {
    if (e.getCause() instanceof WireException refusal) {
      return unreadable(attempt, refusal);
    }
    if (e.getCause() instanceof ExtensionFailedException extension) {
      return unreadable(attempt, extension);
    }
    var failure =
        of(attempt, Kind.DISCONNECTED, Stage.AWAIT_REPLY, e.getMessage())
            .hint(
                e.reason().equals(Optional.of(CloseReason.TLS_FAILED))
                    ? "If the server asks its clients for certificates, give the TlsCredentials of"
                        + " this one a key(...) that it trusts"
                    : "If it does so on each call, the server may not speak this client's"
                        + " protocol(...), or may refuse a message of this size");
    if (e.getCause() != null) {
      failure.cause(e.getCause());
    }
    return failure.build();
  }

  static RpcException transportFailed(
      Attempt attempt, Kind kind, Stage stage, ExtensionFailedException cause) {
    return of(attempt, kind, stage, cause.getMessage())
        .hint("Does the transport(...) of this client do as its interface says?")
        .cause(cause)
        .build();
  }

  static RpcException timedOut(Attempt attempt) {
    return of(attempt, Kind.TIMEOUT, Stage.AWAIT_REPLY, "no reply before the deadline")
        .hint(
            "If the method may take longer, give the client a longer timeout(...); if no call gets"
                + " a reply, the server may not speak this client's protocol(...)")
        .build();
  }

  static RpcException interrupted(Attempt attempt, Stage stage) {
    Thread.currentThread().interrupt();
    return of(attempt, Kind.CANCELLED, stage, "the calling thread was interrupted").build();
  }

  static RpcException remote(Attempt attempt, ApplicationError error) {
    var what =
        "the server answered with error %d: %s"
            .formatted(error.type(), PeerText.shortened(error.message()));
    return of(attempt, ErrorCode.failure(error.type(), Stage.READ_REPLY, what)).build();
  }

  static RpcException missingResult(Attempt attempt) {
    return of(
            attempt,
            ErrorCode.failure(
                ErrorCode.MISSING_RESULT.number(),
                Stage.READ_REPLY,
                "the reply holds neither a result nor an exception"))
        .build();
  }

  static RpcException unwritable(Attempt attempt, RuntimeException e) {
    var what = "the request cannot be written: " + e.getMessage();
    var failure = of(attempt, Kind.PROTOCOL, Stage.SEND, what).cause(e);
    if (e instanceof WireException wire) {
      wire.hintForClient().ifPresent(failure::hint);
    }
    return failure.build();
  }

  static RpcException unreadable(Attempt attempt, RuntimeException e) {
    var failure =
        of(attempt, Kind.PROTOCOL, Stage.READ_REPLY, "the reply cannot be read: " + e.getMessage())
            .cause(e);
    if (e instanceof WireException wire) {
      wire.hintForClient().ifPresent(failure::hint);
    }
    return failure.build();
  }
}
