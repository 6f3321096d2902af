package io.windhover.http2;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.StreamException.Reason;
import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.Frame.GoAway;
import io.windhover.http2.frame.Frame.Ping;
import io.windhover.http2.frame.Frame.RstStream;
import io.windhover.http2.frame.FrameType;
import io.windhover.http2.frame.Http2Exception;
import io.windhover.http2.frame.Setting;
import io.windhover.netpoll.Connection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// The server's end of one HTTP/2 connection: the [FrameHandler][io.windhover.netpoll.FrameHandler]
/// that a listener gets, one for each connection. The client must know that it speaks HTTP/2: by
/// ALPN (`h2`), or without TLS.
///
/// ```
///   STAYS --drain, its age--> WARNED         the client is told to open no more streams; those that
///                                            are on their way are taken
///   WARNED --its answer, or 1 s--> LEAVES    those that are later are not
///   LEAVES --the last stream ends--> closed
/// ```
public final class Http2Server extends Http2Connection {

  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private enum Leaving {
    STAYS,
    WARNED,
    LEAVES
  }

  private final StreamHandler handler;
  private volatile Leaving leaving = Leaving.STAYS; // guarded by the sender's lock, read without

  private final AtomicInteger occupied = new AtomicInteger(); // by streams, and by their threads

  // The poller's own:
  private final Departure departure;
  private boolean greeted; // the client's preface is here
  private int lastStreamId;
  private int refusedAtFirst; // streams, before the client knew their limit

  /// @param handler for the requests
  public Http2Server(Http2Options options, StreamHandler handler) {
    super(options, new KeepAliveInterval(options));
    this.handler = handler;
    this.departure = new Departure(options, ThreadLocalRandom.current());
  }

  /// Whether what has arrived on a new connection begins with HTTP/2's preface, as far as it goes.
  ///
  /// @return false as soon as it cannot
  public static boolean isPreface(LinkBuffer input) {
    int count = Math.min(input.size(), PREFACE.length);
    for (int i = 0; i < count; i++) {
      if (input.getByte(i) != PREFACE[i]) {
        return false;
      }
    }
    return true;
  }

  static byte[] prefaceBytes() {
    return PREFACE.clone();
  }

  @Override
  byte[] preface() {
    return new byte[0];
  }

  @Override
  void ownSettings(List<Setting> settings) {
    settings.add(new Setting(Setting.MAX_CONCURRENT_STREAMS, options().maxStreams()));
  }

  // ---- frames; on the poller

  @Override
  public int frameBytes(Connection connection, LinkBuffer input) {
    if (greeted) {
      return super.frameBytes(connection, input);
    }
    if (!isPreface(input)) {
      throw error(ErrorCode.PROTOCOL_ERROR, "no HTTP/2: the preface is missing");
    }
    return input.size() < PREFACE.length ? 0 : PREFACE.length;
  }

  @Override
  public void received(Connection connection, LinkBuffer frame) {
    if (greeted) {
      super.received(connection, frame);
    } else {
      greeted = true;
      frame.release();
    }
  }

  @Override
  StreamState stateOfClosed(int id) {
    if (id % 2 == 0) {
      return StreamState.IDLE;
    }
    if (id > lastStreamId) { // after it has left, it takes none, and the client may not know yet
      return leaving == Leaving.LEAVES ? StreamState.RESET_HERE : StreamState.IDLE;
    }
    return remembered(id);
  }

  @Override
  void headArrived(HeaderBlock whole, boolean fits) {
    int id = whole.streamId;
    var stream = stream(id);
    if (stream != null) {
      trailersArrived(stream, whole, fits);
      return;
    }
    if (id % 2 == 0) {
      throw error(ErrorCode.PROTOCOL_ERROR, "a client's stream with the even id " + id);
    }
    if (id <= lastStreamId) {
      onClosedStream(id);
      return;
    }
    if (leaving == Leaving.LEAVES) {
      guard().needless(contentFrames()); // it was told so
      return;
    }
    lastStreamId = id;
    guard().opened();
    if (occupied.get() >= options().maxStreams()) {
      refuse(id);
      return;
    }
    if (whole.dependsOnItself) {
      throw Http2Exception.ofStream(ErrorCode.PROTOCOL_ERROR, id, "a stream depends on itself");
    }
    if (fits) {
      open(id, heads().request(id), whole.endStream);
    } else {
      answerTooLarge(id, whole.endStream);
    }
  }

  private void trailersArrived(Http2Stream stream, HeaderBlock whole, boolean fits) {
    int id = whole.streamId;
    receiver().isTaken(stream.state(), FrameType.HEADERS, id);
    if (!stream.state().receives()) {
      return; // reset here a moment ago
    }
    if (!whole.endStream) {
      throw Http2Exception.ofStream(
          ErrorCode.PROTOCOL_ERROR, id, "trailers that do not end the stream");
    }
    if (!fits) {
      throw Http2Exception.ofStream(ErrorCode.PROTOCOL_ERROR, id, "trailers that are too large");
    }
    var trailers = heads().trailers(id);
    requireRightLength(stream);
    endArrived(stream, trailers);
    userCode().tellReadable(stream);
  }

  /// Headers on a stream that has ended, or that was passed over, which can open no more.
  private void onClosedStream(int id) {
    if (isPassedOver(id)) {
      throw error(ErrorCode.PROTOCOL_ERROR, "stream " + id + " after stream " + lastStreamId);
    }
    receiver().isTaken(remembered(id), FrameType.HEADERS, id);
  }

  private boolean isPassedOver(int id) {
    try (var out = sender().begin()) {
      return out.closed().isPassedOver(id);
    }
  }

  /// A client that does not know the limit yet does nothing wrong; nor does one whose streams are
  /// fewer, since it cannot know of threads that still work for those it has reset.
  private void refuse(int id) {
    boolean isWithin =
        isHeeded()
            ? openStreams() < options().maxStreams()
            : refusedAtFirst++ < options().maxStreams();
    if (!isWithin) {
      throw Http2Exception.ofStream(
          ErrorCode.REFUSED_STREAM, id, "more streams than may be open at once");
    }
    guard().answer(connection().hasRoom());
    try (var out = sender().begin()) {
      out.write(new RstStream(id, ErrorCode.REFUSED_STREAM.code()));
      out.closed().add(id, StreamState.RESET_HERE);
    }
  }

  private void open(int id, RequestHead head, boolean end) {
    var stream = newStream(id);
    stream.contentLength(heads().contentLength());
    if (end) {
      requireRightLength(stream);
      endArrived(stream, List.of());
    }
    userCode().tell(stream, () -> handler.opened(stream, head));
  }

  private Http2Stream newStream(int id) {
    occupied();
    try (var _ = sender().begin()) {
      return addStream(id);
    }
  }

  @Override
  void occupied() {
    occupied.incrementAndGet();
  }

  @Override
  void vacated() {
    occupied.decrementAndGet();
  }

  private void answerTooLarge(int id, boolean end) {
    receiver().countTooLarge(end);
    var stream = newStream(id);
    if (end) {
      endArrived(stream, List.of());
    }
    userCode().tell(stream, () -> stream.sendHead(handler.tooLargeHead(), true));
  }

  @Override
  void mayHaveContent(Http2Stream stream) {}

  @Override
  void applyOwn(Setting setting) {}

  @Override
  void settingsApplied() {}

  /// The client will open no more streams, which a server need not know.
  @Override
  void goAwayArrived(GoAway frame) {}

  @Override
  boolean isServer() {
    return true;
  }

  @Override
  boolean givesUpUnreadInput() {
    return true;
  }

  @Override
  boolean keepsAnswers() {
    return false;
  }

  @Override
  int lastStreamId() {
    return lastStreamId;
  }

  // ---- leaving

  /// Takes no more streams, and closes once the last one has ended, or has had
  /// [Http2Options#drainTimeout]. Requests that are on their way are answered. Any thread.
  public void drain() {
    try (var out = sender().begin()) {
      if (leaving != Leaving.STAYS) {
        return;
      }
      leaving = Leaving.WARNED;
      out.write(new GoAway(Integer.MAX_VALUE, ErrorCode.NO_ERROR.code(), "drain"));
      out.write(new Ping(false, PingExchange.DRAIN));
    }
  }

  @Override
  public boolean leavesIdle(Connection connection) {
    boolean stayed = leaving == Leaving.STAYS;
    drain();
    return stayed;
  }

  @Override
  boolean drainAnswered() {
    boolean asked = leaving == Leaving.WARNED;
    leave();
    return asked;
  }

  private void leave() {
    try (var out = sender().begin()) {
      if (leaving != Leaving.WARNED) {
        return;
      }
      leaving = Leaving.LEAVES;
      out.write(new GoAway(lastStreamId, ErrorCode.NO_ERROR.code(), "drain"));
    }
  }

  @Override
  void leaveInTime(long nowNanos) {
    switch (departure.look(leaving != Leaving.STAYS, nowNanos)) {
      case NOTHING -> {}
      case DRAIN -> drain();
      case LEAVE -> leave();
      case RESET -> {
        leave();
        streams().forEach(stream -> stream.reset(ErrorCode.CANCEL));
      }
    }
  }

  @Override
  boolean isDone() {
    return leaving == Leaving.LEAVES && openStreams() == 0;
  }

  /// Answers what has arrived whole, as far as the client allows, then closes.
  @Override
  void peerEnded() {
    for (var stream : streams()) {
      if (stream.state().receives() || waitsForWindow(stream)) {
        stream.fail(
            StreamState.Event.RECV_RESET,
            StreamException.of(
                Reason.CONNECTION_LOST, ErrorCode.CANCEL, "the client closed the connection"),
            null);
      }
    }
    try (var _ = sender().begin()) {
      leaving = Leaving.LEAVES;
    }
  }

  private boolean waitsForWindow(Http2Stream stream) {
    try (var out = sender().begin()) {
      return out.turns().waitsForWindow(stream);
    }
  }
}
