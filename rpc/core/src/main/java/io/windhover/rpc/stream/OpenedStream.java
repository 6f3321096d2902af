package io.windhover.rpc.stream;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.ConnectionClosedException;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Method;
import io.windhover.rpc.ReplyMetadata;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import io.windhover.rpc.stream.StreamState.Event;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.FrameType;
import io.windhover.rpc.wire.HeaderKey;
import io.windhover.rpc.wire.ReplyHeader;
import io.windhover.rpc.wire.StreamFrame;
import io.windhover.rpc.wire.WireException;
import io.windhover.thrift.ApplicationError;
import io.windhover.thrift.call.CallCodec;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A client's side of a stream.
///
/// Of a method with one request, the header is held back until the request and the trailer can
/// leave with it.
final class OpenedStream extends WireStream {

  private final OpenedStreams opened; // the connection
  private volatile @Nullable LinkBuffer held; // written with sending held: frames not yet sent
  private final ReplyMetadata header = new ReplyMetadata();
  private final Gate headerOrEnd = new Gate();
  private final @Nullable Nested within; // of the handler that has opened this one
  private volatile boolean headerArrived;
  private volatile boolean neverLeft; // the server knows nothing of this stream
  private volatile Nested.@Nullable Reset reset; // given up here, and why

  OpenedStream(
      OpenedStreams connection,
      int id,
      Invocation invocation,
      CallCodec codec,
      SendWindow window,
      LinkBuffer header) {
    super(connection, id, invocation, window, codec.request(), codec.response());
    this.opened = connection;
    this.held = header;
    this.within = Nested.current();
  }

  /// Opens the stream on the wire, if there is nothing to wait for.
  ///
  /// @throws ConnectionClosedException if the connection is gone: nothing was sent
  /// @throws TimeoutException if it had no room before the deadline: nothing was sent
  void begin() throws InterruptedException, TimeoutException {
    if (within != null) {
      within.add(this);
      if (state() == StreamState.CLOSED) { // before it was added
        within.remove(this);
      }
    }
    if (invocation.method().kind() != Method.Kind.SERVER_STREAM) {
      sending.lock();
      try {
        writeHeld();
      } finally {
        sending.unlock();
      }
    }
  }

  @Override
  public ReplyMetadata header() {
    awaitHeader(headerOrEnd);
    var failure = headerArrived ? null : queue.failure();
    if (failure != null) {
      throw exception(failure, Stage.AWAIT_MESSAGE);
    }
    return header;
  }

  @Override
  void writeMessage(LinkBuffer frame) throws InterruptedException, TimeoutException {
    if (neverLeft) {
      frame.release();
    } else if (held == null) {
      write(frame);
    } else {
      held.append(frame);
      frame.release();
      if (held.size() > connection.options().windowBytes()) {
        writeHeld();
      }
    }
  }

  /// Writes once the connection, which others may have filled, has room, and no later than the
  /// deadline.
  private void write(LinkBuffer frame) throws InterruptedException, TimeoutException {
    var deadline = invocation.deadline();
    var left = Duration.ofNanos(Math.max(0, deadline.remainingNanos()));
    if (connection.connection().tryWrite(frame, left)) {
      return;
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (deadline.hasPassed()) {
      throw new TimeoutException("the server does not read");
    }
    throw new ConnectionClosedException("the connection is closed");
  }

  /// A reset does not wait for who sends. One that came while the frames were on their way to the
  /// connection may have overtaken them, and meant nothing to the server then; so it is said again.
  private void writeHeld() throws InterruptedException, TimeoutException {
    var frames = held;
    if (frames != null) {
      held = null;
      boolean left = false;
      try {
        write(frames);
        left = true;
      } finally {
        neverLeft = !left;
      }
      var given = reset;
      if (given != null) {
        writeReset(given);
      }
    }
  }

  @Override
  void beforeReceiving() {
    flush(Stage.AWAIT_MESSAGE);
  }

  private void flush(Stage stage) {
    if (held == null) { // and never will be again: do not wait for who sends
      return;
    }
    sending.lock();
    try {
      writeHeld();
    } catch (ConnectionClosedException e) {
      throw failed(stage);
    } catch (TimeoutException e) {
      throw deadlinePassed(stage);
    } catch (InterruptedException e) {
      throw interrupted(stage);
    } finally {
      sending.unlock();
    }
  }

  @Override
  public void end() {
    if (!halfEnd(Event.END_SENT)) {
      return;
    }
    sending.lock();
    try {
      var trailer = frame(FrameType.TRAILER, Map.of()).write(connection.options().limits());
      if (neverLeft) {
        trailer.release();
      } else if (held != null) {
        held.append(trailer);
        trailer.release();
        writeHeld();
      } else {
        write(trailer);
      }
    } catch (ConnectionClosedException e) {
      throw failed(Stage.SEND);
    } catch (TimeoutException e) {
      throw deadlinePassed(Stage.SEND);
    } catch (InterruptedException e) {
      throw interrupted(Stage.SEND);
    } finally {
      sending.unlock();
    }
  }

  @Override
  public void cancel() {
    giveUp();
  }

  @Override
  void dropIfEnded() {
    if (state() == StreamState.CLOSED) {
      dropHeld();
    }
  }

  /// Never waits: whoever holds the lock looks afterwards whether the stream has ended.
  private void dropHeld() {
    if (held == null || !sending.tryLock()) {
      return;
    }
    try {
      var frames = held;
      if (frames != null) {
        held = null;
        neverLeft = true;
        frames.release();
      }
    } finally {
      sending.unlock();
    }
  }

  /// Tells the server too, if it knows of the stream. If the stream was opened by a handler whose
  /// own was given up, then with the reason for that, and the way it went.
  @Override
  void reset(StreamCode code, StreamFailure failure) {
    var given = Nested.resetOf(within, code, invocation.origin().name());
    reset = given; // before the end: whoever still writes looks for it afterwards
    var before = end(Event.RESET, failure, true);
    if (before == StreamState.CLOSED || neverLeft) {
      return;
    }
    writeReset(given);
    afterEnd(before);
  }

  private void writeReset(Nested.Reset given) {
    connection.writeAside(
        frame(FrameType.RST, Map.of(HeaderKey.CANCEL_PATH, given.path()))
            .write(connection.options().limits(), given.error()));
  }

  /// Whether the server has surely not run the handler: it has left in order, and neither said how
  /// much may come, which a server that knows of windows does first of all, nor anything else; or
  /// it was not sent to. Of a server that has died, what it wrote at last may be lost.
  ///
  /// @param inOrder whether all that the server ever sent has been read
  boolean isNotTaken(boolean inOrder) {
    return held != null
        || inOrder && opened.serverHasLeft() && grants() && !headerArrived && !window.isGranted();
  }

  @Override
  boolean grants() {
    return opened.peerWindow() >= 0;
  }

  // ---- what arrives, on the poller

  void headerArrived(StreamFrame frame) {
    if (headerArrived) { // a Kitex client gives up the whole connection
      reset(
          StreamCode.UNEXPECTED_HEADER,
          StreamFailure.of(Kind.PROTOCOL, StreamCode.UNEXPECTED_HEADER.text()));
      return;
    }
    headerArrived = true;
    ReplyHeader.readMetadata(frame.header(), header);
    headerOrEnd.open();
  }

  void trailerArrived(StreamFrame trailer, LinkBuffer payload) {
    ReplyHeader.readMetadata(trailer.header(), trailer());
    var failure = failureIn(trailer, payload);
    if (failure != null && failure.remoteCode() == ErrorCode.STOPPING.number()) {
      opened.leave();
    }
    afterEnd(end(Event.FINISHED, failure, false));
  }

  private static @Nullable StreamFailure failureIn(StreamFrame trailer, LinkBuffer payload) {
    try {
      if (payload.size() > 0) {
        return StreamFailure.remote(StreamFrame.readError(payload));
      }
      return ReplyHeader.business(trailer.header()).map(StreamFailure::business).orElse(null);
    } catch (WireException e) {
      return StreamFailure.of(Kind.PROTOCOL, e.getMessage());
    }
  }

  @Override
  void tooLargeArrived(WireException why) {
    reset(StreamCode.ILLEGAL_FRAME, connection.unreadable(why));
  }

  @Override
  void resetArrived(ApplicationError error, String path) {
    afterEnd(end(Event.RESET, StreamFailure.reset(error, path), true));
  }

  /// As Kitex does, for proxies and old peers that wait for it.
  private void afterEnd(StreamState before) {
    if (before == StreamState.OPEN) {
      connection.writeAside(
          frame(FrameType.TRAILER, Map.of()).write(connection.options().limits()));
    }
  }

  @Override
  void ended(@Nullable StreamFailure failure) {
    dropHeld();
    headerOrEnd.open();
    if (within != null) {
      within.remove(this);
    }
  }
}
