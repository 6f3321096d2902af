package io.windhover.http2.hpack;

import static io.windhover.http2.hpack.Blocks.content;
import static io.windhover.http2.hpack.Blocks.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PrefixIntegerTest {

  /// The first three are RFC 7541, appendix C.1.
  @ParameterizedTest
  @CsvSource({
    "10, 5, 0a",
    "1337, 5, 1f9a0a",
    "42, 8, 2a",
    "30, 5, 1e",
    "31, 5, 1f00",
    "158, 5, 1f7f",
    "159, 5, 1f8001",
    "2147483647, 7, 7f80ffffff07",
    "2147483647, 4, 0ff0ffffff07",
  })
  void readsAndWrites(int value, int prefixBits, String hex) {
    assertThat(write(value, prefixBits)).isEqualTo(hex(hex));
    assertThat(read(hex(hex), prefixBits)).isEqualTo(value);
  }

  @Test
  void readsWhatItWrites() {
    for (int prefixBits = 4; prefixBits <= 7; prefixBits++) {
      int bits = prefixBits;
      IntStream.rangeClosed(0, 31)
          .map(shift -> Integer.MAX_VALUE >>> shift)
          .flatMap(value -> IntStream.of(Math.max(value - 1, 0), value))
          .forEach(value -> assertThat(read(write(value, bits), bits)).isEqualTo(value));
    }
  }

  @Test
  void readsOneThatIsLongerThanItHasToBe() {
    assertThat(read(hex("1f8080808000"), 5)).isEqualTo(31);
  }

  /// Row 14 of the bad inputs.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1f80808080808080808080 00", // ten octets behind the first
        "1f808080808000", // six
        "1fe1ffffff07", // 2^31
        "1fffffffff7f",
      })
  void refusesRow14(String hex) {
    assertThatThrownBy(() -> read(hex(hex), 5))
        .isInstanceOf(HpackException.class)
        .hasMessageStartingWith("integer: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1f", "1f80", "1f8080"})
  void refusesTheEndOfTheBlock(String hex) {
    assertThatThrownBy(() -> read(hex(hex), 5))
        .isInstanceOf(HpackException.class)
        .hasMessage("header block: ends within a field");
  }

  private static int read(byte[] bytes, int prefixBits) {
    var in = new BlockReader(100);
    in.start(bytes, 0, bytes.length);
    int value = in.integer(in.octet(), prefixBits);
    assertThat(in.hasMore()).isFalse();
    return value;
  }

  private static byte[] write(int value, int prefixBits) {
    try (var out = new LinkBuffer()) {
      PrefixInteger.write(0, prefixBits, value, out);
      return content(out);
    }
  }
}
