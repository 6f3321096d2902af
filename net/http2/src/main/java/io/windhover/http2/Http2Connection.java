package io.windhover.http2;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.Outgoing.Phase;
import io.windhover.http2.StreamException.Reason;
import io.windhover.http2.StreamState.Event;
import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.Frame.GoAway;
import io.windhover.http2.frame.Frame.RstStream;
import io.windhover.http2.frame.Frame.WindowUpdate;
import io.windhover.http2.frame.FramePrefix;
import io.windhover.http2.frame.Http2Exception;
import io.windhover.http2.frame.Setting;
import io.windhover.http2.hpack.HeaderField;
import io.windhover.http2.hpack.HpackException;
import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.Connection;
import io.windhover.netpoll.FrameHandler;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What both ends of an HTTP/2 connection have in common: frames in, settings, windows, pings, and
/// the order of its end.
///
/// **Who owns what.** The connection's poller reads frames, decodes headers and moves what arrives
/// to the streams: the [Receiver], with its [SettingsExchange] and [PingExchange], is its own. What
/// leaves is the [Sender]'s, under its lock, which any thread takes for a moment. A stream's
/// [Inbox] and the [SharedWindow] have locks of their own. A stream is closed, and forgotten here,
/// with the [Sender]'s lock.
///
/// `docs/decisions/0011-http2.md` has the reasons.
public abstract sealed class Http2Connection implements FrameHandler
    permits Http2Server, Http2Client {

  private static final System.Logger LOG = System.getLogger(Http2Connection.class.getName());

  private final Http2Options options;
  private final ConcurrentHashMap<Integer, Http2Stream> streams = new ConcurrentHashMap<>();
  private final SharedWindow shared;
  private final Receiver receiver; // the poller's own, and so is the next
  private final Watch watch;
  private final UserCode userCode;
  private volatile @Nullable Connection connection;
  private volatile @Nullable Sender sender;

  // The poller's own, too:
  private final ArrayDeque<Http2Stream> putOff = new ArrayDeque<>(0); // until all is read
  private boolean moreFollows; // the frame that is at the head of what has arrived
  private boolean inputEnded;
  private boolean failed; // nothing more is heeded

  Http2Connection(Http2Options options, KeepAliveInterval keepAlive) {
    this.options = options;
    this.shared = new SharedWindow(options);
    this.receiver = new Receiver(this, options, keepAlive);
    this.watch = new Watch(this, options, receiver);
    this.userCode = new UserCode(receiver);
  }

  final Http2Options options() {
    return options;
  }

  /// Returns what carries the frames.
  ///
  /// @throws IllegalStateException before it is connected
  public final Connection connection() {
    return required(connection);
  }

  final Sender sender() {
    return required(sender);
  }

  private static <T> T required(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("not connected");
    }
    return part;
  }

  /// Returns how many streams are open.
  public final int openStreams() {
    return streams.size();
  }

  /// Tells `action` of each stream that is open; one that opens or ends meanwhile may be left out.
  /// Any thread.
  public final void forEachStream(Consumer<Http2Stream> action) {
    streams.values().forEach(action);
  }

  /// Returns how large a header list the peer takes, as RFC 9113, section 6.5.2, counts: names,
  /// values and 32 a field; 2^31-1 if it has not said. Any thread.
  public final int peerMaxHeaderListBytes() {
    return sender().peerListBytes();
  }

  // ---- streams

  final @Nullable Http2Stream stream(int id) {
    return streams.get(id);
  }

  final Collection<Http2Stream> streams() {
    return streams.values();
  }

  /// With the lock of the sender held.
  final Http2Stream addStream(int id) {
    var inbox = new Inbox(connection(), receiver.settings().streamWindowBytes());
    var outgoing =
        new Outgoing(isServer() ? Phase.HEAD : Phase.DATA, sender().turns().initialWindowBytes());
    var stream = new Http2Stream(this, id, inbox, outgoing);
    streams.put(id, stream);
    return stream;
  }

  /// A stream is closed; with the lock of the sender held.
  void forget(Http2Stream stream) {
    sender().closed().add(stream.id(), stream.state());
    streams.remove(stream.id(), stream);
    stream.ended();
  }

  /// A stream has begun, or a thread that works for one that is over.
  void occupied() {}

  /// Nothing of a stream goes on any more, neither the stream nor a thread that works for it.
  void vacated() {}

  /// Whether the peer opens the streams, so that it can make this side work.
  abstract boolean isServer();

  /// Whether the rest of what the peer sends on a stream is given up once this side has ended.
  abstract boolean givesUpUnreadInput();

  /// Whether what has arrived whole is still read after a reset.
  abstract boolean keepsAnswers();

  /// Whether the connection leaves and its last stream has ended. With the lock of the sender held.
  abstract boolean isDone();

  /// Somebody has taken data of a stream, or it was dropped.
  final void taken(Http2Stream stream, int bytes) {
    int ofAll = shared.taken(bytes);
    int ofStream = stream.inbox.credit();
    if (ofAll > 0 || ofStream > 0) {
      credit(stream.id(), ofAll, ofStream);
    }
  }

  /// Counts bytes that were taken from streams and wait all the same for something, such as the
  /// rest of their message, among those that the connection holds. Any thread.
  ///
  /// @param more or, below 0, fewer
  /// @return how many it holds then, with those that nobody has taken; who brings a server over
  ///   [Http2Options#maxHeldBytes] by them is to give them up
  public final long held(int more) {
    shared.kept(more);
    return shared.held();
  }

  /// Lets the peer send more.
  ///
  /// @param ofAll bytes on all streams together; 0 for none
  /// @param ofStream the same on one of them
  final void credit(int streamId, int ofAll, int ofStream) {
    try (var out = sender().begin()) {
      if (ofAll > 0) {
        out.write(new WindowUpdate(0, ofAll));
      }
      if (ofStream > 0) {
        out.write(new WindowUpdate(streamId, ofStream));
      }
    }
  }

  // ---- the beginning

  @Override
  public final void opened(Connection connection) {
    this.connection = connection;
    var out = new Sender(this, connection, options.maxPendingBytes());
    sender = out;
    try (var _ = out.begin()) {
      if (preface().length > 0) {
        out.preface(preface());
      }
      receiver.settings().writeFirst(out);
      int more = options.connectionWindowBytes() - SendWindow.DEFAULT_BYTES;
      if (more > 0) {
        out.write(new WindowUpdate(0, more));
      }
    }
  }

  /// Returns what this side sends before its first frame.
  abstract byte[] preface();

  /// Adds what only one of the sides asks for.
  abstract void ownSettings(List<Setting> settings);

  // ---- frames; on the poller

  @Override
  public int frameBytes(Connection connection, LinkBuffer input) {
    int bytes = FramePrefix.frameBytes(input, options.maxFrameBytes());
    moreFollows = bytes > 0 && bytes < input.size();
    if (bytes == 0) {
      settle();
    }
    return bytes;
  }

  @Override
  public void received(Connection connection, LinkBuffer frame) {
    watch.heard();
    if (failed) {
      frame.release();
      return;
    }
    try {
      receiver.received(frame);
    } catch (Http2Exception e) {
      if (e.isOfConnection()) {
        fail(e);
      } else {
        resetForFault(e);
      }
    } catch (HpackException e) {
      fail(Http2Exception.ofConnection(ErrorCode.valueOf(e.code().name()), e.getMessage()));
    }
    if (!moreFollows) {
      settle();
    }
  }

  final boolean putsOff(Http2Stream stream) {
    boolean puts = moreFollows && receiver.doubtsStreams();
    if (puts) {
      putOff.add(stream);
    }
    return puts;
  }

  /// All has been read that has come.
  private void settle() {
    for (var stream = putOff.poll(); stream != null; stream = putOff.poll()) {
      try {
        stream.tellSettled();
      } catch (Http2Exception tooMuch) {
        fail(tooMuch);
      }
    }
  }

  static Http2Exception error(ErrorCode code, String message) {
    return Http2Exception.ofConnection(code, message);
  }

  final long contentFrames() {
    try (var out = sender().begin()) {
      return out.contentFrames();
    }
  }

  final FloodGuard guard() {
    return receiver.guard;
  }

  final HeadReader heads() {
    return receiver.heads;
  }

  final Receiver receiver() {
    return receiver;
  }

  final UserCode userCode() {
    return userCode;
  }

  final SharedWindow shared() {
    return shared;
  }

  /// Whether the peer has said that it heeds all our settings.
  final boolean isHeeded() {
    return receiver.settings().isHeeded();
  }

  // ---- what a stream is that no more, or not yet, is open

  /// Returns the state of a stream that is not open.
  abstract StreamState stateOfClosed(int id);

  final StreamState remembered(int id) {
    try (var out = sender().begin()) {
      return out.closed().get(id);
    }
  }

  /// @throws Http2Exception if no data may come yet
  abstract void mayHaveContent(Http2Stream stream);

  /// @throws Http2Exception of a stream that ends before it has as much data as it said
  static void requireRightLength(Http2Stream stream) {
    if (!stream.hasRightLength(0, true)) {
      throw Http2Exception.ofStream(
          ErrorCode.PROTOCOL_ERROR, stream.id(), "data that is not as long as content-length says");
    }
  }

  /// Nothing more comes on a stream.
  final void endArrived(Http2Stream stream, List<HeaderField> trailers) {
    endsInput(stream);
    stream.inbox.endArrived(trailers);
  }

  /// Moves a stream by its end, and forgets it if that was all: before anybody sees the end, who
  /// may answer, or open the next stream in its place.
  final void endsInput(Http2Stream stream) {
    if (stream.endsOpenInput()) {
      return;
    }
    try (var out = sender().begin()) {
      if (stream.closes(Event.RECV_END)) {
        out.endedWell(stream);
      }
    }
  }

  /// A header list is in [Receiver#heads].
  ///
  /// @param fits whether it is within the limits; a part of it is lost otherwise
  abstract void headArrived(HeaderBlock whole, boolean fits);

  // ---- what is for one of the sides

  /// Heeds a setting that only one of the sides has to; with the lock of the sender held.
  abstract void applyOwn(Setting setting);

  /// Settings of the peer are in force.
  abstract void settingsApplied();

  /// The peer has read all that was sent before [PingExchange#DRAIN], as it says.
  ///
  /// @return whether it was asked
  abstract boolean drainAnswered();

  /// The peer leaves.
  abstract void goAwayArrived(GoAway frame);

  @Override
  public final void roomMade(Connection connection) {
    try (var out = sender().begin()) {
      out.turns().sendReady();
    }
  }

  // ---- time

  @Override
  public final void swept(Connection connection, long nowNanos) {
    if (failed) {
      return;
    }
    if (!inputEnded && watch.findsPeerGone(nowNanos)) {
      failAll(lost("the peer gave no sign of life"));
      connection.abort();
      return;
    }
    try {
      if (!inputEnded) {
        watch.requireSettings(nowNanos);
      }
      watch.requireProgress(nowNanos);
      leaveInTime(nowNanos);
    } catch (Http2Exception e) {
      fail(e);
    }
  }

  /// Goes on with leaving, if it is time.
  abstract void leaveInTime(long nowNanos);

  @Override
  public final int heldBytes() {
    var out = sender;
    long held = shared.held() + receiver.heldBytes();
    return (int) Math.min(Integer.MAX_VALUE, held + (out == null ? 0 : out.turns().pendingBytes()));
  }

  @Override
  public final boolean isBusy() {
    return !streams.isEmpty();
  }

  // ---- the end

  /// The peer has made an error in one stream.
  private void resetForFault(Http2Exception e) {
    int id = e.streamId();
    try {
      if (stream(id) == null && stateOfClosed(id) == StreamState.IDLE) {
        throw error(e.code(), e.getMessage()); // there is nothing to reset
      }
      var out = sender();
      guard().answer(connection().hasRoom());
      receiver.countReset();
      LOG.log(Level.DEBUG, () -> "stream " + id + " is reset: " + e.getMessage());
      var cause = StreamException.of(Reason.RESET_HERE, e.code(), e.getMessage());
      var stream = stream(id);
      if (stream == null || !stream.fail(Event.SEND_RESET, cause, e.code())) {
        try (var _ = out.begin()) {
          out.write(new RstStream(id, e.code().code()));
          out.closed().add(id, StreamState.RESET_HERE);
        }
      }
    } catch (Http2Exception tooMuch) {
      fail(tooMuch);
    }
  }

  /// Ends the connection for what the peer did.
  final void fail(Http2Exception e) {
    if (failed) {
      return;
    }
    failed = true;
    LOG.log(
        Level.DEBUG,
        () -> connection().remoteAddress() + " refused: " + e.code() + ", " + e.getMessage());
    receiver.drop();
    try (var out = sender().begin()) {
      out.write(new GoAway(lastStreamId(), e.code().code(), e.getMessage()));
    }
    failAll(lost("the peer broke the protocol: " + e.getMessage()));
    settle();
    connection().close();
  }

  /// Returns the last stream of the peer that was taken.
  abstract int lastStreamId();

  static StreamException lost(String what) {
    return StreamException.of(Reason.CONNECTION_LOST, ErrorCode.INTERNAL_ERROR, what);
  }

  void failAll(StreamException cause) {
    streams().forEach(stream -> stream.fail(Event.SEND_RESET, cause, null));
  }

  /// The peer has ended its side, or sent what can be no frame.
  @Override
  public void inputEnded(Connection connection, @Nullable RuntimeException cause) {
    if (cause instanceof Http2Exception e) {
      fail(e);
    } else {
      inputEnded = true;
      receiver.drop();
      peerEnded();
    }
  }

  /// Nothing more comes from the peer.
  abstract void peerEnded();

  /// Returns what the peer has said of the end, to be added to other words; empty if nothing.
  String farewell() {
    return "";
  }

  @Override
  public void closed(Connection connection, CloseReason reason) {
    failed = true;
    receiver.drop();
    failAll(lost("the connection was lost: " + reason + farewell()));
    settle();
  }
}
