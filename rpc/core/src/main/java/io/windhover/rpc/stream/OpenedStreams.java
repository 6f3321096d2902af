package io.windhover.rpc.stream;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.Connection;
import io.windhover.netpoll.ConnectionClosedException;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.MessageStream;
import io.windhover.rpc.Method;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.stream.StreamState.Event;
import io.windhover.rpc.wire.RequestHeader;
import io.windhover.rpc.wire.StreamFrame;
import io.windhover.rpc.wire.WireException;
import io.windhover.thrift.call.CallCodec;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A client's end of a connection with streams.
public abstract class OpenedStreams extends StreamConnection {

  private static final String NO_STREAMS =
      "If it does so on each stream, the server may not speak TTHeader Streaming";

  private final AtomicInteger ids = new AtomicInteger();
  private volatile long peerWindow = -1; // what the server lets come at first; -1 if unknown
  private volatile boolean serverHasLeft; // in order
  private volatile boolean leaving; // takes no more streams
  private volatile boolean closed;
  private volatile boolean aborted;

  /// @param listener told of each message
  protected OpenedStreams(StreamOptions options, CallListener listener) {
    super(options, listener);
  }

  final long peerWindow() {
    return peerWindow;
  }

  /// Whether the server has said, before it ended the connection, that it had ended all streams
  /// that it took.
  final boolean serverHasLeft() {
    return serverHasLeft;
  }

  /// Whether streams may be opened. Any thread.
  public final boolean isOpen() {
    return !leaving && !closed && isConnected() && connection().isOpen();
  }

  /// Opens a stream. Any thread.
  ///
  /// @throws ConnectionClosedException if the connection takes no more: nothing was sent
  /// @throws TimeoutException if it had no room before the deadline: nothing was sent
  /// @throws WireException if a header has no room for what the invocation says
  public final MessageStream open(Invocation invocation, Method<CallCodec> method)
      throws InterruptedException, TimeoutException {
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
    try {
      if (closed || leaving) { // its end may have missed this stream
        throw new ConnectionClosedException("the connection takes no more streams");
      }
      stream.begin();
      return stream;
    } catch (ConnectionClosedException | TimeoutException | InterruptedException e) {
      stream.end(Event.RESET, StreamFailure.of(Kind.NOT_SENT, "it could not be opened"), true);
      throw e;
    }
  }

  /// Zero stays unused: Kitex reserves it.
  private int nextId() {
    int id = ids.incrementAndGet();
    return id != 0 ? id : ids.incrementAndGet();
  }

  /// Opens no more streams, and closes once the last has ended. What that one still says about its
  /// end, such as a reset, the close says as well. Any thread.
  public final void leave() {
    leaving = true;
    closeIfUnused();
  }

  private void closeIfUnused() {
    if (openStreams() == 0) {
      connection().close();
    }
  }

  @Override
  final void forget(WireStream stream) {
    super.forget(stream);
    if (leaving) {
      closeIfUnused();
    }
  }

  /// Closes at once, also if it is there only later. Any thread.
  public final void abort() {
    aborted = true;
    if (isConnected()) {
      connection().abort();
    }
  }

  @Override
  public final void opened(Connection connection) {
    super.opened(connection);
    if (aborted) {
      connection.abort();
    }
  }

  @Override
  final void headerArrived(StreamFrame header, @Nullable WireStream stream) {
    if (stream instanceof OpenedStream opened) {
      opened.headerArrived(header);
    }
  }

  @Override
  final void trailerArrived(StreamFrame trailer, LinkBuffer payload, WireStream stream) {
    if (stream instanceof OpenedStream opened) {
      opened.trailerArrived(trailer, payload);
    }
  }

  @Override
  final void leavingArrived() {
    serverHasLeft = true;
  }

  @Override
  final void windowArrived(WireStream stream, long bytes) {
    if (peerWindow < 0) {
      peerWindow = bytes;
    }
    super.windowArrived(stream, bytes);
  }

  @Override
  final String hintForLarger() {
    return "Give the client a larger maxMessageBytes(...)";
  }

  @Override
  StreamFailure unreadable(RuntimeException cause) {
    var hint = cause instanceof WireException e ? e.hintForClient().orElse(null) : null;
    return super.unreadable(cause).withHint(hint);
  }

  /// In order the server has closed, which it does if it cannot read what comes.
  @Override
  StreamFailure lost(WireStream stream, String what, boolean inOrder) {
    return stream instanceof OpenedStream opened && opened.isNotTaken(inOrder)
        ? StreamFailure.of(Kind.NOT_SENT, what + ", and the server had not taken the stream")
        : super.lost(stream, what, inOrder).withHint(inOrder ? NO_STREAMS : null);
  }

  @Override
  public void closed(Connection connection, CloseReason reason) {
    closed = true;
    super.closed(connection, reason);
  }
}
