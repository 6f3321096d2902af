package io.windhover.netpoll;

import io.windhover.buffer.LinkBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/// A socket of Linux, by its descriptor. To link buffers it is the channel of their arrays.
///
/// The poller closes it, perhaps while another thread is in a write. A descriptor that closes then
/// would be somebody else's before the write has begun, so the later of the two closes it.
///
/// ```
///   IDLE    --write--> WRITING --written--> IDLE
///   IDLE    --close--> CLOSED
///   WRITING --close--> CLOSING --written--> CLOSED
/// ```
final class EpollSocket extends SystemSocket implements ByteChannel {

  private static final AtomicReferenceFieldUpdater<EpollSocket, Use> USE =
      AtomicReferenceFieldUpdater.newUpdater(EpollSocket.class, Use.class, "use");

  private enum Use {
    IDLE,
    WRITING,
    CLOSING,
    CLOSED;

    Use onClose() {
      return switch (this) {
        case IDLE, CLOSED -> CLOSED;
        case WRITING, CLOSING -> CLOSING;
      };
    }
  }

  private final int descriptor;
  private volatile Use use = Use.IDLE;
  private volatile boolean holdsBack;
  private boolean corked; // of who writes
  private @Nullable EpollPoller poller; // set by it; null until it watches

  private EpollSocket(int descriptor) {
    this.descriptor = descriptor;
  }

  /// Makes an unconnected socket of the family of `address`.
  static EpollSocket open(SocketAddress address) throws IOException {
    int family = LinuxAddress.family(address);
    return of(Linux.check(Linux.socket(family)), family != Linux.AF_UNIX);
  }

  /// @param descriptor taken over, whatever the outcome
  /// @throws IOException if the connection is gone
  static EpollSocket of(int descriptor, boolean tcp) throws IOException {
    try {
      if (tcp) {
        Linux.check(Linux.noDelay(descriptor));
      }
      return new EpollSocket(descriptor);
    } catch (IOException | RuntimeException | Error e) {
      Linux.close(descriptor);
      throw e;
    }
  }

  /// For its poller.
  int descriptor() {
    return descriptor;
  }

  /// For [Pending].
  boolean finishConnect() throws IOException {
    Linux.check(Linux.connectResult(descriptor));
    return true;
  }

  void established() throws IOException {
    checkOpen();
    keepAddresses(Linux.localAddress(descriptor), Linux.remoteAddress(descriptor));
  }

  @Override
  void setKeepAlive(KeepAlive keepAlive) throws IOException {
    checkOpen();
    Linux.keepAlive(descriptor, keepAlive);
  }

  /// On `poller`. Not once it is closed: the number may be another socket's by now.
  void watch(EpollPoller poller, int interest, Owner owner) throws IOException {
    checkOpen();
    this.poller = poller;
    poller.watch(descriptor, interest, owner);
  }

  @Override
  public int read(LinkBuffer into) throws IOException {
    checkOpen();
    return into.readFrom(this);
  }

  @Override
  public void write(LinkBuffer from) throws IOException {
    if (!USE.compareAndSet(this, Use.IDLE, Use.WRITING)) {
      throw new ClosedChannelException();
    }
    try {
      if (holdsBack && !corked) {
        corked = true;
        Linux.cork(descriptor); // if it cannot, two segments will do
      }
      from.writeTo(this);
    } finally {
      written();
    }
  }

  @Override
  public void holdBack() {
    holdsBack = true;
  }

  private void written() {
    if (!USE.compareAndSet(this, Use.WRITING, Use.IDLE)) {
      use = Use.CLOSED;
      Linux.close(descriptor);
    }
  }

  @Override
  public void interest(boolean readable, boolean writable) {
    var watching = poller;
    if (watching == null || !isOpen()) {
      return;
    }
    try {
      watching.interest(
          descriptor,
          readable || writable
              ? (readable ? Epoll.READABLE : 0) | (writable ? Epoll.WRITABLE : 0)
              : Epoll.NOTHING_ELSE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot watch a socket", e);
    }
  }

  @Override
  public void shutdownOutput() throws IOException {
    checkOpen();
    Linux.check(Linux.shutdownOutput(descriptor));
  }

  @Override
  public void close() {
    if (!isOpen()) {
      return;
    }
    if (poller != null) {
      poller.forget(descriptor);
    }
    if (USE.getAndUpdate(this, Use::onClose) == Use.IDLE) {
      Linux.close(descriptor);
    }
  }

  private void checkOpen() throws ClosedChannelException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
  }

  /// For the poller, which alone closes.
  @Override
  public boolean isOpen() {
    var current = use;
    return current == Use.IDLE || current == Use.WRITING;
  }

  // ---- arrays of a link buffer

  @Override
  public int read(ByteBuffer into) throws IOException {
    long count = Linux.receive(callState(), descriptor, MemorySegment.ofBuffer(into));
    if (count == 0) {
      return -1;
    }
    return moved(into, count);
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    return moved(from, Linux.send(callState(), descriptor, MemorySegment.ofBuffer(from)));
  }

  /// The poller has one for all its calls. Other threads make one for each, so that an idle socket
  /// holds none.
  private MemorySegment callState() {
    var watching = poller;
    return watching != null && watching.isCurrentThread()
        ? watching.callState()
        : Linux.callState();
  }

  private static int moved(ByteBuffer bytes, long count) throws IOException {
    if (count >= 0) {
      bytes.position(bytes.position() + (int) count);
      return (int) count;
    }
    if (count == -Linux.EAGAIN || count == -Linux.EINTR) {
      return 0; // interrupted: the poller will say that it is ready, since it is
    }
    throw Linux.failure(count);
  }
}
