package io.windhover.rpc;

/// A client's side of a stream with messages in both directions. They are independent: who sends
/// first, and how often, is between the two programs.
///
/// @param <T> of the messages to the server
/// @param <R> of the messages from the server
public interface BidiStream<T, R> extends StreamSender<T>, StreamReceiver<R> {

  /// Says that no more messages come from here; receiving goes on. A second time does nothing.
  void end();
}
