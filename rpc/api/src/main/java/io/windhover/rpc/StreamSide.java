package io.windhover.rpc;

/// One side of a stream, with the metadata that the server sends around its messages.
///
/// On a server these are there to be filled; on a client, to be read. What the client sends is the
/// metadata of its [Invocation], as with calls.
public interface StreamSide {

  /// Returns what the server says before its first message. On a server it leaves with that, or at
  /// the end if there is none; what is put there later is lost. On a client this waits for it.
  ///
  /// @throws RpcException on a client, if the stream failed before
  ReplyMetadata header();

  /// Returns what the server says at the end. On a client it is complete once the stream has ended.
  ReplyMetadata trailer();
}
