package io.windhover.http2.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class FramePrefixTest {

  private static final String DATA = "000003010500000007";

  private static LinkBuffer hex(String hex) {
    return LinkBuffer.wrap(HexFormat.of().parseHex(hex));
  }

  @Test
  void readsWhatItWrites() {
    var out = new LinkBuffer();
    FramePrefix.write(out, 3, FrameType.HEADERS, 5, 7);
    byte[] bytes = new byte[FramePrefix.BYTES];
    out.readBytes(bytes, 0, bytes.length);
    out.release();

    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(DATA);
    assertThat(FramePrefix.read(hex(DATA))).isEqualTo(new FramePrefix(3, 1, 5, 7));
  }

  @Test
  void findsTheEndOnceAllIsThere() {
    var whole = DATA + "616263";
    for (int digits = 0; digits < whole.length(); digits += 2) {
      assertThat(FramePrefix.frameBytes(hex(whole.substring(0, digits)), 16384)).isZero();
    }

    assertThat(FramePrefix.frameBytes(hex(whole + "00"), 16384)).isEqualTo(12);
  }

  @Test
  void row34bRefusesAFrameThatIsTooLongByItsFirstBytes() {
    assertThat(FramePrefix.frameBytes(hex("00400000"), 16384)).isZero();

    assertThatThrownBy(() -> FramePrefix.frameBytes(hex("00400100"), 16384))
        .isInstanceOfSatisfying(
            Http2Exception.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.FRAME_SIZE_ERROR);
              assertThat(e.isOfConnection()).isTrue();
            });
  }

  @Test
  void takesErrorsThatNobodyKnowsForInternalOnes() {
    assertThat(ErrorCode.of(8)).isEqualTo(ErrorCode.CANCEL);
    assertThat(ErrorCode.of(1000)).isEqualTo(ErrorCode.INTERNAL_ERROR);
    assertThat(ErrorCode.of(-1)).isEqualTo(ErrorCode.INTERNAL_ERROR);
  }
}
