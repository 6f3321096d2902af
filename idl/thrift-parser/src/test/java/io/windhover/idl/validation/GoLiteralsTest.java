package io.windhover.idl.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The numbers follow the documentation of Go's `strconv.ParseInt` with base 0.
final class GoLiteralsTest {

  record Sample(String text, @Nullable Long value) {}

  static Stream<Sample> integers() {
    return Stream.of(
        new Sample("0", 0L),
        new Sample("-12", -12L),
        new Sample("+7", 7L),
        new Sample("0x1F", 31L),
        new Sample("-0X1f", -31L),
        new Sample("017", 15L),
        new Sample("0o17", 15L),
        new Sample("0b101", 5L),
        new Sample("1_000", 1000L),
        new Sample("0x_ff", 255L),
        new Sample("9223372036854775807", Long.MAX_VALUE),
        new Sample("-9223372036854775808", Long.MIN_VALUE),
        new Sample("9223372036854775808", null),
        new Sample("", null),
        new Sample("-", null),
        new Sample("09", null),
        new Sample("1__0", null),
        new Sample("1_", null),
        new Sample("0x", null),
        new Sample("1.0", null),
        new Sample(" 1", null),
        new Sample("ten", null),
        new Sample("1".repeat(100_000), null));
  }

  @ParameterizedTest
  @MethodSource("integers")
  void readsIntegers(Sample sample) {
    assertThat(GoLiterals.integer(sample.text)).isEqualTo(sample.value);
  }

  @Test
  void readsDoubles() {
    assertThat(Stream.of("1", "-1.5", "+.5", "2.", "1e3", "1.5E-2").map(GoLiterals::floating))
        .containsExactly(1.0, -1.5, 0.5, 2.0, 1000.0, 0.015);
    assertThat(Stream.of("", ".", "1f", "NaN", "Infinity", "1e999", "0x1p3"))
        .allSatisfy(text -> assertThat(GoLiterals.floating(text)).as(text).isNull());
  }

  @Test
  void readsTruthValues() {
    assertThat(Stream.of("1", "t", "T", "true", "TRUE", "True"))
        .allSatisfy(text -> assertThat(GoLiterals.bool(text)).as(text).isTrue());
    assertThat(Stream.of("0", "f", "F", "false", "FALSE", "False"))
        .allSatisfy(text -> assertThat(GoLiterals.bool(text)).as(text).isFalse());
    assertThat(Stream.of("", "yes", "tRUE", "2"))
        .allSatisfy(text -> assertThat(GoLiterals.bool(text)).as(text).isNull());
  }
}
