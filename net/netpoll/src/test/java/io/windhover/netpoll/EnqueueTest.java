package io.windhover.netpoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Frames that are queued under somebody's lock and sent without it. The poller and the socket are
/// the test's.
final class EnqueueTest {

  private static final int HIGH_WATER_BYTES = 100;

  private final ManualClock clock = new ManualClock();
  private final FakePoller poller = new FakePoller();
  private final FakeSocket socket = new FakeSocket();
  private final AtomicInteger roomMade = new AtomicInteger();
  private final AtomicLong sweptAt = new AtomicLong(-1);
  private final PolledConnection connection =
      new PolledConnection(
          poller,
          socket,
          new Handler(),
          ConnectionOptions.builder()
              .writeHighWaterBytes(HIGH_WATER_BYTES)
              .maxUnsentBytes(1000)
              .build(),
          clock,
          new MemoryBudget(1 << 20),
          false,
          () -> {});

  /// Answers each frame with two that are queued.
  private final class Handler implements FrameHandler {
    @Override
    public int frameBytes(Connection connection, LinkBuffer input) {
      return input.size();
    }

    @Override
    public void received(Connection connection, LinkBuffer frame) {
      frame.release();
      for (int i = 0; i < 2; i++) {
        if (connection.enqueue(bytes(10))) {
          connection.flush();
        }
      }
      assertThat(socket.writes).as("during the turn").isZero();
    }

    @Override
    public void roomMade(Connection connection) {
      roomMade.incrementAndGet();
    }

    @Override
    public void swept(Connection connection, long nowNanos) {
      sweptAt.set(nowNanos);
    }
  }

  @AfterEach
  void ends() {
    connection.abort();
    poller.runTasks();
  }

  private static LinkBuffer bytes(int count) {
    return LinkBuffer.wrap(new byte[count]);
  }

  @Test
  void sendsWhatSeveralHaveQueuedInOneWrite() {
    assertThat(connection.enqueue(bytes(10))).as("nobody sends yet").isTrue();
    assertThat(connection.enqueue(bytes(20))).as("the first one sends").isFalse();
    assertThat(socket.writes).isZero();

    connection.flush();

    assertThat(socket.writes).isEqualTo(1);
    assertThat(socket.sent.size()).isEqualTo(30);
  }

  @Test
  void sendsAtTheEndOfTheTurnWhatWasQueuedInIt() {
    socket.arriving.add(new byte[1]);

    connection.readable();

    assertThat(socket.writes).isEqualTo(1);
    assertThat(socket.sent.size()).isEqualTo(20);
  }

  @Test
  void takesFramesAboveTheHighWaterMarkWithoutWaiting() {
    socket.room = 0;
    connection.enqueue(bytes(HIGH_WATER_BYTES + 1));
    connection.flush();

    assertThat(connection.hasRoom()).isFalse();
    assertThat(connection.enqueue(bytes(10))).as("the poller sends").isFalse();
    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void tellsOfRoomOnceHalfIsSent() {
    socket.room = 0;
    connection.enqueue(bytes(HIGH_WATER_BYTES + 1));
    connection.flush();
    assertThat(connection.hasRoom()).isFalse();

    socket.room = 20;
    connection.writable();
    poller.runTasks();
    assertThat(roomMade).as("most is unsent").hasValue(0);
    socket.room = 40;
    connection.writable();
    poller.runTasks();

    assertThat(roomMade).hasValue(1);
    assertThat(connection.hasRoom()).isTrue();
  }

  @Test
  void tellsOfRoomThatAnotherThreadMakes() {
    connection.enqueue(bytes(HIGH_WATER_BYTES + 1));
    assertThat(connection.hasRoom()).isFalse();

    connection.flush();
    poller.runTasks();

    assertThat(roomMade).hasValue(1);
  }

  @Test
  void tellsNothingOfRoomThatNobodyAskedFor() {
    connection.enqueue(bytes(HIGH_WATER_BYTES + 1));
    connection.flush();
    poller.runTasks();

    assertThat(roomMade).hasValue(0);
  }

  @Test
  void abortsAPeerThatLetsTooMuchPileUp() {
    socket.room = 0;
    connection.enqueue(bytes(1000));
    connection.flush();

    connection.enqueue(bytes(1));

    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void refusesFramesOnceClosed() {
    connection.close();
    var frame = bytes(1);

    assertThatThrownBy(() -> connection.enqueue(frame))
        .isInstanceOf(ConnectionClosedException.class);

    assertThatThrownBy(frame::readByte).as("released").isInstanceOf(IllegalStateException.class);
  }

  @Test
  void tellsOfTime() {
    connection.sweep(42);

    assertThat(sweptAt).hasValue(42);
  }
}
