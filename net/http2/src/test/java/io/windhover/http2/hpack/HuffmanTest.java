package io.windhover.http2.hpack;

import static io.windhover.http2.hpack.Blocks.content;
import static io.windhover.http2.hpack.Blocks.hex;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HuffmanTest {

  private static final int MAX_OCTETS = 1 << 16;

  /// Some rows of RFC 7541, appendix B: the first and last of a length.
  @ParameterizedTest
  @CsvSource({
    "48, 00, 5", // 0
    "116, 09, 5", // t
    "32, 14, 6", // space
    "117, 2d, 6", // u
    "58, 5c, 7", // :
    "122, 7b, 7", // z
    "38, f8, 8", // &
    "90, fd, 8", // Z
    "33, 3f8, 10", // !
    "124, 7fc, 11", // |
    "0, 1ff8, 13",
    "123, 7ffe, 15", // {
    "92, 7fff0, 19", // \
    "128, fffe6, 20",
    "249, ffffffe, 28",
    "22, 3ffffffe, 30",
    "256, 3fffffff, 30", // the end of a string
  })
  void hasTheCodesOfTheStandard(int symbol, String code, int bits) {
    assertThat(Huffman.code(symbol)).isEqualTo(Integer.parseInt(code, 16));
    assertThat(Huffman.bits(symbol)).isEqualTo(bits);
  }

  @Test
  void hasASymbolForEachSequenceOfBits() {
    long codesOf30Bits = 0;
    for (int symbol = 0; symbol <= Huffman.EOS; symbol++) {
      codesOf30Bits += 1L << (30 - Huffman.bits(symbol));
    }

    assertThat(codesOf30Bits).isEqualTo(1L << 30);
  }

  @Test
  void readsEachOctetBetweenOthers() {
    for (int octet = 0; octet < Huffman.OCTETS; octet++) {
      for (int before = 0; before < 8; before++) {
        var text = "0".repeat(before) + (char) octet + "z";

        assertThat(read(write(text))).isEqualTo(text);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void readsWhatItWrites(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      var octets = new byte[random.nextInt(random.nextInt(100) == 0 ? 3_000 : 60)];
      random.nextBytes(octets);
      var text = new String(octets, ISO_8859_1);
      var written = write(text);

      assertThat(written).hasSize(Huffman.octets(text));
      assertThat(read(written)).isEqualTo(text);
    }
  }

  @Test
  void writesAQuestionMarkForWhatIsNoOctet() {
    assertThat(read(write("a\u010ab\u2028"))).isEqualTo("a?b?");
  }

  @ParameterizedTest
  @CsvSource({
    "&, f8, none",
    "{, fffd, one",
    "' ', 53, two",
    "0, 07, three",
    "00, 003f, six",
    "00000, 0000007f, seven",
  })
  void takesPaddingOfUpToSevenOnes(String text, String hex, String ones) {
    assertThat(read(hex(hex))).as(ones).isEqualTo(text);
  }

  /// Row 14 of the bad inputs.
  @ParameterizedTest
  @CsvSource({
    "ff, eight ones alone",
    "f8ff, eight ones behind a symbol",
    "07ff, eleven ones",
    "07ffff, nineteen ones",
    "07ffffff, 27 ones",
    "00, five zeros that are a symbol and three that are none",
    "06, a zero as the last bit of the padding",
    "03, a zero as its first",
    "fffffffc, the end of a string",
    "ffffffff, the end of a string and two ones",
    "07ffffffff, the same behind a symbol",
    "fffffff0, a code that is cut off",
  })
  void refusesRow14(String hex, String what) {
    assertThatThrownBy(() -> read(hex(hex)))
        .as(what)
        .isInstanceOf(HpackException.class)
        .hasMessageStartingWith("Huffman code: ");
  }

  @Test
  void saysThatATextDoesNotFit() {
    var written = write("0000");

    assertThat(HuffmanDecoder.decode(written, 0, written.length, new byte[3])).isEqualTo(-1);
    assertThat(HuffmanDecoder.decode(written, 0, written.length, new byte[4])).isEqualTo(4);
  }

  private static byte[] write(String text) {
    try (var out = new LinkBuffer()) {
      Huffman.write(text, out);
      return content(out);
    }
  }

  private static String read(byte[] bytes) {
    var octets = new byte[MAX_OCTETS];
    int count = HuffmanDecoder.decode(bytes, 0, bytes.length, octets);
    return new String(octets, 0, count, ISO_8859_1);
  }
}
