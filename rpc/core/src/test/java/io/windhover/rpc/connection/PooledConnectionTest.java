package io.windhover.rpc.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.ConnectionClosedException;
import io.windhover.netpoll.testing.MemoryConnection;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.pool.ConnectionLostException;
import io.windhover.rpc.wire.WireFormats;
import io.windhover.rpc.wire.WireLimits;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Every transition of [PooledConnection]'s picture.
@Timeout(20)
final class PooledConnectionTest {

  private final MemoryConnection socket = new MemoryConnection();
  private final AtomicInteger closes = new AtomicInteger();
  private final PooledConnection connection =
      new PooledConnection(
          WireLimits.ofMessageBytes(1024),
          WireFormats.PLAIN,
          new Lifetime(0, Long.MAX_VALUE),
          new Owner());

  private final class Owner implements PooledConnection.Owner {
    @Override
    public int nextSequenceId() {
      return 7;
    }

    @Override
    public boolean keepsUnused(PooledConnection connection) {
      return false;
    }

    @Override
    public void closed(PooledConnection connection) {
      closes.incrementAndGet();
    }
  }

  @BeforeEach
  void open() {
    connection.opened(socket);
  }

  @Test
  void isIdleAgainOnceItsReplyIsTaken() throws Exception {
    var reply = frame();
    socket.beforeWrite(
        () -> {
          assertThat(connection.isBusy()).isTrue();
          connection.received(socket, reply);
        });

    assertThat(exchange(Duration.ofSeconds(10))).isSameAs(reply);
    assertThat(connection.isBusy()).isFalse();
    assertThat(connection.isOpen()).isTrue();
    assertThat(socket.writtenCount()).isEqualTo(1);
  }

  @Test
  void wakesTheCallerWhenItsReplyComes() throws Exception {
    var reply = frame();
    var caller = Thread.currentThread();
    socket.beforeWrite(
        () ->
            Thread.startVirtualThread(
                () -> {
                  while (caller.getState() != Thread.State.TIMED_WAITING) {
                    Thread.onSpinWait(); // bounded by the test's timeout
                  }
                  connection.received(socket, reply);
                }));

    assertThat(exchange(Duration.ofMinutes(1))).isSameAs(reply);
  }

  @Test
  void endsOnAFrameThatNobodyAskedFor() {
    var frame = frame();

    connection.received(socket, frame);

    assertThat(socket.isAborted()).isTrue();
    assertReleased(frame);
  }

  @Test
  void dropsAReplyThatComesAfterTheDeadline() {
    assertThatThrownBy(() -> exchange(Duration.ofMillis(1))).isInstanceOf(TimeoutException.class);
    assertThat(socket.isAborted()).isTrue();

    var late = frame();
    connection.received(socket, late);

    assertReleased(late);
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void endsWithItsCallerInterrupted() {
    socket.beforeWrite(() -> Thread.currentThread().interrupt());

    assertThatThrownBy(() -> exchange(Duration.ofSeconds(10)))
        .isInstanceOf(InterruptedException.class);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(socket.isAborted()).isTrue();
  }

  @Test
  void tellsTheCallerThatTheServerClosed() {
    socket.beforeWrite(() -> connection.inputEnded(socket, null));

    assertThatThrownBy(() -> exchange(Duration.ofSeconds(10)))
        .isInstanceOf(ConnectionLostException.class)
        .hasMessage("the server closed the connection");
    connection.closed(socket, CloseReason.ABORTED);
    assertThat(closes).hasValue(1);
  }

  @Test
  void tellsTheCallerWhyTheConnectionWasLost() {
    socket.beforeWrite(() -> connection.closed(socket, CloseReason.RESET));

    assertThatThrownBy(() -> exchange(Duration.ofSeconds(10)))
        .isInstanceOf(ConnectionLostException.class)
        .hasMessage("the connection was lost: " + CloseReason.RESET);
  }

  @Test
  void keepsAReplyThatCameBeforeTheClose() throws Exception {
    var reply = frame();
    socket.beforeWrite(
        () -> {
          connection.received(socket, reply);
          connection.inputEnded(socket, null);
        });

    assertThat(exchange(Duration.ofSeconds(10))).isSameAs(reply);
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void saysThatNothingWasSentOnceTheServerHasClosed() {
    connection.inputEnded(socket, null);
    var request = frame();

    assertThatThrownBy(() -> connection.exchange(request, deadline(Duration.ofSeconds(10))))
        .isInstanceOf(ConnectionClosedException.class);

    assertReleased(request);
    assertThat(socket.writtenCount()).isZero();
  }

  private LinkBuffer exchange(Duration timeout) throws Exception {
    return connection.exchange(frame(), deadline(timeout));
  }

  private static Deadline deadline(Duration timeout) {
    return Deadline.after(timeout);
  }

  private static LinkBuffer frame() {
    var frame = new LinkBuffer();
    frame.writeInt(1);
    return frame;
  }

  private static void assertReleased(LinkBuffer frame) {
    assertThatThrownBy(frame::readByte).isInstanceOf(IllegalStateException.class);
  }
}
