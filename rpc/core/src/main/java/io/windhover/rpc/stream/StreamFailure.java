package io.windhover.rpc.stream;

import io.windhover.rpc.BusinessException;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.PeerText;
import io.windhover.thrift.ApplicationError;
import org.jspecify.annotations.Nullable;

/// Why a stream ended otherwise than well. Both directions end with it, each with an exception of
/// its own: this is made on a poller, which has no stack worth a trace.
///
/// @param remoteCode what the other side gave as its reason; -1 if it did not
/// @param business the status with which the server ended the stream; null if it ended otherwise
record StreamFailure(Kind kind, int remoteCode, String what, @Nullable BusinessException business) {

  private static final int NONE = -1;

  static StreamFailure of(Kind kind, String what) {
    return new StreamFailure(kind, NONE, what, null);
  }

  /// The other side ended the stream with an error.
  static StreamFailure remote(ApplicationError error) {
    return new StreamFailure(
        ErrorCode.kindOf(error.type()),
        error.type(),
        "the stream ended with error %d: %s"
            .formatted(error.type(), PeerText.shortened(error.message())),
        null);
  }

  static StreamFailure business(BusinessException status) {
    return new StreamFailure(Kind.REMOTE, NONE, "business status " + status.code(), status);
  }

  /// The other side reset the stream.
  ///
  /// @param path of the cancelling; empty if it does not say
  static StreamFailure reset(ApplicationError error, String path) {
    var where = path.isEmpty() ? "" : " [" + PeerText.shortened(path.replace(",", " -> ")) + "]";
    return new StreamFailure(
        StreamCode.isTimeout(error.type()) ? Kind.TIMEOUT : Kind.CANCELLED,
        error.type(),
        "the other side gave the stream up%s, code %d: %s"
            .formatted(where, error.type(), PeerText.shortened(error.message())),
        null);
  }

  RuntimeException exception(Invocation invocation, Stage stage) {
    if (business != null) { // one for each thread: others may add to what they get
      return new BusinessException(business.code(), business.text(), business.extra());
    }
    var exception =
        remoteCode == NONE
            ? RpcException.builder(kind, stage, what)
            : ErrorCode.failure(kind, remoteCode, stage, what);
    return exception.calling(invocation.name()).at(invocation.remoteAddress()).build();
  }
}
