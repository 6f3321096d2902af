package io.windhover.rpc.stream;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.Connection;
import io.windhover.netpoll.ConnectionClosedException;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Method;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.stream.StreamState.Event;
import io.windhover.rpc.wire.RequestHeader;
import io.windhover.rpc.wire.StreamFrame;
import io.windhover.thrift.call.CallCodec;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A client's end of a connection with streams.
final class OpenedStreams extends StreamConnection {

  private final Consumer<OpenedStreams> onClosed;
  private final AtomicInteger ids = new AtomicInteger();
  private volatile long peerWindow = -1; // what the server lets come at first; -1 if unknown
  private volatile boolean leaving; // the server takes no more streams
  private volatile boolean closed;

  OpenedStreams(StreamOptions options, Consumer<OpenedStreams> onClosed) {
    super(options);
    this.onClosed = onClosed;
  }

  long peerWindow() {
    return peerWindow;
  }

  boolean isOpen() {
    return !closed && !leaving && connection().isOpen();
  }

  /// Opens no more streams; those that are open go on.
  void leave() {
    leaving = true;
  }

  /// Opens a stream.
  ///
  /// @throws ConnectionClosedException if the connection is gone
  OpenedStream open(Invocation invocation, Method<CallCodec> method) {
    int id = nextId();
    var stream =
        new OpenedStream(
            this,
            id,
            invocation,
            method.codec(),
            SendWindow.expecting(peerWindow),
            RequestHeader.ofStream(invocation, id, options().windowBytes())
                .write(options().limits()));
    add(stream);
    if (closed) { // its end may have missed this stream
      stream.end(Event.RESET, StreamFailure.of(Kind.DISCONNECTED, "the connection was lost"), true);
      throw new ConnectionClosedException("the connection was lost");
    }
    stream.begin();
    return stream;
  }

  /// Zero stays unused: Kitex reserves it.
  private int nextId() {
    int id = ids.incrementAndGet();
    return id != 0 ? id : ids.incrementAndGet();
  }

  @Override
  void headerArrived(StreamFrame header, @Nullable WireStream stream) {
    if (stream instanceof OpenedStream opened) {
      opened.headerArrived(header);
    }
  }

  @Override
  void trailerArrived(StreamFrame trailer, LinkBuffer payload, WireStream stream) {
    if (stream instanceof OpenedStream opened) {
      opened.trailerArrived(trailer, payload);
    }
  }

  @Override
  void windowArrived(WireStream stream, long bytes) {
    if (peerWindow < 0) {
      peerWindow = bytes;
    }
    super.windowArrived(stream, bytes);
  }

  @Override
  StreamFailure lost(WireStream stream, String what, boolean inOrder) {
    return stream instanceof OpenedStream opened && opened.isNotTaken(inOrder)
        ? StreamFailure.of(Kind.NOT_SENT, what + ", and the server had not taken the stream")
        : super.lost(stream, what, inOrder);
  }

  @Override
  public void closed(Connection connection, CloseReason reason) {
    closed = true;
    super.closed(connection, reason);
    onClosed.accept(this);
  }
}
