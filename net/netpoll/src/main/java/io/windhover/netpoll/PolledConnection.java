package io.windhover.netpoll;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.ConnectionState.Event;
import io.windhover.netpoll.tls.TlsSession;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A connection on a poller.
///
/// The poller alone reads, calls the handler and closes the socket; writing happens on any thread,
/// through the [Outbox]. [ConnectionState] says what may happen when: any thread moves it, and what
/// follows from the move is a task of the poller. So a handler that closes or aborts sees `closed`
/// after the call it is in, and `input` does not vanish under the loop that cuts it.
final class PolledConnection implements Connection, PolledSocket.Owner, Outbox.Owner {

  private static final System.Logger LOG = System.getLogger(PolledConnection.class.getName());

  private static final AtomicReferenceFieldUpdater<PolledConnection, ConnectionState> STATE =
      AtomicReferenceFieldUpdater.newUpdater(
          PolledConnection.class, ConnectionState.class, "state");

  private static final AtomicReferenceFieldUpdater<PolledConnection, @Nullable Attributes>
      ATTRIBUTES =
          AtomicReferenceFieldUpdater.newUpdater(
              PolledConnection.class, Attributes.class, "attributes");

  private static final AtomicReferenceFieldUpdater<PolledConnection, @Nullable CloseListener>
      CLOSE_LISTENERS =
          AtomicReferenceFieldUpdater.newUpdater(
              PolledConnection.class, CloseListener.class, "closeListeners");

  /// What a connection may do in a turn, which is what its poller does for it before it turns to
  /// the next socket or task, so that it does not starve the others: it reads no more once it has
  /// so much, or has read so often, and hands on so many frames. The rest is a task.
  private static final int TURN_BYTES = 64 << 10;

  private static final int MAX_READS_PER_TURN = 8;
  private static final int MAX_FRAMES_PER_TURN = 64;

  /// What a peer still sends is read away so far: more than the buffers of both systems hold, and
  /// than most messages that are refused for their size, whose senders read when all is sent.
  private static final int MAX_LINGERING_BYTES = 64 << 20;

  private final Poller poller;
  private final PolledSocket socket;
  private final ConnectionOptions options;
  private final LongSupplier nanoClock;
  private final MemoryBudget budget;
  private final Runnable onClosed;
  private final boolean accepted;

  private volatile ConnectionState state = ConnectionState.OPEN;
  private volatile CloseReason endReason = CloseReason.ABORTED;
  private volatile boolean paused;
  private volatile boolean
      inputAtEnd; // nothing more comes, but input may hold frames; the poller's
  private volatile boolean roomWanted; // the handler is to be told of room
  private volatile boolean comesInBursts; // several frames arrived together the last time any did
  private volatile @Nullable CloseListener closeListeners; // the last to come
  private volatile @Nullable Attributes attributes; // null while there are none
  private final Outbox outbox;

  // The poller's own:
  private FrameHandler handler;
  private @Nullable LinkBuffer input; // null while idle
  private boolean refused; // the peer sent what can be no frame, and may be sending still
  private boolean endArrived; // the peer's, behind what has not been read
  private boolean writeInterest;
  private boolean choked; // too much is unsent, so that nothing is read either
  private boolean inTurn; // the handler is being told of what has arrived
  private int framesInTurn;
  private boolean goesOn; // in the next turn, with what has arrived
  private boolean lastTurn; // has no bounds: what it does not hand on is lost
  private long frames; // handed on so far
  private boolean flushesAfterTurn; // frames were written meanwhile, and the flusher is this turn
  private boolean outputEnded; // the peer was told that nothing more comes
  private boolean finished;
  private int lingeringBytes; // read away so far
  private final SilenceWatch silence;
  private long charged; // of input and unsent bytes, to the budget

  /// @param accepted whether the peer has dialled: it must speak first then, and is not read from
  ///   while it does not read. Only one side may do that, or both could wait for each other
  PolledConnection(
      Poller poller,
      PolledSocket socket,
      FrameHandler handler,
      ConnectionOptions options,
      LongSupplier nanoClock,
      MemoryBudget budget,
      boolean accepted,
      Runnable onClosed) {
    this.poller = poller;
    this.socket = socket;
    this.handler = handler;
    this.options = options;
    this.nanoClock = nanoClock;
    this.budget = budget;
    this.onClosed = onClosed;
    this.accepted = accepted;
    this.outbox = new Outbox(nanoClock, this);
    this.silence = new SilenceWatch(options, accepted, nanoClock.getAsLong());
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
  public Optional<TlsSession> tls() {
    return socket.tls();
  }

  @Override
  public boolean isOpen() {
    return state == ConnectionState.OPEN && !inputAtEnd;
  }

  /// Begins; on the poller, once the socket is adopted.
  void open() {
    try {
      handler.opened(this);
    } catch (Throwable e) {
      failed(e);
    }
  }

  // ---- reading

  @Override
  public void readable() {
    inTurn = true;
    try {
      if (state == ConnectionState.LINGERING) {
        if (dropArriving() < 0) {
          finish(CloseReason.CLOSED_HERE);
        } else if (!isLingering()) {
          updateInterest();
        }
      } else {
        read();
      }
    } catch (IOException e) {
      reset(e);
    } catch (RuntimeException | Error e) {
      failed(e);
    }
    endTurn();
  }

  /// What the handler wrote during the turn leaves together.
  private void endTurn() {
    inTurn = false;
    if (framesInTurn == 1 && comesInBursts) {
      comesInBursts = false;
    }
    framesInTurn = 0;
    if (flushesAfterTurn) {
      flushesAfterTurn = false;
      send();
    }
    if (state == ConnectionState.CLOSED) {
      finish(endReason); // its memory is not kept until the others have had their turn
    }
  }

  @Override
  public void endArrived() {
    endArrived = true;
  }

  /// If the end has come too, it is read before the handler is told of the last frames: who is
  /// woken by them finds that the connection is not open any more.
  private void read() throws IOException {
    if (input == null) {
      input = new LinkBuffer();
    }
    var arriving = input;
    int bytes = 0;
    for (int reads = 0; readsOn(reads, bytes); reads++) {
      int count = readOnce(arriving);
      bytes += count;
      if (count < 0) {
        inputAtEnd = true;
        updateInterest();
        break;
      }
      boolean emptied = count == 0 || arriving.hasRoom(); // then no second read to find out
      if (count > 0 || socket.recordBytes() > 0) {
        silence.read(nanoClock.getAsLong());
      }
      if (count > 0 && !endArrived) {
        cutFrames();
        charge();
      }
      if (emptied && !endArrived) {
        return;
      }
    }
    if (endArrived || inputAtEnd) {
      cutFrames();
      charge();
    }
  }

  private boolean readsOn(int reads, int bytes) {
    boolean isWithin =
        endArrived // perhaps by TLS: nothing makes its socket readable again
            ? reads <= MAX_READS_PER_TURN
            : reads < MAX_READS_PER_TURN && bytes < TURN_BYTES;
    return isReading() && !goesOn && (lastTurn || isWithin);
  }

  /// What has arrived before a reset is handed on, too: all of it, since no other turn comes.
  private int readOnce(LinkBuffer arriving) throws IOException {
    try {
      return socket.read(arriving);
    } catch (IOException e) {
      if (endArrived) {
        lastTurn = true;
        cutFrames();
      }
      throw e;
    }
  }

  /// Counts what is left of an unfinished frame, and what the peer does not read, against what all
  /// connections may hold together.
  private void charge() {
    if (finished) {
      return; // all of it is given back
    }
    long left = handler.heldBytes();
    if (state.reads()) {
      left += arrivedBytes();
    }
    if (writeInterest) {
      left += outbox.heldBytes() + socket.unsentBytes();
    }
    boolean fits = budget.change(charged, left);
    charged = left;
    if (!fits) {
      abort(CloseReason.MEMORY);
    }
  }

  @Override
  public void holdsMore() {
    poller.execute(this::charge);
  }

  private int arrivedBytes() {
    return input == null ? 0 : input.size();
  }

  private boolean isReading() {
    return state.reads() && !paused && !choked && !inputAtEnd;
  }

  /// Whether frames may be handed on.
  private boolean isHanding() {
    return state.reads() && !paused && !choked && !goesOn;
  }

  private void cutFrames() {
    var arrived = input;
    while (arrived != null && isHanding() && arrived.size() > 0) {
      if (framesInTurn >= MAX_FRAMES_PER_TURN && !lastTurn) {
        goesOn = poller.execute(this::goOn);
        return;
      }
      int bytes;
      try {
        bytes = handler.frameBytes(this, arrived);
      } catch (RuntimeException e) {
        refused = true;
        endInput(e);
        return;
      }
      if (bytes < 0 || bytes > arrived.size()) {
        throw new IllegalStateException(
            "frame bytes: " + bytes + " (expected: 0.." + arrived.size() + ")");
      }
      if (bytes == 0) {
        break;
      }
      hand(arrived.slice(bytes));
    }
    if (inputAtEnd && isHanding()) {
      endInput(null);
    }
  }

  /// The next turn.
  private void goOn() {
    goesOn = false;
    cutInTurn();
  }

  private void hand(LinkBuffer frame) {
    frames++;
    if (++framesInTurn == 2 && !comesInBursts) {
      comesInBursts = true;
    }
    try {
      handler.received(this, frame);
    } catch (Throwable e) {
      frame.release();
      throw unchecked(e);
    }
  }

  /// Some languages throw checked exceptions where none is declared, and one of I/O would be taken
  /// for the socket's.
  private static RuntimeException unchecked(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException known
        ? known
        : new IllegalStateException("a frame handler threw a checked exception", e);
  }

  private void endInput(@Nullable RuntimeException cause) {
    if (STATE.getAndUpdate(this, current -> current.on(Event.INPUT_ENDED)).reads()) {
      dropInput();
      updateInterest();
      handler.inputEnded(this, cause);
      endIfDrained();
    }
  }

  private void dropInput() {
    if (input != null) {
      input.release();
      input = null;
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
    poller.execute(this::resumed);
  }

  @Override
  public void handTo(FrameHandler next) {
    if (!poller.isCurrentThread()) {
      throw new IllegalStateException("a connection is handed on by its handler, on the poller");
    }
    handler = next;
    next.opened(this);
  }

  @Override
  public void resume(Thread thread) {
    PollerThread.resume(thread);
  }

  private void resumed() {
    silence.restart(nanoClock.getAsLong());
    updateInterest();
    cutInTurn();
  }

  private void cutInTurn() {
    inTurn = true;
    try {
      cutFrames();
      charge();
      if (endArrived && isReading() && !goesOn) {
        read();
      }
    } catch (IOException e) {
      reset(e);
    } catch (RuntimeException | Error e) {
      failed(e);
    }
    endTurn();
  }

  // ---- writing

  @Override
  public void write(LinkBuffer frame) {
    if (!state.takesWrites()) {
      frame.release();
      throw new ConnectionClosedException("the connection is closed, or its output has ended");
    }
    boolean mayWait = !PollerThread.isCurrent();
    if (outbox.add(frame, mayWait ? options.writeHighWaterBytes() : Integer.MAX_VALUE)
        || isTurnFull()) {
      flushNowOrAfterTurn();
    } else if ((!mayWait || Thread.currentThread().isInterrupted()) // it has not waited
        && outbox.unsentBytes() > options.maxUnsentBytes()) {
      abort(CloseReason.WRITE_STALLED);
    }
  }

  @Override
  public boolean tryWrite(LinkBuffer frame) {
    return tryWrite(frame, Duration.ZERO);
  }

  @Override
  public boolean tryWrite(LinkBuffer frame, Duration timeout) {
    if (!state.takesWrites()) {
      frame.release();
      return false;
    }
    long nanos = PollerThread.isCurrent() ? 0 : TimeUnit.NANOSECONDS.convert(timeout);
    try {
      return switch (outbox.add(frame, options.writeHighWaterBytes(), nanos)) {
        case TO_FLUSH -> {
          flushNowOrAfterTurn();
          yield true;
        }
        case QUEUED -> true;
        case NO_ROOM -> false;
      };
    } catch (ConnectionClosedException e) { // just now
      return false;
    }
  }

  @Override
  public boolean enqueue(LinkBuffer frame) {
    if (!state.takesWrites()) {
      frame.release();
      throw new ConnectionClosedException("the connection is closed, or its output has ended");
    }
    if (outbox.add(frame, Integer.MAX_VALUE) || isTurnFull()) {
      return true;
    }
    if (outbox.unsentBytes() > options.maxUnsentBytes()) {
      abort(CloseReason.WRITE_STALLED);
    }
    return false;
  }

  @Override
  public void flush() {
    flushNowOrAfterTurn();
  }

  @Override
  public boolean hasRoom() {
    if (outbox.unsentBytes() <= options.writeHighWaterBytes()) {
      return true;
    }
    roomWanted = true; // before the second look: whoever makes room after it sees this
    return isHalfEmpty();
  }

  private boolean isHalfEmpty() {
    return outbox.unsentBytes() <= options.writeHighWaterBytes() / 2;
  }

  /// On the poller, once something was sent.
  private void tellOfRoom() {
    if (!roomWanted || !isHalfEmpty() || finished) {
      return;
    }
    roomWanted = false;
    inTurn = true;
    try {
      handler.roomMade(this);
    } catch (RuntimeException | Error e) {
      failed(e);
    }
    endTurn();
  }

  /// Whether so much was written during this turn that it leaves before its end.
  private boolean isTurnFull() {
    return poller.isCurrentThread()
        && flushesAfterTurn
        && outbox.unsentBytesHere() > options.writeHighWaterBytes();
  }

  private void flushNowOrAfterTurn() {
    if (poller.isCurrentThread() && inTurn) {
      flushesAfterTurn = true;
      if (!isTurnFull()) {
        return;
      }
      flushesAfterTurn = false;
    }
    if (comesInBursts && Thread.currentThread().isVirtual()) {
      Thread.yield(); // others that are about to write add their frames meanwhile
    }
    send();
  }

  private void send() {
    try {
      switch (outbox.flush(socket)) {
        case EMPTY -> {
          endIfDrained();
          if (roomWanted) {
            poller.execute(this::tellOfRoom);
          }
        }
        case BLOCKED -> onPoller(this::blocked);
        case CLOSED -> {}
      }
    } catch (IOException e) {
      lost(e);
    } catch (RuntimeException | Error e) {
      abort(CloseReason.RESET);
      LOG.log(Level.WARNING, "a write failed; its connection is aborted", e);
    }
  }

  /// The kernel takes no more.
  private void blocked() {
    writeInterest = true;
    if (accepted && outbox.unsentBytes() > options.writeHighWaterBytes()) {
      choked = true; // until #writable finds that half of it is left
    }
    updateInterest();
    charge();
  }

  /// Whoever has reset the connection reads no more replies, so what it has sent before is of no
  /// use either.
  @Override
  public void broken() {
    reset(new IOException("the peer has reset the connection"));
  }

  @Override
  public void writable() {
    try {
      writeInterest = false;
      if (outbox.resume()) {
        send();
      }
      boolean allSent = !writeInterest; // even if others have added since: they send it, or block
      if (choked && (allSent || outbox.unsentBytes() <= options.writeHighWaterBytes() / 2)) {
        choked = false;
        resumed();
      } else {
        updateInterest();
        charge();
      }
      tellOfRoom();
    } catch (RuntimeException | Error e) {
      failed(e);
    }
  }

  private void updateInterest() {
    if (!finished) {
      socket.interest(isReading() || isLingering(), writeInterest);
    }
  }

  private boolean isLingering() {
    return state == ConnectionState.LINGERING && lingeringBytes < MAX_LINGERING_BYTES;
  }

  // ---- the end

  @Override
  public boolean awaitSent(Duration timeout) {
    if (PollerThread.isCurrent()) {
      throw new IllegalStateException("waits until all is sent, and a poller must not");
    }
    return outbox.awaitSent(timeout);
  }

  @Override
  public void endOutput() {
    move(Event.OUTPUT_ENDED);
    endIfDrained();
  }

  @Override
  public void close() {
    if (move(Event.CLOSE) == ConnectionState.DRAINING) {
      onPoller(this::updateInterest);
      endIfDrained();
    }
  }

  @Override
  public void close(LinkBuffer last) {
    socket.holdBack();
    write(last);
    close();
  }

  private void endIfDrained() {
    if (state == ConnectionState.READ_ONLY || state == ConnectionState.DRAINING) {
      poller.execute(this::endOutputIfDrained);
    }
  }

  private void endOutputIfDrained() {
    if (!outputEnded && !outbox.closeIfEmpty()) {
      return; // later, or never any more
    }
    if (state == ConnectionState.DRAINING) {
      flushed();
    } else if (!outputEnded && state == ConnectionState.READ_ONLY) {
      outputEnded = true;
      try {
        socket.shutdownOutput();
      } catch (IOException e) {
        reset(e);
      }
    }
  }

  /// A TCP socket that is closed while bytes arrive sends a reset, and that overtakes what was
  /// written last. So they are read away: what is there, and from a peer that was refused all that
  /// it sends until it ends, for a while, so that it gets to read why.
  private void flushed() {
    try {
      socket.end();
      boolean more = dropArriving() > 0;
      if ((refused || more) && !inputAtEnd) {
        move(Event.FLUSHED);
        socket.shutdownOutput();
        silence.restart(nanoClock.getAsLong());
        updateInterest();
        return;
      }
    } catch (IOException e) { // all was sent; what it did not want to read is lost
      LOG.log(Level.DEBUG, () -> remoteAddress() + ": " + e.getMessage());
    }
    finish(CloseReason.CLOSED_HERE);
  }

  /// @return bytes of the last read: 0 if there are no more now, -1 at the end
  private int dropArriving() throws IOException {
    int count = 1;
    try (var dropped = new LinkBuffer()) {
      for (int i = 0; i < MAX_READS_PER_TURN && count > 0; i++) {
        count = socket.read(dropped);
        lingeringBytes += dropped.size();
        dropped.skip(dropped.size());
      }
    }
    inputAtEnd |= count < 0;
    return count;
  }

  @Override
  public void abort() {
    abort(CloseReason.ABORTED);
  }

  private void abort(CloseReason reason) {
    if (state != ConnectionState.CLOSED) {
      endReason = reason;
    }
    move(Event.LOST);
    poller.execute(() -> finish(reason));
  }

  private void reset(IOException cause) {
    LOG.log(Level.DEBUG, () -> remoteAddress() + ": " + cause.getMessage());
    abort(cause instanceof TlsException tls ? tls.reason() : CloseReason.RESET);
  }

  /// A write failed. The peer may have answered before it closed: all that has arrived is handed on
  /// first. That is no more than the system holds of a socket that is broken.
  private void lost(IOException cause) {
    poller.execute(
        () -> {
          lastTurn = true;
          goOn();
          readable();
          reset(cause);
        });
  }

  private void failed(Throwable cause) {
    boolean wasLate = cause instanceof ConnectionClosedException; // it wrote to what had ended
    var level = wasLate ? Level.DEBUG : Level.WARNING;
    abort(wasLate ? reasonOfTheEnd() : CloseReason.HANDLER_FAILED);
    LOG.log(level, "a frame handler failed; its connection is aborted", cause);
  }

  private CloseReason reasonOfTheEnd() {
    if (state == ConnectionState.CLOSED) {
      return endReason;
    }
    var reason = outbox.closeReason();
    return reason == null ? CloseReason.HANDLER_FAILED : reason;
  }

  /// Closes for good, once.
  private void finish(CloseReason reason) {
    if (finished) {
      return;
    }
    finished = true;
    endReason = reason;
    move(Event.LOST);
    outbox.discard(reason);
    socket.close();
    dropInput();
    budget.change(charged, 0);
    charged = 0;
    try {
      tellClosed(reason);
    } finally {
      onClosed.run();
    }
  }

  private void tellClosed(CloseReason reason) {
    try {
      handler.closed(this, reason);
    } catch (Throwable e) {
      LOG.log(Level.WARNING, "a frame handler failed on close", e);
    }
    var listener = CLOSE_LISTENERS.getAndSet(this, CloseListener.TOLD);
    for (; listener != null; listener = listener.earlier) {
      CloseListener.tell(listener.consumer, reason);
    }
  }

  @Override
  public void onClose(Consumer<CloseReason> listener) {
    for (var earlier = closeListeners; ; earlier = closeListeners) {
      if (earlier == CloseListener.TOLD) {
        CloseListener.tell(listener, endReason);
        return;
      }
      if (CLOSE_LISTENERS.compareAndSet(this, earlier, new CloseListener(listener, earlier))) {
        return;
      }
    }
  }

  @Override
  public <T> void set(Attribute<T> attribute, T value) {
    if (attributes == null) {
      ATTRIBUTES.compareAndSet(this, null, new Attributes());
    }
    Objects.requireNonNull(attributes).set(attribute, value);
  }

  @Override
  public <T> Optional<T> get(Attribute<T> attribute) {
    var kept = attributes;
    return kept == null ? Optional.empty() : kept.get(attribute);
  }

  @Override
  public void sweep(long nowNanos) {
    try {
      rest();
      var reason = overdue(nowNanos);
      if (state == ConnectionState.CLOSED) { // and not finished: there was no memory for the task
        finish(endReason);
      } else if (reason != null) {
        if (reason != CloseReason.IDLE || !leavesIdle()) {
          abort(reason);
        }
      } else {
        tellOfTime(nowNanos);
      }
    } catch (RuntimeException | Error e) {
      failed(e);
    }
  }

  private boolean leavesIdle() {
    inTurn = true;
    boolean leaves = handler.leavesIdle(this);
    endTurn();
    return leaves;
  }

  private void tellOfTime(long nowNanos) {
    inTurn = true;
    try {
      handler.swept(this, nowNanos);
    } catch (RuntimeException | Error e) {
      failed(e);
    }
    endTurn();
  }

  /// Holds no buffers while nothing comes or goes: most connections are idle most of the time.
  private void rest() {
    if (arrivedBytes() == 0) {
      dropInput();
    }
    outbox.rest();
  }

  private @Nullable CloseReason overdue(long nowNanos) {
    charge();
    if (state == ConnectionState.LINGERING) {
      return silence.lingeredLongEnough(nowNanos) ? CloseReason.CLOSED_HERE : null;
    }
    if (handler.isBusy()) {
      silence.busy(nowNanos);
    }
    int frameBytes = goesOn ? 0 : arrivedBytes() + socket.recordBytes(); // whole ones may wait
    return silence.expired(isReading(), frameBytes, frames, outbox, nowNanos);
  }

  @Override
  public void drain() {
    close();
  }

  @Override
  public void shutDown() {
    finish(CloseReason.ABORTED);
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
}
