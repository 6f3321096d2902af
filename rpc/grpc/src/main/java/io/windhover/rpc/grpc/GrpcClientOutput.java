package io.windhover.rpc.grpc;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.Http2Stream;
import io.windhover.http2.StreamException;
import io.windhover.http2.frame.ErrorCode;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Method;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.transport.NotBegunException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What a client sends on one stream, and the opening of that.
///
/// ```
///   HOLDING --its end, or somebody wants what comes--> OPEN       of a method with one request
///   HOLDING --given up--> GONE
///   OPEN --the server has surely not begun--> OPEN                elsewhere, once
///   OPEN --given up--> reset
/// ```
///
/// Any thread; what is sent leaves in the order in which it came.
///
/// A stream with which the server has surely not begun begins again, as a call does, and nobody is
/// told. For that it keeps what it sends until the head of the response comes, and as long as that
/// takes little memory; what is larger fails. This costs no copy but of small messages, which would
/// keep more memory than they have bytes.
///
/// Whoever finds that the stream has failed so, by sending or receiving, opens it elsewhere on its
/// own thread, and sends what was kept, which does not wait for the server. Others that find it
/// wait meanwhile, no longer than finding a connection takes. A sender that waits for the server
/// holds only the lock of the order, so that one who receives can do without it; the server's
/// refusal wakes both. Pollers, and who gives the stream up, wait for nobody: they leave their
/// word, and whoever holds the lock looks afterwards.
final class GrpcClientOutput {

  /// Memory of what is kept.
  private static final int MAX_KEPT_BYTES = 256 << 10;

  /// So small messages are copied.
  private static final int COPIED_BYTES = 512;

  private final Invocation invocation;
  private final GrpcClientMessages messages;
  private final GrpcClientStream owner;
  private volatile @Nullable Http2Stream stream; // null until it is open; set with opening held
  private volatile boolean givenUp;
  private volatile boolean keepsNoMore; // nothing is to be kept any longer

  private final ReentrantLock order = new ReentrantLock(); // of what leaves; taken before opening
  private final ReentrantLock opening = new ReentrantLock();
  private volatile @Nullable LinkBuffer kept = new LinkBuffer(); // all that was sent; null: no more
  private boolean ended; // guarded by opening: nothing follows what is kept

  /// @param owner is told of what arrives
  GrpcClientOutput(Invocation invocation, GrpcClientMessages messages, GrpcClientStream owner) {
    this.invocation = invocation;
    this.messages = messages;
    this.owner = owner;
  }

  /// Returns the stream of HTTP/2; null until it is open.
  @Nullable Http2Stream stream() {
    return stream;
  }

  // ---- opening

  /// Opens it, unless its request may leave whole later.
  ///
  /// @throws StreamException if it cannot be opened
  void begin() throws NotBegunException, InterruptedException {
    if (invocation.method().kind() != Method.Kind.SERVER_STREAM) {
      opening.lock();
      try {
        openOn(messages.connection());
      } finally {
        leaveOpening();
      }
    }
  }

  /// Returns the stream, opened now at the latest; null if it was given up before.
  ///
  /// @throws StreamException if it cannot be opened
  /// @throws RpcException likewise
  @Nullable Http2Stream open() throws InterruptedException {
    if (stream == null) {
      enterOpening();
      try {
        openHeld();
      } finally {
        leaveOpening();
      }
    }
    return stream;
  }

  /// With the lock `opening` held.
  private void openHeld() throws InterruptedException {
    if (stream != null || kept == null) {
      return;
    }
    boolean opened = false;
    try {
      openOn(messages.connection());
      opened = true;
    } catch (NotBegunException e) {
      reopen(e);
      opened = true;
    } finally {
      if (!opened) {
        drop();
      }
    }
  }

  private void reopen(NotBegunException why) {
    messages.connection().use().reopener().reopen(invocation, owner, why);
  }

  /// Opens it, with all that is kept. With the lock `opening` held.
  ///
  /// @throws StreamException if it cannot be opened
  void openOn(GrpcClientConnection connection) throws NotBegunException, InterruptedException {
    if (givenUp) {
      return;
    }
    var all = kept;
    if (all == null) {
      throw new IllegalStateException("nothing is kept");
    }
    messages.moveTo(connection);
    // Not to wait for a place again: whoever receives has a time of its own.
    var wait = stream == null ? GrpcClientConnection.left(invocation) : Duration.ZERO;
    try {
      var whole = ended ? all.duplicate() : null;
      var begun = connection.open(invocation, messages.head(), whole, owner, wait);
      stream = begun;
      if (givenUp) { // meanwhile
        begun.reset(ErrorCode.CANCEL);
      } else if (!ended && all.size() > 0) {
        sendFirst(begun, all.duplicate());
      }
    } catch (StreamException e) {
      GrpcClientConnection.failIfNotBegun(e, false);
      throw e;
    }
  }

  private static void sendFirst(Http2Stream begun, LinkBuffer bytes) {
    try {
      begun.send(bytes, false);
    } catch (StreamException e) { // whoever looks at it next finds that
    }
  }

  /// Opens it elsewhere, if the server has surely not begun with it, and with nothing of it before.
  ///
  /// @param failed the stream that has ended with `cause`
  /// @return whether it goes on; then all has been sent on the new stream that was sent on `failed`
  /// @throws RpcException if it cannot be opened
  boolean reopened(Http2Stream failed, StreamException cause) throws InterruptedException {
    if (!cause.isNotProcessed()) {
      return false;
    }
    enterOpening();
    try {
      if (stream != failed) { // by another thread
        return true;
      }
      if (kept == null || invocation.deadline().hasPassed()) {
        return false;
      }
      reopen(new NotBegunException(GrpcClientFailure.text(cause), true));
      return true;
    } finally {
      drop(); // once is enough
      leaveOpening();
    }
  }

  // ---- sending

  /// Sends, and waits while the server takes nothing.
  ///
  /// @param bytes taken over
  /// @param last whether nothing follows; then it does not wait
  /// @throws StreamException if the stream failed
  void send(LinkBuffer bytes, boolean last) throws TimeoutException, InterruptedException {
    order.lock();
    try (bytes) {
      var to = kept == null ? stream : keep(bytes, last);
      if (to != null) {
        send(to, bytes, last);
      }
    } finally {
      order.unlock();
    }
  }

  private void send(Http2Stream to, LinkBuffer bytes, boolean last)
      throws TimeoutException, InterruptedException {
    try {
      if (last) {
        to.send(bytes, true);
      } else {
        to.write(bytes, false, GrpcClientConnection.left(invocation));
      }
    } catch (StreamException e) {
      if (!reopened(to, e)) {
        throw e;
      }
    }
  }

  /// Keeps what is about to be sent.
  ///
  /// @return where to send it; null if that is done, or is to be done later
  private @Nullable Http2Stream keep(LinkBuffer bytes, boolean last) throws InterruptedException {
    enterOpening();
    try {
      var all = kept;
      if (all == null) { // since a moment ago
        return stream;
      }
      ended = last;
      if (stream == null) {
        all.append(bytes);
        if (last) {
          openHeld();
          dropIfLarge();
        }
        return null;
      }
      keepAlso(all, bytes);
      dropIfLarge();
      return stream;
    } finally {
      leaveOpening();
    }
  }

  private static void keepAlso(LinkBuffer all, LinkBuffer bytes) {
    int count = bytes.size();
    if (count == 0) {
      return;
    }
    byte[] head = bytes.headArray();
    if (count <= COPIED_BYTES && bytes.headCount() == count) {
      all.writeBytes(head, bytes.headOffset(), count);
    } else {
      all.append(bytes.duplicate());
    }
  }

  private void dropIfLarge() {
    var all = kept;
    if (all != null && all.memoryBytes() > MAX_KEPT_BYTES) {
      drop();
    }
  }

  // ---- the end

  /// Ends it, wherever it is. Never waits.
  void giveUp() {
    givenUp = true;
    var opened = stream;
    if (opened != null) {
      opened.reset(ErrorCode.CANCEL); // wakes who waits
    }
    keepNoMore();
  }

  /// Gives memory back: the server has begun, or nothing goes on. Never waits.
  void keepNoMore() {
    keepsNoMore = true;
    dropIfUnneeded();
  }

  /// Waits, if another thread opens it just now.
  private void enterOpening() throws InterruptedException {
    if (!opening.tryLock()) { // or it would throw whenever the thread is interrupted
      opening.lockInterruptibly();
    }
  }

  private void leaveOpening() {
    opening.unlock();
    dropIfUnneeded();
  }

  private void dropIfUnneeded() {
    if (keepsNoMore && kept != null && opening.tryLock()) {
      try {
        drop();
      } finally {
        opening.unlock();
      }
    }
  }

  /// With the lock `opening` held.
  private void drop() {
    var dropped = kept;
    kept = null;
    if (dropped != null) {
      dropped.release();
    }
  }
}
