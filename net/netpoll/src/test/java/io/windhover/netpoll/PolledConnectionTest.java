package io.windhover.netpoll;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.NodePool;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The connection alone, step by step: the poller and the socket are the test's.
final class PolledConnectionTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int BUDGET_BYTES = 1 << 20;
  private static final int PART_BYTES = 32 << 10; // fills its nodes, so that more is read

  private final long heldBefore = NodePool.shared().heldBytes();
  private final ManualClock clock = new ManualClock();
  private final FakePoller poller = new FakePoller();
  private final FakeSocket socket = new FakeSocket();
  private final MemoryBudget budget = new MemoryBudget(BUDGET_BYTES);
  private final AtomicInteger gone = new AtomicInteger();
  private Recorder handler = new Recorder();
  private PolledConnection connection = connection(handler, ConnectionOptions.DEFAULT, true);

  private PolledConnection connection(
      Recorder handler, ConnectionOptions options, boolean expectsFirstByte) {
    return new PolledConnection(
        poller, socket, handler, options, clock, budget, expectsFirstByte, gone::incrementAndGet);
  }

  private void use(Recorder handler) {
    use(handler, ConnectionOptions.DEFAULT.writeHighWaterBytes());
  }

  private void use(Recorder handler, int highWaterBytes) {
    this.handler = handler;
    var options = ConnectionOptions.builder().writeHighWaterBytes(highWaterBytes).build();
    connection = connection(handler, options, true);
  }

  @AfterEach
  void endsOnceAndKeepsNothing() {
    connection.abort();
    connection.close();
    connection.shutDown();
    poller.runTasks();

    assertThat(handler.closedCalls).hasValue(1);
    assertThat(new ArrayList<>(handler.events)).last().asString().startsWith("closed");
    assertThat(handler.events).noneMatch(event -> event.startsWith("OVERLAP"));
    assertThat(gone).hasValue(1);
    assertThat(socket.closed).isTrue();
    assertThat(connection.isOpen()).isFalse();
    assertThat(NodePool.shared().heldBytes()).isEqualTo(heldBefore);
    assertThat(budget.heldBytes()).isZero();
  }

  private void arrive(byte[]... parts) {
    for (var part : parts) {
      socket.arriving.add(part);
      connection.readable();
    }
  }

  private void awaitEvents(String... events) {
    poller.runTasks();
    assertThat(handler.events).containsExactly(events);
  }

  @Test
  void holdsNothingOfTheBudgetOnceItIsClosed() {
    use(
        new Recorder() {
          @Override
          public int heldBytes() {
            return 9; // as what a session has not read yet
          }
        });
    arrive(Frames.bytes("a"));
    assertThat(budget.heldBytes()).isEqualTo(9);

    connection.abort();
    poller.runTasks();
    connection.resumeReading();
    poller.runTasks();

    assertThat(budget.heldBytes()).isZero();
  }

  @Test
  void sendsDuringATurnWhatIsTooMuchToWaitForItsEnd() {
    var writesWithin = new AtomicInteger();
    use(
        new Recorder() {
          @Override
          void onFrame(Connection connection, LinkBuffer frame) {
            frame.release();
            connection.write(Frames.of("x".repeat(60)));
            writesWithin.set(socket.writes);
          }
        },
        100);

    arrive("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0".getBytes(US_ASCII));

    assertThat(writesWithin).as("of five answers of 64 bytes").hasValue(2);
    assertThat(socket.sent.size()).isEqualTo(5 * 64);
  }

  @Test
  void handsOnSoManyFramesInATurn() {
    arrive(new byte[150 * Integer.BYTES]); // empty frames
    assertThat(handler.events).hasSize(64);
    arrive(new byte[Integer.BYTES]);
    assertThat(handler.events).as("the turn is over").hasSize(64);

    poller.runTurn();
    assertThat(handler.events).hasSize(128);
    poller.runTurn();
    assertThat(handler.events).hasSize(150);
    poller.runTurn();
    connection.readable();

    assertThat(handler.events).hasSize(151);
  }

  @Test
  void handsOnTheLastFramesBeforeTheEndIfTheyTakeMoreTurns() {
    socket.atEnd = true;
    connection.endArrived();
    arrive(new byte[65 * Integer.BYTES]);
    assertThat(handler.events).hasSize(64);

    poller.runTasks();

    assertThat(handler.events).hasSize(65 + 2).endsWith("ended", "closed: CLOSED_HERE");
  }

  @Test
  void readsSoMuchInATurn() {
    byte[] head = {0, 1, -128, 0}; // of a frame of 96 KiB
    socket.arriving.add(Arrays.copyOf(head, PART_BYTES));
    socket.arriving.add(new byte[PART_BYTES]);
    socket.arriving.add(new byte[PART_BYTES]);

    connection.readable();
    assertThat(socket.bytesRead).isEqualTo(2 * PART_BYTES);
    connection.readable();

    assertThat(socket.bytesRead).isEqualTo(3 * PART_BYTES);
  }

  @Test
  void readsNoMoreDuringATurnWhenThePeerTakesNoMore() {
    socket.room = 0;
    use(
        new Recorder() {
          @Override
          void onFrame(Connection connection, LinkBuffer frame) {
            events.add("request");
            frame.release();
            connection.write(Frames.of("x".repeat(60)));
          }
        },
        100);

    arrive("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0".getBytes(US_ASCII));

    assertThat(handler.events).as("two answers are above the mark").hasSize(2);
  }

  @Test
  void containsACheckedExceptionThatNobodyDeclared() {
    use(
        new Recorder() {
          @Override
          void onFrame(Connection connection, LinkBuffer frame) {
            throw PolledConnectionTest.<RuntimeException>sneaky(
                new IOException("not the socket's"));
          }
        });

    arrive(Frames.bytes("a"));

    awaitEvents("closed: HANDLER_FAILED");
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // that is the trick
  private static <E extends Exception> E sneaky(Exception e) throws E {
    throw (E) e;
  }

  @Test
  void namesTheReasonOfTheEndWhenAHandlerWritesTooLate() {
    socket.duringWrite =
        () -> {
          throw new IOException("connection reset");
        };
    use(
        new Recorder() {
          @Override
          void onFrame(Connection connection, LinkBuffer frame) {
            connection.write(frame);
          }
        },
        0);

    arrive("\0\0\0\0\0\0\0\0".getBytes(US_ASCII));

    awaitEvents("closed: RESET");
  }

  // ---- reading

  @Test
  void handsOnFramesAsTheyBecomeWhole() {
    connection.open();
    byte[] two = new byte[Frames.bytes("a").length * 2];
    System.arraycopy(Frames.bytes("a"), 0, two, 0, 5);
    System.arraycopy(Frames.bytes("b"), 0, two, 5, 5);

    for (byte one : two) {
      arrive(new byte[] {one});
    }
    arrive(two);

    awaitEvents("opened", "frame a", "frame b", "frame a", "frame b");
    assertThat(NodePool.shared().heldBytes()).as("no memory while empty").isEqualTo(heldBefore);
  }

  @Test
  void endsWithAPartialFrame() {
    arrive(new byte[] {0, 0, 0, 9, 1});
    socket.atEnd = true;
    connection.readable();

    awaitEvents("ended", "closed: CLOSED_HERE");
  }

  @Test
  void endsWhenTheFrameCannotBeCut() {
    socket.atEnd = true;
    arrive(new byte[] {-1, -1, -1, -1, 1});

    awaitEvents("ended: body: -1", "closed: CLOSED_HERE");
  }

  @Test
  void keepsFramesWhilePaused() {
    use(
        new Recorder() {
          @Override
          void onFrame(Connection connection, LinkBuffer frame) {
            super.onFrame(connection, frame);
            connection.pauseReading();
          }
        });

    arrive("\0\0\0\1a\0\0\0\1b\0\0\0\1c".getBytes(US_ASCII));

    awaitEvents("frame a");
    assertThat(socket.readInterest).isFalse();
    connection.resumeReading();
    awaitEvents("frame a", "frame b");
    connection.resumeReading();
    awaitEvents("frame a", "frame b", "frame c");
    connection.resumeReading();
    poller.runTasks();
    assertThat(socket.readInterest).isTrue();
  }

  /// The end of the input is seen after the resume, but before the poller has got to it.
  @Test
  void handsOnKeptFramesBeforeTheEnd() {
    use(pausingOnce());
    arrive("\0\0\0\1a\0\0\0\1b".getBytes(US_ASCII));
    poller.runTasks();

    connection.resumeReading();
    socket.atEnd = true;
    connection.readable();

    awaitEvents("frame a", "frame b", "ended", "closed: CLOSED_HERE");
  }

  @Test
  void keepsTheEndTooWhilePaused() {
    use(pausingOnce());
    connection.pauseReading();
    connection.resumeReading();
    socket.arriving.add("\0\0\0\1a\0\0\0\1b".getBytes(US_ASCII));
    connection.readable();
    connection.resumeReading(); // not seen by the poller yet
    connection.pauseReading();
    socket.atEnd = true;
    connection.readable();
    awaitEvents("frame a");

    connection.resumeReading();
    connection.readable();

    awaitEvents("frame a", "frame b", "ended", "closed: CLOSED_HERE");
  }

  private static Recorder pausingOnce() {
    return new Recorder() {
      private boolean paused;

      @Override
      void onFrame(Connection connection, LinkBuffer frame) {
        super.onFrame(connection, frame);
        if (!paused) {
          paused = true;
          connection.pauseReading();
        }
      }
    };
  }

  @Test
  void stopsHandingOnFramesAfterAnAbort() {
    use(
        new Recorder() {
          @Override
          void onFrame(Connection connection, LinkBuffer frame) {
            super.onFrame(connection, frame);
            connection.abort();
          }
        });

    arrive("\0\0\0\1a\0\0\0\1b".getBytes(US_ASCII));

    awaitEvents("frame a", "closed: ABORTED");
  }

  /// Who is woken by the frame might write upon it otherwise.
  @Test
  void readsTheEndBeforeItHandsOnTheLastFrame() {
    var open = new ArrayList<Boolean>();
    use(
        new Recorder() {
          @Override
          void onFrame(Connection connection, LinkBuffer frame) {
            open.add(connection.isOpen());
            super.onFrame(connection, frame);
          }
        });
    socket.atEnd = true;
    connection.endArrived();

    arrive(Frames.bytes("a"));

    assertThat(open).containsExactly(false);
    awaitEvents("frame a", "ended", "closed: CLOSED_HERE");
  }

  /// A server that answers and closes, and has not read all, resets the connection.
  @Test
  void handsOnWhatHasArrivedBeforeAReset() {
    var reads = new AtomicInteger();
    socket.duringRead =
        () -> {
          if (reads.incrementAndGet() == 2) {
            throw new IOException("reset");
          }
        };
    connection.endArrived();

    arrive(Frames.bytes("a"));

    awaitEvents("frame a", "closed: RESET");
  }

  @Test
  void handsOnAllThatHasArrivedBeforeAResetHoweverManyFrames() {
    for (int i = 0; i < 3; i++) {
      socket.arriving.add(new byte[100 * Integer.BYTES]);
    }
    socket.duringRead =
        () -> {
          if (socket.arriving.isEmpty()) {
            throw new IOException("reset");
          }
        };
    connection.endArrived();

    connection.readable();
    poller.runTasks();

    assertThat(handler.events).hasSize(300 + 1).endsWith("closed: RESET");
  }

  /// A virtual machine may be suspended between two turns.
  @Test
  void framesThatWaitForTheNextTurnAreNotUnfinished() {
    arrive(new byte[100 * Integer.BYTES]);
    assertThat(handler.events).hasSize(64);

    clock.turn(ConnectionOptions.DEFAULT.frameTimeout());
    sweep();
    poller.runTasks();

    assertThat(handler.events).hasSize(100);
  }

  @Test
  void handsOnAllThatHasArrivedBeforeAWriteFailed() {
    arrive(new byte[100 * Integer.BYTES]);
    assertThat(handler.events).as("and the rest in the next turn").hasSize(64);
    int reads = 20; // more than in a turn
    for (int i = 0; i < reads; i++) {
      socket.arriving.add(new byte[PART_BYTES]);
    }
    socket.duringWrite =
        () -> {
          throw new IOException("reset");
        };

    connection.write(Frames.of("a"));
    poller.runTasks();

    assertThat(handler.events)
        .hasSize(100 + reads * PART_BYTES / Integer.BYTES + 1)
        .endsWith("closed: RESET");
  }

  @Test
  void holdsBackItsLastFrameForTheEnd() {
    connection.close(Frames.of("bye"));

    assertThat(socket.writesBeforeHeldBack).isZero();
    assertThat(socket.sent.toByteArray()).isEqualTo(Frames.bytes("bye"));
    awaitEvents("closed: CLOSED_HERE");
    assertThatThrownBy(() -> connection.close(Frames.of("late")))
        .isInstanceOf(ConnectionClosedException.class);
  }

  @Test
  void countsAnUnfinishedFrameAgainstTheBudget() {
    arrive(new byte[] {0, 0, 0, 9, 1});
    assertThat(budget.heldBytes()).isEqualTo(5);
    arrive(new byte[8]);
    assertThat(budget.heldBytes()).isZero();
  }

  @Test
  void abortsWhenAllHoldTooMuch() {
    budget.change(0, BUDGET_BYTES);

    arrive(new byte[] {0, 0});

    awaitEvents("closed: MEMORY");
    budget.change(BUDGET_BYTES, 0);
  }

  @Test
  void givesItsPartOfTheBudgetBackOnce() {
    arrive(new byte[] {0, 0});
    connection.abort();
    poller.runTasks();

    connection.resumeReading();
    poller.runTasks();

    assertThat(budget.heldBytes()).isZero();
  }

  @Test
  void givesItsPartBackWhenTheInputEnds() {
    socket.room = 0;
    connection.write(Frames.of("a")); // so that it does not close yet
    arrive(new byte[] {0, 0});
    socket.atEnd = true;

    connection.readable();

    assertThat(budget.heldBytes()).as("the unsent frame").isEqualTo(5);
  }

  // ---- handlers that fail

  @Test
  void releasesTheFrameOfAHandlerThatThrows() {
    use(throwing(new IllegalStateException("a bug")));

    arrive(Frames.bytes("a"));

    assertThat(NodePool.shared().heldBytes()).isEqualTo(heldBefore);
    awaitEvents("closed: HANDLER_FAILED");
  }

  @Test
  void survivesAHandlerThatThrowsAnError() {
    use(throwing(new StackOverflowError()));

    arrive(Frames.bytes("a"));

    awaitEvents("closed: HANDLER_FAILED");
  }

  private static Recorder throwing(Throwable failure) {
    return new Recorder() {
      @Override
      void onFrame(Connection connection, LinkBuffer frame) {
        if (failure instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) failure;
      }
    };
  }

  @Test
  void abortsWhenOpenedThrows() {
    use(
        new Recorder() {
          @Override
          void onOpened() {
            throw new IllegalStateException("a bug");
          }
        });

    connection.open();

    awaitEvents("opened", "closed: HANDLER_FAILED");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 6, Integer.MAX_VALUE})
  void abortsWhenAFrameIsSaidToBeWhatItCannotBe(int bytes) {
    use(
        new Recorder() {
          @Override
          public int frameBytes(Connection connection, LinkBuffer input) {
            return bytes;
          }
        });

    arrive(Frames.bytes("a"));

    awaitEvents("closed: HANDLER_FAILED");
  }

  // ---- writing

  @Test
  void writesAtOnce() {
    connection.write(Frames.of("a"));

    assertThat(socket.sent.size()).isEqualTo(5);
    assertThat(socket.writeInterest).isFalse();
  }

  @Test
  void sendsWhatAHandlerAnswersToFramesThatCameTogetherInOneWrite() {
    use(
        new Recorder() {
          @Override
          void onFrame(Connection connection, LinkBuffer frame) {
            frame.release();
            connection.write(Frames.of("x"));
          }
        });
    var three = new LinkBuffer();
    for (var body : List.of("a", "b", "c")) {
      three.append(Frames.of(body));
    }

    arrive(bytes(three));
    assertThat(socket.writes).isEqualTo(1);
    assertThat(socket.sent.size()).isEqualTo(15);

    arrive(Frames.bytes("d"));
    assertThat(socket.writes).isEqualTo(2);
  }

  @Test
  void sendsTheAnswersOfATurnThatEndsWithAClose() {
    use(
        new Recorder() {
          @Override
          void onFrame(Connection connection, LinkBuffer frame) {
            frame.release();
            connection.write(Frames.of("x"));
            connection.close();
          }
        });

    arrive(Frames.bytes("a"));
    poller.runTasks();

    assertThat(socket.sent.size()).isEqualTo(5);
    assertThat(socket.closed).isTrue();
  }

  @Test
  void goesOnWhenTheSocketIsWritable() {
    socket.room = 2;
    connection.writable();
    writeOffPoller(Frames.of("a"));
    poller.runTasks();
    assertThat(socket.writeInterest).isTrue();

    socket.room = 2;
    connection.writable();
    assertThat(socket.writeInterest).as("still something left").isTrue();
    socket.room = 2;
    connection.writable();

    assertThat(socket.writeInterest).isFalse();
    assertThat(socket.sent.size()).isEqualTo(5);
  }

  private static byte[] bytes(LinkBuffer buffer) {
    try (buffer) {
      var bytes = new byte[buffer.size()];
      buffer.readBytes(bytes, 0, bytes.length);
      return bytes;
    }
  }

  @Test
  void readsNothingFromAPeerThatDoesNotReadUntilHalfIsSent() {
    var options = ConnectionOptions.builder().writeHighWaterBytes(20).build();
    handler =
        new Recorder() {
          @Override
          void onFrame(Connection connection, LinkBuffer frame) {
            events.add("frame " + Frames.text(frame));
            connection.write(Frames.of("0123456789"));
          }
        };
    connection = connection(handler, options, true);
    socket.room = 0;
    arrive(Frames.bytes("a"));
    assertThat(socket.readInterest).as("14 of 20 bytes").isTrue();
    arrive(Frames.bytes("b"));
    assertThat(connection.tryWrite(Frames.of("x"))).isFalse();
    socket.room = 1;
    connection.writable();
    assertThat(socket.readInterest).as("27 bytes").isFalse();

    arrive(Frames.bytes("c"));
    awaitEvents("frame a", "frame b");
    socket.room = 17;
    connection.writable();

    assertThat(socket.readInterest).as("10 bytes").isTrue();
    connection.readable();
    awaitEvents("frame a", "frame b", "frame c");
  }

  @Test
  void goesOnNotReadingWhileMoreThanHalfIsUnsent() {
    use(handler, 20);
    choke();
    arrive(Frames.bytes("b"));

    socket.room = 15;
    connection.writable();

    assertThat(socket.readInterest).as("12 of 20 bytes").isFalse();
    clock.turn(ConnectionOptions.DEFAULT.firstByteTimeout());
    sweep();
    assertThat(connection.isOpen()).as("the peer is not to blame").isTrue();
  }

  @Test
  void handsOnWhatAPauseKeptOnceEnoughIsSent() {
    use(pausingOnce(), 20);
    arrive("\0\0\0\1a\0\0\0\1b".getBytes(US_ASCII));
    choke();
    connection.resumeReading();
    awaitEvents("frame a");

    for (int unsent = 27; unsent > 0; unsent -= 9) {
      socket.room = 9;
      connection.writable();
    }

    awaitEvents("frame a", "frame b");
  }

  /// Leaves 27 bytes unsent, more than the high-water mark.
  private void choke() {
    socket.room = 0;
    writeOffPoller(Frames.of("0123456789"));
    writeOffPoller(Frames.of("012345678"));
    poller.runTasks();
    assertThat(socket.readInterest).isFalse();
  }

  @Test
  void triesToWriteToTheEnd() {
    assertThat(connection.tryWrite(Frames.of("a"))).isTrue();
    assertThat(socket.sent.size()).isEqualTo(5);

    connection.close();

    assertThat(connection.tryWrite(Frames.of("b"))).isFalse();
  }

  @Test
  void alwaysReadsAsTheDiallingSide() {
    var options = ConnectionOptions.builder().writeHighWaterBytes(1).build();
    connection = connection(handler, options, false);
    socket.room = 0;

    writeOffPoller(Frames.of("0123456789"));
    poller.runTasks();
    connection.writable();

    assertThat(connection.tryWrite(Frames.of("x"))).isFalse();
    assertThat(socket.readInterest).isTrue();
  }

  @Test
  void countsWhatThePeerDoesNotReadAgainstTheBudget() {
    socket.room = 0;

    connection.writable();
    writeOffPoller(Frames.of("a"));
    poller.runTasks();
    assertThat(budget.heldBytes()).isEqualTo(5);
    socket.room = 3;
    connection.writable();
    assertThat(budget.heldBytes()).isEqualTo(2);
    socket.room = 2;
    connection.writable();

    assertThat(budget.heldBytes()).isZero();
  }

  private void writeOffPoller(LinkBuffer frame) {
    Waiting.on(Thread.ofVirtual().start(() -> connection.write(frame)));
  }

  @Test
  void isLostWhenAWriteFails() {
    socket.duringWrite =
        () -> {
          throw new IOException("broken pipe");
        };

    connection.write(Frames.of("a"));

    awaitEvents("closed: RESET");
    var late = Frames.of("b");
    assertThatThrownBy(() -> connection.write(late)).isInstanceOf(ConnectionClosedException.class);
  }

  @Test
  void readsWhatArrivedBeforeAWriteFailed() {
    socket.arriving.add(Frames.bytes("the last words"));
    socket.duringWrite =
        () -> {
          throw new IOException("broken pipe");
        };

    connection.write(Frames.of("a"));

    awaitEvents("frame the last words", "closed: RESET");
  }

  // ---- the end

  @Test
  void sendsWhatWasWrittenBeforeItCloses() {
    socket.room = 2;
    connection.write(Frames.of("a"));

    connection.close();
    awaitEvents();
    assertThatThrownBy(() -> connection.write(Frames.of("b")))
        .isInstanceOf(ConnectionClosedException.class);
    socket.room = 100;
    connection.writable();

    awaitEvents("closed: CLOSED_HERE");
    assertThat(socket.sent.size()).isEqualTo(5);
  }

  @Test
  void closesAfterTheWriteThatIsUnderWay() {
    socket.duringWrite = () -> connection.close();

    connection.write(Frames.of("a"));

    assertThat(socket.sent.size()).isEqualTo(5);
    awaitEvents("closed: CLOSED_HERE");
  }

  @Test
  void readsNoMoreWhileItDrains() {
    socket.room = 0;
    connection.write(Frames.of("a"));
    connection.close();
    poller.runTasks();

    assertThat(socket.readInterest).isFalse();
    arrive(Frames.bytes("b"));
    awaitEvents();
  }

  @Test
  void readsAwayWhatArrivedBeforeItCloses() {
    socket.arriving.add(Frames.bytes("unread"));

    connection.close();
    poller.runTasks();

    assertThat(socket.arriving).as("or the kernel would send a reset").isEmpty();
    awaitEvents("closed: CLOSED_HERE");
  }

  @Test
  void lingersWhileARefusedPeerIsStillSending() {
    arrive(new byte[] {-1, -1, -1, -1, 1});
    awaitEvents("ended: body: -1");
    assertThat(socket.outputShutDown).isTrue();
    assertThat(socket.readInterest).isTrue();

    arrive(Frames.bytes("a"), Frames.bytes("b"));
    assertThat(NodePool.shared().heldBytes()).as("it is dropped").isEqualTo(heldBefore);
    socket.atEnd = true;
    connection.readable();

    awaitEvents("ended: body: -1", "closed: CLOSED_HERE");
  }

  @Test
  void lingersWhileMoreArrivesThanItReadsAwayAtOnce() {
    for (int i = 0; i < 20; i++) {
      socket.arriving.add(Frames.bytes("unread " + i));
    }

    connection.close();
    poller.runTasks();
    assertThat(socket.outputShutDown).isTrue();
    assertThat(socket.closed).isFalse();
    connection.readable();
    socket.atEnd = true;
    connection.readable();

    awaitEvents("closed: CLOSED_HERE");
    assertThat(socket.arriving).isEmpty();
  }

  @Test
  void lingersForABoundedTime() {
    arrive(new byte[] {-1, -1, -1, -1, 1});
    awaitEvents("ended: body: -1");
    clock.turn(SECOND.minusNanos(1));
    arrive(Frames.bytes("still sending"));
    sweep();
    assertThat(handler.closeReason).isNull();

    clock.turn(Duration.ofNanos(1));
    sweep();

    awaitEvents("ended: body: -1", "closed: CLOSED_HERE");
  }

  @Test
  void readsAwaySoMuchAndNoMore() {
    arrive(new byte[] {-1, -1, -1, -1, 1});
    awaitEvents("ended: body: -1");
    var mebibyte = new byte[1 << 20];
    int sent = 0;
    for (; socket.readInterest && sent < 100; sent++) {
      arrive(mebibyte);
    }
    assertThat(sent).isEqualTo(64);
    assertThat(socket.closed).as("the peer may still get to read why").isFalse();

    clock.turn(SECOND);
    sweep();

    awaitEvents("ended: body: -1", "closed: CLOSED_HERE");
  }

  @Test
  void calledClosedAfterTheCallThatAborts() {
    use(
        new Recorder() {
          @Override
          void onOpened() {
            connection().abort();
            events.add("aborted");
          }
        });

    connection.open();

    awaitEvents("opened", "aborted", "closed: ABORTED");
  }

  @Test
  void survivesAHandlerThatThrowsAtTheEnd() {
    use(
        new Recorder() {
          @Override
          public void closed(Connection connection, CloseReason reason) {
            super.closed(connection, reason);
            throw new AssertionError("a bug");
          }
        });

    connection.abort();

    awaitEvents("closed: ABORTED");
  }

  // ---- time-outs

  record Quiet(
      String name, Duration after, Consumer<PolledConnectionTest> before, CloseReason end) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Quiet> quiets() {
    var o = ConnectionOptions.DEFAULT;
    return Stream.of(
        new Quiet("nothing comes", o.firstByteTimeout(), _ -> {}, CloseReason.NO_FIRST_BYTE),
        new Quiet(
            "half a frame",
            o.frameTimeout(),
            t -> t.arrive(new byte[] {0, 0}),
            CloseReason.FRAME_STALLED),
        new Quiet(
            "nothing any more",
            o.idleTimeout(),
            t -> t.arrive(Frames.bytes("a")),
            CloseReason.IDLE),
        new Quiet(
            "paused for ever", o.idleTimeout(), t -> t.connection.pauseReading(), CloseReason.IDLE),
        new Quiet(
            "half closed, and forgotten",
            o.idleTimeout(),
            t -> {
              t.use(
                  new Recorder() {
                    @Override
                    public void inputEnded(
                        Connection connection, @Nullable RuntimeException cause) {}
                  });
              t.socket.atEnd = true;
              t.connection.readable();
            },
            CloseReason.IDLE),
        new Quiet(
            "the peer does not read",
            o.writeStallTimeout(),
            t -> {
              t.arrive(Frames.bytes("a"));
              t.socket.room = 2;
              t.connection.write(Frames.of("b"));
            },
            CloseReason.WRITE_STALLED),
        new Quiet(
            "nor when this side closes",
            o.writeStallTimeout(),
            t -> {
              t.socket.room = 2;
              t.connection.write(Frames.of("b"));
              t.connection.close();
            },
            CloseReason.WRITE_STALLED));
  }

  @ParameterizedTest
  @MethodSource("quiets")
  void closesWhenItIsTooQuiet(Quiet quiet) {
    quiet.before.accept(this);

    clock.turn(quiet.after.minusNanos(1));
    sweep();
    assertThat(handler.closeReason).isNull();
    clock.turn(Duration.ofNanos(1));
    sweep();

    assertThat(handler.closeReason).isEqualTo(quiet.end);
  }

  private void sweep() {
    connection.sweep(clock.getAsLong());
    poller.runTasks();
  }

  @Test
  void isNotIdleWhileACallIsUnderWay() {
    var busy = new AtomicBoolean(true);
    use(
        new Recorder() {
          @Override
          public boolean isBusy() {
            return busy.get();
          }
        });
    arrive(Frames.bytes("a"));
    clock.turn(ConnectionOptions.DEFAULT.idleTimeout());
    sweep();
    assertThat(connection.isOpen()).isTrue();

    busy.set(false);
    clock.turn(ConnectionOptions.DEFAULT.idleTimeout());
    sweep();

    assertThat(handler.closeReason).isEqualTo(CloseReason.IDLE);
  }

  @Test
  void letsAHandlerSayFarewellBeforeItIsIdleForGood() {
    var asked = new AtomicInteger();
    use(
        new Recorder() {
          @Override
          public boolean leavesIdle(Connection connection) {
            connection.write(Frames.of("bye"));
            return asked.incrementAndGet() == 1;
          }
        });
    arrive(Frames.bytes("a"));

    clock.turn(ConnectionOptions.DEFAULT.idleTimeout());
    sweep();
    sweep();
    assertThat(asked).hasValue(1);
    assertThat(connection.isOpen()).isTrue();
    clock.turn(ConnectionOptions.DEFAULT.idleTimeout());
    sweep();

    assertThat(asked).hasValue(2);
    assertThat(handler.closeReason).isEqualTo(CloseReason.IDLE);
  }

  @Test
  void blamesAStalledFrameWhileACallIsUnderWay() {
    use(
        new Recorder() {
          @Override
          public boolean isBusy() {
            return true;
          }
        });
    arrive(new byte[] {0, 0, 0, 9, 1});
    var half = ConnectionOptions.DEFAULT.frameTimeout().dividedBy(2);
    clock.turn(half);
    sweep();
    assertThat(connection.isOpen()).isTrue();

    clock.turn(half);
    sweep();

    assertThat(handler.closeReason).isEqualTo(CloseReason.FRAME_STALLED);
  }

  /// Row 90: no pause is long, but a frame that takes so long must not be held for ever.
  @Test
  void row90ClosesWhenAFrameDrips() {
    arrive(new byte[] {0, 0, 0x10, 0});
    var end = Duration.ZERO;
    for (; handler.closeReason == null; end = end.plus(SECOND)) {
      clock.turn(SECOND);
      arrive(new byte[] {1});
      sweep();
      assertThat(end).isLessThan(ConnectionOptions.DEFAULT.idleTimeout());
    }

    assertThat(handler.closeReason).isEqualTo(CloseReason.FRAME_TOO_SLOW);
    assertThat(end)
        .isBetween(
            ConnectionOptions.DEFAULT.frameTimeout(),
            ConnectionOptions.DEFAULT.frameTimeout().plusSeconds(3));
  }

  @Test
  void bearsAFrameThatComesAtTheLeastRate() {
    arrive(new byte[] {0, 1, 0, 0});
    for (int seconds = 0; seconds < 63; seconds++) {
      sweep();
      clock.turn(SECOND);
      arrive(new byte[1024]);
    }
    sweep();

    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void bearsManySmallFramesEachOfWhichHasBegun() {
    var one = Frames.bytes("a");
    arrive(Arrays.copyOf(one, 2));
    for (int seconds = 0; seconds < 300; seconds++) {
      sweep();
      clock.turn(SECOND);
      arrive(Arrays.copyOfRange(one, 2, one.length));
      arrive(Arrays.copyOf(one, 2));
    }
    sweep();

    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void countsNoTimeInWhichThePeerCannotSend() {
    arrive(new byte[] {0, 0, 0x10, 0});
    sweep();
    connection.pauseReading();
    clock.turn(ConnectionOptions.DEFAULT.frameTimeout().multipliedBy(4));
    connection.resumeReading();
    poller.runTasks();
    for (int seconds = 0; seconds < 20; seconds++) {
      sweep();
      clock.turn(SECOND);
      arrive(new byte[] {1});
    }
    sweep();

    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void bearsAnyRateIfAsked() {
    connection =
        connection(handler, ConnectionOptions.builder().minFrameBytesPerSecond(0).build(), true);
    arrive(new byte[] {0, 0, 0x10, 0});
    for (int seconds = 0; seconds < 300; seconds++) {
      sweep();
      clock.turn(SECOND);
      arrive(new byte[] {1});
    }

    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void countsSilenceFromTheLastByteEitherWay() {
    arrive(Frames.bytes("a"));
    clock.turn(ConnectionOptions.DEFAULT.idleTimeout().minus(SECOND));
    connection.write(Frames.of("b"));
    clock.turn(SECOND);

    sweep();

    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void doesNotBlameThePeerForAPause() {
    arrive(new byte[] {0, 0});
    connection.pauseReading();
    clock.turn(ConnectionOptions.DEFAULT.frameTimeout());
    sweep();
    connection.resumeReading();

    poller.runTasks();
    sweep();

    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void expectsNoFirstByteOfAServer() {
    connection = connection(handler, ConnectionOptions.DEFAULT, false);
    clock.turn(ConnectionOptions.DEFAULT.firstByteTimeout());

    sweep();

    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void bearsTimeoutsWithoutEnd() {
    var forever = Duration.ofSeconds(Long.MAX_VALUE);
    var options =
        ConnectionOptions.builder()
            .firstByteTimeout(forever)
            .idleTimeout(forever)
            .frameTimeout(forever)
            .writeStallTimeout(forever)
            .build();
    connection = connection(handler, options, true);
    clock.turn(Duration.ofDays(1000));

    sweep();

    assertThat(connection.isOpen()).isTrue();
  }
}
