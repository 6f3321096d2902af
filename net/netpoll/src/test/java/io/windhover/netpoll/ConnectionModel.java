package io.windhover.netpoll;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a connection owes its handler and its peer, said as simply as it can be: without buffers,
/// tasks or locks. [ConnectionWorld] tells it what is done to a connection and what the connection
/// then does, and it collects what is wrong.
final class ConnectionModel {

  /// A frame that this side wrote and the connection took; `from` and `to` are when.
  private record Taken(int id, int bytes, int from, int to) {}

  /// What becomes of a frame that is written.
  enum Writes {
    TAKEN,
    REFUSED,
    UNKNOWN;

    boolean allow(boolean taken) {
      return this == UNKNOWN || taken == (this == TAKEN);
    }
  }

  private static final Duration LINGER = Duration.ofSeconds(1);

  final List<String> wrong = new ArrayList<>();
  private final ConnectionOptions options;
  private final FakeSocket socket;
  private boolean awaitsFirstByte;

  // what is known of reading
  private final ArrayDeque<byte[]> unseen = new ArrayDeque<>(); // bodies the peer sent, in order
  private int bytesHanded;
  private boolean sentRubbish;
  private boolean paused;

  // of writing
  private final List<Taken> taken = new ArrayList<>();
  private int bytesTaken;
  private boolean writerWaits; // so that just when its frame is taken is not foreseen
  private int time; // a count of what happened

  // of the end
  private boolean opened;
  private boolean ended;
  private boolean closing;
  private boolean outputEnds; // once all is sent
  private boolean outputEnded;
  private @Nullable CloseReason cause; // the first that ends it at once
  private final Set<CloseReason> laterCauses = EnumSet.noneOf(CloseReason.class);
  private boolean endsOfItself; // of memory, or of too much written: just when is not foreseen
  private boolean writesFailed;
  private @Nullable CloseReason closed;

  // of time
  private long lastRead;
  private long lastBusy;
  private int frameWatched = -1; // where in the stream it begins; negative if none is
  private long frameSince; // when a sweep saw it first
  private long lastProgress;
  private long progressBefore; // the write that has begun
  private boolean lingers;
  private long lingersSince;

  ConnectionModel(ConnectionOptions options, FakeSocket socket, boolean accepted, long now) {
    this.options = options;
    this.socket = socket;
    this.awaitsFirstByte = accepted;
    this.lastRead = now;
    this.lastBusy = now;
    this.lastProgress = now;
  }

  void check(boolean claim, String otherwise) {
    if (!claim) {
      wrong.add(otherwise);
    }
  }

  // ---- what the connection calls

  void opened() {
    check(!opened, "opened twice");
    opened = true;
  }

  void frame(byte[] body) {
    check(opened, "a frame before opened");
    check(!ended && closed == null, "a frame after the end");
    check(!paused, "a frame while paused");
    check(!closing && cause == null, "a frame after close or " + cause);
    var expected = unseen.poll();
    check(expected != null && ByteBuffer.wrap(expected).equals(ByteBuffer.wrap(body)), "not sent");
    bytesHanded += Integer.BYTES + body.length;
    check(bytesHanded <= socket.bytesRead, "a frame that has not arrived");
  }

  void inputEnded(@Nullable RuntimeException because) {
    check(opened && !ended && closed == null, "ended out of order");
    check(!paused && !closing && cause == null, "ended though paused, closing or " + cause);
    check(because == null ? socket.endRead : sentRubbish, "no end of the input: " + because);
    if (because != null) {
      check(unseen.isEmpty(), "the rubbish came before a frame");
    }
    ended = true;
    closing |= outputEnds; // nothing is left to be said on either side
  }

  void closed(CloseReason reason) {
    check(opened && closed == null, "closed twice, or before opened");
    closed = reason;
    boolean drained = closing && (unsent() == 0 || writerWaits);
    boolean foreseen =
        reason == cause
            || laterCauses.contains(reason)
            || (drained && reason == CloseReason.CLOSED_HERE);
    check(foreseen, "closed: " + reason.name() + " for no reason");
    check(socket.closed, "the socket is open when closed is told");
    if (reason == CloseReason.RESET && cause == null && isReading()) {
      check(socket.arriving.isEmpty(), "the peer's last words were not read");
    }
  }

  private boolean isReading() {
    return !paused && !closing && !ended && socket.readInterest;
  }

  // ---- what is done to it

  void peerSends(byte[] body) {
    if (!sentRubbish) {
      unseen.add(body);
    }
  }

  void peerSendsRubbish() {
    sentRubbish = true;
  }

  void arrived(long now) {
    awaitsFirstByte = false;
    lastRead = now;
  }

  void pauses() {
    paused = true;
  }

  /// `resumed` follows on the poller.
  void resumes() {
    paused = false;
  }

  void resumed(long now) {
    lastRead = now;
    frameWatched = -1;
  }

  void outputShutDown(long now) {
    check(unsent() == 0 || writerWaits, "the output ends before " + unsent() + " bytes are sent");
    if (closing) {
      lingers = true;
      lingersSince = now;
    } else {
      check(outputEnds && !outputEnded, "the output ends for no reason, or twice");
      outputEnded = true;
    }
  }

  /// A write begins.
  ///
  /// @return what to tell [#wrote]
  int beginsWrite(int bytes, long now) {
    progressBefore = lastProgress;
    if (unsent() == 0) {
      lastProgress = now;
    }
    bytesTaken += bytes;
    return time++;
  }

  void wrote(int id, int bytes, int began, boolean wasTaken) {
    if (wasTaken) {
      taken.add(new Taken(id, bytes, began, began)); // before any other: it did not wait
    } else {
      bytesTaken -= bytes;
      lastProgress = progressBefore;
    }
  }

  int waitsToWrite() {
    writerWaits = true;
    return time++;
  }

  void wroteLate(int id, int bytes, int began, boolean wasTaken) {
    writerWaits = false;
    if (wasTaken) {
      bytesTaken += bytes;
      taken.add(new Taken(id, bytes, began, time++));
    }
  }

  void sent(int bytes, long now) {
    if (bytes > 0) {
      lastProgress = now;
    }
  }

  void closes() {
    closing |= cause == null;
  }

  void endsOutput() {
    outputEnds |= cause == null;
    closing |= outputEnds && ended;
  }

  /// It ends now, unless it has already begun to.
  void ends(CloseReason reason) {
    if (cause == null) {
      cause = reason;
    }
  }

  /// A write failed: it ends as soon as the poller has got to it, and something else may be faster.
  void writeFails() {
    laterCauses.add(CloseReason.RESET);
    writesFailed = true;
  }

  /// It may end like that, any time from now on.
  void mayEnd(CloseReason reason) {
    laterCauses.add(reason);
    endsOfItself = true;
  }

  // ---- what can be known

  int unsent() {
    return bytesTaken - socket.sent.size();
  }

  boolean isClosed() {
    return closed != null;
  }

  @Nullable CloseReason closeReason() {
    return closed;
  }

  boolean isPaused() {
    return paused;
  }

  /// What becomes of frames that are written.
  Writes writes() {
    if (closing || outputEnds || cause != null || closed != null) {
      return Writes.REFUSED;
    }
    return laterCauses.isEmpty() && !writerWaits ? Writes.TAKEN : Writes.UNKNOWN;
  }

  boolean isAboveHighWater() {
    return unsent() > options.writeHighWaterBytes();
  }

  /// Whether a thread that waits to write has to go on waiting.
  boolean mustWait() {
    return isAboveHighWater() && closed == null && !writesFailed;
  }

  /// The poller looks for timeouts.
  void sweeps(long now, boolean busy) {
    var reason = closed != null || cause != null ? null : overdue(now, busy);
    if (reason != null && endsOfItself) {
      laterCauses.add(reason);
    } else if (reason != null) {
      ends(reason);
    }
  }

  private @Nullable CloseReason overdue(long now, boolean busy) {
    if (lingers) {
      return passed(LINGER, lingersSince, now) ? CloseReason.CLOSED_HERE : null;
    }
    if (busy) {
      lastBusy = now;
    }
    boolean reading = socket.readInterest; // checkInterest says when it must be
    if (unsent() > 0 && passed(options.writeStallTimeout(), lastProgress, now)) {
      return CloseReason.WRITE_STALLED;
    }
    if (reading && awaitsFirstByte) {
      return passed(options.firstByteTimeout(), lastRead, now) ? CloseReason.NO_FIRST_BYTE : null;
    }
    int frameBytes = socket.bytesRead - bytesHanded;
    if (!reading || frameBytes == 0) {
      frameWatched = -1;
    } else if (passed(options.frameTimeout(), lastRead, now)) {
      return CloseReason.FRAME_STALLED;
    } else if (frameWatched != bytesHanded) {
      frameWatched = bytesHanded;
      frameSince = now;
    } else if (isTooSlow(frameBytes, now - frameSince)) {
      return CloseReason.FRAME_TOO_SLOW;
    }
    long last = Math.max(lastRead, Math.max(lastBusy, lastProgress));
    return passed(options.idleTimeout(), last, now) ? CloseReason.IDLE : null;
  }

  private boolean isTooSlow(int frameBytes, long nanos) {
    double seconds = (nanos - options.frameTimeout().toNanos()) / 1e9;
    return seconds > 0 && frameBytes < seconds * options.minFrameBytesPerSecond();
  }

  private static boolean passed(Duration timeout, long since, long now) {
    return now - since >= timeout.toNanos();
  }

  // ---- what must be so once the poller has nothing left to do

  void checkQuiet(boolean accepted) {
    boolean mustBeClosed =
        cause != null || writesFailed || (closing && unsent() == 0 && (!lingers || socket.endRead));
    check(!mustBeClosed || closed != null, "not closed, in spite of " + cause + laterCauses);
    if (closed == null && !endsOfItself) {
      checkInterest(accepted);
      boolean owesEnd = outputEnds && !closing && unsent() == 0;
      check(!owesEnd || outputEnded, "the peer is not told of the end");
    }
  }

  private void checkInterest(boolean accepted) {
    check(socket.writeInterest == (unsent() > 0), "write interest, " + unsent() + " unsent");
    if (closing || ended || paused || socket.endRead) {
      check(!socket.readInterest || lingers, "reads what it should not");
    } else if (!accepted || unsent() <= options.writeHighWaterBytes() / 2) {
      check(socket.readInterest, "does not read");
    }
  }

  /// With nothing left in the kernel, and nothing in its way.
  void checkAllHanded() {
    if (cause == null && laterCauses.isEmpty() && !closing) {
      check(unseen.isEmpty(), unseen.size() + " frames were not handed on");
    }
  }

  /// All frames that were taken leave whole and in order; without a cut, all of them.
  void checkSent() {
    var sent = ByteBuffer.wrap(socket.sent.toByteArray());
    var missing = new ArrayList<>(taken);
    while (sent.remaining() >= 2 * Integer.BYTES) {
      int bytes = sent.getInt(sent.position()) + Integer.BYTES;
      int id = sent.getInt(sent.position() + Integer.BYTES);
      var frame =
          missing.stream().filter(t -> t.id == id && t.bytes == bytes).findFirst().orElse(null);
      if (frame == null) {
        wrong.add("sent, but not written, or twice: " + id);
        return;
      }
      missing.remove(frame);
      check(missing.stream().noneMatch(t -> t.to < frame.from), id + " overtook another");
      if (bytes > sent.remaining()) {
        check(closed != CloseReason.CLOSED_HERE, "closed in order in the middle of " + id);
        break;
      }
      sent.position(sent.position() + bytes);
    }
    check(
        closed != CloseReason.CLOSED_HERE || missing.isEmpty(),
        "closed in order, without " + missing);
  }
}
