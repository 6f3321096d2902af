package io.windhover.rpc.codec;

import io.windhover.buffer.LinkBuffer;
import io.windhover.thrift.ObjectBudget;

/// How the messages of one type are read and written, without anything around them: not even their
/// length, since a message ends where its bytes do.
///
/// Without state, for many threads. Buffers are this codec's until the method returns.
///
/// @param <T> the type
public interface MessageCodec<T> {

  /// Reads a message.
  ///
  /// @param in all of it and nothing else; no bytes at all are a message, too
  /// @param objects to be asked before objects are made that take much more memory than the message
  ///   has bytes
  /// @throws MalformedMessageException if it is none, or breaks a limit
  T read(LinkBuffer in, ObjectBudget objects);

  /// Appends a message.
  ///
  /// @throws MalformedMessageException if no peer could read it, or it is not of this type
  void write(T message, LinkBuffer out);
}
