package io.windhover.rpc.stream;

import io.windhover.rpc.BusinessException;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.PeerText;
import io.windhover.thrift.ApplicationError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Why a stream ended otherwise than well. Both directions end with it, each with an exception of
/// its own: this is made on a poller, which has no stack worth a trace.
///
/// @param remoteCode what the other side gave as its reason; -1 if it did not
/// @param business the status with which the server ended the stream; null if it ended otherwise
/// @param hint what to do; null for that of the code, if there is one
record StreamFailure(
    Kind kind,
    int remoteCode,
    String what,
    @Nullable BusinessException business,
    @Nullable String hint) {

  private static final int NONE = -1;

  static StreamFailure of(Kind kind, String what) {
    return new StreamFailure(kind, NONE, what, null, null);
  }

  StreamFailure withHint(@Nullable String hint) {
    return new StreamFailure(kind, remoteCode, what, business, hint);
  }

  /// The other side ended the stream with an error.
  static StreamFailure remote(ApplicationError error) {
    return new StreamFailure(
        ErrorCode.kindOf(error.type()),
        error.type(),
        "the stream ended with error %d: %s"
            .formatted(error.type(), PeerText.shortened(error.message())),
        null,
        null);
  }

  static StreamFailure business(BusinessException status) {
    return new StreamFailure(Kind.REMOTE, NONE, "business status " + status.code(), status, null);
  }

  /// The other side reset the stream.
  ///
  /// @param path of the cancelling; empty if it does not say
  static StreamFailure reset(ApplicationError error, String path) {
    var where = path.isEmpty() ? "" : " [" + PeerText.shortened(path.replace(",", " -> ")) + "]";
    return new StreamFailure(
        kindOfReset(error.type()),
        error.type(),
        "the other side gave the stream up%s, code %d: %s"
            .formatted(where, error.type(), PeerText.shortened(error.message())),
        null,
        null);
  }

  private static Kind kindOfReset(int code) {
    if (code == ErrorCode.TOO_LARGE.number()) {
      return ErrorCode.TOO_LARGE.kind();
    }
    return StreamCode.isTimeout(code) ? Kind.TIMEOUT : Kind.CANCELLED;
  }

  /// @param elapsed since the stream was opened
  RuntimeException exception(Invocation invocation, Stage stage, Duration elapsed) {
    if (business != null) { // one for each thread: others may add to what they get
      return new BusinessException(business.code(), business.text(), business.extra());
    }
    var exception =
        remoteCode == NONE
            ? RpcException.builder(kind, stage, what)
            : ErrorCode.failure(kind, remoteCode, stage, what);
    if (hint != null) {
      exception.hint(hint);
    }
    return exception
        .calling(invocation.name())
        .at(invocation.remoteAddress())
        .elapsed(elapsed)
        .build();
  }
}
