package io.windhover.rpc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class FramePrefixTest {

  private static final WireLimits LIMITS = WireLimits.ofMessageBytes(1 << 20);

  record Sample(String name, String hex, FramePrefix value) {
    @Override
    public String toString() {
      return name;
    }
  }

  /// Recorded from Kitex 0.16.3 where they say so, else made from the layout.
  static Stream<Sample> samples() {
    return Stream.of(
        new Sample(
            "request of a Kitex client",
            "000000c1 1000 0000 00000001 0017",
            new FramePrefix(0xc1, 1, 4 * 0x17)),
        new Sample(
            "reply of a Kitex server",
            "00000071 1000 0000 00000001 0003",
            new FramePrefix(0x71, 1, 12)),
        new Sample("smallest", "0000000e 1000 0000 00000001 0001", new FramePrefix(14, 1, 4)),
        new Sample(
            "all flags, ignored", "00000064 1000 ffff 00000007 0002", new FramePrefix(100, 7, 8)),
        new Sample(
            "negative sequence id", "0000000e 1000 0000 ffffffff 0001", new FramePrefix(14, -1, 4)),
        new Sample(
            "longest", "000ffffc 1000 0000 00000001 4000", new FramePrefix(0xffffc, 1, 1 << 16)));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void readsWhatThePeerWrites(Sample sample) {
    try (var in = Hex.buffer(sample.hex)) {
      assertThat(FramePrefix.peek(in, LIMITS)).isEqualTo(sample.value);
      assertThat(in.size()).isEqualTo(FramePrefix.BYTES);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void countsTheLengthFieldIntoTheFrame(Sample sample) {
    assertThat(sample.value.frameBytes()).isEqualTo(sample.value.length() + 4);
  }

  enum Malformed {
    LENGTH_ZERO("00000000 1000 0000 00000001 0001", "TTHeader length: 0 (expected: at least 14)"),
    LENGTH_BELOW_A_HEADER("0000000d 1000 0000 00000001 0001", "TTHeader length: 13"),
    LENGTH_OVER_THE_LIMIT(
        "000ffffd 1000 0000 00000001 0001",
        "TTHeader frame of 1048577 bytes (limit: maxMessageBytes 1048576)"),
    LENGTH_OF_4_GIB(
        "ffffffff 1000 0000 00000001 0001", "TTHeader frame of 4294967299 bytes (limit"),
    HEADER_EMPTY("0000000e 1000 0000 00000001 0000", "header bytes: 0"),
    HEADER_PAST_THE_END("0000000e 1000 0000 00000001 0002", "payload length negative"),
    HEADER_OVER_THE_LIMIT("000ffffc 1000 0000 00000001 4001", "header bytes: 65540 (limit: 65536)"),
    HEADER_OF_256_KIB("000ffffc 1000 0000 00000001 ffff", "header bytes: 262140 (limit: 65536)");

    final String hex;
    final String message;

    Malformed(String hex, String message) {
      this.hex = hex;
      this.message = message;
    }
  }

  @ParameterizedTest
  @EnumSource
  void rejects(Malformed malformed) {
    try (var in = Hex.buffer(malformed.hex)) {
      assertThatExceptionOfType(WireException.class)
          .isThrownBy(() -> FramePrefix.peek(in, LIMITS))
          .withMessageContaining(malformed.message)
          .satisfies(
              e ->
                  assertThat(e.code())
                      .isEqualTo(e.isTooLarge() ? ErrorCode.TOO_LARGE : ErrorCode.PROTOCOL_ERROR));
    }
  }
}
