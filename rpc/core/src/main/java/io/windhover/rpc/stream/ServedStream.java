package io.windhover.rpc.stream;

import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.MessageStream;
import org.jspecify.annotations.Nullable;

/// A server's side of a stream, for who runs its handler.
public interface ServedStream extends MessageStream {

  /// Returns the call that the stream is, which is cancelled when the stream ends before its
  /// handler does.
  Invocation invocation();

  /// Ends the stream, unless it has ended.
  ///
  /// @param error null if the handler returned, or ended it with a business status
  void finish(@Nullable ApplicationException error, @Nullable BusinessException business);
}
