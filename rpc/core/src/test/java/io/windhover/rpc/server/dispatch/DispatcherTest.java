package io.windhover.rpc.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LONG;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Method;
import io.windhover.rpc.Operation;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.Service;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.fixture.PlainWire;
import io.windhover.rpc.fixture.TestCall;
import io.windhover.rpc.fixture.Text;
import io.windhover.rpc.time.Lookout;
import io.windhover.rpc.wire.Envelope;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.FrameWriter;
import io.windhover.rpc.wire.HeaderKey;
import io.windhover.rpc.wire.PayloadForm;
import io.windhover.rpc.wire.RequestObjects;
import io.windhover.rpc.wire.TTHeader;
import io.windhover.rpc.wire.WireFormats;
import io.windhover.rpc.wire.WireLimits;
import io.windhover.thrift.ApplicationError;
import io.windhover.thrift.BinaryReader;
import io.windhover.thrift.MessageHeader;
import io.windhover.thrift.StructCodec;
import io.windhover.thrift.ThriftReader;
import io.windhover.thrift.ThriftWriter;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DispatcherTest {

  private static final WireLimits LIMITS = WireLimits.ofMessageBytes(1024);
  private static final SocketAddress REMOTE = InetSocketAddress.createUnresolved("caller", 1);
  private static final Lookout LOOKOUT = Lookout.start("deadlines");

  @AfterAll
  static void close() {
    LOOKOUT.close();
  }

  @Test
  void answersACall() {
    var reply = dispatcher(text -> text + "!").dispatch(call("echo", "hi"), arrival());

    assertThat(reply.closes()).isFalse();
    try (var frame = frameOf(reply)) {
      var header = header(frame);
      assertThat(header.type()).isEqualTo(MessageHeader.REPLY);
      assertThat(header.sequenceId()).isEqualTo(7);
      assertThat(Text.CODEC.read(new BinaryReader(frame))).isEqualTo(new Text("hi!"));
    }
  }

  @Test
  void hasReleasedTheRequestWhenItsHandlerRuns() {
    var frame = call("echo", "hi");
    var dispatcher =
        dispatcher(
            text -> {
              assertThatThrownBy(frame::readByte).isInstanceOf(IllegalStateException.class);
              return text;
            });

    try (var reply = frameOf(dispatcher.dispatch(frame, arrival()))) {
      assertThat(header(reply).type()).isEqualTo(MessageHeader.REPLY);
    }
  }

  @ParameterizedTest
  @CsvSource({"1000, 1000", "2147483648, 2147483648", "4294967295, 4294967295"})
  void takesTheDeadlineFromTheHeader(String millis, long expectedMillis) {
    var dispatcher =
        dispatcher(
            text -> {
              var deadline = Invocation.current().orElseThrow().deadline();
              return Long.toString(deadline.remainingNanos());
            });

    try (var reply = frameOf(dispatcher.dispatch(ttheaderCall(millis), arrival()))) {
      assertThat(header(reply).type()).isEqualTo(MessageHeader.REPLY);
      var remaining = Long.parseLong(Text.CODEC.read(new BinaryReader(reply)).value());
      var expected = Duration.ofMillis(expectedMillis);
      assertThat(remaining).isBetween(expected.dividedBy(2).toNanos(), expected.toNanos());
    }
  }

  @ParameterizedTest
  @CsvSource({"0, the deadline had passed", "soon, not a number", "-1, not a number"})
  void refusesCallsWithoutTime(String millis, String text) {
    var reply = dispatcher(UnaryOperator.identity()).dispatch(ttheaderCall(millis), arrival());

    assertThat(error(reply).message()).contains(text);
  }

  @Test
  void countsTheTimeInWhichACallWaited() {
    var arrival = new Arrival(System.nanoTime() - 2_000_000_000, REMOTE, new CallSlot());

    var error = error(dispatcher(text -> text).dispatch(ttheaderCall("1000"), arrival));

    assertThat(error.type()).isEqualTo(ErrorCode.DEADLINE_PASSED.number());
    assertThat(error.message()).isEqualTo("the deadline had passed before Echo/echo could start");
  }

  @Test
  void takesNoDeadlineFromAOnewayCaller() {
    var deadlines = new ArrayList<Deadline>();
    var dispatcher =
        dispatcher(
            text -> {
              deadlines.add(Invocation.current().orElseThrow().deadline());
              return text;
            });
    var header = new TTHeader(7, Map.of(HeaderKey.RPC_TIMEOUT, "1"), Map.of());
    var message = new MessageHeader(MessageHeader.ONEWAY, "note", 7);

    dispatcher.dispatch(write(Protocol.TTHEADER, header, message, "", LIMITS), arrival());

    assertThat(deadlines).containsExactly(TimeoutPolicy.NO_DEADLINE);
  }

  @Test
  void dropsErrorsOfOnewayCalls() {
    var message = new MessageHeader(MessageHeader.ONEWAY, "nope", 7);

    var reply =
        dispatcher(UnaryOperator.identity())
            .dispatch(write(Protocol.FRAMED, null, message, "hi", LIMITS), arrival());

    assertThat(reply).isEqualTo(Reply.NONE);
  }

  @Test
  void saysThatAReplyIsTooLarge() {
    var reply = dispatcher(text -> "x".repeat(2000)).dispatch(call("echo", "hi"), arrival());

    assertThat(error(reply).message()).contains("the reply cannot be written", "limit");
  }

  @Test
  void closesWhenNotEvenTheErrorFits() {
    var large = WireLimits.ofMessageBytes(1 << 20);
    var message = new MessageHeader(MessageHeader.CALL, "n".repeat(1000), 7);

    var reply =
        dispatcher(UnaryOperator.identity())
            .dispatch(write(Protocol.FRAMED, null, message, "", large), arrival());

    assertThat(reply.frame()).isNull();
    assertThat(reply.closes()).isTrue();
  }

  @Test
  void countsTheObjectsOfARequestWhileItRuns() {
    var objects = new RequestObjects(1 << 20);
    var duringCall = new ArrayList<Long>();
    var greedy =
        greedy(
            () -> {
              duringCall.add(objects.heldBytes());
              return "done";
            });

    try (var reply = frameOf(dispatcher(greedy, objects).dispatch(call("greedy", ""), arrival()))) {
      assertThat(header(reply).type()).isEqualTo(MessageHeader.REPLY);
    }

    assertThat(duringCall).singleElement(LONG).isBetween(700_000L, 1L << 20);
    assertThat(objects.heldBytes()).isZero();
  }

  @Test
  void refusesARequestWhoseObjectsTakeTooMuch() {
    var objects = new RequestObjects(700_000);
    var dispatcher = dispatcher(greedy(() -> "never"), objects);

    var error = error(dispatcher.dispatch(call("greedy", ""), arrival()));

    assertThat(error.type()).isEqualTo(ErrorCode.PROTOCOL_ERROR.number());
    assertThat(error.message()).contains("take more memory than may be had");
    assertThat(objects.heldBytes()).isZero();
  }

  /// A service whose requests become objects of 800,000 bytes.
  private static Service greedy(Supplier<String> handler) {
    var manyFields =
        new StructCodec<Text>() {
          @Override
          public Text read(ThriftReader in) {
            for (int i = 0; i < 100; i++) {
              in.structBegin(1000);
              in.structEnd();
            }
            return new Text("");
          }

          @Override
          public void write(Text value, ThriftWriter out) {
            throw new AssertionError();
          }
        };
    var method = new Method<>("greedy", false, new TestCall<>(manyFields, Text.CODEC));
    return new Service(
        "Greedy", List.of(new Operation(method, (invocation, request) -> new Text(handler.get()))));
  }

  @Test
  void answersWhatACodecFailsToReadOrToWrite() {
    var fails =
        new StructCodec<Text>() {
          @Override
          public Text read(ThriftReader in) {
            throw new IllegalStateException("reading");
          }

          @Override
          public void write(Text value, ThriftWriter out) {
            throw new AssertionError("writing");
          }
        };
    var reads = new Method<>("reads", false, new TestCall<>(fails, Text.CODEC));
    var writes = new Method<>("writes", false, new TestCall<>(Text.CODEC, fails));
    var service =
        new Service(
            "Broken",
            List.of(
                new Operation(reads, (invocation, request) -> request),
                new Operation(writes, (invocation, request) -> request)));
    var dispatcher = dispatcher(service, new RequestObjects(0));

    for (var method : List.of("reads", "writes")) {
      var error = error(dispatcher.dispatch(call(method, "hi"), arrival()));

      assertThat(error.type()).isEqualTo(ErrorCode.INTERNAL_ERROR.number());
      assertThat(error.message()).contains(method, "error id");
    }
  }

  @Test
  void answersARequestWhosePayloadHasChangedAndKeepsTheConnection() {
    var header = new TTHeader(7, Map.of(), Map.of("crc32c", "00000000"));
    var message = new MessageHeader(MessageHeader.CALL, "echo", 7);
    var frame = write(Protocol.TTHEADER, header, message, "hi", LIMITS);
    var dispatcher =
        dispatcher(
            text -> {
              throw new AssertionError("the handler runs");
            });

    var error = error(dispatcher.dispatch(frame, arrival()));

    assertThat(error.type()).isEqualTo(7);
    assertThat(error.message()).contains("payload checksum", "expected: crc32c 00000000");
  }

  private static Dispatcher dispatcher(UnaryOperator<String> handler) {
    return dispatcher(EchoFixture.serve(handler), new RequestObjects(0));
  }

  private static Dispatcher dispatcher(Service service, RequestObjects objects) {
    var runner = new CallRunner(slot -> slot.watchBy(LOOKOUT), new HandlerFailures(false, null));
    var replies = new ReplyWriter(LIMITS, WireFormats.PLAIN, PayloadForm.PLAIN, () -> false);
    return new Dispatcher(TestPath.of(runner, service), replies, objects, null);
  }

  private static Arrival arrival() {
    return new Arrival(System.nanoTime(), REMOTE, new CallSlot());
  }

  private static LinkBuffer call(String method, String text) {
    var message = new MessageHeader(MessageHeader.CALL, method, 7);
    return write(Protocol.FRAMED, null, message, text, LIMITS);
  }

  private static LinkBuffer ttheaderCall(String timeoutMillis) {
    var header = new TTHeader(7, Map.of(HeaderKey.RPC_TIMEOUT, timeoutMillis), Map.of());
    var message = new MessageHeader(MessageHeader.CALL, "echo", 7);
    return write(Protocol.TTHEADER, header, message, "", LIMITS);
  }

  private static LinkBuffer write(
      Protocol protocol,
      @Nullable TTHeader header,
      MessageHeader message,
      String text,
      WireLimits limits) {
    return FrameWriter.write(
        new Envelope(protocol, header), message, Text.CODEC, new Text(text), limits);
  }

  private static LinkBuffer frameOf(Reply reply) {
    return Objects.requireNonNull(reply.frame());
  }

  private static MessageHeader header(LinkBuffer frame) {
    assertThat(PlainWire.read(frame, LIMITS).protocol()).isNotNull();
    return MessageHeader.read(frame);
  }

  private static ApplicationError error(Reply reply) {
    assertThat(reply.closes()).isFalse();
    try (var frame = frameOf(reply)) {
      assertThat(header(frame).type()).isEqualTo(MessageHeader.EXCEPTION);
      return ApplicationError.CODEC.read(new BinaryReader(frame));
    }
  }
}
