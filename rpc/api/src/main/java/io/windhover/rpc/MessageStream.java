package io.windhover.rpc;

import java.time.Duration;
import java.util.Optional;

/// One side of a stream, its messages untyped: what generated code wraps, and what middleware sees.
///
/// Its methods wait and throw as those of [StreamSender] and [StreamReceiver] do.
public interface MessageStream extends StreamSide {

  void send(Object message);

  /// Says that no more messages come from here. On a server the return of the handler does.
  void end();

  /// @return empty once the other side has sent its last message
  Optional<Object> receive();

  /// As [#receive], for so long at most.
  Optional<Object> receive(Duration timeout);

  /// Gives up what is still to come: on a client the whole stream, on a server what the client
  /// still sends. Never waits; does nothing once the stream has ended. Any thread.
  void cancel();
}
