package io.windhover.rpc.stream;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.Connection;
import io.windhover.netpoll.ConnectionClosedException;
import io.windhover.netpoll.FrameHandler;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.stream.StreamState.Event;
import io.windhover.rpc.wire.FrameType;
import io.windhover.rpc.wire.HeaderKey;
import io.windhover.rpc.wire.SkippedFrame;
import io.windhover.rpc.wire.StreamFrame;
import io.windhover.rpc.wire.WireException;
import java.lang.System.Logger.Level;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One end of a connection that carries streams.
///
/// **Flow control.** Between two Windhovers each stream has a window, see [SendWindow]: no stream
/// keeps another one waiting. A Kitex peer knows of none and sends on; when a stream's queue is
/// full then, the whole connection is no longer read, and the kernel makes the peer wait, all of
/// its streams. That is the price of bounded memory, and it can stand still for good if the
/// receiver of the full stream itself waits for another stream of the same connection; a timeout
/// ends that.
abstract class StreamConnection implements FrameHandler, MessageQueue.Load {

  private static final System.Logger LOG = System.getLogger(StreamConnection.class.getName());

  private final StreamOptions options;
  private final CallListener listener;
  private final ConcurrentHashMap<Integer, WireStream> streams = new ConcurrentHashMap<>();
  private final AtomicLong heldBytes = new AtomicLong();
  private final SkippedFrame skipped = new SkippedFrame(); // the poller's
  private volatile @Nullable Connection connection;

  private final ReentrantLock loadLock = new ReentrantLock(); // guards the next
  private int fullQueues;

  /// @param listener told of each message
  StreamConnection(StreamOptions options, CallListener listener) {
    this.options = options;
    this.listener = listener;
  }

  final StreamOptions options() {
    return options;
  }

  final CallListener listener() {
    return listener;
  }

  /// Whether a connection was there at all, be it closed by now.
  public final boolean isConnected() {
    return connection != null;
  }

  final Connection connection() {
    var current = connection;
    if (current == null) {
      throw new IllegalStateException("not connected");
    }
    return current;
  }

  // ---- the streams

  /// Returns how many streams are open.
  public final int openStreams() {
    return streams.size();
  }

  final @Nullable WireStream stream(int id) {
    return streams.get(id);
  }

  /// @return whether no other stream has the id
  final boolean add(WireStream stream) {
    return streams.putIfAbsent(stream.id, stream) == null;
  }

  /// A stream has ended.
  void forget(WireStream stream) {
    streams.remove(stream.id, stream);
  }

  final void forEachStream(Consumer<WireStream> step) {
    streams.values().forEach(step);
  }

  private void failAll(StreamFailure failure) {
    forEachStream(stream -> stream.end(Event.RESET, failure, false));
  }

  // ---- writing

  /// Writes a frame that the other side needs, though nobody waits for it: at once, or on a thread
  /// of its own if the connection, which a peer that does not read has filled, has no room. That
  /// thread lives no longer than the connection may stall; frames that are written next may
  /// overtake it.
  final void writeAside(LinkBuffer frame) {
    var again = frame.duplicate();
    if (connection().tryWrite(frame)) {
      again.release();
    } else {
      Thread.ofVirtual()
          .name("windhover-stream-frame")
          .inheritInheritableThreadLocals(false)
          .start(() -> writeQuietly(again));
    }
  }

  /// Writes a frame, which may wait for room; what cannot be sent any more is dropped.
  final void writeQuietly(LinkBuffer frame) {
    try {
      connection().write(frame);
    } catch (ConnectionClosedException e) {
      LOG.log(Level.DEBUG, () -> "frame dropped, " + connection().remoteAddress() + " is gone");
    }
  }

  /// Lets a user's thread run that waits, if one does.
  @Override
  public final void wake(@Nullable Thread thread) {
    if (thread != null) {
      connection().resume(thread);
    }
  }

  // ---- what arrives

  @Override
  public void opened(Connection connection) {
    this.connection = connection;
  }

  @Override
  public int frameBytes(Connection connection, LinkBuffer input) {
    if (!skipped.isUnderWay()) {
      try {
        return StreamFrame.frameBytes(input, options.limits());
      } catch (WireException e) {
        if (!e.isTooLarge() || !skipped.begin(input)) {
          throw e;
        }
        tooLargeArrived(streams.get(StreamFrame.streamIdOf(input)), e);
      }
    }
    return skipped.pieceBytes(input);
  }

  /// A frame is over the limit, and its bytes are dropped as they come: that costs its stream only.
  ///
  /// @param stream that the frame is of; null if it has ended
  void tooLargeArrived(@Nullable WireStream stream, WireException why) {
    if (stream != null) {
      stream.tooLargeArrived(why);
    }
  }

  @Override
  public void received(Connection connection, LinkBuffer frame) {
    if (skipped.isUnderWay()) {
      skipped.drop(frame);
      return;
    }
    int bytes = frame.size();
    int id = StreamFrame.streamIdOf(frame);
    if (StreamFrame.skipDataHeader(frame, options.limits())) {
      messageArrived(id, frame, bytes);
      return;
    }
    StreamFrame head;
    try {
      head = StreamFrame.read(frame, options.limits());
    } catch (WireException e) {
      frame.release();
      inputEnded(connection, e);
      return;
    }
    if (head.type() == FrameType.DATA) {
      messageArrived(id, frame, bytes);
    } else {
      arrived(head, frame);
      frame.release();
    }
  }

  /// @param payload taken over
  private void messageArrived(int id, LinkBuffer payload, int bytes) {
    var stream = streams.get(id);
    if (stream == null) {
      payload.release();
    } else {
      stream.messageArrived(payload, bytes);
    }
  }

  private void arrived(StreamFrame head, LinkBuffer frame) {
    var stream = streams.get(head.streamId());
    switch (head.type()) {
      case DATA -> throw new AssertionError("a message is no other frame");
      case HEADER -> headerArrived(head, stream);
      case META -> metaArrived(head, stream);
      case TRAILER -> {
        if (stream != null) {
          trailerArrived(head, frame, stream);
        }
      }
      case RST -> {
        if (stream != null) {
          stream.resetArrived(head, frame);
        }
      }
    }
  }

  /// @param stream that has the frame's id; null if none has
  abstract void headerArrived(StreamFrame header, @Nullable WireStream stream);

  abstract void trailerArrived(StreamFrame trailer, LinkBuffer payload, WireStream stream);

  /// The other side lets more come, or leaves. Anything else in such a frame is none of our
  /// business.
  private void metaArrived(StreamFrame meta, @Nullable WireStream stream) {
    if (meta.stringKeys().containsKey(HeaderKey.CONNECTION_CLOSING)) {
      leavingArrived();
    }
    long bytes = windowIn(meta);
    if (stream != null && bytes >= 0) {
      windowArrived(stream, bytes);
    }
  }

  /// The other side has ended all streams that it took, and ends the connection.
  void leavingArrived() {}

  void windowArrived(WireStream stream, long bytes) {
    wake(stream.window.grant(bytes));
  }

  /// Returns how much a frame lets come; -1 if it does not say.
  static long windowIn(StreamFrame frame) {
    var text = frame.stringKeys().get(HeaderKey.WINDOW);
    if (text == null) {
      return -1;
    }
    try {
      return Integer.parseUnsignedInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  // ---- load

  @Override
  public final int heldBytes() {
    return (int) Math.min(heldBytes.get(), Integer.MAX_VALUE);
  }

  @Override
  public final boolean isBusy() {
    return !streams.isEmpty();
  }

  @Override
  public final void changed(long bytes) {
    heldBytes.addAndGet(bytes);
  }

  @Override
  public final void high() {
    loadLock.lock();
    try {
      if (++fullQueues == 1) {
        connection().pauseReading();
      }
    } finally {
      loadLock.unlock();
    }
  }

  @Override
  public final void low() {
    loadLock.lock();
    try {
      if (--fullQueues == 0) {
        connection().resumeReading();
      }
    } finally {
      loadLock.unlock();
    }
  }

  // ---- the end

  @Override
  public void inputEnded(Connection connection, @Nullable RuntimeException cause) {
    if (cause == null) {
      forEachStream(
          stream ->
              stream.end(
                  Event.RESET, lost(stream, "the other side closed the connection", true), false));
      connection.close();
    } else {
      LOG.log(Level.DEBUG, () -> connection.remoteAddress() + " refused: " + cause.getMessage());
      failAll(unreadable(cause));
      connection.abort();
    }
  }

  /// Returns what to do about a message that is larger than this side sends.
  abstract String hintForLarger();

  /// Returns what it means for a stream that something that has arrived cannot be read.
  StreamFailure unreadable(RuntimeException cause) {
    return StreamFailure.of(
        Kind.PROTOCOL, "what the other side sent cannot be read: " + cause.getMessage());
  }

  /// Returns what it means for a stream that its connection is gone.
  ///
  /// @param inOrder whether all that the other side ever sent has been read
  StreamFailure lost(WireStream stream, String what, boolean inOrder) {
    return StreamFailure.of(Kind.DISCONNECTED, what);
  }

  @Override
  public void closed(Connection connection, CloseReason reason) {
    var what = "the connection was lost: " + reason;
    forEachStream(stream -> stream.end(Event.RESET, lost(stream, what, false), false));
  }
}
