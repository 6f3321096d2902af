package io.windhover.rpc;

/// A client's side of a stream of messages that the server answers once.
///
/// ```java
/// try (var upload = service.upload()) {
///   for (var chunk : chunks) {
///     upload.send(chunk);
///   }
///   return upload.finish();
/// }
/// ```
///
/// @param <T> of the messages
/// @param <R> of the reply
public interface ClientStream<T, R> extends StreamSender<T>, AutoCloseable {

  /// Says that no more messages come and waits for the reply.
  ///
  /// @throws RpcException if there is none
  R finish();

  /// Gives the stream up, unless it has ended; the server's handler is interrupted then.
  @Override
  void close();
}
