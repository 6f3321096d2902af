package io.windhover.rpc.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.ConnectionClosedException;
import io.windhover.netpoll.testing.MemoryConnection;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.pool.ConnectionLostException;
import io.windhover.rpc.wire.MuxFrame;
import io.windhover.rpc.wire.WireLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Every transition of [MuxConnection]'s picture, and of [MuxCall]'s.
@Timeout(20)
final class MuxConnectionTest {

  private static final WireLimits LIMITS = WireLimits.ofMessageBytes(1024);
  private static final Deadline LONG = Deadline.after(Duration.ofMinutes(1));

  private final MemoryConnection socket = new MemoryConnection();
  private final LongAdder dropped = new LongAdder();
  private final AtomicInteger closes = new AtomicInteger();
  private final MuxConnection connection = connection(1);

  private MuxConnection connection(int firstId) {
    return new MuxConnection(LIMITS, firstId, dropped, _ -> closes.incrementAndGet());
  }

  @BeforeEach
  void open() {
    connection.opened(socket);
  }

  @Test
  void givesEachReplyToItsCall() throws Exception {
    var first = begin();
    var second = begin();
    var firstReply = reply(first);
    var secondReply = reply(second);

    connection.received(socket, secondReply);
    connection.received(socket, firstReply);

    assertThat(second.exchange(request(), LONG)).isSameAs(secondReply);
    assertThat(first.exchange(request(), LONG)).isSameAs(firstReply);
    assertThat(connection.isBusy()).isFalse();
    assertThat(socket.writtenCount()).isEqualTo(2);
  }

  /// Row 54: of a reply that is over the limit.
  @Test
  void losesTheCallWhoseReplyIsOverTheLimitAndReadsOnBehindIt() throws Exception {
    var large = begin();
    var other = begin();
    var otherReply = reply(other);
    var head = HexFormat.of().parseHex("00001000" + "10000000" + "00000001" + "0001" + "00000000");

    try (var input = LinkBuffer.wrap(head)) {
      receive(input);
      assertThatThrownBy(() -> large.exchange(request(), LONG))
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageContaining("(limit: maxMessageBytes 1024)");

      input.writeBytes(new byte[4 + 0x1000 - head.length], 0, 4 + 0x1000 - head.length);
      try (var next = otherReply.duplicate()) {
        input.append(next);
      }
      otherReply.release();
      receive(input);
    }

    try (var reply = other.exchange(request(), LONG)) {
      assertThat(MuxFrame.sequenceId(reply)).isEqualTo(2);
    }
    assertThat(socket.isAborted()).isFalse();
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
  void wakesTheCallerWhenItsReplyComes() throws Exception {
    var call = begin();
    var reply = reply(call);
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

    assertThat(call.exchange(request(), LONG)).isSameAs(reply);
  }

  @Test
  void dropsAReplyThatItsCallDoesNotTake() {
    var early = begin();
    var earlyReply = reply(early);
    connection.received(socket, earlyReply);

    early.abandon();

    assertReleased(earlyReply);
  }

  @Test
  void dropsAReplyThatThePollerBringsToACallThatIsOver() {
    var call = begin();
    var reply = reply(call);
    connection.end(call); // as the poller does that brings the reply
    call.abandon();

    call.answer(reply);

    assertReleased(reply);
  }

  @Test
  void dropsAReplyThatComesAfterTheDeadlineAndGoesOn() throws Exception {
    var late = begin();
    assertThatThrownBy(() -> late.exchange(request(), Deadline.after(Duration.ofMillis(1))))
        .isInstanceOf(TimeoutException.class);

    var lateReply = reply(late);
    connection.received(socket, lateReply);

    assertReleased(lateReply);
    assertThat(dropped.sum()).isEqualTo(1);
    assertServes();
  }

  @Test
  void endsACallThatCannotBeSentInTimeAndGoesOn() throws Exception {
    var late = begin();
    var request = request();
    socket.full(true);

    assertThatThrownBy(() -> late.exchange(request, Deadline.after(Duration.ofMillis(1))))
        .isInstanceOf(TimeoutException.class);
    connection.end(late);

    assertReleased(request);
    assertThat(connection.isBusy()).isFalse();
    socket.full(false);
    assertServes();
  }

  @Test
  void endsAOnewayCallThatCannotBeSentInTimeAndGoesOn() throws Exception {
    var late = begin();
    var request = request();
    socket.full(true);

    assertThatThrownBy(() -> late.send(request, Deadline.after(Duration.ofMillis(1))))
        .isInstanceOf(TimeoutException.class);

    assertReleased(request);
    assertThat(connection.isBusy()).isFalse();
    socket.full(false);
    assertServes();
  }

  @Test
  void goesOnAfterACallerThatIsInterrupted() throws Exception {
    var call = begin();
    socket.beforeWrite(() -> Thread.currentThread().interrupt());

    assertThatThrownBy(() -> call.exchange(request(), LONG))
        .isInstanceOf(InterruptedException.class);

    assertThat(Thread.interrupted()).isTrue();
    socket.beforeWrite(() -> {});
    connection.received(socket, reply(call));
    assertThat(dropped.sum()).isEqualTo(1);
    assertServes();
  }

  @Test
  void dropsUnknownRepliesAndSecondOnes() throws Exception {
    var call = begin();
    var reply = reply(call);

    connection.received(socket, reply(77));
    connection.received(socket, reply(call.sequenceId() + MuxConnection.MAX_CALLS)); // same place
    connection.received(socket, reply);
    connection.received(socket, reply(call));

    assertThat(dropped.sum()).isEqualTo(3);
    assertThat(call.exchange(request(), LONG)).isSameAs(reply);
    assertServes();
  }

  @Test
  void carriesSoManyCallsAndNoMore() {
    for (int i = 0; i < MuxConnection.MAX_CALLS; i++) {
      begin();
    }

    assertThat(connection.begin()).isNull();
  }

  @Test
  void countsSequenceIdsAroundAndLeavesOutZeroAndTakenPlaces() throws Exception {
    var wrapping = connection(Integer.MAX_VALUE - 1);
    wrapping.opened(socket);
    var before = Objects.requireNonNull(wrapping.begin());
    var last = Objects.requireNonNull(wrapping.begin());
    var first = Objects.requireNonNull(wrapping.begin());
    assertThat(before.sequenceId()).isEqualTo(Integer.MAX_VALUE - 1);
    assertThat(last.sequenceId()).isEqualTo(Integer.MAX_VALUE);
    assertThat(first.sequenceId()).isEqualTo(Integer.MIN_VALUE);
    var reply = reply(first);
    wrapping.received(socket, reply);
    assertThat(first.exchange(request(), LONG)).isSameAs(reply);

    var aroundZero = connection(-1);
    var minusOne = Objects.requireNonNull(aroundZero.begin());
    var one = Objects.requireNonNull(aroundZero.begin());
    assertThat(minusOne.sequenceId()).isEqualTo(-1);
    assertThat(one.sequenceId()).isEqualTo(1);
    for (int i = 2; i < MuxConnection.MAX_CALLS - 1; i++) {
      aroundZero.end(Objects.requireNonNull(aroundZero.begin()));
    }
    assertThat(Objects.requireNonNull(aroundZero.begin()).sequenceId())
        .as("past the places that are taken")
        .isEqualTo(MuxConnection.MAX_CALLS);
  }

  @Test
  void leavesWhenAControlFrameSaysSo() throws Exception {
    var call = begin();
    var reply = reply(call);
    socket.beforeWrite(
        () -> {
          connection.received(socket, MuxFrame.goAway());
          assertThat(connection.isOpen()).isFalse();
          assertThat(connection.begin()).isNull();
          assertThat(socket.isClosed()).as("a call is under way").isFalse();
          connection.received(socket, reply);
        });

    assertThat(call.exchange(request(), LONG)).isSameAs(reply);

    assertThat(socket.isClosed()).isTrue();
    assertThat(dropped.sum()).isZero();
  }

  @Test
  void leavesOnceACallThatIsGivenUpWasTheLast() {
    var call = begin();
    connection.leave();
    assertThat(socket.isClosed()).isFalse();

    connection.end(call);

    assertThat(socket.isClosed()).isTrue();
  }

  @Test
  void leavesAtOnceWhenUnused() {
    connection.leave();

    assertThat(socket.isClosed()).isTrue();
  }

  @Test
  void ignoresOtherControlFrames() {
    connection.received(socket, reply(0));
    var malformed = LinkBuffer.wrap(hex("00000012 1000 0000 00000000 0002 0000 0700 0000 0000"));
    connection.received(socket, malformed);

    assertThat(connection.isOpen()).isTrue();
    assertThat(dropped.sum()).isEqualTo(2);
    assertReleased(malformed);
  }

  @Test
  void failsAllThatWaitWhenTheConnectionIsLost() {
    var calls = new ArrayList<MuxCall>();
    for (int i = 0; i < 3; i++) {
      calls.add(begin());
    }

    connection.closed(socket, CloseReason.RESET);

    for (var call : calls) {
      assertThatThrownBy(() -> call.exchange(request(), LONG))
          .isInstanceOf(ConnectionLostException.class)
          .hasMessage("the connection was lost: " + CloseReason.RESET);
    }
    assertThat(closes).hasValue(1);
    assertThat(connection.begin()).isNull();
  }

  @Test
  void tellsThatTheServerClosedAndKeepsAReplyThatCameBefore() throws Exception {
    var answered = begin();
    var waiting = begin();
    var reply = reply(answered);
    connection.received(socket, reply);

    connection.inputEnded(socket, null);

    assertThat(socket.isAborted()).isTrue();
    assertThatThrownBy(() -> waiting.exchange(request(), LONG))
        .isInstanceOf(ConnectionClosedException.class); // it was not even sent
    assertThat(connection.isOpen()).isFalse();
    connection.closed(socket, CloseReason.ABORTED);
    assertThat(closes).hasValue(1);
  }

  @Test
  void refusesWhatIsNotTTHeader() {
    var framed = LinkBuffer.wrap(hex("00000011 80010002 00000004 6563686f 00000001 00"));

    assertThatThrownBy(() -> connection.frameBytes(socket, framed))
        .hasMessageContaining("magic: 0x8001 on a multiplexed connection");
  }

  private void assertServes() throws Exception {
    var call = begin();
    var reply = reply(call);
    connection.received(socket, reply);
    assertThat(call.exchange(request(), LONG)).isSameAs(reply);
    assertThat(socket.isAborted()).isFalse();
    assertThat(socket.isClosed()).isFalse();
  }

  private MuxCall begin() {
    return Objects.requireNonNull(connection.begin());
  }

  private static LinkBuffer request() {
    var frame = new LinkBuffer();
    frame.writeInt(1);
    return frame;
  }

  private static LinkBuffer reply(MuxCall call) {
    return reply(call.sequenceId());
  }

  private static LinkBuffer reply(int sequenceId) {
    return LinkBuffer.wrap(hex("0000000e 1000 0000 %08x 0001 0000 0000".formatted(sequenceId)));
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static void assertReleased(LinkBuffer frame) {
    assertThatThrownBy(frame::readByte).isInstanceOf(IllegalStateException.class);
  }
}
