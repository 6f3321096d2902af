package io.windhover.source.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.source.SampleRule;
import io.windhover.source.SourceFile;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DecoderTest {
  private final Diagnostics diagnostics = new Diagnostics();

  @ParameterizedTest
  @CsvSource({"61 c3a9 f09f9880, aé😀", "efbbbf 61, a", "efbbbf, ''", "'', ''", "61 0d0a, 'a\r\n'"})
  void decodes(String hex, String text) {
    assertThat(decode(hex).text()).isEqualTo(text);
    assertThat(diagnostics.reported()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "61 0a ff 62, 2, 1, not UTF-8: byte 0xFF at offset 2",
    "efbbbf 61 c3, 1, 2, not UTF-8: byte 0xC3 at offset 4",
    "c3a9 ed a0 80, 1, 2, not UTF-8: byte 0xED at offset 2",
    "c0 80, 1, 1, not UTF-8: byte 0xC0 at offset 0",
    "ff 61, 1, 1, not UTF-8: byte 0xFF at offset 0",
    "00 00 61, 1, 1, NUL byte at offset 0",
    "c3a9 00 61, 1, 2, NUL byte at offset 2",
    "efbbbf 61 00 00, 1, 2, NUL byte at offset 4"
  })
  void saysWhichByteIsWrong(String hex, int line, int column, String message) {
    decode(hex);

    var reported = diagnostics.reported().getFirst();
    assertThat(diagnostics.reported()).hasSize(1);
    assertThat(reported.message()).isEqualTo(message);
    assertThat(reported.span().line()).isEqualTo(line);
    assertThat(reported.span().column()).isEqualTo(column);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fffe 6100 6200", "feff 0061 0062", "6100 6200", "0061 0062"})
  void knowsUtf16(String hex) {
    decode(hex);

    assertThat(diagnostics.reported().getFirst().toString())
        .isEqualTo(
            """
            f:1:1: error[E002]: this is UTF-16
            ab
            ^
            help: save the file as UTF-8
            """);
    assertThat(diagnostics.reported()).hasSize(1);
  }

  @Test
  void showsTheLineOfTheByte() {
    decode("61 62 ff 63");

    assertThat(diagnostics.reported().getFirst().toString())
        .isEqualTo(
            """
            f:1:3: error[E002]: not UTF-8: byte 0xFF at offset 2
            ab\uFFFDc
              ^
            help: save the file as UTF-8
            """);
  }

  private SourceFile decode(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    return Decoder.decode("f", "f", bytes, SampleRule.BAD_ENCODING, diagnostics);
  }
}
