package io.windhover.rpc;

import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// A method of streams together with the endpoint that serves it.
public record StreamOperation(Method<?> method, StreamEndpoint endpoint) {

  /// @throws IllegalArgumentException if the method is not one of streams
  public StreamOperation {
    if (!method.kind().isStream()) {
      throw new IllegalArgumentException(
          "method %s: %s (expected: a kind of streams)".formatted(method.name(), method.kind()));
    }
  }

  /// One that answers a stream of messages once.
  public static <T, R> StreamOperation clientStream(
      Method<?> method, Function<StreamReceiver<T>, R> handler) {
    return new StreamOperation(
        method,
        (invocation, stream) -> {
          var reply = handler.apply(new TypedStream<R, T>(stream));
          stream.send(Objects.requireNonNull(reply, "the handler returned null"));
        });
  }

  /// One that answers a request with a stream of messages.
  @SuppressWarnings("unchecked") // the method's codec reads nothing else
  public static <T, R> StreamOperation serverStream(
      Method<?> method, BiConsumer<T, StreamSender<R>> handler) {
    return new StreamOperation(
        method,
        (invocation, stream) -> {
          var request = stream.receive();
          if (request.isEmpty()) {
            throw RpcException.builder(
                    Kind.PROTOCOL, Stage.AWAIT_MESSAGE, "the client sent no request")
                .calling(invocation.name())
                .at(invocation.remoteAddress())
                .build();
          }
          handler.accept((T) request.get(), new TypedStream<R, T>(stream));
        });
  }

  /// One with messages in both directions.
  public static <T, R> StreamOperation bidiStream(
      Method<?> method, BiConsumer<StreamReceiver<T>, StreamSender<R>> handler) {
    return new StreamOperation(
        method,
        (invocation, stream) -> {
          var typed = new TypedStream<R, T>(stream);
          handler.accept(typed, typed);
        });
  }
}
