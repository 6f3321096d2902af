package io.windhover.rpc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windhover.rpc.Protocol;
import io.windhover.rpc.fixture.PlainWire;
import io.windhover.rpc.fixture.Text;
import io.windhover.thrift.ApplicationError;
import io.windhover.thrift.BinaryReader;
import io.windhover.thrift.MessageHeader;
import io.windhover.thrift.StructCodec;
import io.windhover.thrift.ThriftReader;
import io.windhover.thrift.ThriftType;
import io.windhover.thrift.ThriftWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Whole messages, envelope and all: `echo(Req{msg: "hi"})` and its answers.
final class EnvelopeTest {

  private static final WireLimits LIMITS = WireLimits.ofMessageBytes(1 << 20);

  private static final String CALL =
      "80010001 00000004 6563686f 00000001 0c0001 0b0001 00000002 6869 00 00";

  private static final String CALL_HEADER =
      """
      10000000 00000001 0008 0000
      01 0001 0003 69736e 0004 4563686f
      10 0002 0009 0004 6563686f 0016 0001 31
      """;

  record Sample<T>(
      String name,
      String hex,
      Envelope envelope,
      MessageHeader message,
      StructCodec<T> codec,
      T body) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Sample<?>> samples() {
    var callHeader = new TTHeader(1, ordered(9, "echo", 22, "1"), Map.of("isn", "Echo"));
    var businessStatus =
        new TTHeader(1, Map.of(22, "2"), ordered("biz-status", "404", "biz-message", "no"));
    return Stream.of(
        call("Buffered call", CALL, new Envelope(Protocol.BUFFERED, null)),
        call("Framed call", "0000001e" + CALL, new Envelope(Protocol.FRAMED, null)),
        call(
            "TTHeader call",
            "00000048" + CALL_HEADER + CALL,
            new Envelope(Protocol.TTHEADER, callHeader)),
        call(
            "TTHeaderFramed call",
            "0000004c" + CALL_HEADER + "0000001e" + CALL,
            new Envelope(Protocol.TTHEADER_FRAMED, callHeader)),
        new Sample<>(
            "Buffered exception",
            """
            80010003 00000001 78 00000007
            0b0001 00000010 756e6b6e6f776e206d6574686f642078 080002 00000001 00
            """,
            new Envelope(Protocol.BUFFERED, null),
            new MessageHeader(MessageHeader.EXCEPTION, "x", 7),
            ApplicationError.CODEC,
            new ApplicationError(1, "unknown method x")),
        new Sample<>(
            "TTHeaderFramed reply with a business status",
            """
            0000004f 10000000 00000001 000c 0000
            01 0002 000a 62697a2d737461747573 0003 343034
                    000b 62697a2d6d657373616765 0002 6e6f
            10 0001 0016 0001 32 00
            00000011 80010002 00000004 6563686f 00000001 00
            """,
            new Envelope(Protocol.TTHEADER_FRAMED, businessStatus),
            new MessageHeader(MessageHeader.REPLY, "echo", 1),
            new NoFields(),
            "nothing"));
  }

  private static Sample<Text> call(String name, String hex, Envelope envelope) {
    var message = new MessageHeader(MessageHeader.CALL, "echo", 1);
    return new Sample<>(name, hex, envelope, message, new EchoArguments(), new Text("hi"));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void readsWhatThePeerWrites(Sample<?> sample) {
    try (var frame = Hex.buffer(sample.hex)) {
      assertThat(PlainWire.read(frame, LIMITS)).isEqualTo(sample.envelope);
      assertThat(MessageHeader.read(frame)).isEqualTo(sample.message);
      assertThat(sample.codec.read(new BinaryReader(frame))).isEqualTo(sample.body);
      assertThat(frame.size()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  <T> void writesWhatThePeerReads(Sample<T> sample) {
    var frame =
        FrameWriter.write(sample.envelope, sample.message, sample.codec, sample.body, LIMITS);

    assertThat(Hex.of(frame)).isEqualTo(Hex.plain(sample.hex));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void knowsTheSequenceIdOfAnUnreadHeader(Sample<?> sample) {
    try (var frame = Hex.buffer(sample.hex)) {
      int expected = sample.envelope.header() == null ? 0 : 1;
      assertThat(Envelope.sequenceIdOf(frame)).isEqualTo(expected);
    }
  }

  enum Malformed {
    NO_PAYLOAD("", "payload of 0 bytes"),
    PAYLOAD_CUT("80", "payload of 1 bytes"),
    PAYLOAD_OF_OLD_THRIFT("00000004 6563686f 01 00000001 00", "payload of 14 bytes is not"),
    PAYLOAD_OF_KITEX_PROTOBUF("00000004 90010001", "payload of 8 bytes is not"),
    FRAME_LONGER_THAN_THE_PAYLOAD(
        "0000000a 80010001 00000001", "frame length: 10 inside of a TTHeader frame with 8 bytes"),
    FRAME_SHORTER_THAN_THE_PAYLOAD("00000006 80010001 00000001", "frame length: 6"),
    FRAME_NEGATIVE("ffffffff 80010001", "frame length: 4294967295");

    final String payload;
    final String message;

    Malformed(String payload, String message) {
      this.payload = payload;
      this.message = message;
    }
  }

  @ParameterizedTest
  @EnumSource
  void rejectsTTHeaderWith(Malformed malformed) {
    int length = 12 + Hex.bytes(malformed.payload).length;
    var hex = "%08x 10000000 00000001 0001 0000 0000".formatted(length + 2) + malformed.payload;
    try (var frame = Hex.buffer(hex)) {
      assertThatExceptionOfType(WireException.class)
          .isThrownBy(() -> PlainWire.read(frame, LIMITS))
          .withMessageContaining(malformed.message)
          .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.PROTOCOL_ERROR));
    }
  }

  @Test
  void rejectsAFrameOfAStream() {
    try (var frame = Hex.buffer("0000000e 1000 0002 00000001 0001 1000 0000")) {
      assertThatExceptionOfType(WireException.class)
          .isThrownBy(() -> PlainWire.read(frame, LIMITS))
          .withMessageContaining("TTHeader Streaming");
    }
  }

  @Test
  void refusesToWriteAMessageOverTheLimit() {
    var envelope = new Envelope(Protocol.FRAMED, null);
    var message = new MessageHeader(MessageHeader.CALL, "echo", 1);
    var limits = WireLimits.ofMessageBytes(1024);
    int around = Hex.bytes("0000001e" + CALL).length - "hi".length();

    FrameWriter.write(
            envelope, message, new EchoArguments(), new Text("x".repeat(1024 - around)), limits)
        .release();
    assertThatExceptionOfType(WireException.class)
        .isThrownBy(
            () ->
                FrameWriter.write(
                    envelope,
                    message,
                    new EchoArguments(),
                    new Text("x".repeat(1025 - around)),
                    limits))
        .withMessage("message of 1025 bytes (limit: maxMessageBytes 1024)");
  }

  private static <K, V> Map<K, V> ordered(K firstKey, V first, K secondKey, V second) {
    var map = new LinkedHashMap<K, V>();
    map.put(firstKey, first);
    map.put(secondKey, second);
    return map;
  }

  /// The arguments of `echo`: one struct under id 1.
  private static final class EchoArguments implements StructCodec<Text> {
    @Override
    public Text read(ThriftReader in) {
      in.structBegin();
      assertThat(in.fieldHeader()).isEqualTo(1 << 8 | ThriftType.STRUCT);
      var request = Text.CODEC.read(in);
      assertThat(in.fieldHeader()).isZero();
      in.structEnd();
      return request;
    }

    @Override
    public void write(Text request, ThriftWriter out) {
      out.structBegin();
      out.field(ThriftType.STRUCT, 1);
      Text.CODEC.write(request, out);
      out.structEnd();
    }
  }

  private static final class NoFields implements StructCodec<String> {
    @Override
    public String read(ThriftReader in) {
      in.structBegin();
      assertThat(in.fieldHeader()).isZero();
      in.structEnd();
      return "nothing";
    }

    @Override
    public void write(String nothing, ThriftWriter out) {
      out.structBegin();
      out.structEnd();
    }
  }
}
