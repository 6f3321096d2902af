package io.windhover.rpc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windhover.buffer.LinkBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class TTHeaderTest {

  private static final WireLimits LIMITS = new WireLimits(1 << 20, 64 << 10, 20);
  private static final String PAYLOAD = "c0ffee";

  record Sample(String name, String hex, TTHeader value) {
    @Override
    public String toString() {
      return name;
    }
  }

  /// Headers in the order in which Kitex and we write them, each before three bytes of payload.
  static Stream<Sample> samples() {
    return Stream.of(
        new Sample(
            "Kitex 0.16.3, reply",
            "00000019 1000 0000 00000001 0003 0000 10 0001 0016 0001 32 0000 c0ffee",
            new TTHeader(1, Map.of(22, "2"), Map.of())),
        new Sample(
            "Kitex 0.16.3, error reply before the server closes",
            """
            00000025 1000 0000 00000001 0006 0000
            01 0001 0005 6372727374 0001 31
            10 0001 0016 0001 33 00
            c0ffee
            """,
            new TTHeader(1, Map.of(22, "3"), Map.of("crrst", "1"))),
        new Sample(
            "request that names service and method",
            """
            0000002d 1000 0000 00000001 0008 0000
            01 0001 0003 69736e 0004 4563686f
            10 0002 0009 0004 6563686f 0016 0001 31
            c0ffee
            """,
            new TTHeader(1, ordered(9, "echo", 22, "1"), Map.of("isn", "Echo"))),
        new Sample(
            "reply with a business status",
            """
            0000003d 1000 0000 00000001 000c 0000
            01 0002 000a 62697a2d737461747573 0003 343034
                    000b 62697a2d6d657373616765 0002 6e6f
            10 0001 0016 0001 32 00
            c0ffee
            """,
            new TTHeader(1, Map.of(22, "2"), ordered("biz-status", "404", "biz-message", "no"))),
        new Sample(
            "ACL token",
            "00000015 1000 0000 00000007 0002 0000 11 0003 746f6b c0ffee",
            new TTHeader(7, Map.of(), Map.of("RPC_TRANSIT_gdpr-token", "tok"))),
        new Sample(
            "ACL token before other keys",
            """
            00000021 1000 0000 00000007 0005 0000
            11 0003 746f6b
            01 0001 0001 61 0001 62 000000
            c0ffee
            """,
            new TTHeader(7, Map.of(), ordered("RPC_TRANSIT_gdpr-token", "tok", "a", "b"))),
        new Sample(
            "no keys, negative sequence id",
            "00000011 1000 0000 fffffffe 0001 0000 0000 c0ffee",
            new TTHeader(-2, Map.of(), Map.of())),
        new Sample(
            "empty key and value",
            "00000019 1000 0000 00000001 0003 0000 01 0001 0000 0000 000000 c0ffee",
            new TTHeader(1, Map.of(), Map.of("", ""))));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void readsWhatThePeerWrites(Sample sample) {
    try (var frame = Hex.buffer(sample.hex)) {
      assertThat(TTHeader.read(frame, LIMITS)).isEqualTo(sample.value);
      assertThat(Hex.of(frame)).isEqualTo(PAYLOAD);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void writesWhatThePeerReads(Sample sample) {
    var out = new LinkBuffer();

    var length = sample.value.write(out);
    out.writeBytes(Hex.bytes(PAYLOAD), 0, 3);
    length.setInt(length.bytesAfter());

    assertThat(Hex.of(out)).isEqualTo(Hex.plain(sample.hex));
  }

  enum Tolerated {
    PADDING_BETWEEN_BLOCKS(
        "0005 0000 00 10 0001 0016 0001 32 00 10 0001 0009 0001 61",
        new TTHeader(1, Map.of(22, "2", 9, "a"), Map.of())),
    REPEATED_KEYS_KEEP_THE_LAST(
        "0008 0000 01 0002 0001 61 0001 31 0001 61 0001 32 10 0002 0001 0001 78 0001 0001 79 0000",
        new TTHeader(1, Map.of(1, "y"), Map.of("a", "2"))),
    INT_KEY_WITHOUT_A_NAME(
        "0003 0000 10 0001 ffff 0001 7a 0000", new TTHeader(1, Map.of(0xffff, "z"), Map.of())),
    BLOCK_WITHOUT_ENTRIES("0002 0000 01 0000 10 0000", new TTHeader(1, Map.of(), Map.of())),
    PROTOCOL_ID_OF_COMPACT_V2("0001 0300 0000", new TTHeader(1, Map.of(), Map.of())),
    PROTOCOL_ID_OF_KITEX_PROTOBUF("0001 0400 0000", new TTHeader(1, Map.of(), Map.of())),
    TEXT_OF_THE_LIMIT(
        "0008 0000 01 0001 0000 0014" + "78".repeat(20) + "000000",
        new TTHeader(1, Map.of(), Map.of("", "x".repeat(20))));

    final String headerHex;
    final TTHeader value;

    Tolerated(String headerHex, TTHeader value) {
      this.headerHex = headerHex;
      this.value = value;
    }
  }

  @ParameterizedTest
  @EnumSource
  void reads(Tolerated tolerated) {
    try (var frame = frame(tolerated.headerHex)) {
      assertThat(TTHeader.read(frame, LIMITS)).isEqualTo(tolerated.value);
    }
  }

  enum Malformed {
    PROTOCOL_ID("0001 0200 0000", ErrorCode.INVALID_PROTOCOL, "protocol id: 2"),
    PROTOCOL_ID_OF_STREAMS("0001 1000 0000", ErrorCode.INVALID_PROTOCOL, "protocol id: 16"),
    TRANSFORM("0001 0001 0100", ErrorCode.INVALID_TRANSFORM, "transforms: 1"),
    BLOCK_ID("0001 0000 7f00", ErrorCode.PROTOCOL_ERROR, "block id: 0x7f"),
    COUNT_CUT("0001 0000 0001", ErrorCode.PROTOCOL_ERROR, "past the end of the header"),
    MORE_STRINGS_THAN_FIT(
        "0003 0000 01 ffff 0001 61 0000 0000", ErrorCode.PROTOCOL_ERROR, "65535 in 7 bytes"),
    MORE_INTS_THAN_FIT(
        "0003 0000 10 ffff 0001 0001 61 0000", ErrorCode.PROTOCOL_ERROR, "65535 in 7 bytes"),
    KEY_PAST_THE_END(
        "0003 0000 01 0001 0008 61626364 00", ErrorCode.PROTOCOL_ERROR, "past the end"),
    VALUE_PAST_THE_END(
        "0003 0000 01 0001 0001 61 0007 6263", ErrorCode.PROTOCOL_ERROR, "past the end"),
    INT_VALUE_PAST_THE_END(
        "0003 0000 10 0001 0009 0007 6263 00", ErrorCode.PROTOCOL_ERROR, "past the end"),
    ACL_TOKEN_PAST_THE_END("0002 0000 11 0009 616263", ErrorCode.PROTOCOL_ERROR, "past the end"),
    TEXT_OVER_THE_LIMIT(
        "0002 0000 11 0015 616263", ErrorCode.PROTOCOL_ERROR, "of 21 bytes (limit: 20)");

    final String headerHex;
    final ErrorCode code;
    final String message;

    Malformed(String headerHex, ErrorCode code, String message) {
      this.headerHex = headerHex;
      this.code = code;
      this.message = message;
    }
  }

  @ParameterizedTest
  @EnumSource
  void rejects(Malformed malformed) {
    try (var frame = frame(malformed.headerHex)) {
      assertThatExceptionOfType(WireException.class)
          .isThrownBy(() -> TTHeader.read(frame, LIMITS))
          .withMessageContaining(malformed.message)
          .satisfies(e -> assertThat(e.code()).isEqualTo(malformed.code));
    }
  }

  record TooLong(String name, TTHeader header, String message) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<TooLong> tooLong() {
    var text = "x".repeat((16 << 10) + 1);
    var token = "RPC_TRANSIT_gdpr-token";
    return Stream.of(
        new TooLong(
            "int key",
            new TTHeader(1, Map.of(3, text), Map.of()),
            "TTHeader value of 16385 bytes (limit: 16384) under key 3"),
        new TooLong(
            "string key",
            new TTHeader(1, Map.of(), Map.of("RPC_TRANSIT_a", text)),
            "TTHeader value of 16385 bytes (limit: 16384) under key RPC_TRANSIT_a"),
        new TooLong(
            "token",
            new TTHeader(1, Map.of(), Map.of(token, text)),
            "TTHeader value of 16385 bytes (limit: 16384) under key " + token),
        new TooLong(
            "key",
            new TTHeader(1, Map.of(), Map.of(text, "a")),
            "TTHeader key of 16385 bytes (limit: 16384): xxx"),
        new TooLong(
            "more than the format can say",
            new TTHeader(1, Map.of(3, "x".repeat(0x10000)), Map.of()),
            "TTHeader value of 65536 bytes (limit: 16384) under key 3"));
  }

  @ParameterizedTest
  @MethodSource("tooLong")
  void refusesToWriteWhatOurOwnPeersRefuse(TooLong sample) {
    try (var out = new LinkBuffer()) {
      assertThatExceptionOfType(WireException.class)
          .isThrownBy(() -> sample.header.write(out))
          .withMessageStartingWith(sample.message);
    }
  }

  @Test
  void readsTheLongestTextThatItWrites() {
    var text = "x".repeat(16 << 10);
    var header = new TTHeader(1, Map.of(3, text), Map.of("key", text));
    try (var out = new LinkBuffer()) {
      header.write(out).setInt(out.size() - 4);

      assertThat(TTHeader.read(out, WireLimits.ofMessageBytes(1 << 20))).isEqualTo(header);
    }
  }

  /// A frame with the given header area, its size in words first, and no payload.
  private static LinkBuffer frame(String headerHex) {
    int afterLength = Hex.bytes(headerHex).length + 8;
    return Hex.buffer("%08x 1000 0000 00000001 %s".formatted(afterLength, headerHex));
  }

  private static <K, V> Map<K, V> ordered(K firstKey, V first, K secondKey, V second) {
    var map = new LinkedHashMap<K, V>();
    map.put(firstKey, first);
    map.put(secondKey, second);
    return map;
  }
}
