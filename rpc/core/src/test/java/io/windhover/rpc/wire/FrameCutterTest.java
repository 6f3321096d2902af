package io.windhover.rpc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.fixture.PlainWire;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The messages are those of the layouts in `docs/wire`: `echo(Req{msg: "hi"})` and its answers.
final class FrameCutterTest {

  private static final WireLimits LIMITS = WireLimits.ofMessageBytes(1 << 20);

  private static final String BUFFERED_CALL =
      "80010001 00000004 6563686f 00000001 0c0001 0b0001 00000002 6869 00 00";

  private static final String TTHEADER =
      "10000000 00000001 0008 0000"
          + " 01 0001 0003 69736e 0004 4563686f"
          + " 10 0002 0009 0004 6563686f 0016 0001 31";

  enum Message {
    BUFFERED(BUFFERED_CALL),
    BUFFERED_EXCEPTION(
        """
        80010003 00000001 78 00000007
        0b0001 00000010 756e6b6e6f776e206d6574686f642078 080002 00000001 00
        """),
    BUFFERED_WITHOUT_FIELDS("80010002 00000004 6563686f 00000001 00"),
    FRAMED("0000001e" + BUFFERED_CALL),
    TTHEADER_CALL("00000048" + TTHEADER + BUFFERED_CALL),
    TTHEADER_FRAMED("0000004c" + TTHEADER + "0000001e" + BUFFERED_CALL),
    TTHEADER_FRAMED_REPLY(
        """
        0000004f 10000000 00000001 000c 0000
        01 0002 000a 62697a2d737461747573 0003 343034
                000b 62697a2d6d657373616765 0002 6e6f
        10 0001 0016 0001 32 00
        00000011 80010002 00000004 6563686f 00000001 00
        """);

    final String hex;

    Message(String hex) {
      this.hex = hex;
    }
  }

  @ParameterizedTest
  @EnumSource
  void findsTheEnd(Message message) {
    try (var input = Hex.buffer(message.hex)) {
      assertThat(PlainWire.cutter(LIMITS).frameBytes(input)).isEqualTo(input.size());
    }
  }

  @ParameterizedTest
  @EnumSource
  void findsTheEndInInputThatComesByteByByte(Message message) {
    var bytes = Hex.bytes(message.hex);
    var cutter = PlainWire.cutter(LIMITS);
    try (var input = new LinkBuffer()) {
      for (int i = 0; i < bytes.length - 1; i++) {
        input.writeByte(bytes[i]);
        assertThat(cutter.frameBytes(input)).as("after %d bytes", i + 1).isZero();
      }
      input.writeByte(bytes[bytes.length - 1]);

      assertThat(cutter.frameBytes(input)).isEqualTo(bytes.length);
    }
  }

  /// As one read gives it when a peer sends ahead; each next message in another protocol.
  @Test
  void findsEachEndInAStreamOfAllProtocols() {
    var cutter = PlainWire.cutter(LIMITS);
    try (var input = new LinkBuffer()) {
      for (var message : Message.values()) {
        input.append(Hex.buffer(message.hex));
      }
      input.append(Hex.buffer("8001"));

      for (var message : Message.values()) {
        int bytes = cutter.frameBytes(input);
        assertThat(Hex.of(input.slice(bytes))).isEqualTo(Hex.plain(message.hex));
      }
      assertThat(cutter.frameBytes(input)).isZero();
    }
  }

  @Test
  void takesAMessageOfJustTheLimit() {
    var cutter = PlainWire.cutter(WireLimits.ofMessageBytes(1024));
    try (var input = Hex.buffer("000003fc 80010001")) {
      assertThat(cutter.frameBytes(input)).isZero();
    }
    try (var input = Hex.buffer("000003fc 10000000 00000001 0001")) {
      assertThat(cutter.frameBytes(input)).isZero();
    }
  }

  enum Refused {
    RANDOM("c3a1f00d", 4, "unknown protocol: first bytes 0xc3a1f00d"),
    TELNET_INTERRUPT("fff4fffd 06", 4, "unknown protocol: first bytes 0xfff4fffd"),
    EMPTY_LINES("0d0a0d0a0d0a", 6, "unknown protocol: first bytes 0x0d0a0d0a"),
    HTTP_REQUEST(text("GET / HTTP/1.1"), 4, "looks like an HTTP/1 request"),
    HTTP2_PREFACE(text("PRI * HTTP/2.0"), 4, "looks like HTTP/2"),
    TLS_CLIENT_HELLO("16030102 00010001fc", 4, "looks like TLS"),
    LENGTH_ZERO("00000000", 4, "as a frame length 0"),
    LENGTH_OF_2_GIB("7fffffff", 4, "as a frame length 2147483647"),
    LENGTH_NEGATIVE("80000000", 4, "as a frame length 2147483648"),
    MAGIC_UNKNOWN("0000001e 2000", 6, "unknown protocol"),
    KITEX_PROTOBUF(
        "00000014 90010001 00000004 6563686f 00000001 0a026869",
        6,
        "Kitex Protobuf is not served on this port"),
    FRAMED_OVER_THE_LIMIT("000ffffd 8001", 6, "frame of 1048577 bytes (limit: maxMessageBytes"),
    TTHEADER_OVER_THE_LIMIT(
        "000ffffd 10000000 00000001 0001", 14, "TTHeader frame of 1048577 bytes"),
    TTHEADER_HEADER_EMPTY("0000000e 10000000 00000001 0000", 14, "header bytes: 0"),
    BUFFERED_NAME_NEGATIVE("80010001 ffffffff", 8, "Buffered message: size: -1"),
    BUFFERED_NAME_TOO_LONG("80010001 00004001", 8, "name bytes: 16385"),
    BUFFERED_STRING_OVER_THE_LIMIT(
        "80010001 00000001 78 00000001 0b0001 000ffff0", 20, "needs 1048580 bytes or more"),
    BUFFERED_LIST_OVER_THE_LIMIT(
        "80010001 00000001 78 00000001 0f0001 0a 7fffffff", 21, "2147483647 elements"),
    BUFFERED_TYPE_UNKNOWN("80010001 00000001 78 00000001 090001", 16, "type code: 9"),
    BUFFERED_TOO_DEEP(
        "80010001 00000001 78 00000001" + "0c0001".repeat(256), 13 + 3 * 256, "256 levels deep");

    final String hex;
    final int decidedAfter;
    final String message;

    Refused(String hex, int decidedAfter, String message) {
      this.hex = hex;
      this.decidedAfter = decidedAfter;
      this.message = message;
    }

    private static String text(String ascii) {
      return HexFormat.of().formatHex(ascii.getBytes(StandardCharsets.US_ASCII));
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesAsSoonAsTheBytesShowIt(Refused refused) {
    var bytes = Hex.bytes(refused.hex);
    var cutter = PlainWire.cutter(LIMITS);
    try (var input = new LinkBuffer()) {
      for (int i = 0; i < refused.decidedAfter - 1; i++) {
        input.writeByte(bytes[i]);
        assertThat(cutter.frameBytes(input)).as("after %d bytes", i + 1).isZero();
      }
      input.writeByte(bytes[refused.decidedAfter - 1]);

      assertThatExceptionOfType(WireException.class)
          .isThrownBy(() -> cutter.frameBytes(input))
          .withMessageContaining(refused.message)
          .satisfies(
              e ->
                  assertThat(e.code())
                      .isEqualTo(e.isTooLarge() ? ErrorCode.TOO_LARGE : ErrorCode.PROTOCOL_ERROR));
    }
  }
}
