package io.windhover.rpc.stream;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.ReplyMetadata;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.FrameType;
import io.windhover.rpc.wire.HeaderKey;
import io.windhover.rpc.wire.RequestHeader;
import io.windhover.rpc.wire.RequestObjects;
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

  private final StreamHandlers handlers;
  private final RequestObjects objects;
  private final AtomicInteger running = new AtomicInteger(); // of streams, even of ended ones
  private volatile boolean draining;
  private volatile boolean grants; // whether the client knows of windows, as none but ours do

  /// @param objects that all requests and messages under way on the server share
  protected AcceptedStreams(
      StreamOptions options, StreamHandlers handlers, RequestObjects objects) {
    super(options, handlers.listener());
    this.handlers = handlers;
    this.objects = objects;
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
    if (running.get() >= options().maxStreams()) {
      throw new WireException(
          ErrorCode.STREAMS_TAKEN,
          "all %d streams of this connection are taken".formatted(options().maxStreams()));
    }
    long clientWindow = windowIn(header);
    if (clientWindow >= 0) {
      grants = true;
    }
    var route = handlers.find(RequestHeader.service(header.header()), header.method());
    var stream =
        new AcceptedStream(
            this,
            header.streamId(),
            invocation(header, route),
            route.thrift(),
            clientWindow,
            objects);
    var thread =
        Thread.ofVirtual()
            .name("windhover-stream")
            .inheritInheritableThreadLocals(false)
            .unstarted(() -> serve(stream, route));
    running.incrementAndGet(); // first: either a drain sees it, or it sees the drain
    if (draining) {
      running.decrementAndGet();
      throw new WireException(ErrorCode.STOPPING, "the server is about to stop");
    }
    add(stream);
    stream.begin();
    connection().resume(thread);
  }

  private Invocation invocation(StreamFrame frame, StreamRoute route) {
    var header = frame.header();
    long start = System.nanoTime();
    return new Invocation(
        route.service(),
        route.method(),
        start,
        handlers.deadline(header, start),
        connection().remoteAddress(),
        RequestHeader.metadata(header),
        RequestHeader.origin(header),
        new ReplyMetadata(),
        CallOptions.NONE);
  }

  private void serve(AcceptedStream stream, StreamRoute route) {
    try {
      stream.nested().runAsCurrent(() -> handlers.serve(stream, route));
    } finally {
      stream.abandon();
      stream.giveBackObjects();
      running.decrementAndGet();
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
  void tooLargeArrived(@Nullable WireStream stream, WireException why) {
    handlers.refused(why, connection().remoteAddress());
    super.tooLargeArrived(stream, why);
  }

  @Override
  void trailerArrived(StreamFrame trailer, LinkBuffer payload, WireStream stream) {
    if (stream instanceof AcceptedStream accepted) {
      accepted.endArrived();
    }
  }

  @Override
  final String hintForLarger() {
    return "Give the server a larger maxMessageBytes(...)";
  }

  /// Takes no more streams, and closes once those that are open have ended. Any thread.
  public final void drain() {
    draining = true;
    closeIfDrained();
  }

  /// A client that opens a stream at this moment must get to read how far the server came. So this
  /// ends one direction only: the client closes then. A process that dies ends it, too; so whoever
  /// relies on it is told before.
  private void closeIfDrained() {
    if (draining && running.get() == 0) {
      if (grants) {
        var leaving =
            new StreamFrame(0, FrameType.META, "", Map.of(HeaderKey.CONNECTION_CLOSING, "1"));
        connection().tryWrite(leaving.write(options().limits())); // not to who does not read
      }
      connection().endOutput();
    }
  }

  /// Interrupts the handlers of all streams, whose clients are told if these end soon. Any thread.
  public final void cancelAll() {
    forEachStream(stream -> stream.invocation.cancellation().cancel());
  }
}
