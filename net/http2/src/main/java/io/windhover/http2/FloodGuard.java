package io.windhover.http2;

import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.Http2Exception;
import java.util.concurrent.TimeUnit;

/// Counts what costs a peer little and this side more, and ends the connection with
/// ENHANCE_YOUR_CALM where it is too much. The poller's own.
///
/// - **Resets**: streams that the peer resets (CVE-2023-44487), and those that it makes us reset by
///   its errors (CVE-2025-8671). So many are allowed at once; they come back with time, and one
///   with each stream that ends well: who resets half of its streams works, too. Header lists that
///   are too large count like resets: they are read to their end, and bring nothing.
/// - **Frames without effect**: PRIORITY, WINDOW_UPDATE, SETTINGS, unknown types, answers to
///   nothing. A peer that is sent data must answer with WINDOW_UPDATEs, and has more to say with
///   more streams: each stream that it opens, and each frame of headers or data that it is sent,
///   allows ten more.
/// - **Empty DATA** frames in a row that do not end their stream.
/// - **Tiny DATA** frames: of fewer bytes than any message has, in a second, beyond as many as this
///   side sends frames of headers and data, and as the peer sends larger ones: small answers to
///   small requests are no flood, nor are the ends of an upload's pieces that a window has cut.
/// - **Answers that wait**: to PING, SETTINGS and streams in error, while the peer reads none.
final class FloodGuard {

  private static final int RESETS_WITHOUT_DOUBT = 5;
  private static final int NEEDLESS_AT_FIRST = 100;
  private static final int NEEDLESS_FOR_EACH = 10;
  private static final int MAX_NEEDLESS = 10_000;
  private static final int TINY_BYTES = 5; // the prefix of a gRPC message
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Http2Options options;
  private final double resetsPerNano;

  private double resetsLeft;
  private long resetsNanos;
  private long endedWell;
  private long needlessLeft = NEEDLESS_AT_FIRST;
  private long sent;
  private int emptyInARow;
  private long tinySince; // tinyNanos
  private long tinyNanos;
  private long tinySentBefore;
  private long larger; // DATA frames that are not tiny
  private long tinyLargerBefore;
  private int answersWaiting;

  FloodGuard(Http2Options options, long nowNanos) {
    this.options = options;
    this.resetsPerNano =
        options.maxResets() / (double) TimeUnit.NANOSECONDS.convert(options.resetInterval());
    this.resetsLeft = options.maxResets();
    this.resetsNanos = nowNanos;
  }

  /// The peer has reset a stream, or made this side do it.
  ///
  /// @param endedWell how many streams have ended as they should so far
  void reset(long endedWell, long nowNanos) {
    spendReset(endedWell, nowNanos, "too many streams were reset");
  }

  /// The peer has sent a header list that is too large, and is to have an answer.
  ///
  /// @param endsWell whether its stream ends with that as it should, which is no reason for others
  /// @param endedWell as for a reset, without this stream
  void tooLarge(boolean endsWell, long endedWell, long nowNanos) {
    spendReset(endedWell, nowNanos, "too many header lists that are too large");
    this.endedWell += endsWell ? 1 : 0;
  }

  private void spendReset(long endedWell, long nowNanos, String message) {
    forget(endedWell, nowNanos);
    resetsLeft--;
    if (resetsLeft < 0) {
      throw tooMuch(message);
    }
  }

  /// Counts resets no more that were long ago, or that streams have made up for by ending well.
  ///
  /// @param endedWell as for [#reset]
  void forget(long endedWell, long nowNanos) {
    double more = (nowNanos - resetsNanos) * resetsPerNano + (endedWell - this.endedWell);
    this.endedWell = endedWell;
    resetsLeft = Math.min(options.maxResets(), resetsLeft + more);
    resetsNanos = nowNanos;
  }

  /// Whether so many streams were reset lately that the next one may be, too: by what is not
  /// [forgotten][#forget] yet.
  boolean doubtsStreams() {
    return resetsLeft < options.maxResets() - RESETS_WITHOUT_DOUBT;
  }

  /// The peer has opened a stream.
  void opened() {
    allowNeedless(1);
  }

  /// A frame has arrived that may be without effect.
  ///
  /// @param sent how many frames of headers and data this side has sent so far
  void needless(long sent) {
    allowNeedless(sent - this.sent);
    this.sent = sent;
    needlessLeft--;
    if (needlessLeft < 0) {
      throw tooMuch("too many frames without effect");
    }
  }

  private void allowNeedless(long reasons) {
    needlessLeft = Math.min(MAX_NEEDLESS, needlessLeft + reasons * NEEDLESS_FOR_EACH);
  }

  /// DATA has arrived that does not end its stream.
  ///
  /// @param bytes without padding
  void data(int bytes) {
    if (!isTiny(bytes)) {
      larger++;
    }
    if (bytes > 0) {
      emptyInARow = 0;
    } else if (++emptyInARow > options.maxEmptyData()) {
      throw tooMuch("too many DATA frames without data");
    }
  }

  /// Whether that has so few bytes that it [counts][#tiny].
  static boolean isTiny(int bytes) {
    return bytes < TINY_BYTES;
  }

  /// Such a frame has arrived.
  ///
  /// @param sent how many frames of headers and data this side has sent so far
  void tiny(long sent, long nowNanos) {
    if (tinySince == 0 || nowNanos - tinyNanos >= SECOND_NANOS) {
      tinySince = 0;
      tinySentBefore = sent;
      tinyLargerBefore = larger;
      tinyNanos = nowNanos;
    }
    tinySince++;
    long reasons = sent - tinySentBefore + (larger - tinyLargerBefore);
    if (tinySince - reasons > options.maxTinyData()) {
      throw tooMuch("too many tiny DATA frames");
    }
  }

  /// This side answers a frame.
  ///
  /// @param hasRoom whether little is unsent
  void answer(boolean hasRoom) {
    answersWaiting = hasRoom ? 0 : answersWaiting + 1;
    if (answersWaiting > options.maxWaitingAnswers()) {
      throw tooMuch("too many answers that the peer does not read");
    }
  }

  static Http2Exception tooMuch(String message) {
    return Http2Exception.ofConnection(ErrorCode.ENHANCE_YOUR_CALM, message);
  }
}
