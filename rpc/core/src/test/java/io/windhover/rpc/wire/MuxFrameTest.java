package io.windhover.rpc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windhover.thrift.MessageHeader;
import org.junit.jupiter.api.Test;

final class MuxFrameTest {

  private static final WireLimits LIMITS = WireLimits.ofMessageBytes(1024);

  /// From the layout in Kitex 0.16.3's source.
  private static final String GO_AWAY =
      """
      0000002b 1000 0000 00000000 0004 0000
      01 0001 0005 6372727374 0001 31 00
      80010002 00000004 6e6f6e65 00000000 00
      """;

  @Test
  void writesTheControlFrameThatThePeerReads() {
    assertThat(Hex.of(MuxFrame.goAway())).isEqualTo(Hex.plain(GO_AWAY));
  }

  @Test
  void readsTheControlFrameThatThePeerWrites() {
    try (var frame = Hex.buffer(GO_AWAY)) {
      assertThat(MuxFrame.frameBytes(frame, LIMITS)).isEqualTo(47);
      assertThat(MuxFrame.sequenceId(frame)).isEqualTo(MuxFrame.CONTROL);
      assertThat(MuxFrame.isGoAway(frame, LIMITS)).isTrue();
      assertThat(MessageHeader.read(frame))
          .isEqualTo(new MessageHeader(MessageHeader.REPLY, "none", 0));
    }
  }

  @Test
  void waitsForAWholeFrame() {
    var whole = Hex.bytes(GO_AWAY);
    for (int size = 1; size < whole.length; size++) {
      try (var part = Hex.buffer(Hex.plain(GO_AWAY).substring(0, size * 2))) {
        assertThat(MuxFrame.frameBytes(part, LIMITS)).as("%d bytes", size).isZero();
      }
    }
  }

  @Test
  void rejectsOtherFramesAndThoseOverALimit() {
    var framed = Hex.buffer("00000011 80010002 00000004 6563686f 00000001 00");
    var tooLong = Hex.buffer("000003fd 1000 0001 00000001 0001 0000 0000");

    assertThatExceptionOfType(WireException.class)
        .isThrownBy(() -> MuxFrame.frameBytes(framed, LIMITS))
        .withMessage("magic: 0x8001 on a multiplexed connection (expected: 0x1000, TTHeader)");
    assertThatExceptionOfType(WireException.class)
        .isThrownBy(() -> MuxFrame.frameBytes(tooLong, LIMITS))
        .withMessageContaining("TTHeader frame of 1025 bytes");
  }
}
