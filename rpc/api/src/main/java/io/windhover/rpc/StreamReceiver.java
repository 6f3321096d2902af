package io.windhover.rpc;

import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;

/// The direction of a stream in which this side receives.
///
/// ```java
/// try (var notes = service.count(order)) {
///   for (var note : notes) {
///     ...
///   }
/// }
/// ```
///
/// Messages wait until they are asked for, up to a limit; then the other side is made to wait. So
/// who receives slowly holds no memory, and who stops receiving must say so by [#close].
///
/// One thread receives at a time; another may send meanwhile.
///
/// @param <T> of the messages
public interface StreamReceiver<T> extends StreamSide, Iterable<T>, AutoCloseable {

  /// Waits for the next message.
  ///
  /// @return empty once the other side has sent its last one
  /// @throws BusinessException if the server ended the stream with a business status
  /// @throws RpcException if the stream ended otherwise: an error of the other side, given up here
  ///   or there, its deadline passed, its connection broke, or this thread was interrupted
  /// @throws IllegalStateException if another thread receives just now and waits
  Optional<T> receive();

  /// Waits for the next message for so long at most.
  ///
  /// @return empty once the other side has sent its last one
  /// @throws RpcException as [#receive]; of kind [RpcException.Kind#TIMEOUT] if none came in time,
  ///   and then the stream goes on
  Optional<T> receive(Duration timeout);

  /// Returns the messages that are still to come, once. Its methods wait and throw as [#receive].
  @Override
  Iterator<T> iterator();

  /// Gives up what is still to come. On a client that ends the whole stream, unless it has ended,
  /// and the server's handler is interrupted.
  @Override
  void close();
}
