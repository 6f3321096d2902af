package io.windhover.netpoll;

import io.windhover.buffer.LinkBuffer;
import org.jspecify.annotations.Nullable;

/// What is done with one connection's bytes. Each connection has a handler of its own.
///
/// All methods are called on the connection's poller, one at a time, and must not block: every
/// other connection of that poller would wait. What any of them throws aborts the connection, but
/// for a RuntimeException from [#frameBytes]. After [Connection#abort] no frame is handed on; the
/// call that aborts ends before [#closed] begins.
public interface FrameHandler {

  /// The connection is there. The first call.
  default void opened(Connection connection) {}

  /// Finds the end of the frame at the head of `input`, without consuming anything.
  ///
  /// @param input all bytes that have arrived and are not yet part of a frame; at least one
  /// @return bytes of the whole frame, or 0 if it is not whole yet
  /// @throws RuntimeException if this can be no frame: reading stops and [#inputEnded] follows
  int frameBytes(Connection connection, LinkBuffer input);

  /// A frame is whole.
  ///
  /// @param frame the handler's to release, on any thread; unless this throws: then it is released
  ///   here, so nobody else may have it yet
  void received(Connection connection, LinkBuffer frame);

  /// No more than half of the high-water mark is unsent, after [Connection#hasRoom] has found more
  /// than all of it.
  default void roomMade(Connection connection) {}

  /// Some time has passed, [PollerOptions#sweepInterval] as a rule: for timeouts of the handler's
  /// own.
  ///
  /// @param nowNanos by the clock of the pollers
  default void swept(Connection connection, long nowNanos) {}

  /// Bytes of frames that this handler keeps until somebody takes them: they count against what all
  /// connections of the group may hold together. Called at times, on the poller.
  default int heldBytes() {
    return 0;
  }

  /// Whether a call is under way, so that silence is no idleness. Called at times, on the poller.
  default boolean isBusy() {
    return false;
  }

  /// The connection has been silent for [ConnectionOptions#idleTimeout], and is about to be
  /// aborted. A handler whose protocol has a word of farewell sends that instead, and closes once
  /// its peer has heard: so nothing is lost of what the peer sends in this moment. If it does not
  /// close, it is asked anew after as much silence.
  ///
  /// @return whether it sees to the end by itself
  default boolean leavesIdle(Connection connection) {
    return false;
  }

  /// No frames will come any more, whole ones that had arrived have been handed on, but writing is
  /// still possible, unless this side has ended its output. Closes, unless overridden.
  ///
  /// @param cause what [#frameBytes] threw; null if the peer shut down its side
  default void inputEnded(Connection connection, @Nullable RuntimeException cause) {
    connection.close();
  }

  /// The connection is gone. The last call, made exactly once if [#opened] was.
  default void closed(Connection connection, CloseReason reason) {}
}
