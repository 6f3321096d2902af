package io.windhover.rpc.grpc;

import io.windhover.http2.StreamException;
import io.windhover.http2.frame.ErrorCode;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import io.windhover.rpc.wire.PeerText;
import org.jspecify.annotations.Nullable;

/// Why a call or a stream ended otherwise than well. Each thread that learns of it gets an
/// exception of its own: this is made on pollers, too, which have no stack worth a trace.
///
/// @param number for [RpcException#remoteCode]; -1 if the server did not say
/// @param status with which the server ended it; null if it did not
/// @param business the status of the method's own; null if there is none
record GrpcClientFailure(
    Kind kind,
    int number,
    String what,
    @Nullable String hint,
    @Nullable GrpcStatus status,
    @Nullable BusinessException business) {

  private static final int NONE = -1;

  private static final String OTHER_SERVER =
      "Is this the right server, and not built from an older IDL?";

  private static final String NO_PACKAGE =
      " Its name has no package: over gRPC a service of a .proto file has that of the file, which"
          + " its Methods know as packageName";

  static GrpcClientFailure of(Kind kind, String what, @Nullable String hint) {
    return new GrpcClientFailure(kind, NONE, what, hint, null, null);
  }

  static GrpcClientFailure protocol(String what) {
    return of(Kind.PROTOCOL, what, null);
  }

  /// Returns what the server's word on the end means; null if the call ended well.
  static @Nullable GrpcClientFailure of(Trailers trailers) {
    var business = trailers.business();
    if (business != null) {
      var what = "business status " + business.code();
      return new GrpcClientFailure(
          Kind.REMOTE, NONE, what, null, tellsMore(trailers.status()), business);
    }
    var status = trailers.status();
    if (status.code() == GrpcCode.OK) {
      return null;
    }
    var text = status.message().isEmpty() ? "" : ": " + PeerText.shortened(status.message());
    return new GrpcClientFailure(
        StatusTable.kind(trailers.number()),
        trailers.number(),
        "the server answered with " + status.code() + text,
        hint(status.code()),
        status,
        null);
  }

  /// Returns the status of a business status if it says more than that.
  private static @Nullable GrpcStatus tellsMore(GrpcStatus status) {
    var code = status.code();
    boolean isUsual =
        code == GrpcCode.OK || (code == GrpcCode.INTERNAL && status.details().size() == 0);
    return isUsual ? null : status;
  }

  /// Something that is not gRPC has answered, or not with the content that was asked for.
  ///
  /// @param contentType as it says; null if it says none
  /// @param body as far as it was read
  static GrpcClientFailure http(int status, @Nullable String contentType, String body) {
    var code = StatusTable.ofHttp(status);
    var what =
        "the server answered with HTTP status %d and %s, which is not %s%s"
            .formatted(
                status,
                contentType == null
                    ? "no content-type"
                    : "content-type " + PeerText.shortened(contentType),
                contentType == null || ContentType.read(contentType) == null
                    ? "gRPC"
                    : "what was asked for",
                body.isBlank() ? "" : ": " + PeerText.shortened(body.strip()));
    return new GrpcClientFailure(
        Kind.REMOTE,
        StatusTable.number(code),
        what,
        "Is this the port of a gRPC server? A proxy on the way may have answered in its place",
        new GrpcStatus(code, what),
        null);
  }

  /// The stream of HTTP/2 failed.
  ///
  /// @param isLate whether the caller's deadline has passed, which may be why
  static GrpcClientFailure of(StreamException e, boolean isLate) {
    if (e.isNotProcessed()) {
      return of(Kind.NOT_SENT, text(e), null);
    }
    return switch (e.reason()) {
      case RESET_BY_PEER ->
          isLate && e.code() == ErrorCode.CANCEL
              ? of(Kind.TIMEOUT, "the server gave the call up at its deadline", null)
              : reset(e);
      case RESET_HERE -> resetHere(e);
      case STALLED ->
          of(
              Kind.DISCONNECTED,
              "the server took nothing of what this stream had to send for too long",
              "Is the server overloaded, or does its handler not receive?");
      case CONNECTION_LOST -> of(Kind.DISCONNECTED, text(e), null);
      case LEAVING, OVERLOADED, HEADERS_TOO_LARGE -> of(Kind.NOT_SENT, text(e), null);
    };
  }

  static String text(StreamException e) {
    var message = e.getMessage();
    return message == null ? e.reason().toString() : message;
  }

  private static GrpcClientFailure reset(StreamException e) {
    var code = StatusTable.ofReset(e.codeNumber());
    int number = StatusTable.number(code);
    return new GrpcClientFailure(
        StatusTable.kind(number), number, text(e), hint(code), new GrpcStatus(code, text(e)), null);
  }

  private static GrpcClientFailure resetHere(StreamException e) {
    return e.code() == ErrorCode.INTERNAL_ERROR // which nothing that a server sends brings about
        ? of(Kind.DISCONNECTED, "this client failed in taking the response, as its log says", null)
        : protocol("the response breaks HTTP/2: " + e.getMessage());
  }

  private static @Nullable String hint(GrpcCode code) {
    return switch (code) {
      case UNIMPLEMENTED -> OTHER_SERVER;
      case UNAVAILABLE -> "Try again a little later, or at another server";
      case UNAUTHENTICATED -> "Does the call carry what tells the server who calls, as metadata?";
      default -> null;
    };
  }

  RuntimeException exception(Invocation invocation, Stage stage) {
    var cause = status == null ? null : new GrpcException(status);
    return business == null
        ? rpcException(invocation, stage, cause)
        : new BusinessException(business.code(), business.text(), business.extra(), cause);
  }

  /// The same of what is no business status.
  RpcException rpcException(Invocation invocation, Stage stage, @Nullable Throwable cause) {
    var failure =
        number == NONE
            ? RpcException.builder(kind, stage, what)
            : io.windhover.rpc.wire.ErrorCode.failure(kind, number, stage, what);
    if (hint != null) {
      boolean lacksPackage = hint.equals(OTHER_SERVER) && lacksPackage(invocation);
      failure.hint(lacksPackage ? hint + NO_PACKAGE : hint);
    }
    if (cause != null) {
      failure.cause(cause);
    }
    if (invocation.deadline().hasPassed()) {
      failure.deadlinePassed();
    }
    return failure.calling(invocation.name()).at(invocation.remoteAddress()).build();
  }

  private static boolean lacksPackage(Invocation invocation) {
    var method = invocation.method();
    return ContentType.of(method) == ContentType.PROTO
        && method.fullName(invocation.service()).indexOf('.') < 0;
  }
}
