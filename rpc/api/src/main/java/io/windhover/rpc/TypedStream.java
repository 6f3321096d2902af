package io.windhover.rpc;

import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;

/// All views of a stream: which of them its user sees, the method decides.
final class TypedStream<T, R> implements BidiStream<T, R>, ClientStream<T, R> {

  private final MessageStream stream;

  TypedStream(MessageStream stream) {
    this.stream = stream;
  }

  @Override
  public ReplyMetadata header() {
    return stream.header();
  }

  @Override
  public ReplyMetadata trailer() {
    return stream.trailer();
  }

  @Override
  public void send(T message) {
    stream.send(Objects.requireNonNull(message, "message"));
  }

  @Override
  public void end() {
    stream.end();
  }

  @Override
  @SuppressWarnings("unchecked") // the method's codec reads nothing else
  public Optional<R> receive() {
    return (Optional<R>) stream.receive();
  }

  @Override
  @SuppressWarnings("unchecked") // as above
  public Optional<R> receive(Duration timeout) {
    return (Optional<R>) stream.receive(timeout);
  }

  @Override
  public R finish() {
    stream.end();
    var reply = receive();
    if (reply.isEmpty()) {
      throw notOneReply("the stream ended without a reply");
    }
    if (receive().isPresent()) { // waits for the end, which may be an error
      stream.cancel();
      throw notOneReply("a second reply came");
    }
    return reply.get();
  }

  private static RpcException notOneReply(String what) {
    return RpcException.builder(Kind.PROTOCOL, Stage.AWAIT_MESSAGE, what).build();
  }

  @Override
  public Iterator<R> iterator() {
    return new Iterator<>() {
      private Optional<R> next = Optional.empty();

      @Override
      public boolean hasNext() {
        if (next.isEmpty()) {
          next = receive();
        }
        return next.isPresent();
      }

      @Override
      public R next() {
        if (!hasNext()) {
          throw new NoSuchElementException("the stream has ended");
        }
        var message = next.orElseThrow();
        next = Optional.empty();
        return message;
      }
    };
  }

  @Override
  public void close() {
    stream.cancel();
  }
}
