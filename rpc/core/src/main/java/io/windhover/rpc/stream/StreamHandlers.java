package io.windhover.rpc.stream;

import io.windhover.rpc.CallListener;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.wire.TTHeader;
import io.windhover.rpc.wire.WireException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// What a server has for the streams that its clients open. Shared by all of its connections.
public interface StreamHandlers {

  /// On the poller.
  ///
  /// @param service the name that the client gave; null if it gave none
  /// @throws io.windhover.rpc.wire.WireException if there is no such service or method
  StreamRoute find(@Nullable String service, String method);

  /// Returns when a stream ends at the latest. On the poller.
  ///
  /// @param header that opens it
  /// @param startNanos when it begins, by [System#nanoTime]
  /// @throws io.windhover.rpc.wire.WireException if it says something that is no time
  Deadline deadline(TTHeader header, long startNanos);

  /// Returns who is told of each message.
  CallListener listener();

  /// Told of a message that is larger than the server takes, and is dropped. On the poller.
  void refused(WireException why, SocketAddress remoteAddress);

  /// Runs the handler of a stream and ends the stream, on its thread.
  void serve(ServedStream stream, StreamRoute route);
}
