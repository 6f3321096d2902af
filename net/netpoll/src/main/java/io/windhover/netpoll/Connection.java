package io.windhover.netpoll;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.tls.TlsSession;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// A stream socket that frames are written to and that hands arriving ones to its [FrameHandler].
/// All methods may be called from any thread.
public interface Connection {

  SocketAddress localAddress();

  SocketAddress remoteAddress();

  /// Returns what TLS has agreed on; empty if the connection is plain.
  default Optional<TlsSession> tls() {
    return Optional.empty();
  }

  /// Whether frames may still be written and may still arrive. Known without touching the socket:
  /// the poller sees a peer's close as it happens, but not while reading is paused.
  boolean isOpen();

  /// Queues a frame and sends what the socket takes at once; the poller sends the rest. Frames of
  /// several threads leave whole, in some order.
  ///
  /// Waits before while more than the high-water mark is unsent. How long that can be, the
  /// write-stall timeout bounds; an interrupt ends it early, and the frame still goes. On a poller
  /// it never waits: what is written there while frames are handed on leaves together afterwards,
  /// and a peer that lets too much pile up is aborted; see [#tryWrite].
  ///
  /// @param frame taken over, whatever the outcome
  /// @throws ConnectionClosedException if the connection is closed or closing: nothing of the frame
  ///   was sent. A write that fails shows in [FrameHandler#closed] only
  void write(LinkBuffer frame);

  /// Writes as [#write] does, unless the connection is closed or that would wait: then the frame is
  /// dropped. For who writes on a poller, and can leave out a peer that is slow to read.
  ///
  /// @param frame taken over, whatever the outcome
  /// @return whether it was taken
  boolean tryWrite(LinkBuffer frame);

  /// Writes as [#write] does, unless the connection is closed or that would wait for longer than
  /// `timeout`, or for as long as the thread is not interrupted: then the frame is dropped. On a
  /// poller it never waits.
  ///
  /// @param frame taken over, whatever the outcome
  /// @return whether it was taken
  boolean tryWrite(LinkBuffer frame, Duration timeout);

  /// Queues a frame and sends nothing yet: [#flush] does. Never waits, however much is unsent; who
  /// calls asks [#hasRoom] before. For who keeps frames in an order of its own by a lock: they are
  /// queued with the lock held and sent without it, and those of several threads leave together.
  ///
  /// More than what a connection may have unsent aborts it, as with [#write] on a poller.
  ///
  /// @param frame taken over, whatever the outcome
  /// @return whether the caller must call [#flush] once it has left its lock: nobody else sends
  /// @throws ConnectionClosedException if the connection is closed or closing: nothing of the frame
  ///   was sent
  boolean enqueue(LinkBuffer frame);

  /// Sends what [#enqueue] has queued; on the connection's poller, at the end of its turn. For the
  /// caller only to whom that has said so.
  void flush();

  /// Whether no more than the high-water mark is unsent. If more is, [FrameHandler#roomMade] tells
  /// once that has changed.
  boolean hasRoom();

  /// Hands on no more frames until [#resumeReading], so that the kernel makes the peer wait. Frames
  /// that have arrived are kept. Called in [FrameHandler#received], it holds for the very next
  /// frame.
  void pauseReading();

  void resumeReading();

  /// Lets `next` take the place of this connection's handler: another protocol begins. `next` is
  /// told of it by [FrameHandler#opened], and of what has arrived and is no frame yet; the handler
  /// before it hears nothing more, not even of the end. Called by that handler, on the poller.
  ///
  /// @throws IllegalStateException if called elsewhere
  void handTo(FrameHandler next);

  /// Lets `thread` run: starts it if it is new, unparks it otherwise. A [FrameHandler] wakes others
  /// by this: on a single core, what all frames of a turn of the poller wake is woken together,
  /// which is far cheaper there.
  void resume(Thread thread);

  /// Waits until the kernel has taken all that was written so far and since. Not on a poller.
  ///
  /// @param timeout how long at most; an interrupt ends the wait early and stays
  /// @return whether all is sent
  /// @throws ConnectionClosedException if the connection is closed and something was not sent
  /// @throws IllegalStateException if called on a poller, which must not wait
  boolean awaitSent(Duration timeout);

  /// Sends what was written, then tells the peer that nothing more comes. Later writes fail; frames
  /// of the peer go on to arrive, and once it has ended its side too the connection closes. With
  /// TLS 1.2 the end of one side is the end of both.
  void endOutput();

  /// Sends what was written, then closes. Later writes fail.
  void close();

  /// Writes a last frame and closes. Where the system can, the peer gets both at once, and has no
  /// time to write upon the frame.
  ///
  /// @param last taken over, whatever the outcome
  /// @throws ConnectionClosedException as of [#write]
  default void close(LinkBuffer last) {
    write(last);
    close();
  }

  /// Closes at once; what is unsent is dropped.
  void abort();

  /// Tells `listener` of the end, once, on the poller and after [FrameHandler#closed]; at once, on
  /// this thread, if that has come already. Listeners are told in the reverse order of their
  /// coming.
  void onClose(Consumer<CloseReason> listener);

  /// Keeps `value` with this connection, in the place of an earlier one.
  <T> void set(Attribute<T> attribute, T value);

  /// Returns what [#set] was given.
  <T> Optional<T> get(Attribute<T> attribute);
}
