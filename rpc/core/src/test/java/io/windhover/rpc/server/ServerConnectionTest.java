package io.windhover.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.testing.MemoryConnection;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.fixture.Eventually;
import io.windhover.rpc.fixture.PlainWire;
import io.windhover.rpc.fixture.Text;
import io.windhover.rpc.server.dispatch.CallRunner;
import io.windhover.rpc.server.dispatch.HandlerFailures;
import io.windhover.rpc.server.dispatch.RequestBudget;
import io.windhover.rpc.server.dispatch.TestPath;
import io.windhover.rpc.time.Lookout;
import io.windhover.rpc.wire.Envelope;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.FrameWriter;
import io.windhover.rpc.wire.WireLimits;
import io.windhover.thrift.ApplicationError;
import io.windhover.thrift.BinaryReader;
import io.windhover.thrift.MessageHeader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Every transition of [ServerConnection]'s picture.
@Timeout(20)
final class ServerConnectionTest {

  private static final WireLimits LIMITS = WireLimits.ofMessageBytes(16 << 20);

  private final Semaphore turns = new Semaphore(0); // each lets one handler end
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final Semaphore running = new Semaphore(0);
  private final ConcurrentLinkedQueue<Boolean> interruptedAtStart = new ConcurrentLinkedQueue<>();
  private volatile Runnable onCall = () -> {};
  private final MemoryConnection socket = new MemoryConnection();
  private final Lookout lookout = Lookout.start("deadlines");
  private final RequestBudget budget = new RequestBudget(4 << 20);
  private final ServerConnection connection =
      new ServerConnection(
          LIMITS,
          TestPath.dispatcher(
              LIMITS,
              new CallRunner(slot -> slot.watchBy(lookout), new HandlerFailures(false, null)),
              EchoFixture.serve(this::handle)),
          budget,
          CallThreads.VIRTUAL);

  private String handle(String text) {
    interruptedAtStart.add(Thread.currentThread().isInterrupted());
    running.release();
    try {
      turns.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      interrupted.countDown();
    }
    onCall.run();
    return text.substring(0, 1);
  }

  @AfterEach
  void close() {
    lookout.close();
  }

  @BeforeEach
  void open() {
    connection.opened(socket);
  }

  @Test
  void runsOneCallAtATimeAndAnswersInOrder() throws Exception {
    turns.release(5);
    for (var text : List.of("a", "b", "c", "d", "e")) {
      connection.received(socket, call(text));
    }

    for (var text : List.of("a", "b", "c", "d", "e")) {
      assertThat(nextReply()).isEqualTo(text);
    }
    awaitIdle();
    assertThat(budget.heldBytes()).isZero();
  }

  @Test
  void startsEachCallWithoutAnInterruptThatTheLastOneLeft() throws Exception {
    turns.release(2);
    onCall = () -> Thread.currentThread().interrupt();
    connection.received(socket, call("a"));
    connection.received(socket, call("b"));
    assertThat(nextReply()).isEqualTo("a");
    assertThat(nextReply()).isEqualTo("b");

    assertThat(interruptedAtStart).containsExactly(false, false);
  }

  @Test
  void pausesReadingWhenManyWait() throws Exception {
    for (int i = 0; i < 17; i++) { // one runs or is about to, and 16 wait
      connection.received(socket, call("a"));
    }
    assertThat(socket.isPaused()).isTrue();

    turns.release(17);
    for (int i = 0; i < 17; i++) {
      assertThat(nextReply()).isEqualTo("a");
    }
    awaitIdle();
    assertThat(socket.isPaused()).isFalse();
  }

  @Test
  void pausesReadingWhenMuchWaits() throws Exception {
    connection.received(socket, call("a"));
    running.acquire();
    assertThat(socket.isPaused()).isFalse();

    connection.received(socket, call("b".repeat(1 << 20)));

    assertThat(socket.isPaused()).isTrue();
    turns.release(2);
    assertThat(nextReply()).isEqualTo("a");
    assertThat(nextReply()).isEqualTo("b");
    awaitIdle();
    assertThat(socket.isPaused()).isFalse();
  }

  @Test
  void closesAtOnceWhenIdle() {
    connection.drain();

    assertThat(socket.isClosed()).isTrue();
  }

  @Test
  void closesAfterWhatComesNextWhenItFinishes() throws Exception {
    connection.finish();
    connection.finish();
    assertThat(socket.isClosed()).isFalse();
    assertThat(connection.isBusy()).isFalse();

    turns.release(1);
    connection.received(socket, call("a"));

    assertThat(nextReply()).isEqualTo("a");
    while (!socket.isClosed()) { // bounded by the test's timeout
      Thread.onSpinWait();
    }
  }

  @Test
  void closesWhenItIsDrainedAndNothingHasCome() {
    connection.finish();

    connection.drain();

    assertThat(socket.isClosed()).isTrue();
  }

  @Test
  void servesOneMoreAfterTheCallThatRanWhenItFinishes() throws Exception {
    connection.received(socket, call("a"));
    running.acquire();

    connection.finish();
    turns.release(2);

    assertThat(nextReply()).isEqualTo("a"); // in which the peer may not have been told
    awaitIdle();
    assertThat(socket.isClosed()).isFalse();
    connection.received(socket, call("b"));
    assertThat(nextReply()).isEqualTo("b");
    while (!socket.isClosed()) { // bounded by the test's timeout
      Thread.onSpinWait();
    }
    assertThat(socket.isClosedWithAFrame()).isTrue();
  }

  @Test
  void servesWhatHasArrivedBeforeItCloses() throws Exception {
    connection.received(socket, call("a"));
    connection.received(socket, call("b"));
    connection.inputEnded(socket, null);
    assertThat(socket.isClosed()).isFalse();

    turns.release(2);

    assertThat(nextReply()).isEqualTo("a");
    assertThat(nextReply()).isEqualTo("b");
    while (!socket.isClosed()) { // bounded by the test's timeout
      Thread.onSpinWait();
    }
  }

  @Test
  void interruptsItsCallAndDropsTheRestWhenTheConnectionIsLost() throws Exception {
    var waiting = call("b");
    connection.received(socket, call("a"));
    running.acquire();
    connection.received(socket, waiting);

    socket.abort();
    connection.closed(socket, CloseReason.RESET);

    interrupted.await();
    assertReleased(waiting);
    while (budget.heldBytes() > 0) { // bounded by the test's timeout
      Thread.onSpinWait();
    }
    assertThat(socket.writtenCount()).isZero();
  }

  @Test
  void takesNothingAfterTheEnd() {
    connection.closed(socket, CloseReason.RESET);
    var late = call("a");

    connection.received(socket, late);

    assertReleased(late);
    assertThat(budget.heldBytes()).isZero();
  }

  @Test
  void refusesARequestOverTheBudgetOfAllConnections() throws Exception {
    assertThat(budget.take(4 << 20)).isTrue(); // by others
    var tooMuch = call("a");

    connection.received(socket, tooMuch);

    assertThat(socket.isAborted()).isTrue();
    assertReleased(tooMuch);
    assertThat(budget.heldBytes()).isEqualTo(4 << 20);
  }

  @Test
  void refusesAMessageOverTheLimitAfterTheRepliesBeforeIt() throws Exception {
    connection.received(socket, call("a"));
    running.acquire();
    refuse(callOverTheLimit(MessageHeader.CALL));
    assertThat(socket.isClosed()).isFalse();

    turns.release();

    assertThat(nextReply()).isEqualTo("a");
    try (var reply = socket.nextWritten(Duration.ofSeconds(10))) {
      PlainWire.read(reply, LIMITS);
      assertThat(MessageHeader.read(reply))
          .isEqualTo(new MessageHeader(MessageHeader.EXCEPTION, "echo", 7));
      assertThat(ApplicationError.CODEC.read(new BinaryReader(reply)).type())
          .isEqualTo(ErrorCode.TOO_LARGE.number());
    }
    Eventually.await(socket::isClosed);
  }

  @Test
  void saysNothingToAOnewayMessageOverTheLimit() {
    refuse(callOverTheLimit(MessageHeader.ONEWAY));

    assertThat(socket.isClosed()).isTrue();
    assertThat(socket.writtenCount()).isZero();
  }

  /// The head of it, which is all that is looked at.
  private static LinkBuffer callOverTheLimit(int type) {
    var head = new LinkBuffer();
    head.writeInt(LIMITS.maxMessageBytes());
    new MessageHeader(type, "echo", 7).write(head);
    return head;
  }

  private void refuse(LinkBuffer input) {
    try (input) {
      assertThatThrownBy(() -> connection.frameBytes(socket, input))
          .isInstanceOfSatisfying(
              RuntimeException.class, refusal -> connection.inputEnded(socket, refusal));
    }
  }

  @Test
  void tellsHttpPeersWhatThisPortSpeaks() throws Exception {
    var bytes = "GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII);
    var request = LinkBuffer.wrap(bytes);

    assertThatThrownBy(() -> connection.frameBytes(socket, request))
        .isInstanceOfSatisfying(
            RuntimeException.class, refusal -> connection.inputEnded(socket, refusal));

    assertThat(socket.isClosed()).isTrue();
    try (var answer = socket.nextWritten(Duration.ofSeconds(10))) {
      assertThat(answer.readUtf8(answer.size())).endsWith("speaks RPC, not HTTP/1\n");
    }
  }

  private static LinkBuffer call(String text) {
    return FrameWriter.write(
        new Envelope(Protocol.FRAMED, null),
        new MessageHeader(MessageHeader.CALL, "echo", 1),
        Text.CODEC,
        new Text(text),
        LIMITS);
  }

  private String nextReply() throws InterruptedException {
    try (var reply = socket.nextWritten(Duration.ofSeconds(10))) {
      assertThat(PlainWire.read(reply, LIMITS).protocol()).isEqualTo(Protocol.FRAMED);
      assertThat(MessageHeader.read(reply).type()).isEqualTo(MessageHeader.REPLY);
      return Text.CODEC.read(new BinaryReader(reply)).value();
    }
  }

  private void awaitIdle() {
    while (connection.isBusy()) { // bounded by the test's timeout
      Thread.onSpinWait();
    }
  }

  private static void assertReleased(LinkBuffer frame) {
    assertThatThrownBy(frame::readByte).isInstanceOf(IllegalStateException.class);
  }
}
