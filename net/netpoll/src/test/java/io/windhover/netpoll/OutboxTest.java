package io.windhover.netpoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.NodePool;
import io.windhover.netpoll.Outbox.Added;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OutboxTest {

  private final long heldBefore = NodePool.shared().heldBytes();
  private final ManualClock clock = new ManualClock();
  private final FakeSocket socket = new FakeSocket();
  private final AtomicInteger waits = new AtomicInteger();
  private final Outbox outbox = new Outbox(clock, waits::incrementAndGet);

  @AfterEach
  void releasesAllOnce() {
    outbox.discard(CloseReason.ABORTED);

    assertThat(NodePool.shared().heldBytes()).isEqualTo(heldBefore);
  }

  @Test
  void makesTheFirstWhoAddsTheFlusher() throws IOException {
    assertThat(add(Frames.of("a"))).isTrue();
    assertThat(add(Frames.of("b"))).isFalse();

    assertThat(outbox.flush(socket)).isEqualTo(Outbox.Outcome.EMPTY);
    assertThat(socket.sent.size()).isEqualTo(10);
    assertThat(socket.writes).isEqualTo(1);
    assertThat(add(Frames.of("c"))).isTrue();
    assertThat(outbox.flush(socket)).isEqualTo(Outbox.Outcome.EMPTY);
  }

  @Test
  void takesAlongWhatIsAddedDuringAWrite() throws IOException {
    socket.duringWrite =
        () -> {
          if (socket.writes == 1) {
            assertThat(add(Frames.of("b"))).isFalse();
          }
        };

    add(Frames.of("a"));

    assertThat(outbox.flush(socket)).isEqualTo(Outbox.Outcome.EMPTY);
    assertThat(socket.sent.size()).isEqualTo(10);
    assertThat(outbox.closeIfEmpty()).isTrue();
  }

  @Test
  void handsOverWhenTheKernelIsFull() throws IOException {
    socket.room = 3;

    add(Frames.of("a"));

    assertThat(outbox.flush(socket)).isEqualTo(Outbox.Outcome.BLOCKED);
    assertThat(outbox.closeIfEmpty()).isFalse();
    assertThat(add(Frames.of("b"))).isFalse();
    socket.room = Integer.MAX_VALUE;
    assertThat(outbox.resume()).isTrue();
    assertThat(outbox.resume()).as("there is one flusher").isFalse();
    assertThat(outbox.flush(socket)).isEqualTo(Outbox.Outcome.EMPTY);
    assertThat(socket.sent.toByteArray()).containsExactly(0, 0, 0, 1, 'a', 0, 0, 0, 1, 'b');
  }

  @Test
  void hasNothingToResumeUnlessHandedOver() throws IOException {
    assertThat(outbox.resume()).isFalse();
    add(Frames.of("a"));
    assertThat(outbox.resume()).isFalse();
    outbox.flush(socket);
    assertThat(outbox.resume()).isFalse();
  }

  @Test
  void doesNotKeepOneThreadForAllTheOthersFrames() throws IOException {
    socket.duringWrite =
        () -> {
          if (socket.writes < 100) {
            add(Frames.of("more"));
          }
        };

    add(Frames.of("a"));

    assertThat(outbox.flush(socket)).isEqualTo(Outbox.Outcome.BLOCKED);
    assertThat(socket.writes).isEqualTo(16);
  }

  @Test
  void leavesItsPartToAFlusherInTheMiddleOfAWrite() throws IOException {
    socket.duringWrite = () -> outbox.discard(CloseReason.ABORTED); // must not pull it away

    add(Frames.of("a"));

    assertThat(outbox.flush(socket)).isEqualTo(Outbox.Outcome.CLOSED);
    assertThat(socket.sent.size()).isEqualTo(5);
  }

  @Test
  void discardsAllWhenTheSocketFails() {
    socket.duringWrite =
        () -> {
          add(Frames.of("b"));
          throw new IOException("broken pipe");
        };
    add(Frames.of("a"));

    assertThatThrownBy(() -> outbox.flush(socket)).hasMessage("broken pipe");

    assertThat(NodePool.shared().heldBytes()).isEqualTo(heldBefore);
    assertThatThrownBy(() -> add(Frames.of("c")))
        .isInstanceOf(ConnectionClosedException.class)
        .hasMessage("the connection is closed: reset by the peer, or the network failed");
  }

  @Test
  void discardsAllWhenTheSocketThrowsAnError() {
    socket.duringWrite =
        () -> {
          throw new OutOfMemoryError("direct memory");
        };
    add(Frames.of("a"));

    assertThatThrownBy(() -> outbox.flush(socket)).isInstanceOf(OutOfMemoryError.class);

    assertThat(NodePool.shared().heldBytes()).isEqualTo(heldBefore);
  }

  @Test
  void discardsBetweenAddAndFlush() throws IOException {
    add(Frames.of("a"));
    outbox.discard(CloseReason.IDLE);

    assertThat(outbox.flush(socket)).isEqualTo(Outbox.Outcome.CLOSED);
    assertThat(socket.writes).isZero();
  }

  @Test
  void discardsWhatWaitsForThePoller() throws IOException {
    socket.room = 0;
    add(Frames.of("a"));
    outbox.flush(socket);

    outbox.discard(CloseReason.WRITE_STALLED);

    assertThat(NodePool.shared().heldBytes()).isEqualTo(heldBefore);
    assertThat(outbox.resume()).isFalse();
  }

  @Test
  void closesOnlyWhenEmpty() throws IOException {
    add(Frames.of("a"));
    assertThat(outbox.closeIfEmpty()).isFalse();
    outbox.flush(socket);

    assertThat(outbox.closeIfEmpty()).isTrue();

    var late = Frames.of("b");
    assertThatThrownBy(() -> add(late)).isInstanceOf(ConnectionClosedException.class);
    assertThatThrownBy(late::size).as("released").hasMessage("released");
  }

  @Test
  void sendsAnEmptyFrameAsNothing() throws IOException {
    assertThat(add(new LinkBuffer())).isTrue();

    assertThat(outbox.flush(socket)).isEqualTo(Outbox.Outcome.EMPTY);
    assertThat(socket.writes).isZero();
  }

  @Test
  void knowsSinceWhenItIsStalled() throws IOException {
    clock.turn(Duration.ofSeconds(1));
    long added = clock.getAsLong();
    socket.room = 2;
    add(Frames.of("a"));
    clock.turn(Duration.ofSeconds(1));
    outbox.flush(socket);
    clock.turn(Duration.ofSeconds(1));

    assertThat(outbox.stalledSince(clock.getAsLong())).isEqualTo(added + 1_000_000_000);
    add(Frames.of("b"));
    assertThat(outbox.stalledSince(clock.getAsLong()))
        .as("adding is no progress")
        .isEqualTo(added + 1_000_000_000);
    socket.room = Integer.MAX_VALUE;
    outbox.resume();
    outbox.flush(socket);
    clock.turn(Duration.ofSeconds(1));
    assertThat(outbox.stalledSince(clock.getAsLong())).isEqualTo(clock.getAsLong());
  }

  @Test
  void countsProgressFromTheMomentOfTheWrite() throws IOException {
    socket.room = 2;
    socket.duringWrite = () -> clock.turn(Duration.ofSeconds(40)); // the thread was not scheduled
    add(Frames.of("a"));

    outbox.flush(socket);

    assertThat(outbox.lastProgressNanos())
        .isEqualTo(clock.getAsLong() - Duration.ofSeconds(40).toNanos());
  }

  @Test
  void letsWritersWaitUntilThereIsRoom() throws IOException {
    socket.room = 0;
    add(Frames.of("0123456789"));
    outbox.flush(socket);
    var through = new CountDownLatch(1);
    var writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  outbox.add(Frames.of("b"), 10);
                  through.countDown();
                });
    Waiting.until("it waits", () -> writer.getState() == Thread.State.WAITING);

    socket.room = 4;
    outbox.resume();
    outbox.flush(socket);

    Waiting.on(through);
  }

  @Test
  void countsWhatWaits() throws IOException {
    socket.room = 0;
    add(Frames.of("0123456789"));
    outbox.flush(socket);
    var writers =
        Stream.generate(() -> Thread.ofVirtual().unstarted(() -> addUnlessClosed("b")))
            .limit(2)
            .toList();
    writers.forEach(Thread::start);
    for (var writer : writers) {
      Waiting.until("it waits", () -> writer.getState() == Thread.State.WAITING);
    }

    assertThat(outbox.unsentBytes()).isEqualTo(14);
    assertThat(outbox.heldBytes()).isEqualTo(14 + 5 + 5);
    assertThat(waits).as("more than the high-water mark").hasValue(1);

    outbox.discard(CloseReason.MEMORY);
    for (var writer : writers) {
      Waiting.on(writer);
    }
    assertThat(outbox.heldBytes()).isZero();
  }

  private void addUnlessClosed(String text) {
    try {
      outbox.add(Frames.of(text), 9);
    } catch (ConnectionClosedException e) {
      // as it should be
    }
  }

  @Test
  void tellsWaitingWritersThatItIsClosed() throws IOException {
    socket.room = 0;
    add(Frames.of("a"));
    outbox.flush(socket);
    var failure = new AtomicReference<Throwable>();
    var writer =
        Thread.ofVirtual()
            .uncaughtExceptionHandler((_, e) -> failure.set(e))
            .start(() -> outbox.add(Frames.of("b"), 0));
    Waiting.until("it waits", () -> writer.getState() == Thread.State.WAITING);

    outbox.discard(CloseReason.WRITE_STALLED);

    Waiting.on(writer);
    assertThat(failure.get())
        .isInstanceOf(ConnectionClosedException.class)
        .hasMessage("the connection is closed: the peer does not read");
  }

  @Test
  void letsAnInterruptedWriterGo() throws IOException {
    socket.room = 0;
    add(Frames.of("a"));
    outbox.flush(socket);
    Thread.currentThread().interrupt();

    outbox.add(Frames.of("b"), 0);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(outbox.unsentBytes()).as("added all the same").isEqualTo(10);
  }

  @Test
  void letsAWriterGoWithoutItsFrameWhenItHasWaitedLongEnough() throws IOException {
    socket.room = 0;
    add(Frames.of("a"));
    outbox.flush(socket);
    var late = Frames.of("b");
    var interrupted = Frames.of("c");

    assertThat(outbox.add(late, 0, 1)).isEqualTo(Added.NO_ROOM);
    Thread.currentThread().interrupt();
    assertThat(outbox.add(interrupted, 0, Long.MAX_VALUE)).isEqualTo(Added.NO_ROOM);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(outbox.unsentBytes()).isEqualTo(5);
    assertThatThrownBy(late::readByte).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(interrupted::readByte).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void addsWhatFindsRoomInTime() throws IOException {
    socket.room = 0;
    assertThat(outbox.add(Frames.of("0123456789"), 10, 0)).isEqualTo(Added.TO_FLUSH);
    outbox.flush(socket);
    var added = new AtomicReference<Added>();
    var writer =
        Thread.ofVirtual()
            .start(() -> added.set(outbox.add(Frames.of("b"), 10, Long.MAX_VALUE / 2)));
    Waiting.until("it waits", () -> writer.getState() == Thread.State.TIMED_WAITING);

    socket.room = 4;
    outbox.resume();
    outbox.flush(socket);

    Waiting.on(writer);
    assertThat(added.get()).isEqualTo(Added.QUEUED);
  }

  private boolean add(LinkBuffer frame) {
    return outbox.add(frame, Integer.MAX_VALUE);
  }
}
