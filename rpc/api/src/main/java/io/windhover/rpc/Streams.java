package io.windhover.rpc;

import java.util.Objects;

/// Gives streams of messages their types. For generated stubs, which know them.
public final class Streams {

  private Streams() {}

  /// Sends the one request of a server's stream.
  public static <R> StreamReceiver<R> serverStream(MessageStream stream, Object request) {
    try {
      stream.send(Objects.requireNonNull(request, "request"));
      stream.end();
    } catch (RuntimeException | Error e) {
      stream.cancel();
      throw e;
    }
    return new TypedStream<Object, R>(stream);
  }

  public static <T, R> ClientStream<T, R> clientStream(MessageStream stream) {
    return new TypedStream<>(stream);
  }

  public static <T, R> BidiStream<T, R> bidiStream(MessageStream stream) {
    return new TypedStream<>(stream);
  }
}
