package io.windhover.rpc;

import java.time.Duration;
import java.util.Optional;

/// A stream that passes everything on to another: for middleware to override what it looks at.
public abstract class ForwardingStream implements MessageStream {

  private final MessageStream next;

  protected ForwardingStream(MessageStream next) {
    this.next = next;
  }

  @Override
  public ReplyMetadata header() {
    return next.header();
  }

  @Override
  public ReplyMetadata trailer() {
    return next.trailer();
  }

  @Override
  public void send(Object message) {
    next.send(message);
  }

  @Override
  public void end() {
    next.end();
  }

  /// Sees each message that is received, however it is asked for.
  ///
  /// @return what is received in its place
  protected Object received(Object message) {
    return message;
  }

  @Override
  public Optional<Object> receive() {
    return next.receive().map(this::received);
  }

  @Override
  public Optional<Object> receive(Duration timeout) {
    return next.receive(timeout).map(this::received);
  }

  @Override
  public void cancel() {
    next.cancel();
  }
}
