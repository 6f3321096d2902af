package io.windhover.rpc.stream;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.StreamEndpoint;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.FrameType;
import io.windhover.rpc.wire.StreamFrame;
import io.windhover.rpc.wire.WireException;
import io.windhover.thrift.ApplicationError;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A server's end of a connection with streams. Each stream runs on a virtual thread of its own,
/// `windhover-stream`, from its header frame until its handler returns.
///
/// Abstract, so that a server can make it one of its kinds of connections.
public abstract class AcceptedStreams extends StreamConnection {

  private final StreamDispatcher dispatcher;
  private final AtomicInteger handlers = new AtomicInteger(); // of streams, even of ended ones
  private volatile boolean draining;

  protected AcceptedStreams(StreamOptions options, StreamDispatcher dispatcher) {
    super(options);
    this.dispatcher = dispatcher;
  }

  @Override
  void headerArrived(StreamFrame header, @Nullable WireStream stream) {
    if (stream instanceof AcceptedStream accepted) {
      accepted.headerArrived();
      return;
    }
    try {
      accept(header);
    } catch (WireException e) {
      refuse(header, e);
    }
  }

  private void accept(StreamFrame header) {
    if (handlers.get() >= options().maxStreams()) {
      throw new WireException(
          ErrorCode.INTERNAL_ERROR,
          "all %d streams of this connection are taken: use more connections, or raise the server's maxStreams"
              .formatted(options().maxStreams()));
    }
    var route = dispatcher.find(header);
    var invocation = dispatcher.invocation(header, route, connection().remoteAddress());
    var stream =
        new AcceptedStream(
            this,
            header.streamId(),
            invocation,
            route.method().codec(),
            windowIn(header),
            dispatcher.objects());
    var thread =
        Thread.ofVirtual()
            .name("windhover-stream")
            .unstarted(() -> serve(stream, route.endpoint()));
    stream.handledBy(thread);
    handlers.incrementAndGet(); // first: either a drain sees it, or it sees the drain
    if (draining) {
      handlers.decrementAndGet();
      throw new WireException(ErrorCode.INTERNAL_ERROR, "the server is about to stop");
    }
    add(stream);
    stream.begin();
    connection().resume(thread);
  }

  private void serve(AcceptedStream stream, StreamEndpoint endpoint) {
    try {
      dispatcher.serve(stream, endpoint);
    } finally {
      stream.giveBackObjects();
      handlers.decrementAndGet();
      closeIfDrained();
    }
  }

  /// Answers in the place of a stream. Kitex says nothing, and its client waits for its timeout.
  private void refuse(StreamFrame header, WireException cause) {
    var name = header.method();
    var frames =
        new StreamFrame(header.streamId(), FrameType.HEADER, name, Map.of())
            .write(options().limits());
    try (var trailer =
        new StreamFrame(header.streamId(), FrameType.TRAILER, name, Map.of())
            .write(
                options().limits(),
                new ApplicationError(cause.code().number(), cause.getMessage()))) {
      frames.append(trailer);
    }
    writeQuietly(frames);
  }

  @Override
  void trailerArrived(StreamFrame trailer, LinkBuffer payload, WireStream stream) {
    if (stream instanceof AcceptedStream accepted) {
      accepted.endArrived();
    }
  }

  /// Takes no more streams, and closes once those that are open have ended. Any thread.
  public final void drain() {
    draining = true;
    closeIfDrained();
  }

  private void closeIfDrained() {
    if (draining && handlers.get() == 0) {
      connection().close();
    }
  }
}
