package io.windhover.rpc;

/// The direction of a stream in which this side sends.
///
/// One thread sends at a time; another may receive meanwhile.
///
/// @param <T> of the messages
public interface StreamSender<T> extends StreamSide {

  /// Sends one message. Waits while the other side is behind: nothing piles up here.
  ///
  /// @throws RpcException if the stream has ended, or does while this waits: it was given up here
  ///   or there, its deadline passed, its connection broke, or this thread was interrupted. That a
  ///   message was sent does not say that it was received
  /// @throws IllegalStateException if this side has said that it sends no more, or another thread
  ///   sends just now and waits
  void send(T message);
}
