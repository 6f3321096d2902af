package io.windhover.rpc.grpc;

import io.windhover.rpc.ReplyMetadata;
import java.util.Optional;

/// A call or a stream that a handler runs for over gRPC: what it may ask and say of that beside
/// what all protocols have.
///
/// ```java
/// GrpcExchange.current().ifPresent(exchange -> exchange.header().put("x-shard", "7"));
/// ```
///
/// For any thread that works for the call.
public sealed interface GrpcExchange permits Exchange {

  /// Returns the one that this thread handles; empty over other protocols, and outside of a
  /// server's handler.
  static Optional<GrpcExchange> current() {
    return Exchange.CURRENT.isBound() ? Optional.of(Exchange.CURRENT.get()) : Optional.empty();
  }

  /// Returns what leaves before the reply, in the head; of a stream that is its
  /// [header][io.windhover.rpc.MessageStream#header]. The [reply
  /// metadata][io.windhover.rpc.Invocation#replyMetadata] leaves behind it, in the trailers.
  ReplyMetadata header();

  /// Whether the request came compressed; of a stream the message that was received last.
  boolean isRequestCompressed();

  /// Has the reply, or the messages of a stream from now on, compressed or not, whatever the
  /// [options][GrpcOptions#withCompression(CompressionPolicy)] say. Without effect if the client
  /// does not read that; of a stream also if this is first said after its first message, and the
  /// options compress none: the head has to announce it.
  void compress(boolean compress);
}
