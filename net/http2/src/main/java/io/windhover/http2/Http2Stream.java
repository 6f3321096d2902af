package io.windhover.http2;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.Outgoing.Phase;
import io.windhover.http2.StreamException.Reason;
import io.windhover.http2.StreamState.Event;
import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.Frame.RstStream;
import io.windhover.http2.hpack.HeaderField;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One exchange on a connection: a head, data and perhaps trailers in each direction.
///
/// Two styles go together. Blocking, for virtual threads: [#response], [#read], [#write]; each
/// waits as long as it is told. Or by events: a [StreamListener], [#poll], [#send], none of which
/// waits. One thread at a time reads, one at a time writes, and any may [reset][#reset].
///
/// A stream whose data nobody takes keeps its own window shut, and those of others only if all
/// streams together hold [Http2Options#maxHeldBytes]. When both sides have ended it as they should,
/// it is over. A client may still read then what has arrived, and [closes][#close] a stream that it
/// may not have read to the end, which gives its memory back; with a server's answer ends the
/// reading of the request, too.
public final class Http2Stream implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Http2Stream.class.getName());

  private static final AtomicReferenceFieldUpdater<Http2Stream, StreamState> STATE =
      AtomicReferenceFieldUpdater.newUpdater(Http2Stream.class, StreamState.class, "state");

  private static final AtomicIntegerFieldUpdater<Http2Stream> USERS =
      AtomicIntegerFieldUpdater.newUpdater(Http2Stream.class, "users");

  /// More than all users that there can be.
  private static final int MANY = 1 << 30;

  private static final StreamListener NOBODY = new StreamListener() {};

  private final Http2Connection connection;
  private final int id;
  final Inbox inbox;
  final Outgoing outgoing;
  private volatile int users = 1; // the open stream, and its threads; below 0 once it is answered
  private volatile StreamState state = StreamState.IDLE.on(Event.OPEN);
  private volatile StreamListener listener = NOBODY;
  private volatile @Nullable StreamException failure; // is there before the state shows it

  // The poller's own:
  private boolean asksForHead;
  private final Arrival arrival = new Arrival();

  /// Made with the lock of the sender held, or before anybody else can have it.
  Http2Stream(Http2Connection connection, int id, Inbox inbox, Outgoing outgoing) {
    this.connection = connection;
    this.id = id;
    this.inbox = inbox;
    this.outgoing = outgoing;
  }

  /// Returns the stream's number on its connection.
  public int id() {
    return id;
  }

  /// Returns the connection, for what its addresses and TLS are.
  public Http2Connection connection() {
    return connection;
  }

  StreamState state() {
    return state;
  }

  /// The peer ends its side of a stream that is open on both.
  ///
  /// @return false if it is not
  boolean endsOpenInput() {
    return STATE.compareAndSet(this, StreamState.OPEN, StreamState.OPEN.on(Event.RECV_END));
  }

  /// Moves the state by an event. With the lock of the sender held, since that may close it.
  ///
  /// @return whether that has closed the stream: then the caller sees to it that it is forgotten
  boolean closes(Event event) {
    var before = STATE.getAndUpdate(this, current -> current.on(event));
    return !before.isClosed() && before.on(event).isClosed();
  }

  /// Lets `listener` be told of what arrives from now on: set by [StreamHandler#opened], or with
  /// the opening of a client's stream.
  public void listener(StreamListener listener) {
    this.listener = listener;
  }

  /// Returns who is told of what arrives.
  public StreamListener listener() {
    return listener;
  }

  /// Whether to wait with what is dear, such as [#start], since the client has reset many of its
  /// streams lately, and the reset of this one may be here already. Then [StreamListener#settled]
  /// follows, once all is read that has come so far. For a server, on the poller.
  public boolean putsOff() {
    return connection.putsOff(this);
  }

  /// Runs `work` on a new virtual thread, for a server: until it returns or has answered, the
  /// stream counts among those that may be open, whatever becomes of it. So a client that opens
  /// streams and resets them keeps no more threads busy than it may have streams. What it throws
  /// resets the stream.
  ///
  /// @param name of the thread
  public void start(String name, Runnable work) {
    if (USERS.getAndIncrement(this) == 0) {
      connection.occupied(); // again, since the stream is over
    }
    try {
      resume(Thread.ofVirtual().name(name).unstarted(() -> run(work)));
    } catch (RuntimeException | Error e) { // no thread could be had
      vacated();
      throw e;
    }
  }

  private void run(Runnable work) {
    try {
      connection.userCode().run(this, work);
    } finally {
      vacated();
    }
  }

  /// The stream is over. If it was answered, the client may open another one in its place at once,
  /// though the thread that has answered has not returned yet.
  void ended() {
    if (failure == null) {
      USERS.addAndGet(this, -MANY);
      connection.vacated();
    } else {
      vacated();
    }
  }

  /// The stream, or one of its threads, is over.
  private void vacated() {
    if (USERS.decrementAndGet(this) == 0) {
      connection.vacated();
    }
  }

  /// Lets `thread` run: starts it if it is new, unparks it otherwise; with what else the poller
  /// wakes in its turn, if that is cheaper.
  public void resume(Thread thread) {
    connection.connection().resume(thread);
  }

  // ---- receiving

  /// Waits for the head of the response. For a client.
  ///
  /// @throws StreamException if the stream failed
  /// @throws TimeoutException if it does not come in time; the stream goes on
  public ResponseHead response(Duration timeout) throws InterruptedException, TimeoutException {
    return inbox.takeHead(deadlineNanos(timeout));
  }

  /// Returns the head of the response if it has come. For a client.
  public Optional<ResponseHead> response() {
    return Optional.ofNullable(inbox.head());
  }

  /// Waits for data, and returns all that has come, for the caller to release; null at the end.
  ///
  /// @throws StreamException if the stream failed
  /// @throws TimeoutException if nothing comes in time; the stream goes on
  public @Nullable LinkBuffer read(Duration timeout) throws InterruptedException, TimeoutException {
    return told(inbox.take(deadlineNanos(timeout)));
  }

  /// Returns all data that has come, for the caller to release; null if there is none now.
  ///
  /// @throws StreamException if the stream failed
  public @Nullable LinkBuffer poll() {
    return told(inbox.poll());
  }

  /// Lets the peer send more, if it is time.
  private @Nullable LinkBuffer told(@Nullable LinkBuffer taken) {
    if (taken != null) {
      connection.taken(this, taken.size());
    }
    return taken;
  }

  /// Whether the peer has ended its side and all data was taken.
  public boolean isInputDone() {
    return inbox.isDone();
  }

  /// Returns what came behind the data; empty before the end, and if nothing did.
  public List<HeaderField> trailers() {
    return inbox.trailers();
  }

  // ---- sending

  /// Sends the head of a response; for a server, once. Never waits.
  ///
  /// @param head `:status` first; not changed later
  /// @param end whether nothing follows
  /// @throws StreamException if the stream failed
  public void sendHead(List<HeaderField> head, boolean end) {
    send(head, null, null, end);
  }

  /// Sends the last headers, behind all data, which end this side. Never waits.
  ///
  /// @throws StreamException if the stream failed
  public void sendTrailers(List<HeaderField> trailers) {
    send(null, null, trailers, true);
  }

  /// Sends data without waiting: what the peer does not allow yet stays in memory, and is sent when
  /// it does.
  ///
  /// @param data taken over, whatever the outcome
  /// @param end whether nothing follows
  /// @throws StreamException if the stream failed
  public void send(LinkBuffer data, boolean end) {
    send(null, data, null, end);
  }

  /// Sends the head of a response and its first data, which leave together. For a server. Never
  /// waits.
  ///
  /// @param head `:status` first; not changed later
  /// @param data taken over, whatever the outcome
  /// @param end whether nothing follows
  /// @throws StreamException if the stream failed
  public void send(List<HeaderField> head, LinkBuffer data, boolean end) {
    send(head, data, null, end);
  }

  /// Sends a whole response in one go: head, data and trailers leave together as far as the peer
  /// allows. For a server. Never waits.
  ///
  /// @param head `:status` first; not changed later
  /// @param data taken over, whatever the outcome
  /// @param trailers none if empty
  /// @throws StreamException if the stream failed
  public void respond(List<HeaderField> head, LinkBuffer data, List<HeaderField> trailers) {
    send(head, data, trailers.isEmpty() ? null : trailers, true);
  }

  /// @return whether a writer is to wait
  /// @throws IllegalArgumentException if a field is none that may be sent
  /// @throws IllegalStateException if this is not the order of a response
  private boolean send(
      @Nullable List<HeaderField> head,
      @Nullable LinkBuffer data,
      @Nullable List<HeaderField> trailers,
      boolean end) {
    boolean goesOn;
    boolean isTooMuch;
    try (data) {
      requireRoom(data == null ? 0 : data.size());
      try (var sender = connection.sender().begin()) {
        requireSending(head != null);
        sender.fields().check(head, trailers);
        outgoing.phase = end ? Phase.DONE : Phase.DATA;
        sender.send(this, head, data, trailers, end);
        goesOn = outgoing.pendingBytes() > 0;
        isTooMuch = !sender.turns().isWritable(this);
      }
    }
    while (goesOn) { // what the socket has taken meanwhile makes room, and the poller is spared
      try (var sender = connection.sender().begin()) {
        goesOn = sender.turns().sendMore(this);
        isTooMuch = !sender.turns().isWritable(this);
      }
    }
    return isTooMuch;
  }

  /// A server that has no room for more answers gives this one up.
  private void requireRoom(int bytes) {
    long pending = connection.sender().turns().pendingBytes();
    if (bytes > 0
        && pending > 0
        && pending + bytes > connection.options().maxHeldBytes()
        && connection.isServer()) {
      var cause =
          StreamException.of(
              Reason.STALLED,
              ErrorCode.ENHANCE_YOUR_CALM,
              "the client leaves too much unread: " + pending + " bytes");
      fail(Event.SEND_RESET, cause, ErrorCode.ENHANCE_YOUR_CALM);
    }
  }

  private void requireSending(boolean head) {
    var cause = failure;
    if (cause != null) {
      throw cause;
    }
    if (!state.sends() || outgoing.phase == Phase.DONE) {
      throw new IllegalStateException("this side of the stream has ended");
    }
    if (head != (outgoing.phase == Phase.HEAD)) {
      throw new IllegalStateException(
          head ? "the head was sent already" : "the head was not sent yet");
    }
  }

  // ---- waiting for room

  /// Sends data, and waits while more than [Http2Options#maxPendingBytes] of this stream is unsent.
  ///
  /// @param data taken over, whatever the outcome
  /// @param end whether nothing follows; then it does not wait
  /// @throws StreamException if the stream failed
  /// @throws TimeoutException if too much is unsent for so long; it will still be sent
  /// @throws IllegalStateException if another thread waits so; but for a race with it nothing is
  ///   sent
  public void write(LinkBuffer data, boolean end, Duration timeout)
      throws InterruptedException, TimeoutException {
    requireOnlyWriter(data);
    if (send(null, data, null, end) && !end) {
      awaitWritable(deadlineNanos(timeout));
    }
  }

  /// The same with the head of a response before, which leaves together with the data.
  ///
  /// @param head `:status` first; not changed later
  public void write(List<HeaderField> head, LinkBuffer data, boolean end, Duration timeout)
      throws InterruptedException, TimeoutException {
    requireOnlyWriter(data);
    if (send(head, data, null, end) && !end) {
      awaitWritable(deadlineNanos(timeout));
    }
  }

  private void requireOnlyWriter(LinkBuffer data) {
    try {
      outgoing.requireNoOtherWriter();
    } catch (IllegalStateException e) {
      data.release();
      throw e;
    }
  }

  private void awaitWritable(long deadlineNanos) throws InterruptedException, TimeoutException {
    while (waitsToWrite()) {
      long left = deadlineNanos - System.nanoTime();
      boolean interrupted = Thread.interrupted();
      if (interrupted || left <= 0) {
        stopWaiting();
        if (interrupted) {
          throw new InterruptedException();
        }
        throw new TimeoutException();
      }
      LockSupport.parkNanos(this, left);
    }
    var cause = failure;
    if (cause != null) {
      throw cause;
    }
  }

  private boolean waitsToWrite() {
    try (var sender = connection.sender().begin()) {
      return sender.turns().awaitsWritable(this);
    }
  }

  /// Nothing unparks the thread later, whatever it waits for then.
  private void stopWaiting() {
    try (var sender = connection.sender().begin()) {
      sender.turns().stopsWaiting(this);
    }
  }

  /// Whether no more than [Http2Options#maxPendingBytes] is unsent.
  public boolean isWritable() {
    try (var sender = connection.sender().begin()) {
      return sender.turns().isWritable(this);
    }
  }

  // ---- the end

  /// Gives the stream up, both directions, and tells the peer; nothing if it is over already, but
  /// for what was not read.
  public void reset(ErrorCode code) {
    var cause = StreamException.of(Reason.RESET_HERE, code, "the stream was reset here: " + code);
    if (!fail(Event.SEND_RESET, cause, code)) {
      dropInput(cause, false);
    }
  }

  /// Gives up what is not over yet: a reset with CANCEL. Nothing if both sides have ended the
  /// stream and all was read.
  @Override
  public void close() {
    reset(ErrorCode.CANCEL);
  }

  /// Whether it is not over yet: something may still arrive or has to leave.
  public boolean isOpen() {
    return !state.isClosed();
  }

  /// Returns how the stream failed; empty if it did not, or not yet.
  public Optional<StreamException> failure() {
    return Optional.ofNullable(failure);
  }

  /// @param told what to tell the peer, if anything
  /// @return false if the stream was closed already
  boolean fail(Event event, StreamException cause, @Nullable ErrorCode told) {
    if (state.isClosed()) {
      return false;
    }
    try (var sender = connection.sender().begin()) {
      if (state.isClosed()) {
        return false;
      }
      failure = cause;
      closes(event);
      if (told != null) {
        sender.write(new RstStream(id, told.code()));
      }
      sender.turns().drop(this);
      connection.forget(this);
    }
    dropInput(cause, cause.reason() != Reason.RESET_HERE && connection.keepsAnswers());
    tellFailed(cause);
    return true;
  }

  /// The request never left. With the lock of the sender held.
  void neverBegan() {
    closes(Event.SEND_RESET);
    connection.sender().turns().drop(this);
    connection.forget(this);
  }

  void tellSettled() {
    connection.userCode().tell(this, () -> listener.settled(this));
  }

  private void tellFailed(StreamException cause) {
    try {
      listener.failed(this, cause);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, "a stream listener failed", e);
    }
  }

  /// The answer is written, and nobody reads what is left of the request.
  void giveUpInput() {
    dropInput(
        StreamException.of(Reason.RESET_HERE, ErrorCode.NO_ERROR, "the answer was sent"), false);
  }

  private void dropInput(StreamException cause, boolean keepsEnded) {
    connection.taken(this, inbox.fail(cause, keepsEnded));
  }

  // ---- the poller's

  /// Before the request is sent, so that the poller sees it.
  void asksForHead(boolean asks) {
    asksForHead = asks;
  }

  /// Whether a client has asked for the head alone.
  boolean asksForHead() {
    return asksForHead;
  }

  /// Whether the head of the response has come. For a client.
  boolean isAnswered() {
    return inbox.head() != null;
  }

  void contentLength(long bytes) {
    arrival.expect(bytes);
  }

  /// Data has arrived, or the end.
  ///
  /// @return whether that is as the content-length says
  boolean hasRightLength(int bytes, boolean end) {
    return arrival.add(bytes, end);
  }

  /// Whether this is a request that is not whole, and nobody but the poller does anything for it.
  boolean isGathering() {
    return connection.isServer() && users == 1;
  }

  /// Whether the rest of a request comes too slowly; with the lock of the sender held.
  boolean isTooSlow(long timeoutNanos, long nowNanos) {
    return state.receives()
        && isGathering()
        && outgoing.phase == Phase.HEAD
        && arrival.isTooSlow(timeoutNanos, nowNanos)
        && !inbox.hasData(); // or it is this side that is slow
  }

  private static long deadlineNanos(Duration timeout) {
    return System.nanoTime() + Math.max(0, TimeUnit.NANOSECONDS.convert(timeout));
  }
}
