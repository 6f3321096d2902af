package io.windhover.netpoll;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.Scratch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.GatheringByteChannel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/// Cipher text on its way to the socket: a few records at most, and no memory while there is none.
///
/// What is written stays in the writer's buffer until the kernel has its record, so that an
/// [Outbox] which is empty has really sent all. Of a record that is sent in part, all but its last
/// byte counts as sent in step.
///
/// Two kinds of threads send: the flusher of the connection, and the poller, when the engine has
/// something to say by itself. An engine bears one that wraps at a time, which the lock sees to.
/// The poller only tries it: who holds it says the engine's word too, before it wraps more, and
/// looks once more when it has let go.
final class TlsOutput {

  private static final int MAX_RECORDS_PER_WRITE = 4;
  private static final int MAX_REPLIES_DUE = 16;

  /// A fatal alert, not encrypted: unexpected_message (RFC 8446, sections 5 and 6).
  private static final byte[] UNEXPECTED_MESSAGE = {21, 3, 3, 0, 2, 2, 10};

  private static final ByteBuffer[] NOTHING = {ByteBuffer.allocate(0)};

  private final SSLEngine engine;
  private final PolledSocket socket;
  private final AtomicInteger repliesDue = new AtomicInteger();
  private volatile boolean closed;
  private volatile int unsentBytes; // size of unsent, after the last send

  private final ReentrantLock lock = new ReentrantLock(); // held while wrapping; guards:
  private final LinkBuffer unsent = new LinkBuffer();
  private int plainBytes; // at the head of the writer's buffer whose records are in unsent

  TlsOutput(SSLEngine engine, PolledSocket socket) {
    this.engine = engine;
    this.socket = socket;
  }

  // ---- the flusher

  /// Wraps and sends what the kernel takes now, and consumes what has been sent. One thread at a
  /// time, and with the same buffer until it is empty.
  void write(LinkBuffer from) throws IOException {
    lock.lock();
    try {
      if (closed) {
        throw new ClosedChannelException();
      }
      if (sendAndConsume(from)) {
        int replies = repliesDue.get();
        from.writeTo(new Wrapping());
        if (sendAndConsume(from)) {
          repliesDue.addAndGet(-replies);
        }
      }
    } finally {
      lock.unlock();
      releaseIfClosed();
    }
    sendReplies();
  }

  /// @return whether nothing is left to send
  private boolean sendAndConsume(LinkBuffer from) throws IOException {
    int before = unsent.size();
    send();
    int sent = before - unsent.size();
    boolean all = unsent.size() == 0;
    int consumed = all ? plainBytes : Math.max(0, Math.min(sent, plainBytes - 1));
    from.slice(consumed).release(); // to skip the last would leave its memory behind
    plainBytes -= consumed;
    return all;
  }

  private void send() throws IOException {
    if (unsent.size() > 0) {
      socket.write(unsent);
      unsentBytes = unsent.size();
    }
  }

  int unsentBytes() {
    return unsentBytes;
  }

  /// Looks at what [LinkBuffer#writeTo] would write, and takes none of it.
  private final class Wrapping implements GatheringByteChannel {

    @Override
    public int write(ByteBuffer source) throws IOException {
      write(new ByteBuffer[] {source});
      return 0;
    }

    @Override
    public long write(ByteBuffer[] sources) throws IOException {
      return write(sources, 0, sources.length);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
      var last = sources[offset + length - 1];
      for (int i = 0; i < MAX_RECORDS_PER_WRITE && last.hasRemaining(); i++) {
        var result = wrap(sources, offset, length);
        plainBytes += result.bytesConsumed();
        if (result.getStatus() != Status.OK || result.bytesProduced() == 0) {
          send(); // with TLS 1.2 the peer's end is the end of both directions
          throw new TlsException(CloseReason.TLS_FAILED, "the peer has ended TLS", null);
        }
      }
      return 0;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  // ---- the poller

  /// Answers what the peer asked of the engine itself, such as new keys.
  ///
  /// @throws TlsException if the peer asks on and takes no answers
  void reply() throws IOException {
    if (repliesDue.incrementAndGet() > MAX_REPLIES_DUE) {
      throw new TlsException(
          CloseReason.TLS_FAILED, "the peer asks for new keys and reads no answer", null);
    }
    sendReplies();
  }

  /// Says what the engine has to say by itself, unless another thread holds the lock and so will.
  private void sendReplies() throws IOException {
    while (repliesDue.get() > 0 && lock.tryLock()) {
      try {
        if (!closed && plainBytes == 0) {
          send(); // the rest of an earlier reply: no write may ever come
        }
        if (closed || unsent.size() > 0) {
          return; // behind what is unsent, with the next write
        }
        int replies = repliesDue.get();
        wrapOwn();
        send();
        if (unsent.size() > 0) {
          return;
        }
        repliesDue.addAndGet(-replies);
      } finally {
        lock.unlock();
        releaseIfClosed();
      }
    }
  }

  /// Sends what is unsent, then what the engine has to say by itself: the handshake, an alert. For
  /// a connection that nobody writes to, not yet or no more.
  ///
  /// @return whether nothing is left to send
  boolean sendOwn() throws IOException {
    lock.lock();
    try {
      if (closed) {
        throw new ClosedChannelException();
      }
      wrapOwn();
      send();
      return unsent.size() == 0;
    } finally {
      lock.unlock();
    }
  }

  private void wrapOwn() throws IOException {
    while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
      if (wrap(NOTHING, 0, 1).bytesProduced() == 0) {
        return;
      }
    }
  }

  /// Says that nothing more comes.
  ///
  /// @return whether nothing is left to send
  boolean sendEnd() throws IOException {
    engine.closeOutbound();
    return sendOwn();
  }

  /// Tells the peer of a failure, as far as that goes at once and without waiting.
  void sendAlert() {
    if (lock.tryLock()) {
      try {
        if (!closed) {
          wrapOwn();
          send();
        }
      } catch (IOException e) {
        // It has failed already.
      } finally {
        lock.unlock();
        releaseIfClosed();
      }
    }
  }

  /// Has the next [#sendOwn] tell a peer whose first bytes were no TLS that this side speaks it.
  void refusePlain() {
    lock.lock();
    try {
      unsent.writeBytes(UNEXPECTED_MESSAGE, 0, UNEXPECTED_MESSAGE.length);
    } finally {
      lock.unlock();
    }
  }

  /// Gives the memory back, or leaves that to the thread that is sending.
  void close() {
    closed = true;
    releaseIfClosed();
  }

  private void releaseIfClosed() {
    if (closed && lock.tryLock()) {
      try {
        unsent.release();
      } finally {
        lock.unlock();
      }
    }
  }

  // ---- the engine

  /// Makes one record of the sources, or first of what the engine has to say.
  private SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length) throws TlsException {
    try (var record = Scratch.of(engine.getSession().getPacketBufferSize())) {
      var result = engine.wrap(sources, offset, length, ByteBuffer.wrap(record.bytes()));
      unsent.writeBytes(record.bytes(), 0, result.bytesProduced());
      return result;
    } catch (SSLException | RuntimeException e) {
      throw TlsFailure.of(engine, e);
    }
  }
}
