package io.windhover.rpc.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.thrift.ApplicationError;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class ErrorMessageTest {

  private static ApplicationError read(String hex) {
    try (var in = LinkBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")))) {
      return ErrorMessage.read(in);
    }
  }

  @Test
  void keepsErrorNumbersOfAllSizes() {
    for (int type : new int[] {0, 1, 127, 128, 1_938_274_400, Integer.MAX_VALUE, -1}) {
      var error = new ApplicationError(type, "falsch: \u00fc");
      try (var out = new LinkBuffer()) {
        ErrorMessage.write(error, out);

        assertThat(ErrorMessage.read(out)).isEqualTo(error);
      }
    }
  }

  @Test
  void skipsOtherFieldsOfAnError() {
    assertThat(read("1802 0801 220178 1203626164 2d00000000"))
        .isEqualTo(new ApplicationError(1, "bad"));
    assertThat(read("")).isEqualTo(new ApplicationError(0, ""));
  }

  @Test
  void writesAQuestionMarkForHalfASurrogatePair() {
    try (var out = new LinkBuffer()) {
      ErrorMessage.write(new ApplicationError(1, "a\uD800"), out);

      assertThat(ErrorMessage.read(out)).isEqualTo(new ApplicationError(1, "a?"));
    }
  }

  @Test
  void whatIsNoErrorIsMalformed() {
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> read("1205 61"))
        .withMessageStartingWith("error message: ");
  }
}
