package io.windhover.http2;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.StreamException.Reason;
import io.windhover.http2.StreamState.Event;
import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.Frame;
import io.windhover.http2.frame.Frame.Continuation;
import io.windhover.http2.frame.Frame.Data;
import io.windhover.http2.frame.Frame.GoAway;
import io.windhover.http2.frame.Frame.Headers;
import io.windhover.http2.frame.Frame.Ping;
import io.windhover.http2.frame.Frame.Priority;
import io.windhover.http2.frame.Frame.RstStream;
import io.windhover.http2.frame.Frame.Settings;
import io.windhover.http2.frame.Frame.Unknown;
import io.windhover.http2.frame.Frame.WindowUpdate;
import io.windhover.http2.frame.FrameReader;
import io.windhover.http2.frame.FrameType;
import io.windhover.http2.frame.Http2Exception;
import io.windhover.http2.hpack.HeaderDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What arrives on one connection: reads frames, holds them to the order that they must have, joins
/// and decodes header blocks, and hands on what is for the connection, for its streams, or for its
/// [SettingsExchange] and [PingExchange]. The poller's own.
final class Receiver {

  /// Fragments that are held at once, by what their list may hold: more would not be decoded.
  private static final int BLOCK_EXCESS = 4;

  private final Http2Connection owner;
  private final Http2Options options;
  private final int maxGatheredBytes; // fewer than shut the window, or nobody could go on
  private final FrameReader reader;
  private final HeaderDecoder decoder;
  private final BandwidthEstimator bandwidth;
  private final SettingsExchange settings;
  private final PingExchange pings;
  final HeadReader heads = new HeadReader();
  final FloodGuard guard;
  private @Nullable HeaderBlock block; // that has begun and is not whole
  private @Nullable HeaderBlock blockSeen; // at the look of blockSeenNanos, and since
  private long blockSeenNanos;

  Receiver(Http2Connection owner, Http2Options options, KeepAliveInterval interval) {
    this.owner = owner;
    this.options = options;
    this.maxGatheredBytes = Math.max(options.maxHeldBytes(), options.connectionWindowBytes() / 2);
    this.reader = new FrameReader(options.maxSettings());
    this.decoder = new HeaderDecoder(options.headers());
    this.bandwidth = new BandwidthEstimator(options.streamWindowBytes(), options.maxWindowBytes());
    this.guard = new FloodGuard(options, System.nanoTime());
    this.settings = new SettingsExchange(owner, options, guard, decoder);
    this.pings = new PingExchange(owner, options, interval, guard, settings, bandwidth);
  }

  SettingsExchange settings() {
    return settings;
  }

  PingExchange pings() {
    return pings;
  }

  /// Reads one frame, and does what it says.
  ///
  /// @param frame taken over, whatever the outcome
  /// @throws Http2Exception if it is an error of a stream or the connection
  /// @throws io.windhover.http2.hpack.HpackException if its headers cannot be decoded
  void received(LinkBuffer frame) {
    arrived(read(frame));
  }

  private Frame read(LinkBuffer frame) {
    try {
      return reader.read(frame);
    } catch (Http2Exception e) {
      if (block != null && !e.isOfConnection()) {
        throw withinBlock();
      }
      throw e;
    }
  }

  private static Http2Exception withinBlock() {
    return error(ErrorCode.PROTOCOL_ERROR, "a frame within a header block");
  }

  private void arrived(Frame frame) {
    if (!settings.isSettled() && !(frame instanceof Settings)) {
      release(frame);
      throw error(ErrorCode.PROTOCOL_ERROR, "a frame before SETTINGS");
    }
    var begun = block;
    if (begun != null && !(frame instanceof Continuation)) {
      release(frame);
      throw withinBlock();
    }
    switch (frame) {
      case Data data -> dataArrived(data);
      case Headers headers -> headersArrived(headers);
      case Continuation continuation -> continuationArrived(continuation, begun);
      case RstStream reset -> resetArrived(reset);
      case Settings settings -> this.settings.arrived(settings);
      case Ping ping -> pings.arrived(ping);
      case GoAway goAway -> {
        guard.needless(owner.contentFrames());
        owner.goAwayArrived(goAway);
      }
      case WindowUpdate update -> windowArrived(update);
      case Priority priority -> guard.needless(owner.contentFrames());
      case Unknown unknown -> guard.needless(owner.contentFrames());
    }
  }

  private static void release(Frame frame) {
    switch (frame) {
      case Data data -> data.data().release();
      case Headers headers -> headers.fragment().release();
      case Continuation continuation -> continuation.fragment().release();
      default -> {} // has no bytes
    }
  }

  /// Returns whether a frame is to be taken, and throws if it is an error.
  final boolean isTaken(StreamState state, FrameType type, int id) {
    return switch (state.verdict(type)) {
      case TAKE -> true;
      case IGNORE -> {
        if (type != FrameType.DATA) { // of which much may be on its way
          guard.needless(owner.contentFrames());
        }
        yield false;
      }
      case STREAM_CLOSED ->
          throw Http2Exception.ofStream(
              ErrorCode.STREAM_CLOSED, id, type + " on the ended stream " + id);
      case CONNECTION_CLOSED ->
          throw error(ErrorCode.STREAM_CLOSED, type + " on the closed stream " + id);
      case PROTOCOL_ERROR ->
          throw error(ErrorCode.PROTOCOL_ERROR, type + " on the idle stream " + id);
    };
  }

  private boolean isTaken(@Nullable Http2Stream stream, FrameType type, int id) {
    return isTaken(stream == null ? owner.stateOfClosed(id) : stream.state(), type, id)
        && stream != null;
  }

  // ---- data

  private void dataArrived(Data frame) {
    int id = frame.streamId();
    int flowBytes = frame.flowBytes();
    if (!owner.shared().arrived(flowBytes)) {
      frame.data().release();
      throw error(ErrorCode.FLOW_CONTROL_ERROR, "more DATA than the connection's window");
    }
    int kept = 0;
    var stream = owner.stream(id);
    try {
      kept = dataOfStream(frame, stream);
    } finally {
      frame.data().release(); // empty by now, unless it is not kept
      int ofAll = owner.shared().taken(flowBytes - kept);
      if (ofAll > 0) {
        owner.credit(0, ofAll, 0);
      }
    }
    if (kept > 0 && stream != null) {
      long held = owner.shared().held();
      if (held > options.maxHeldBytes() / 2) {
        bandwidth.windowIs(settings.shrink());
      }
      if (held > maxGatheredBytes) {
        requireTaken(stream);
      }
    }
  }

  /// @throws Http2Exception of a stream that gathers data, of which nobody takes any
  private static void requireTaken(Http2Stream stream) {
    if (stream.isGathering() && stream.inbox.hasData()) {
      throw Http2Exception.ofStream(
          ErrorCode.ENHANCE_YOUR_CALM, stream.id(), "more than may wait on all streams together");
    }
  }

  /// @return bytes that are kept
  private int dataOfStream(Data frame, @Nullable Http2Stream stream) {
    int id = frame.streamId();
    int count = frame.data().size();
    if (!frame.endStream()) {
      guard.data(count);
      if (FloodGuard.isTiny(count)) {
        guard.tiny(owner.contentFrames(), System.nanoTime());
      }
    }
    if (!isTaken(stream, FrameType.DATA, id) || stream == null) {
      if (FloodGuard.isTiny(count)) {
        guard.needless(owner.contentFrames());
      }
      return 0;
    }
    if (bandwidth.arrived(frame.flowBytes(), System.nanoTime())) {
      pings.measure();
    }
    owner.mayHaveContent(stream);
    if (!stream.hasRightLength(count, frame.endStream())) {
      throw Http2Exception.ofStream(
          ErrorCode.PROTOCOL_ERROR, id, "data that is not as long as content-length says");
    }
    int kept = stream.inbox.dataArrived(frame.data(), frame.flowBytes(), frame.endStream());
    if (kept < 0) {
      throw Http2Exception.ofStream(
          ErrorCode.FLOW_CONTROL_ERROR, id, "more DATA than the stream's window");
    }
    if (frame.endStream()) {
      owner.endArrived(stream, List.of());
    } else if (frame.flowBytes() > count) { // padding, which nobody takes
      owner.credit(id, 0, stream.inbox.credit());
    }
    owner.userCode().tellReadable(stream);
    if (frame.endStream() && !stream.isInputDone()) {
      stream.inbox.compact();
    }
    return kept;
  }

  // ---- headers

  private void headersArrived(Headers frame) {
    int maxBytes = BLOCK_EXCESS * options.headers().listBytes();
    var begun = new HeaderBlock(frame, maxBytes, options.maxContinuations());
    block = begun;
    if (frame.endHeaders()) {
      blockArrived(begun);
    }
  }

  private void continuationArrived(Continuation frame, @Nullable HeaderBlock begun) {
    if (begun == null || begun.streamId != frame.streamId()) {
      frame.fragment().release();
      throw error(ErrorCode.PROTOCOL_ERROR, "CONTINUATION without a header block before it");
    }
    begun.add(frame.fragment());
    if (frame.endHeaders()) {
      blockArrived(begun);
    }
  }

  private void blockArrived(HeaderBlock whole) {
    block = null;
    boolean fits;
    try {
      heads.start();
      var fragments = whole.fragments();
      fits = decoder.decode(fragments, fragments.size(), heads);
    } finally {
      whole.release();
    }
    owner.headArrived(whole, fits);
  }

  // ---- resets and windows

  private void resetArrived(RstStream frame) {
    int id = frame.streamId();
    var stream = owner.stream(id);
    if (!isTaken(stream, FrameType.RST_STREAM, id) || stream == null) {
      return;
    }
    boolean wasDone = !stream.state().receives() && owner.keepsAnswers();
    stream.fail(Event.RECV_RESET, resetByPeer(frame.code(), stream.isAnswered()), null);
    if (!wasDone) {
      countReset();
    }
  }

  /// A client has sent a header list that is too large.
  ///
  /// @param endsWell see [FloodGuard#tooLarge]
  void countTooLarge(boolean endsWell) {
    try (var out = owner.sender().begin()) {
      guard.tooLarge(endsWell, out.endedWell(), System.nanoTime());
    }
  }

  /// A client has opened its streams itself: no reset of them, however many, makes it work.
  void countReset() {
    if (!owner.isServer()) {
      return;
    }
    try (var out = owner.sender().begin()) {
      guard.reset(out.endedWell(), System.nanoTime());
    }
  }

  /// Whether so many streams were reset lately that the next one may be, too. Cheap where few were.
  boolean doubtsStreams() {
    if (!guard.doubtsStreams()) {
      return false;
    }
    try (var out = owner.sender().begin()) {
      guard.forget(out.endedWell(), System.nanoTime());
    }
    return guard.doubtsStreams();
  }

  /// @param isAnswered whether the peer has begun to answer, whatever it says now
  private static StreamException resetByPeer(int number, boolean isAnswered) {
    var code = ErrorCode.of(number);
    var message =
        "the peer reset the stream: " + code + (code.code() == number ? "" : " " + number);
    return new StreamException(
        Reason.RESET_BY_PEER, number, isAnswered || code != ErrorCode.REFUSED_STREAM, message);
  }

  private void windowArrived(WindowUpdate frame) {
    int id = frame.streamId();
    var stream = id == 0 ? null : owner.stream(id);
    boolean taken = id == 0 || isTaken(stream, FrameType.WINDOW_UPDATE, id);
    boolean fits = true;
    try (var out = owner.sender().begin()) {
      if (taken) {
        guard.needless(out.contentFrames());
      }
      if (id == 0) {
        fits = out.turns().allow(frame.increment());
      } else if (taken && stream != null) {
        fits = out.turns().allow(stream, frame.increment());
      }
    }
    if (!fits) {
      var message = "a window over 2^31-1";
      throw id == 0
          ? error(ErrorCode.FLOW_CONTROL_ERROR, message)
          : Http2Exception.ofStream(ErrorCode.FLOW_CONTROL_ERROR, id, message);
    }
  }

  /// Whether a header block has been on its way for too long.
  boolean isBlockTooSlow(long timeoutNanos, long nowNanos) {
    if (block == null || block != blockSeen) {
      blockSeen = block;
      blockSeenNanos = nowNanos;
    }
    return block != null && nowNanos - blockSeenNanos >= timeoutNanos;
  }

  /// Returns bytes of a header block that is not whole.
  int heldBytes() {
    var begun = block;
    return begun == null ? 0 : begun.fragments().size();
  }

  /// Nothing more is read.
  void drop() {
    var begun = block;
    if (begun != null) {
      begun.release();
      block = null;
    }
  }

  private static Http2Exception error(ErrorCode code, String message) {
    return Http2Exception.ofConnection(code, message);
  }
}
