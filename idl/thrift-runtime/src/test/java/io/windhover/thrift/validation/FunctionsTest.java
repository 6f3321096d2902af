package io.windhover.thrift.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.windhover.thrift.Binary;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FunctionsTest {

  static Stream<String> texts() {
    return Stream.of(
        "",
        "plain",
        "é",
        "\u07ff\u0800",
        "日本語",
        "a😀b",
        "😀😀",
        "\ud83d",
        "a\ude00b",
        "\ud83dx\ude00",
        "\uffff");
  }

  @ParameterizedTest
  @MethodSource("texts")
  void countsTheBytesThatAreWritten(String text) {
    assertThat(Functions.utf8Bytes(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
  }

  @Test
  void countsCodePoints() {
    assertThat(Functions.codePoints("a😀é")).isEqualTo(3);
  }

  @Test
  void findsPatterns() {
    var pattern = Pattern.compile("b+c");

    assertThat(Functions.finds(pattern, "abbcd")).isTrue();
    assertThat(Functions.finds(pattern, "abbd")).isFalse();
    assertThat(Functions.finds(pattern, "a".repeat(1 << 20) + "bc")).isTrue();
  }

  @Test
  void givesUpASearchThatWouldNotEnd() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          assertThat(Functions.finds(Pattern.compile("^(a+)+$"), "a".repeat(50) + "b")).isFalse();
          assertThat(Functions.finds(Pattern.compile("^(a|b)*$"), "ab".repeat(1 << 20))).isFalse();
        });
  }

  @Test
  void readsBytesAsText() {
    assertThat(Functions.decoded(Binary.of(new byte[] {'a', (byte) 0xff}))).isEqualTo("a\ufffd");
  }

  @Test
  void aRemainderHasTheSignOfTheDividendAndIsThereForZero() {
    assertThat(Functions.mod(-7, 3)).isEqualTo(-1);
    assertThat(Functions.mod(7, 0)).isEqualTo(7);
    assertThat(Functions.mod(Long.MIN_VALUE, -1)).isZero();
  }

  @Test
  void addsWithoutLosingBits() {
    assertThat(Functions.add(Integer.MAX_VALUE, 1)).isEqualTo(1L << 31);
    assertThat(Functions.add(1, 0.5)).isEqualTo(1.5);
  }

  @Test
  void tellsTheTimeInNanoseconds() {
    long before = Instant.now().toEpochMilli();

    assertThat(Functions.nowUnixNanos() / 1_000_000)
        .isBetween(before, Instant.now().toEpochMilli());
  }

  @Test
  void findsNumbersAsGoDoes() {
    assertThat(Functions.isIn(-0.0, new double[] {1, 0})).isTrue();
    assertThat(Functions.isIn(Double.NaN, new double[] {Double.NaN})).isFalse();
  }
}
