package io.windhover.http2;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.StreamState.Event;
import io.windhover.http2.frame.Frame.GoAway;
import io.windhover.http2.frame.Frame.Ping;
import io.windhover.http2.frame.Frame.RstStream;
import io.windhover.http2.frame.Frame.Settings;
import io.windhover.http2.frame.Frame.WindowUpdate;
import io.windhover.http2.frame.FramePrefix;
import io.windhover.http2.frame.FrameType;
import io.windhover.http2.hpack.HeaderEncoder;
import io.windhover.http2.hpack.HeaderField;
import io.windhover.http2.hpack.HeaderLimits;
import io.windhover.netpoll.Connection;
import io.windhover.netpoll.ConnectionClosedException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// All that leaves one connection, and the order in which it does: header compression, both sides'
/// streams in their order, the peer's windows.
///
/// One lock guards it, from [#begin] to [#end]. Frames are written and queued with it held, and
/// sent once it is free, so that those of several threads leave together; nobody waits with it
/// held. Any thread takes it, the poller too.
///
/// Data that the peer does not allow yet, or that finds the socket full, stays with its stream.
/// When more is allowed, or there is room, who brings that word sends on, stream by stream in
/// turns.
final class Sender {

  /// A stream sends so much in its turn.
  private static final int TURN_BYTES = 32 << 10;

  /// So much is gathered before it is queued.
  private static final int BATCH_BYTES = 64 << 10;

  /// What a field may take in a block besides its texts: its kind and two lengths.
  private static final int FIELD_BYTES = 16;

  private final Http2Connection owner;
  private final Connection connection;
  private final int maxPendingBytes;

  private final ReentrantLock lock = new ReentrantLock(); // guards all below
  private final HeaderEncoder encoder = new HeaderEncoder(HeaderLimits.DEFAULT_TABLE_BYTES);
  private final SendWindow window = new SendWindow(SendWindow.DEFAULT_BYTES);
  private final ArrayDeque<Http2Stream> ready = new ArrayDeque<>(); // have data that they may send
  private final ClosedStreams closed = new ClosedStreams();
  private int initialWindowBytes = SendWindow.DEFAULT_BYTES;
  private int maxFrameBytes = FramePrefix.DEFAULT_MAX_LENGTH;
  private long contentFrames; // of headers and data
  private long endedWell;
  private long pendingBytes;
  private @Nullable LinkBuffer out; // written, and not queued
  private boolean toFlush; // what is queued
  private boolean broken; // the connection is closed

  Sender(Http2Connection owner, Connection connection, int maxPendingBytes) {
    this.owner = owner;
    this.connection = connection;
    this.maxPendingBytes = maxPendingBytes;
  }

  void begin() {
    lock.lock();
  }

  /// Queues what was written since [#begin], and sends it unless another thread does.
  void end() {
    boolean flushes = false;
    try {
      if (lock.getHoldCount() == 1) {
        queue();
        flushes = toFlush;
        toFlush = false;
      }
    } finally {
      lock.unlock();
    }
    if (flushes) {
      connection.flush();
    }
  }

  private LinkBuffer out() {
    var written = out;
    if (written == null) {
      written = new LinkBuffer();
      out = written;
    }
    return written;
  }

  private void queue() {
    var written = out;
    if (written == null) {
      return;
    }
    out = null;
    try {
      toFlush |= connection.enqueue(written);
    } catch (ConnectionClosedException e) {
      broken = true; // its end comes to the streams from the poller
    }
  }

  /// Whether data may be queued now; if not, [#roomMade] follows.
  private boolean hasRoom() {
    if (out().size() >= BATCH_BYTES) {
      queue();
    }
    return !broken && connection.hasRoom();
  }

  boolean isRoomy() {
    return connection.hasRoom();
  }

  // ---- frames of the connection; between begin and end

  void preface(byte[] preface) {
    out().writeBytes(preface, 0, preface.length);
  }

  void write(Settings frame) {
    frame.write(out());
  }

  void write(Ping frame) {
    frame.write(out());
  }

  void write(GoAway frame) {
    frame.write(out());
  }

  void write(WindowUpdate frame) {
    frame.write(out());
  }

  void write(RstStream frame) {
    frame.write(out());
  }

  // ---- streams; between begin and end

  int initialWindowBytes() {
    return initialWindowBytes;
  }

  ClosedStreams closed() {
    return closed;
  }

  /// Sends a head, or trailers, which end the stream and follow what is pending.
  void headers(Http2Stream stream, List<HeaderField> fields, boolean end) {
    var outgoing = stream.outgoing;
    if (outgoing.pendingBytes() > 0) {
      outgoing.ends = true;
      outgoing.trailers = fields;
      return;
    }
    writeHeaders(stream.id(), fields, end);
    if (end) {
      ended(stream);
    }
  }

  private void writeHeaders(int streamId, List<HeaderField> fields, boolean end) {
    contentFrames++;
    int flags = end ? FramePrefix.END_STREAM : 0;
    if (mayNeedContinuation(fields)) {
      writeInFragments(streamId, fields, flags);
      return;
    }
    var to = out();
    var start = to.reserve(Integer.BYTES);
    to.writeByte(flags | FramePrefix.END_HEADERS);
    to.writeInt(streamId);
    encoder.encode(fields, to);
    int length = start.bytesAfter() - (FramePrefix.BYTES - Integer.BYTES);
    start.setInt(length << Byte.SIZE | FrameType.HEADERS.code());
  }

  private boolean mayNeedContinuation(List<HeaderField> fields) {
    long bytes = 0;
    for (var field : fields) {
      bytes += field.name().length() + field.value().length() + FIELD_BYTES;
    }
    return bytes > maxFrameBytes;
  }

  private void writeInFragments(int streamId, List<HeaderField> fields, int firstFlags) {
    try (var block = new LinkBuffer()) {
      encoder.encode(fields, block);
      var type = FrameType.HEADERS;
      int flags = firstFlags;
      do {
        int count = Math.min(block.size(), maxFrameBytes);
        boolean last = count == block.size();
        FramePrefix.write(
            out(), count, type, flags | (last ? FramePrefix.END_HEADERS : 0), streamId);
        try (var fragment = block.slice(count)) {
          out().append(fragment);
        }
        type = FrameType.CONTINUATION;
        flags = 0;
      } while (block.size() > 0);
    }
  }

  /// Sends data, as far as that may be now.
  ///
  /// @param data empty afterwards
  void data(Http2Stream stream, LinkBuffer data, boolean end) {
    var outgoing = stream.outgoing;
    int count = data.size();
    if (count > 0) {
      outgoing.add(data);
      outgoing.ends = end;
      pendingBytes += count;
      ready(stream);
      sendReady();
      return;
    }
    if (end && outgoing.pendingBytes() > 0) {
      outgoing.ends = true;
    } else if (end) {
      FramePrefix.write(out(), 0, FrameType.DATA, FramePrefix.END_STREAM, stream.id());
      contentFrames++;
      ended(stream);
    }
  }

  private void ready(Http2Stream stream) {
    var outgoing = stream.outgoing;
    if (!outgoing.queued && outgoing.pendingBytes() > 0 && outgoing.window.available() > 0) {
      outgoing.queued = true;
      ready.add(stream);
    }
  }

  private void sendReady() {
    while (window.available() > 0 && !ready.isEmpty() && hasRoom()) {
      var stream = ready.remove();
      stream.outgoing.queued = false;
      if (stream.outgoing.pendingBytes() > 0) {
        sendTurn(stream);
        ready(stream);
      }
    }
  }

  private void sendTurn(Http2Stream stream) {
    var outgoing = stream.outgoing;
    int allowed = Math.min(outgoing.window.available(), window.available());
    int count = Math.min(Math.min(outgoing.pendingBytes(), allowed), TURN_BYTES);
    outgoing.window.take(count);
    window.take(count);
    outgoing.lookedAt = false;
    pendingBytes -= count;
    boolean ends = count == outgoing.pendingBytes() && outgoing.ends;
    while (count > 0) {
      int part = Math.min(count, maxFrameBytes);
      count -= part;
      boolean isEnd = ends && count == 0 && outgoing.trailers == null;
      int flags = isEnd ? FramePrefix.END_STREAM : 0;
      FramePrefix.write(out(), part, FrameType.DATA, flags, stream.id());
      outgoing.moveTo(out(), part);
      contentFrames++;
    }
    if (ends) {
      if (outgoing.trailers != null) {
        writeHeaders(stream.id(), outgoing.trailers, true);
      }
      ended(stream);
    }
    wakeWriter(stream);
  }

  private void wakeWriter(Http2Stream stream) {
    if (stream.outgoing.pendingBytes() <= maxPendingBytes) {
      var woken = stream.outgoing.takeWriter();
      if (woken != null) {
        connection.resume(woken);
      }
    }
  }

  /// END_STREAM is written.
  private void ended(Http2Stream stream) {
    if (stream.closes(Event.SEND_END)) {
      endedWell(stream);
    }
    if (owner.givesUpUnreadInput()) {
      stream.giveUpInput();
    }
  }

  /// Both sides have ended a stream.
  void endedWell(Http2Stream stream) {
    endedWell++;
    owner.forget(stream);
  }

  /// Returns how many streams both sides have ended.
  long endedWell() {
    return endedWell;
  }

  /// Whether a writer may go on.
  boolean isWritable(Http2Stream stream) {
    return stream.outgoing.pendingBytes() <= maxPendingBytes;
  }

  /// A stream is closed: nothing more of it leaves.
  void drop(Http2Stream stream) {
    var outgoing = stream.outgoing;
    pendingBytes -= outgoing.drop();
    if (outgoing.queued) {
      ready.remove(stream);
      outgoing.queued = false;
    }
    wakeWriter(stream);
  }

  // ---- what the peer, or the socket, allows; between begin and end

  /// @return false if the window would be too large
  boolean allow(int bytes) {
    boolean fits = window.add(bytes);
    sendReady();
    return fits;
  }

  /// @return false if the window would be too large
  boolean allow(Http2Stream stream, int bytes) {
    boolean fits = stream.outgoing.window.add(bytes);
    ready(stream);
    sendReady();
    return fits;
  }

  /// @return false if a window would be too large
  boolean initialWindow(int bytes, Iterable<Http2Stream> streams) {
    int more = bytes - initialWindowBytes;
    initialWindowBytes = bytes;
    boolean fits = true;
    for (var stream : streams) {
      fits &= stream.outgoing.window.add(more);
      ready(stream);
    }
    sendReady();
    return fits;
  }

  void maxFrame(int bytes) {
    maxFrameBytes = bytes;
  }

  void peerTable(int bytes) {
    encoder.peerTableBytes(bytes);
  }

  void roomMade() {
    sendReady();
  }

  long contentFrames() {
    return contentFrames;
  }

  /// Returns how much of all streams is pending, at some time of late.
  long pendingBytes() {
    lock.lock();
    try {
      return pendingBytes;
    } finally {
      lock.unlock();
    }
  }

  /// Whether a stream has had something to send for too long, and could not.
  boolean isStalled(Http2Stream stream, long timeoutNanos, long nowNanos) {
    var outgoing = stream.outgoing;
    if (outgoing.pendingBytes() == 0) {
      outgoing.lookedAt = false;
    } else if (!outgoing.lookedAt) {
      outgoing.lookedAt = true;
      outgoing.lookedAtNanos = nowNanos;
    }
    return outgoing.lookedAt && nowNanos - outgoing.lookedAtNanos >= timeoutNanos;
  }

  /// Registers the calling thread as one that waits until less is pending.
  ///
  /// @return whether it has to wait
  boolean awaitsWritable(Http2Stream stream) {
    if (isWritable(stream) || !stream.state().sends()) {
      return false;
    }
    stream.outgoing.writer = Thread.currentThread();
    return true;
  }
}
