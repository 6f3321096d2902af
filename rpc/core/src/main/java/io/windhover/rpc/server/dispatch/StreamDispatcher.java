package io.windhover.rpc.server.dispatch;

import io.windhover.rpc.CallListener;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.log.LogGate;
import io.windhover.rpc.stream.ServedStream;
import io.windhover.rpc.stream.StreamHandlers;
import io.windhover.rpc.stream.StreamRoute;
import io.windhover.rpc.transport.CallEnding.Failed;
import io.windhover.rpc.transport.CallEnding.Returned;
import io.windhover.rpc.transport.CallEnding.Said;
import io.windhover.rpc.wire.TTHeader;
import io.windhover.rpc.wire.WireException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// Runs the handlers of streams, as those of calls are run. Shared by all connections of a server.
public final class StreamDispatcher implements StreamHandlers {

  private static final System.Logger LOG = System.getLogger(StreamDispatcher.class.getName());

  private final CallPath path;
  private final LogGate tooLarge = new LogGate(LOG);

  /// @param path that streams pass, as calls do
  public StreamDispatcher(CallPath path) {
    this.path = path;
  }

  @Override
  public StreamRoute find(@Nullable String service, String method) {
    return path.router().findStream(service, method);
  }

  @Override
  public Deadline deadline(TTHeader header, long startNanos) {
    return TimeoutPolicy.ofStream(header, startNanos);
  }

  @Override
  public CallListener listener() {
    return path.listener();
  }

  @Override
  public void refused(WireException why, SocketAddress remoteAddress) {
    tooLarge.warn(
        () ->
            "a message of a stream of %s is refused: %s"
                .formatted(remoteAddress, why.getMessage()));
  }

  @Override
  public void serve(ServedStream stream, StreamRoute route) {
    try {
      path.enter();
    } catch (WireException e) {
      stream.finish(e.answer(), null);
      return;
    }
    var ending = path.run(route, stream.invocation(), stream, new CallSlot());
    switch (ending) {
      case Returned _ -> stream.finish(null, null);
      case Said(var status) -> stream.finish(null, status);
      case Failed(var error) -> stream.finish(error, null);
    }
    path.listener().ended(stream.invocation(), ending.failure());
  }
}
