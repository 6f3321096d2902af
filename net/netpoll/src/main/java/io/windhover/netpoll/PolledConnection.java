package io.windhover.netpoll;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.ConnectionState.Event;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A connection on a poller.
///
/// The poller alone reads, calls the handler and closes the socket; writing happens on any thread,
/// through the [Outbox]. [ConnectionState] says what may happen when.
final class PolledConnection implements Connection, PolledSocket.Owner {

  private static final System.Logger LOG = System.getLogger(PolledConnection.class.getName());

  private static final AtomicReferenceFieldUpdater<PolledConnection, ConnectionState> STATE =
      AtomicReferenceFieldUpdater.newUpdater(
          PolledConnection.class, ConnectionState.class, "state");

  /// One readiness reads so often at most, so that no connection starves the others.
  private static final int MAX_READS_PER_TURN = 8;

  /// A read of fewer bytes has probably emptied the socket: no second one to find out.
  private static final int SHORT_READ = 4096;

  private final Poller poller;
  private final PolledSocket socket;
  private final FrameHandler handler;
  private final ConnectionOptions options;
  private final LongSupplier nanoClock;
  private final Runnable onClosed;
  private final boolean expectsFirstByte;

  private volatile ConnectionState state = ConnectionState.OPEN;
  private final Outbox outbox = new Outbox();
  private volatile boolean paused;

  // The poller's own:
  private final LinkBuffer input = new LinkBuffer();
  private boolean finished;
  private boolean anyByteSeen;
  private boolean writeInterest;
  private long lastReadNanos;
  private volatile long lastWriteNanos;

  /// @param expectsFirstByte whether silence from the start is a fault of the peer
  PolledConnection(
      Poller poller,
      PolledSocket socket,
      FrameHandler handler,
      ConnectionOptions options,
      LongSupplier nanoClock,
      boolean expectsFirstByte,
      Runnable onClosed) {
    this.poller = poller;
    this.socket = socket;
    this.handler = handler;
    this.options = options;
    this.nanoClock = nanoClock;
    this.expectsFirstByte = expectsFirstByte;
    this.onClosed = onClosed;
    this.lastReadNanos = nanoClock.getAsLong();
    this.lastWriteNanos = lastReadNanos;
  }

  @Override
  public SocketAddress localAddress() {
    return socket.localAddress();
  }

  @Override
  public SocketAddress remoteAddress() {
    return socket.remoteAddress();
  }

  @Override
  public boolean isOpen() {
    return state == ConnectionState.OPEN;
  }

  /// Begins; on the poller, once the socket is adopted.
  void open() {
    guarded(() -> handler.opened(this));
  }

  private void failed(IOException cause) {
    LOG.log(Level.DEBUG, () -> remoteAddress() + ": " + cause.getMessage());
    finish(CloseReason.RESET);
  }

  @Override
  public void readable() {
    try {
      for (int i = 0; i < MAX_READS_PER_TURN && state.reads() && !paused; i++) {
        int count = socket.read(input);
        if (count < 0) {
          endInput(null);
          return;
        }
        if (count > 0) {
          anyByteSeen = true;
          lastReadNanos = nanoClock.getAsLong();
          cutFrames();
        }
        if (count < SHORT_READ) {
          return;
        }
      }
    } catch (IOException e) {
      failed(e);
    }
  }

  private void cutFrames() {
    while (input.size() > 0 && state.reads() && !paused) {
      int bytes;
      try {
        bytes = handler.frameBytes(this, input);
      } catch (RuntimeException e) {
        endInput(e);
        return;
      }
      if (bytes == 0) {
        return;
      }
      var frame = input.slice(bytes);
      guarded(() -> handler.received(this, frame));
    }
  }

  private void endInput(@Nullable RuntimeException cause) {
    if (move(Event.INPUT_ENDED) == ConnectionState.HALF_CLOSED) {
      input.release();
      updateInterest();
      guarded(() -> handler.inputEnded(this, cause));
    }
  }

  @Override
  public void write(LinkBuffer frame) {
    if (!state.takesWrites()) {
      frame.release();
      throw new ConnectionClosedException("the connection is closed");
    }
    if (outbox.add(frame, nanoClock.getAsLong())) {
      flush();
    }
    if (!poller.isCurrentThread()
        && !outbox.awaitRoom(
            options.writeHighWaterBytes(), options.writeStallTimeout().toNanos() * 2)) {
      abort(CloseReason.WRITE_STALLED);
      throw new ConnectionClosedException("the peer does not read what is sent to it");
    }
  }

  private void flush() {
    try {
      long now = nanoClock.getAsLong();
      lastWriteNanos = now;
      switch (outbox.flush(socket, now)) {
        case EMPTY -> closeIfDrained();
        case BLOCKED -> poller.execute(() -> setWriteInterest(true));
        case NOT_MINE -> {}
      }
    } catch (IOException e) {
      outbox.failed();
      abort(CloseReason.RESET);
    }
  }

  @Override
  public void writable() {
    setWriteInterest(false);
    if (outbox.resume()) {
      flush();
    }
  }

  private void setWriteInterest(boolean wanted) {
    writeInterest = wanted;
    updateInterest();
  }

  private void updateInterest() {
    if (!finished) {
      socket.interest(state.reads() && !paused, writeInterest);
    }
  }

  @Override
  public void pauseReading() {
    paused = true;
    onPoller(this::updateInterest);
  }

  @Override
  public void resumeReading() {
    paused = false;
    poller.execute(
        () -> {
          updateInterest();
          cutFrames();
        });
  }

  @Override
  public void close() {
    if (move(Event.CLOSE) == ConnectionState.DRAINING) {
      onPoller(this::updateInterest);
      closeIfDrained();
    }
  }

  private void closeIfDrained() {
    if (state == ConnectionState.DRAINING && outbox.isEmpty()) {
      onPoller(
          () -> {
            if (outbox.isEmpty()) {
              finish(CloseReason.CLOSED_HERE);
            }
          });
    }
  }

  @Override
  public void abort() {
    abort(CloseReason.ABORTED);
  }

  private void abort(CloseReason reason) {
    move(Event.LOST);
    onPoller(() -> finish(reason));
  }

  private ConnectionState move(Event event) {
    return STATE.updateAndGet(this, current -> current.on(event));
  }

  private void onPoller(Runnable step) {
    if (poller.isCurrentThread()) {
      step.run();
    } else {
      poller.execute(step);
    }
  }

  /// Closes for good, once.
  private void finish(CloseReason reason) {
    if (finished) {
      return;
    }
    finished = true;
    move(Event.LOST);
    outbox.discard();
    socket.close();
    input.release();
    onClosed.run();
    try {
      handler.closed(this, reason);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a frame handler failed on close", e);
    }
  }

  @Override
  public void sweep(long nowNanos) {
    if (nowNanos - outbox.stalledSince(nowNanos) >= options.writeStallTimeout().toNanos()) {
      abort(CloseReason.WRITE_STALLED);
      return;
    }
    if (paused || !state.reads()) {
      return;
    }
    long silent = nowNanos - lastReadNanos;
    if (!anyByteSeen && expectsFirstByte) {
      if (silent >= options.firstByteTimeout().toNanos()) {
        abort(CloseReason.NO_FIRST_BYTE);
      }
    } else if (input.size() > 0 && silent >= options.frameTimeout().toNanos()) {
      abort(CloseReason.FRAME_STALLED);
    } else if (Math.min(silent, nowNanos - lastWriteNanos) >= options.idleTimeout().toNanos()) {
      abort(CloseReason.IDLE);
    }
  }

  @Override
  public void shutDown() {
    finish(CloseReason.ABORTED);
  }

  private void guarded(Runnable callback) {
    try {
      callback.run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a frame handler failed; its connection is aborted", e);
      abort(CloseReason.HANDLER_FAILED);
    }
  }
}
