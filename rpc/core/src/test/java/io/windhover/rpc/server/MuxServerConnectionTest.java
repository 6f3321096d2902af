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
import io.windhover.rpc.server.dispatch.RequestBudget;
import io.windhover.rpc.server.dispatch.TestPath;
import io.windhover.rpc.wire.Envelope;
import io.windhover.rpc.wire.FrameWriter;
import io.windhover.rpc.wire.MuxFrame;
import io.windhover.rpc.wire.TTHeader;
import io.windhover.rpc.wire.WireException;
import io.windhover.rpc.wire.WireLimits;
import io.windhover.thrift.ApplicationError;
import io.windhover.thrift.BinaryReader;
import io.windhover.thrift.MessageHeader;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Every transition of [MuxServerConnection]'s picture, and rows 61 to 63 of the bad-input table.
@Timeout(20)
final class MuxServerConnectionTest {

  private static final WireLimits LIMITS = WireLimits.ofMessageBytes(32 << 20);
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Map<String, Semaphore> turns = new ConcurrentHashMap<>(); // each lets one call end
  private final Semaphore running = new Semaphore(0);
  private final CountDownLatch interrupted = new CountDownLatch(2);
  private final MemoryConnection socket = new MemoryConnection();
  private final RequestBudget budget = new RequestBudget(256 << 20);
  private final MuxServerConnection connection = connection(Duration.ofMinutes(1));

  private MuxServerConnection connection(Duration leaveTimeout) {
    var dispatcher =
        TestPath.dispatcher(LIMITS, TestPath.runner(), EchoFixture.serve(this::handle));
    return new MuxServerConnection(LIMITS, dispatcher, budget, CallThreads.VIRTUAL, leaveTimeout);
  }

  private String handle(String text) {
    var name = text.substring(0, 1);
    running.release();
    try {
      turn(name).acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      interrupted.countDown();
    }
    return name;
  }

  private Semaphore turn(String name) {
    return turns.computeIfAbsent(name, _ -> new Semaphore(0));
  }

  @BeforeEach
  void open() {
    connection.opened(socket);
  }

  @Test
  void answersInTheOrderInWhichCallsEnd() throws Exception {
    connection.received(socket, call(1, "a"));
    connection.received(socket, call(2, "b"));
    connection.received(socket, call(-3, "c"));
    running.acquire(3);

    for (var expected : List.of("c-3", "a1", "b2")) {
      turn(expected.substring(0, 1)).release();
      assertThat(nextReply()).isEqualTo(expected);
    }

    awaitIdle(connection);
    assertThat(budget.heldBytes()).isZero();
  }

  @Test
  void refusesASecondCallWithTheIdOfOneUnderWay() throws Exception {
    connection.received(socket, call(7, "a"));
    connection.received(socket, call(7, "b"));

    assertThat(nextError()).isEqualTo("4: sequence id: 7 is that of a call under way");
    turn("a").release();
    assertThat(nextReply()).isEqualTo("a7");

    turn("b").release();
    connection.received(socket, call(7, "b"));
    assertThat(nextReply()).as("the id is free again").isEqualTo("b7");
  }

  /// Row 54.
  @Test
  void refusesAMessageOverTheLimitAndReadsOnBehindIt() throws Exception {
    var head = HexFormat.of().parseHex("01fffffd10000001000000090001" + "00000000");
    try (var input = LinkBuffer.wrap(head)) {
      int left = LIMITS.maxMessageBytes() + 1 - head.length;
      receive(input);
      assertThat(nextError()).startsWith("1938274413: TTHeader frame of 33554433 bytes (limit: ");

      for (var piece = new byte[1 << 20]; left > 0; left -= piece.length) {
        input.writeBytes(piece, 0, Math.min(piece.length, left));
        receive(input);
      }
      turn("b").release();
      var call = call(10, "b");
      input.append(call);
      call.release();
      receive(input);
      assertThat(nextReply()).isEqualTo("b10");
    }
  }

  /// As the poller does.
  private void receive(LinkBuffer input) {
    while (input.size() > 0) {
      int bytes = connection.frameBytes(socket, input);
      assertThat(bytes).isPositive();
      connection.received(socket, input.slice(bytes));
    }
  }

  @Test
  void closesOnALengthThatIsNoneOfAFrame() {
    try (var input = new LinkBuffer()) {
      input.writeBytes(HexFormat.of().parseHex("1fffffff100000010000000900010000"), 0, 16);

      assertThatThrownBy(() -> connection.frameBytes(socket, input))
          .isInstanceOf(WireException.class);
    }
  }

  @Test
  void tellsManyCallsApart() throws Exception {
    var ids = new Random(61).ints().filter(id -> id != 0).distinct().limit(900).toArray();
    for (int id : ids) {
      connection.received(socket, call(id, "a"));
    }

    for (int id : ids) {
      connection.received(socket, call(id, "b"));
      assertThat(nextError()).isEqualTo("4: sequence id: " + id + " is that of a call under way");
    }

    turn("a").release(ids.length);
    var replies = new HashSet<String>();
    for (int i = 0; i < ids.length; i++) {
      replies.add(nextReply());
    }
    assertThat(replies).hasSize(ids.length);
  }

  @Test
  void takesAnIdAgainAsSoonAsItsReplyLeaves() throws Exception {
    turn("a").release();
    turn("b").release();
    var second = call(7, "b");
    socket.beforeWrite(
        () -> {
          socket.beforeWrite(() -> {});
          connection.received(socket, second);
        });

    connection.received(socket, call(7, "a"));

    assertThat(List.of(nextReply(), nextReply())).containsExactlyInAnyOrder("a7", "b7");
  }

  @Test
  void refusesTheIdOfControlFrames() throws Exception {
    connection.received(socket, call(MuxFrame.CONTROL, "a"));

    assertThat(nextError()).startsWith("4: sequence id: 0");
    assertServes(connection);
  }

  @Test
  void answersWhatCannotBeReadAndGoesOn() throws Exception {
    connection.received(
        socket, buffer("00000012 1000 0001 00000005 0002 0000 07 00 0000 0000 00000000"));
    assertThat(nextError()).startsWith("7: TTHeader block id: 0x07");

    connection.received(socket, buffer("00000012 1000 0001 00000006 0001 0000 0000 80010001"));
    assertThat(nextError()).startsWith("7:");

    assertServes(connection);
  }

  @Test
  void refusesFramesThatCannotBeCut() {
    assertThatThrownBy(
            () -> connection.frameBytes(socket, buffer("00000011 80010001 00000004 6563686f 00")))
        .isInstanceOfSatisfying(
            RuntimeException.class, refusal -> connection.inputEnded(socket, refusal));

    assertThat(socket.isClosed()).isTrue();
  }

  @Test
  void pausesReadingWhenManyCallsAreUnderWayAndRefusesNone() throws Exception {
    for (int id = 1; id < CallLoad.MAX_CALLS; id++) {
      connection.received(socket, call(id, "a"));
    }
    assertThat(socket.isPaused()).isFalse();

    connection.received(socket, call(CallLoad.MAX_CALLS, "a"));

    assertThat(socket.isPaused()).isTrue();
    turn("a").release(CallLoad.MAX_CALLS);
    for (int id = 1; id <= CallLoad.MAX_CALLS; id++) {
      assertThat(nextReply()).startsWith("a");
    }
    awaitIdle(connection);
    assertThat(socket.isPaused()).isFalse();
    assertThat(budget.heldBytes()).isZero();
  }

  @Test
  void pausesReadingWhenMuchIsUnderWay() throws Exception {
    connection.received(socket, call(1, "b".repeat(16 << 20)));

    assertThat(socket.isPaused()).isTrue();
    turn("b").release();
    assertThat(nextReply()).isEqualTo("b1");
    Eventually.await(() -> !socket.isPaused()); // the call made room just before
  }

  @Test
  void tellsThePeerToGoAndServesWhatItStillSends() throws Exception {
    connection.drain();
    connection.drain();

    assertGoAway();
    connection.received(socket, call(1, "a"));
    turn("a").release();
    assertThat(nextReply()).isEqualTo("a1");
    awaitIdle(connection);
    assertThat(socket.isClosed()).as("the peer may have sent more").isFalse();

    connection.inputEnded(socket, null);
    awaitClosed();
    assertThat(socket.writtenCount()).isZero();
  }

  @Test
  void tellsThePeerToGoOnceNoCallIsUnderWay() throws Exception {
    connection.received(socket, call(1, "a"));

    connection.drain();

    connection.received(socket, call(2, "b"));
    turn("b").release();
    assertThat(nextReply()).isEqualTo("b2");
    turn("a").release();
    assertThat(nextReply()).isEqualTo("a1");
    assertGoAway();
  }

  @Test
  void closesOnAPeerThatStays() throws Exception {
    var impatient = connection(Duration.ofMillis(1));
    impatient.opened(socket);
    impatient.received(socket, call(1, "a"));
    running.acquire();

    impatient.drain();

    assertGoAway();
    while (!socket.isPaused()) { // bounded by the test's timeout
      Thread.onSpinWait();
    }
    assertThat(socket.isClosed()).as("a call is under way").isFalse();
    turn("a").release();
    assertThat(nextReply()).isEqualTo("a1");
    awaitClosed();
  }

  @Test
  void servesWhatHasArrivedBeforeItCloses() throws Exception {
    connection.received(socket, call(1, "a"));
    connection.received(socket, call(2, "b"));

    connection.inputEnded(socket, null);

    assertThat(socket.isClosed()).isFalse();
    turn("b").release();
    assertThat(nextReply()).isEqualTo("b2");
    turn("a").release();
    assertThat(nextReply()).isEqualTo("a1");
    awaitClosed();
  }

  @Test
  void closesAtOnceWhenThePeerEndsAndNothingIsUnderWay() {
    connection.inputEnded(socket, null);

    assertThat(socket.isClosed()).isTrue();
  }

  @Test
  void interruptsAllCallsWhenTheConnectionIsLost() throws Exception {
    connection.received(socket, call(1, "a"));
    connection.received(socket, call(2, "b"));
    running.acquire(2);

    socket.abort();
    connection.closed(socket, CloseReason.RESET);

    interrupted.await();
    awaitIdle(connection);
    assertThat(socket.writtenCount()).isZero();
    assertThat(budget.heldBytes()).isZero();
  }

  @Test
  void refusesARequestOverTheBudgetOfAllConnections() {
    assertThat(budget.take(256 << 20)).isTrue(); // by others
    var tooMuch = call(1, "a");

    connection.received(socket, tooMuch);

    assertThat(socket.isAborted()).isTrue();
    assertThatThrownBy(tooMuch::readByte).isInstanceOf(IllegalStateException.class);
    assertThat(connection.isBusy()).isFalse();
  }

  private void assertServes(MuxServerConnection connection) throws Exception {
    turn("z").release();
    connection.received(socket, call(99, "z"));
    assertThat(nextReply()).isEqualTo("z99");
    assertThat(socket.isClosed()).isFalse();
  }

  private void assertGoAway() throws InterruptedException {
    try (var frame = socket.nextWritten(LIMIT)) {
      assertThat(MuxFrame.sequenceId(frame)).isEqualTo(MuxFrame.CONTROL);
      assertThat(MuxFrame.isGoAway(frame, LIMITS)).isTrue();
    }
  }

  private static LinkBuffer call(int sequenceId, String text) {
    var header = new TTHeader(TTHeader.OUT_OF_ORDER, sequenceId, Map.of(), Map.of("isn", "Echo"));
    return FrameWriter.write(
        new Envelope(Protocol.TTHEADER, header),
        new MessageHeader(MessageHeader.CALL, "echo", sequenceId),
        Text.CODEC,
        new Text(text),
        LIMITS);
  }

  /// Returns the text and the sequence id of the next reply.
  private String nextReply() throws InterruptedException {
    try (var reply = socket.nextWritten(LIMIT)) {
      var header = Objects.requireNonNull(PlainWire.read(reply, LIMITS).header());
      assertThat(header.flags()).isZero();
      var message = MessageHeader.read(reply);
      assertThat(message.type()).isEqualTo(MessageHeader.REPLY);
      assertThat(message.sequenceId()).isEqualTo(header.sequenceId());
      return Text.CODEC.read(new BinaryReader(reply)).value() + header.sequenceId();
    }
  }

  private String nextError() throws InterruptedException {
    try (var reply = socket.nextWritten(LIMIT)) {
      PlainWire.read(reply, LIMITS);
      assertThat(MessageHeader.read(reply).type()).isEqualTo(MessageHeader.EXCEPTION);
      var error = ApplicationError.CODEC.read(new BinaryReader(reply));
      return error.type() + ": " + error.message();
    }
  }

  private static void awaitIdle(MuxServerConnection connection) {
    while (connection.isBusy()) { // bounded by the test's timeout
      Thread.onSpinWait();
    }
  }

  private void awaitClosed() {
    while (!socket.isClosed()) { // bounded by the test's timeout
      Thread.onSpinWait();
    }
  }

  private static LinkBuffer buffer(String hex) {
    return LinkBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
  }
}
