package io.windhover.rpc.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PercentTextTest {

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "no order 7,no order 7",
        "100%,100%25",
        " at an end ,%20at an end%20",
        "gr\u00fcn \u263a \ud83d\ude08,gr%C3%BCn %E2%98%BA %F0%9F%98%88"
      })
  void writesAndReads(String text, String encoded) {
    assertThat(PercentText.encode(text, 1000)).isEqualTo(encoded);
    assertThat(PercentText.decode(encoded)).isEqualTo(text);
  }

  @Test
  void shortensWhatIsEncoded() {
    assertThat(PercentText.shortened("a%C3%BCb", 7)).isEqualTo("a%C3%BC");
    assertThat(PercentText.shortened("a%C3%BCb", 6)).isEqualTo("a");
    assertThat(PercentText.shortened("ab cd", 3)).isEqualTo("ab");
    assertThat(PercentText.shortened("ab", 0)).isEmpty();
  }

  @Test
  void keepsTheTextOfTheInteropCase() {
    var text = "\t\ntest with whitespace\r\nand Unicode BMP \u263a and non-BMP \ud83d\ude08\t\n";

    var encoded = PercentText.encode(text, 1000);

    assertThat(encoded).matches("[ -~]*");
    assertThat(PercentText.decode(encoded)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"%, %", "a%2, a%2", "a%zz, a%zz", "%41, A"})
  void readsWhatIsWrongAsItIs(String encoded, String text) {
    assertThat(PercentText.decode(encoded)).isEqualTo(text);
  }

  @Test
  void cutsBetweenCharacters() {
    assertThat(PercentText.encode("ab\u263acd", 10)).isEqualTo("ab");
    assertThat(PercentText.encode("ab\u263acd", 11)).isEqualTo("ab%E2%98%BA");
    assertThat(PercentText.encode("abcdef", 3)).isEqualTo("abc");
  }

  /// HTTP/2 has no blank at the end of a value.
  @Test
  void cutsBeforeBlanks() {
    assertThat(PercentText.encode("abc def", 4)).isEqualTo("abc");
    assertThat(PercentText.encode("\u00e9  x", 8)).isEqualTo("%C3%A9");
  }

  /// HTTP/2 brings bytes as Latin-1.
  @ParameterizedTest
  @ValueSource(strings = {"gr\u00c3\u00bcn", "gr%C3%BCn"})
  void readsUtf8WhetherItIsEncodedOrNot(String value) {
    assertThat(PercentText.decode(value)).isEqualTo("gr\u00fcn");
  }
}
