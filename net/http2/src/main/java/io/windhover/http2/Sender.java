package io.windhover.http2;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.StreamState.Event;
import io.windhover.http2.frame.ErrorCode;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// All that leaves one connection, and the order in which it does: header compression, and both
/// sides' streams in their order. Who of them may send data is for [Turns].
///
/// One lock guards it, from [#begin] to [#close]. Frames are written and queued with it held, and
/// sent once it is free, so that those of several threads leave together; nobody waits with it
/// held. Any thread takes it, the poller too. Streams are closed with it held, and in no other way:
/// so what is known of a stream, and of how many there are, is the same for all who hold it.
final class Sender implements AutoCloseable {

  /// Some microseconds: more than the lock is held.
  private static final int SPINS = 1_000;

  /// What a field may take in a block besides its texts: its kind and two lengths.
  private static final int FIELD_BYTES = 16;

  private final Http2Connection owner;
  private final Connection connection;

  private final ReentrantLock lock = new ReentrantLock(); // guards all below
  private final HeaderEncoder encoder = new HeaderEncoder(HeaderLimits.DEFAULT_TABLE_BYTES);
  private final ClosedStreams closed = new ClosedStreams();
  private final Turns turns;
  private final OutgoingFields fields = new OutgoingFields();
  private final ArrayList<Thread> woken = new ArrayList<>(0); // run once the lock is free
  private final ArrayList<Http2Stream> unread = new ArrayList<>(0); // give up their input then
  private volatile int peerListBytes = Integer.MAX_VALUE; // is read without the lock, too
  private int maxFrameBytes = FramePrefix.DEFAULT_MAX_LENGTH;
  private long contentFrames; // of headers and data
  private long endedWell;
  private @Nullable LinkBuffer out; // written, and not queued
  private boolean toFlush; // what is queued
  private boolean broken; // the connection is closed

  Sender(Http2Connection owner, Connection connection, int maxPendingBytes) {
    this.owner = owner;
    this.connection = connection;
    this.turns = new Turns(this, maxPendingBytes);
  }

  /// Takes the lock, which [#close] gives back.
  ///
  /// A platform thread, such as a poller, does not stand in line for it at once: before it could be
  /// a virtual thread that has the lock's word to go on and no carrier, since handlers that compute
  /// have them all. The lock is held for a moment only.
  Sender begin() {
    if (Thread.currentThread().isVirtual()) {
      lock.lock();
      return this;
    }
    for (int i = 0; i < SPINS; i++) {
      if (lock.tryLock()) {
        return this;
      }
      Thread.onSpinWait();
    }
    lock.lock();
    return this;
  }

  /// Queues what was written since [#begin], and sends it unless another thread does. Closes the
  /// connection if nothing of it is left to do.
  @Override
  public void close() {
    if (lock.getHoldCount() > 1) {
      lock.unlock();
      return;
    }
    boolean flushes = false;
    boolean closes = false;
    var toWake = List.<Thread>of();
    var toDrop = List.<Http2Stream>of();
    try {
      commits();
      flushes = toFlush;
      toFlush = false;
      closes = owner.isDone();
      toWake = taken(woken);
      toDrop = taken(unread);
    } finally {
      lock.unlock();
    }
    for (int i = 0; i < toWake.size(); i++) {
      connection.resume(toWake.get(i));
    }
    if (flushes) {
      connection.flush();
    }
    for (int i = 0; i < toDrop.size(); i++) {
      toDrop.get(i).giveUpInput();
    }
    if (closes) {
      connection.close();
    }
  }

  private static <T> List<T> taken(List<T> list) {
    if (list.isEmpty()) {
      return List.of();
    }
    var taken = List.copyOf(list);
    list.clear();
    return taken;
  }

  // ---- between begin and close

  /// Where frames are written.
  LinkBuffer out() {
    var written = out;
    if (written == null) {
      written = new LinkBuffer();
      out = written;
    }
    return written;
  }

  /// Queues what was written.
  ///
  /// @return false if the connection is closed already: nothing of it is sent
  boolean commits() {
    var written = out;
    if (written != null) {
      out = null;
      try {
        toFlush |= connection.enqueue(written);
      } catch (ConnectionClosedException e) {
        broken = true; // its end comes to the streams from the poller
      }
    }
    return !broken;
  }

  /// How much is written, and not queued.
  int writtenBytes() {
    return out == null ? 0 : out.size();
  }

  /// Whether little is unsent. If not, [Turns#sendReady] follows once it is.
  boolean hasRoom() {
    return !broken && connection.hasRoom();
  }

  /// Lets `thread` run once the lock is free, which it may want first of all.
  void wake(Thread thread) {
    woken.add(thread);
  }

  /// What header lists are checked by before anything else is done.
  OutgoingFields fields() {
    return fields;
  }

  Turns turns() {
    return turns;
  }

  ClosedStreams closed() {
    return closed;
  }

  /// Returns how many frames of headers and data were sent.
  long contentFrames() {
    return contentFrames;
  }

  /// Returns how many streams both sides have ended.
  long endedWell() {
    return endedWell;
  }

  int maxFrameBytes() {
    return maxFrameBytes;
  }

  void maxFrame(int bytes) {
    maxFrameBytes = bytes;
  }

  /// Returns how large a header list the peer takes. Any thread, without the lock.
  int peerListBytes() {
    return peerListBytes;
  }

  void peerList(int bytes) {
    peerListBytes = bytes;
  }

  void peerTable(int bytes) {
    encoder.peerTableBytes(bytes);
  }

  // ---- frames of the connection

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

  // ---- frames of streams

  /// Sends what comes next of a stream, as far as it may leave now.
  ///
  /// @param head null if it was sent
  /// @param data null if there is none; empty afterwards
  /// @param trailers null if there are none
  /// @param end whether nothing follows
  void send(
      Http2Stream stream,
      @Nullable List<HeaderField> head,
      @Nullable LinkBuffer data,
      @Nullable List<HeaderField> trailers,
      boolean end) {
    boolean hasData = data != null && data.size() > 0;
    boolean isHeadLast = end && !hasData && trailers == null;
    if (head != null) {
      writeHeaders(stream.id(), head, isHeadLast);
    }
    if (data != null && hasData) {
      if (turns.sendsAtOnce(stream, data, end && trailers == null)) {
        endAtOnce(stream, trailers, end);
        return;
      }
      turns.add(stream, data);
    }
    if (head != null && isHeadLast) {
      ended(stream);
    } else if (end) {
      turns.end(stream, trailers);
    }
    turns.send(stream);
  }

  /// All before the end is written.
  private void endAtOnce(Http2Stream stream, @Nullable List<HeaderField> trailers, boolean end) {
    if (trailers != null) {
      writeHeaders(stream.id(), trailers, true);
    }
    if (end) {
      ended(stream);
    }
  }

  void writeHeaders(int streamId, List<HeaderField> fields, boolean end) {
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
    for (int i = 0; i < fields.size(); i++) {
      var field = fields.get(i);
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

  /// Begins a frame of data.
  void writeDataPrefix(int streamId, int bytes, boolean end) {
    FramePrefix.write(out(), bytes, FrameType.DATA, end ? FramePrefix.END_STREAM : 0, streamId);
    contentFrames++;
  }

  /// END_STREAM is written.
  void ended(Http2Stream stream) {
    if (stream.closes(Event.SEND_END)) {
      endedWell(stream);
    } else if (owner.givesUpUnreadInput() && stream.closes(Event.SEND_RESET)) {
      // the answer is written, and the rest of the request is of no use (RFC 9113, section 8.1)
      write(new RstStream(stream.id(), ErrorCode.NO_ERROR.code()));
      owner.forget(stream);
    }
    if (owner.givesUpUnreadInput() && !stream.inbox.isDone()) {
      unread.add(stream);
    }
  }

  /// Both sides have ended a stream.
  void endedWell(Http2Stream stream) {
    endedWell++;
    owner.forget(stream);
  }
}
