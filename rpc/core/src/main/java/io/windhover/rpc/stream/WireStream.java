package io.windhover.rpc.stream;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.ConnectionClosedException;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import io.windhover.rpc.stream.StreamState.Event;
import io.windhover.rpc.wire.FrameTemplate;
import io.windhover.rpc.wire.FrameType;
import io.windhover.rpc.wire.HeaderKey;
import io.windhover.rpc.wire.StreamFrame;
import io.windhover.rpc.wire.WireException;
import io.windhover.thrift.ApplicationError;
import io.windhover.thrift.BinaryReader;
import io.windhover.thrift.StructCodec;
import io.windhover.thrift.ThriftProtocolException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One side of one stream on a connection.
///
/// The user's threads send and receive; the connection's poller hands in what arrives. Whoever
/// moves the state to CLOSED ends both directions, once.
abstract class WireStream extends WaitingStream {

  private static final ApplicationError NO_REASON = new ApplicationError(13, "rst"); // as Kitex

  private static final AtomicReferenceFieldUpdater<WireStream, StreamState> STATE =
      AtomicReferenceFieldUpdater.newUpdater(WireStream.class, StreamState.class, "state");

  final StreamConnection connection;
  final int id;
  final MessageQueue queue;
  final SendWindow window;
  final ReentrantLock sending = new ReentrantLock(); // keeps frames in their order

  private final StructCodec<Object> outgoing;
  private final StructCodec<Object> incoming;
  private final FrameTemplate data;
  private final @Nullable CallListener listener; // null if nobody is to be told
  private volatile StreamState state = StreamState.OPEN;
  private final AtomicLong owed = new AtomicLong(); // received, and not yet granted anew

  WireStream(
      StreamConnection connection,
      int id,
      Invocation invocation,
      SendWindow window,
      StructCodec<Object> outgoing,
      StructCodec<Object> incoming) {
    super(invocation);
    this.connection = connection;
    this.id = id;
    this.window = window;
    this.outgoing = outgoing;
    this.incoming = incoming;
    var told = connection.listener();
    this.listener = told.equals(CallListener.NONE) ? null : told;
    this.queue = new MessageQueue(connection.options().windowBytes(), connection);
    this.data = new FrameTemplate(frame(FrameType.DATA, Map.of()), connection.options().limits());
  }

  final StreamFrame frame(FrameType type, Map<String, String> keys) {
    return new StreamFrame(id, type, invocation.method().name(), keys);
  }

  final StreamState state() {
    return state;
  }

  // ---- sending

  @Override
  final boolean hasEndedHere() {
    return state() == StreamState.ENDED_HERE;
  }

  @Override
  final void put(Object message) throws InterruptedException, TimeoutException {
    var frame = encode(message);
    boolean taken = false;
    try {
      window.take(frame.size(), invocation.deadline());
      taken = true;
    } finally {
      if (!taken) {
        frame.release();
      }
    }
    if (listener != null) {
      listener.sent(invocation, frame.size());
    }
    sending.lock();
    try {
      writeMessage(frame);
    } catch (ConnectionClosedException e) {
      throw failed(Stage.SEND);
    } finally {
      sending.unlock();
    }
    dropIfEnded();
  }

  /// What was held back while the stream ended leaves no more.
  void dropIfEnded() {}

  private LinkBuffer encode(Object message) {
    try {
      return data.write(outgoing, message);
    } catch (ThriftProtocolException | WireException e) {
      var failure =
          failure(Stage.SEND, "the message cannot be written: " + e.getMessage()).cause(e);
      if (e instanceof WireException wire && wire.isTooLarge()) {
        failure.hint(connection.hintForLarger());
      }
      throw failure.build();
    }
  }

  private RpcException.Builder failure(Stage stage, String what) {
    return RpcException.builder(Kind.PROTOCOL, stage, what)
        .calling(invocation.name())
        .at(invocation.remoteAddress())
        .elapsed(elapsed());
  }

  /// Writes a data frame, and what has to be before it; called with [#sending] held.
  abstract void writeMessage(LinkBuffer frame) throws InterruptedException, TimeoutException;

  // ---- receiving

  @Override
  final @Nullable Object take(Deadline until) throws InterruptedException, TimeoutException {
    var message = queue.take(until);
    if (message == null) {
      return null;
    }
    if (listener != null) {
      listener.received(invocation, message.bytes());
    }
    consumed(message.bytes());
    return decode(message.payload());
  }

  /// Decodes a message, within what its objects may take.
  Object read(StructCodec<Object> codec, LinkBuffer payload) {
    return codec.read(new BinaryReader(payload));
  }

  private Object decode(LinkBuffer payload) {
    try (payload) {
      return read(incoming, payload);
    } catch (ThriftProtocolException e) {
      var what = "a message cannot be read: " + e.getMessage();
      reset(StreamCode.ILLEGAL_FRAME, StreamFailure.of(Kind.PROTOCOL, what));
      throw failure(Stage.AWAIT_MESSAGE, what).cause(e).build();
    }
  }

  /// Lets the other side send as much again, in steps of half a window.
  final void consumed(int bytes) {
    if (owed.addAndGet(bytes) < connection.options().windowBytes() / 2 || !grants()) {
      return;
    }
    long grant = owed.getAndSet(0);
    if (grant > 0 && state().receives()) {
      connection.writeAside(
          frame(FrameType.META, window(grant)).write(connection.options().limits()));
    }
  }

  /// Whether the other side knows about windows.
  abstract boolean grants();

  static Map<String, String> window(long bytes) {
    return Map.of(HeaderKey.WINDOW, Long.toString(bytes));
  }

  // ---- what arrives, on the poller

  final void messageArrived(LinkBuffer payload, int bytes) {
    if (!state().receives()) {
      payload.release();
      reset(
          StreamCode.ILLEGAL_FRAME,
          StreamFailure.of(Kind.PROTOCOL, "a message came after the last one"));
      return;
    }
    if (!queue.add(payload, bytes)) {
      consumed(bytes); // dropped
    }
  }

  /// A message, or another frame, is larger than this side takes.
  abstract void tooLargeArrived(WireException why);

  final void resetArrived(StreamFrame frame, LinkBuffer payload) {
    ApplicationError error;
    try {
      error = payload.size() == 0 ? NO_REASON : StreamFrame.readError(payload);
    } catch (WireException e) {
      error = NO_REASON;
    }
    resetArrived(error, frame.stringKeys().getOrDefault(HeaderKey.CANCEL_PATH, ""));
  }

  /// @param path of the cancelling; empty if the other side does not say
  abstract void resetArrived(ApplicationError error, String path);

  // ---- the end

  /// Moves to the end of half of the stream.
  ///
  /// @return whether that was news
  final boolean halfEnd(Event event) {
    return STATE.getAndUpdate(this, current -> current.on(event)) == StreamState.OPEN;
  }

  /// Ends the stream, unless it has ended; then this drops no more than what waits.
  ///
  /// @param failure null if it ends well
  /// @param drops whether messages that wait are lost
  /// @return the state before
  final StreamState end(Event event, @Nullable StreamFailure failure, boolean drops) {
    var before = STATE.getAndUpdate(this, current -> current.on(event));
    if (before == StreamState.CLOSED) {
      if (drops) {
        queue.fail(failure); // the other side's end has left them
      }
      return before;
    }
    var sender = window.fail(failure == null ? ENDED : failure); // before a receiver sees the end
    if (drops) {
      queue.fail(failure);
    } else {
      queue.finish(failure);
    }
    connection.forget(this);
    ended(failure);
    connection.wake(sender);
    connection.wake(queue.receiver());
    return before;
  }

  /// Told once that the stream has ended.
  abstract void ended(@Nullable StreamFailure failure);

  /// Returns why the stream failed, now that a write found its connection closed.
  final RuntimeException failed(Stage stage) {
    var failure = StreamFailure.of(Kind.DISCONNECTED, "the connection is closed");
    end(Event.RESET, failure, false);
    return exception(window.failure().orElse(failure), stage);
  }
}
