package io.windhover.rpc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.fixture.Text;
import io.windhover.thrift.ApplicationError;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class StreamFrameTest {

  private static final WireLimits LIMITS = WireLimits.ofMessageBytes(1 << 20);

  /// The frames of one stream, from the layout in Kitex 0.16.3's source.
  enum Sample {
    HEADER(
        """
        0000002a 1000 0002 00000005 0008 1000
        01 0001 0003 69736e 0004 4563686f
        10 0002 0009 0004 63686174 001b 0001 32
        """,
        new StreamFrame(5, FrameType.HEADER, "chat", Map.of("isn", "Echo")),
        ""),
    DATA(
        """
        00000028 1000 0002 00000005 0005 1000
        10 0002 0009 0004 63686174 001b 0001 33 0000
        0b 0001 00000002 6869 00
        """,
        new StreamFrame(5, FrameType.DATA, "chat", Map.of()),
        "0b 0001 00000002 6869 00"),
    TRAILER(
        """
        0000001e 1000 0002 00000005 0005 1000
        10 0002 0009 0004 63686174 001b 0001 34 0000
        """,
        new StreamFrame(5, FrameType.TRAILER, "chat", Map.of()),
        ""),
    RST(
        """
        0000004a 1000 0002 00000005 0008 1000
        01 0001 0005 7474736370 0001 41
        10 0002 0009 0004 63686174 001b 0001 35 00
        80010003 00000004 63686174 00000005 0b 0001 00000001 63 08 0002 00002ee7 00
        """,
        new StreamFrame(5, FrameType.RST, "chat", Map.of("ttscp", "A")),
        "80010003 00000004 63686174 00000005 0b 0001 00000001 63 08 0002 00002ee7 00");

    final String hex;
    final StreamFrame value;
    final String payload;

    Sample(String hex, StreamFrame value, String payload) {
      this.hex = hex;
      this.value = value;
      this.payload = payload;
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsWhatThePeerWrites(Sample sample) {
    try (var frame = Hex.buffer(sample.hex)) {
      assertThat(StreamFrame.frameBytes(frame, LIMITS)).isEqualTo(frame.size());
      assertThat(StreamFrame.read(frame, LIMITS)).isEqualTo(sample.value);
      assertThat(Hex.of(frame)).isEqualTo(Hex.plain(sample.payload));
    }
  }

  static Stream<Sample> withoutPayload() {
    return Stream.of(Sample.HEADER, Sample.TRAILER);
  }

  @ParameterizedTest
  @MethodSource("withoutPayload")
  void writesWhatThePeerReads(Sample sample) {
    assertThat(Hex.of(sample.value.write(LIMITS))).isEqualTo(Hex.plain(sample.hex));
  }

  @Test
  void writesMessagesBare() {
    var written = Sample.DATA.value.write(LIMITS, Text.CODEC, new Text("hi"));

    assertThat(Hex.of(written)).isEqualTo(Hex.plain(Sample.DATA.hex));
  }

  @Test
  void writesErrorsAsThriftMessages() {
    var written = Sample.RST.value.write(LIMITS, new ApplicationError(12007, "c"));

    assertThat(Hex.of(written)).isEqualTo(Hex.plain(Sample.RST.hex));
  }

  @Test
  void readsTheErrorThatResetsAStream() {
    try (var payload = Hex.buffer(Sample.RST.payload)) {
      assertThat(StreamFrame.readError(payload)).isEqualTo(new ApplicationError(12007, "c"));
    }
  }

  @Test
  void keepsFurtherIntKeys() {
    var frame = new StreamFrame(-1, FrameType.HEADER, "m", Map.of(12, "250"), Map.of());

    try (var written = frame.write(LIMITS)) {
      assertThat(StreamFrame.read(written, LIMITS)).isEqualTo(frame);
    }
  }

  @ParameterizedTest
  @EnumSource
  void waitsForTheRest(Sample sample) {
    var bytes = Hex.bytes(sample.hex);

    for (int count = 1; count < bytes.length; count++) {
      try (var input = new LinkBuffer()) {
        input.writeBytes(bytes, 0, count);
        assertThat(StreamFrame.frameBytes(input, LIMITS)).isZero();
      }
    }
  }

  /// Headers of frames; each has a payload of one byte.
  enum DataHeader {
    AS_WE_WRITE_IT("10001000020009000463686174001b0001330000", true),
    AS_KITEX_MAY_WRITE_IT("1000100002001b00013300090004636861740000", true),
    WITHOUT_A_METHOD_NAME("100010000200090000001b0001330000", true),
    ANOTHER_TYPE("10001000020009000463686174001b0001340000", false),
    ANOTHER_KEY("10001000020009000463686174001b000133000c", false),
    ONE_KEY("10001000 01001b00013300", false),
    THREE_KEYS("10001000030009000463686174001b000133000c000131000000", false),
    STRING_KEYS("1000010000", false),
    TYPE_OF_TWO_CHARACTERS("10001000020009000463686174001b000233330000", false),
    KEY_PAST_THE_END("10001000020009ffff63686174001b0001330000", false),
    NOTHING("1000", false);

    final String hex;
    final boolean isUsual;

    DataHeader(String hex, boolean isUsual) {
      this.hex = hex;
      this.isUsual = isUsual;
    }
  }

  @ParameterizedTest
  @EnumSource
  void skipsTheHeaderOfADataFrameInItsUsualForm(DataHeader header) {
    int bytes = Hex.bytes(header.hex).length;
    int words = (bytes + 3) / 4;
    var hex =
        "%08x 1000 0002 00000005 %04x %s %s 00"
            .formatted(11 + 4 * words, words, header.hex, "00".repeat(4 * words - bytes));

    try (var frame = Hex.buffer(hex)) {
      int before = frame.size();
      assertThat(StreamFrame.streamIdOf(frame)).isEqualTo(5);
      assertThat(StreamFrame.skipDataHeader(frame, LIMITS)).isEqualTo(header.isUsual);
      assertThat(frame.size()).isEqualTo(header.isUsual ? 1 : before);
    }
  }

  enum NoFrame {
    NO_FLAG("0000001e 1000 0000 00000005 0005", "flags 0x0000"),
    ANOTHER_MAGIC("0000001e 8001 0001 00000004 6368", "magic 0x8001"),
    OVER_THE_LIMIT("00100000 1000 0002 00000005 0005", "limit: maxMessageBytes 1048576"),
    HEADER_PAST_THE_END("0000000e 1000 0002 00000005 0005", "payload length negative");

    final String hex;
    final String message;

    NoFrame(String hex, String message) {
      this.hex = hex;
      this.message = message;
    }
  }

  @ParameterizedTest
  @EnumSource
  void cutsNothingElse(NoFrame noFrame) {
    try (var input = Hex.buffer(noFrame.hex)) {
      assertThatExceptionOfType(WireException.class)
          .isThrownBy(() -> StreamFrame.frameBytes(input, LIMITS))
          .withMessageContaining(noFrame.message);
    }
  }

  enum Malformed {
    NO_TYPE("1000 10 0001 0009 0001 61", "has no type"),
    TYPE_6("1000 10 0001 001b 0001 36", "frame type: 6"),
    LONG_TYPE("1000 10 0001 001b 0002 3232", "frame type: 22"),
    PROTOCOL_OF_CALLS("0000 10 0001 001b 0001 33", "protocol id: 0 (expected: 16)"),
    PROTOCOL_OF_PROTOBUF("1100 10 0001 001b 0001 33", "protocol id: 17 (expected: 16)");

    final String headerHex;
    final String message;

    Malformed(String headerHex, String message) {
      this.headerHex = headerHex;
      this.message = message;
    }
  }

  @ParameterizedTest
  @EnumSource
  void rejects(Malformed malformed) {
    int header = Hex.bytes(malformed.headerHex).length;
    int words = (header + 3) / 4;
    var hex =
        "%08x 1000 0002 00000005 %04x %s %s"
            .formatted(10 + 4 * words, words, malformed.headerHex, "00".repeat(4 * words - header));

    try (var frame = Hex.buffer(hex)) {
      assertThatExceptionOfType(WireException.class)
          .isThrownBy(() -> StreamFrame.read(frame, LIMITS))
          .withMessageContaining(malformed.message);
    }
  }

  enum NoError {
    REPLY("80010002 00000001 61 00000001 00", "message type: 2"),
    CUT("80010003 00000001 61", "error at the end of a stream"),
    NOTHING("", "error at the end of a stream");

    final String hex;
    final String message;

    NoError(String hex, String message) {
      this.hex = hex;
      this.message = message;
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesNothingElseForAnError(NoError noError) {
    try (var payload = Hex.buffer(noError.hex)) {
      assertThatExceptionOfType(WireException.class)
          .isThrownBy(() -> StreamFrame.readError(payload))
          .withMessageContaining(noError.message);
    }
  }

  @Test
  void refusesToWriteMoreThanTheLimit() {
    var limits = WireLimits.ofMessageBytes(1024);

    assertThatExceptionOfType(WireException.class)
        .isThrownBy(() -> Sample.DATA.value.write(limits, Text.CODEC, new Text("x".repeat(1024))))
        .withMessageContaining("limit: maxMessageBytes 1024");
  }
}
