package io.windhover.rpc.stream;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.Connection;
import io.windhover.netpoll.ConnectionClosedException;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Method;
import io.windhover.rpc.wire.FrameType;
import io.windhover.rpc.wire.HeaderKey;
import io.windhover.rpc.wire.StreamFrame;
import io.windhover.thrift.call.CallCodec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A client's end of a connection with streams.
final class OpenedStreams extends StreamConnection {

  private final String name;
  private final Consumer<OpenedStreams> onClosed;
  private final AtomicInteger ids = new AtomicInteger();
  private volatile long peerWindow = -1; // what the server lets come at first; -1 if unknown
  private volatile boolean closed;

  /// @param name how the client calls itself
  OpenedStreams(StreamOptions options, String name, Consumer<OpenedStreams> onClosed) {
    super(options);
    this.name = name;
    this.onClosed = onClosed;
  }

  String name() {
    return name;
  }

  long peerWindow() {
    return peerWindow;
  }

  boolean isOpen() {
    return !closed && connection().isOpen();
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
            header(id, invocation));
    add(stream);
    if (closed) { // its end may have missed this stream
      forget(stream);
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

  private LinkBuffer header(int id, Invocation invocation) {
    var strings = new LinkedHashMap<String, String>();
    strings.put(HeaderKey.IDL_SERVICE, invocation.service());
    strings.put(HeaderKey.WINDOW, Integer.toString(options().windowBytes()));
    var ints = Map.of(HeaderKey.FROM_SERVICE, name);
    return new StreamFrame(id, FrameType.HEADER, invocation.method().name(), ints, strings)
        .write(options().limits());
  }

  @Override
  void headerArrived(StreamFrame header, @Nullable WireStream stream) {
    if (stream instanceof OpenedStream opened) {
      opened.headerArrived();
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
  public void closed(Connection connection, CloseReason reason) {
    closed = true;
    super.closed(connection, reason);
    onClosed.accept(this);
  }
}
