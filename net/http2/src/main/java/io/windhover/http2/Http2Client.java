package io.windhover.http2;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.OpenLine.Place;
import io.windhover.http2.Outgoing.Phase;
import io.windhover.http2.StreamException.Reason;
import io.windhover.http2.StreamState.Event;
import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.Frame.GoAway;
import io.windhover.http2.frame.FrameType;
import io.windhover.http2.frame.Http2Exception;
import io.windhover.http2.frame.Setting;
import io.windhover.http2.hpack.HeaderField;
import io.windhover.netpoll.Connection;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The client's end of one HTTP/2 connection: the handler that
/// [PollerGroup#dial][io.windhover.netpoll.PollerGroup#dial] gets. Streams may be opened as soon as
/// that returns; whether there is a server of HTTP/2 at all, says [#awaitSettings].
///
/// ```
///   TAKES --drain--> LEAVES       no more streams open here; closes when the last one ends
///   TAKES --GOAWAY--> LEAVES      the same, and those that the server will not process fail, to be
///                                 tried elsewhere
///   any --closed--> GONE
/// ```
public final class Http2Client extends Http2Connection {

  private static final System.Logger LOG = System.getLogger(Http2Client.class.getName());

  private enum Leaving {
    TAKES,
    LEAVES,
    GONE
  }

  private final OpenLine line = new OpenLine(options().maxWaitingOpens());
  private final Responses responses = new Responses(this);
  private final CountDownLatch greeted = new CountDownLatch(1); // or over before
  private volatile @Nullable StreamException overBefore; // set before that, if so
  private volatile String farewell = ""; // why the server leaves, if that is an error
  private volatile Leaving leaving = Leaving.TAKES; // guarded by the sender's lock, read without
  private int nextStreamId; // guarded by the sender's lock

  public Http2Client(Http2Options options) {
    this(options, new KeepAliveInterval(options));
  }

  /// @param keepAlive of this and other connections, from the same options
  public Http2Client(Http2Options options, KeepAliveInterval keepAlive) {
    this(options, keepAlive, 1);
  }

  /// @param firstStreamId odd
  Http2Client(Http2Options options, KeepAliveInterval keepAlive, int firstStreamId) {
    super(options, keepAlive);
    this.nextStreamId = firstStreamId;
  }

  @Override
  byte[] preface() {
    return Http2Server.prefaceBytes();
  }

  @Override
  void ownSettings(List<Setting> settings) {
    settings.add(new Setting(Setting.ENABLE_PUSH, 0));
  }

  /// Whether streams may be opened here; if not, they may elsewhere.
  public boolean takesStreams() {
    return leaving == Leaving.TAKES;
  }

  /// Returns how many streams are open, or are to be as soon as the server allows it. Any thread.
  public int load() {
    return openStreams() + line.waiting();
  }

  /// Returns how many streams the server allows at a time; a guess until it has said. Any thread.
  public int maxStreams() {
    return line.limit();
  }

  /// Waits for the server's first settings, by which it shows that it speaks HTTP/2.
  ///
  /// @return whether they are in force; false if the time is over
  /// @throws StreamException if the connection ended before they came
  public boolean awaitSettings(Duration timeout) throws InterruptedException {
    boolean isOver = !greeted.await(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
    var cause = overBefore;
    if (cause != null) {
      throw cause;
    }
    return !isOver;
  }

  // ---- opening

  /// Opens a stream: waits until the server allows one more, and sends the request's head.
  ///
  /// @param head as [RequestHead#toFields] has it
  /// @param end whether nothing follows
  /// @param listener of what arrives; null if threads wait for it
  /// @throws StreamException if the connection takes no more streams, or too many wait already
  /// @throws TimeoutException if the server allows none in time
  public Http2Stream open(
      List<HeaderField> head, boolean end, @Nullable StreamListener listener, Duration timeout)
      throws InterruptedException, TimeoutException {
    return open(() -> head, null, end, listener, timeout);
  }

  /// Opens a stream with a request whose head and data leave together, as far as the server allows;
  /// nothing follows.
  ///
  /// @param data taken over, whatever the outcome
  public Http2Stream request(
      List<HeaderField> head, LinkBuffer data, @Nullable StreamListener listener, Duration timeout)
      throws InterruptedException, TimeoutException {
    return open(() -> head, data, true, listener, timeout);
  }

  /// Opens a stream, of which both of the above are special cases.
  ///
  /// @param head is asked for when the server allows the stream, and so knows how long that took;
  ///   it must not block
  /// @param data leaves with the head, as far as the server allows; taken over, whatever the
  ///   outcome. Null if there is none yet
  /// @param end whether nothing follows
  /// @param listener of what arrives; null if threads wait for it
  /// @throws StreamException if the connection takes no more streams, or too many wait already
  /// @throws TimeoutException if the server allows none in time
  public Http2Stream open(
      Supplier<List<HeaderField>> head,
      @Nullable LinkBuffer data,
      boolean end,
      @Nullable StreamListener listener,
      Duration timeout)
      throws InterruptedException, TimeoutException {
    try (data) {
      return opened(head, data, end, listener, timeout);
    }
  }

  private Http2Stream opened(
      Supplier<List<HeaderField>> head,
      @Nullable LinkBuffer data,
      boolean end,
      @Nullable StreamListener listener,
      Duration timeout)
      throws InterruptedException, TimeoutException {
    Place place;
    try (var out = sender().begin()) {
      requireTaking();
      if (line.hasRoom()) {
        return opened(out, head.get(), data, end, listener);
      }
      place = line.join();
    }
    line.await(place, sender(), timeout);
    try (var out = sender().begin()) {
      line.leave(place);
      try {
        requireTaking();
        return opened(out, head.get(), data, end, listener);
      } catch (RuntimeException | Error e) {
        line.goOn(out);
        throw e;
      }
    }
  }

  private Http2Stream opened(
      Sender out,
      List<HeaderField> head,
      @Nullable LinkBuffer data,
      boolean end,
      @Nullable StreamListener listener) {
    int bytes = out.fields().check(head, null);
    if (bytes > out.peerListBytes()) {
      throw StreamException.notProcessed(
          Reason.HEADERS_TOO_LARGE,
          "header fields of %d bytes (the server takes %d)".formatted(bytes, out.peerListBytes()));
    }
    line.opened();
    var stream = addStream(nextId());
    if (listener != null) {
      stream.listener(listener);
    }
    stream.asksForHead(RequestHead.asksForHead(head));
    stream.outgoing.phase = end ? Phase.DONE : Phase.DATA;
    out.send(stream, head, data, null, end);
    if (!out.commits()) {
      stream.neverBegan();
      throw StreamException.notProcessed(Reason.LEAVING, "the connection is closed already");
    }
    return stream;
  }

  private int nextId() {
    int id = nextStreamId;
    nextStreamId += 2;
    if (nextStreamId < 0) { // all ids are used up
      leave();
    }
    return id;
  }

  /// With the lock of the sender held.
  private void requireTaking() {
    if (leaving != Leaving.TAKES) {
      throw StreamException.notProcessed(
          Reason.LEAVING, "the connection takes no more streams: it is " + leaving);
    }
  }

  @Override
  void forget(Http2Stream stream) {
    super.forget(stream);
    line.ended(sender());
  }

  @Override
  void applyOwn(Setting setting) {
    switch (setting.id()) {
      case Setting.MAX_CONCURRENT_STREAMS -> line.limit(setting.clampedValue(), sender());
      case Setting.ENABLE_PUSH -> {
        if (setting.value() != 0) { // RFC 9113, section 6.5.2
          throw error(ErrorCode.PROTOCOL_ERROR, "a server that asks for push");
        }
      }
      default -> {} // of no use to a client
    }
  }

  /// Until then the limit is a guess.
  @Override
  void settingsApplied() {
    try (var out = sender().begin()) {
      line.limitIfUnknown(Integer.MAX_VALUE, out);
    }
    greeted.countDown();
  }

  // ---- frames; on the poller

  @Override
  StreamState stateOfClosed(int id) {
    return isIdle(id) ? StreamState.IDLE : remembered(id);
  }

  private boolean isIdle(int id) {
    try (var _ = sender().begin()) {
      return id % 2 == 0 || (nextStreamId > 0 && id >= nextStreamId);
    }
  }

  @Override
  void headArrived(HeaderBlock whole, boolean fits) {
    int id = whole.streamId;
    var stream = stream(id);
    if (stream == null) {
      if (isIdle(id)) {
        throw error(ErrorCode.PROTOCOL_ERROR, "a server's stream " + id);
      }
      receiver().isTaken(stateOfClosed(id), FrameType.HEADERS, id);
      return;
    }
    receiver().isTaken(stream.state(), FrameType.HEADERS, id);
    responses.headArrived(stream, whole.endStream, fits);
  }

  @Override
  void mayHaveContent(Http2Stream stream) {
    if (stream.response().isEmpty()) {
      throw Http2Exception.ofStream(
          ErrorCode.PROTOCOL_ERROR, stream.id(), "DATA before the response's head");
    }
  }

  @Override
  void goAwayArrived(GoAway frame) {
    var code = ErrorCode.of(frame.code());
    if (code != ErrorCode.NO_ERROR) {
      farewell = "; before, it said " + code + " " + frame.text();
      LOG.log(Level.DEBUG, () -> connection().remoteAddress() + " leaves" + farewell);
      receiver().pings().blamed(frame);
    }
    leave();
    for (var stream : streams()) {
      if (stream.id() > frame.lastStreamId()) {
        var what = "the server leaves without it: " + code + " " + frame.text();
        stream.fail(
            Event.RECV_RESET,
            stream.isAnswered() ? lost(what) : StreamException.notProcessed(Reason.LEAVING, what),
            null);
      }
    }
  }

  @Override
  boolean isServer() {
    return false;
  }

  @Override
  boolean givesUpUnreadInput() {
    return false;
  }

  @Override
  boolean keepsAnswers() {
    return true;
  }

  /// A server opens none, since it may not push.
  @Override
  int lastStreamId() {
    return 0;
  }

  // ---- leaving

  /// Opens no more streams, and closes once the last one has ended. Any thread.
  public void drain() {
    try (var out = sender().begin()) {
      if (leaving == Leaving.TAKES) {
        out.write(new GoAway(0, ErrorCode.NO_ERROR.code(), ""));
      }
    }
    leave();
  }

  private void leave() {
    move(Leaving.LEAVES);
  }

  private void move(Leaving to) {
    try (var out = sender().begin()) {
      if (leaving.compareTo(to) < 0) {
        leaving = to;
      }
      line.dissolve(out);
    }
  }

  /// Nothing is lost of a stream that opens just now: it finds the connection taken, or leaving.
  @Override
  public boolean leavesIdle(Connection connection) {
    try (var _ = sender().begin()) {
      if (openStreams() == 0) {
        drain();
      }
    }
    return true;
  }

  @Override
  String farewell() {
    return farewell;
  }

  @Override
  void leaveInTime(long nowNanos) {}

  @Override
  boolean isDone() {
    return leaving == Leaving.LEAVES && openStreams() == 0;
  }

  @Override
  void failAll(StreamException cause) {
    if (greeted.getCount() > 0) {
      overBefore = cause;
      greeted.countDown();
    }
    move(Leaving.GONE);
    super.failAll(cause);
  }

  @Override
  void peerEnded() {
    failAll(lost("the server closed the connection" + farewell));
    connection().close();
  }

  /// A client gives no warning.
  @Override
  boolean drainAnswered() {
    return false;
  }
}
