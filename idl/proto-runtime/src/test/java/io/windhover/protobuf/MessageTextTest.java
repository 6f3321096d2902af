package io.windhover.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class MessageTextTest {

  record Sample(Object value, String text) {}

  static Stream<Sample> samples() {
    return Stream.of(
        new Sample(7, "7"),
        new Sample("Ada", "Ada"),
        new Sample(new UUID(0, 1), "00000000-0000-0000-0000-000000000001"),
        new Sample("a\r\n\tb\u2028\0c", "a\\r\\n\\tb\\u2028\\u0000c"),
        new Sample("é€😀", "é€😀"),
        new Sample("x".repeat(100), "x".repeat(100)),
        new Sample("x".repeat(101), "x".repeat(100) + "...(101 chars)"),
        new Sample(Bytes.of(new byte[1]), "Bytes[1 bytes: 00]"),
        new Sample(List.of(), "[]"),
        new Sample(Set.of("a\n"), "[a\\n]"),
        new Sample(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]"),
        new Sample(Collections.nCopies(11, 1), "[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, ...1 more]"),
        new Sample(Map.of(), "{}"),
        new Sample(Map.of("k", List.of("v")), "{k=[v]}"));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shows(Sample sample) {
    assertThat(new MessageText("S").field("f", sample.value))
        .hasToString("S[f=" + sample.text + "]");
  }

  @Test
  void showsAllFields() {
    assertThat(new MessageText("S")).hasToString("S[]");
    assertThat(new MessageText("S").field("a", 1).field("b", null)).hasToString("S[a=1, b=null]");
  }

  @Test
  void keepsSecrets() {
    assertThat(new MessageText("S").redacted("a", "secret").redacted("b", null))
        .hasToString("S[a=<redacted>, b=null]");
  }

  @Test
  void saysThatFieldsAreLeftOut() {
    var text = new MessageText("S");
    for (int i = 0; i < 100; i++) {
      text.field("f", "x".repeat(100));
    }

    assertThat(text.toString()).hasSizeBetween(2_000, 2_200).endsWith("x, ...]");
  }

  @Test
  void nestedContainersAreCut() {
    Object nested = 1;
    for (int i = 0; i < 20; i++) {
      nested = Collections.nCopies(10, nested);
    }

    assertThat(new MessageText("S").field("f", nested).toString())
        .hasSizeBetween(2_000, 3_000)
        .endsWith("9 more]]");
  }

  record Tree(int depth, AtomicInteger visits) {
    @Override
    public String toString() {
      visits.incrementAndGet();
      var child = depth == 0 ? null : new Tree(depth - 1, visits);
      return new MessageText("Tree")
          .field("left", child)
          .field("label", "x".repeat(60))
          .field("right", child)
          .toString();
    }
  }

  @Test
  void aHugeTreeCostsNoMoreThanItShows() {
    var visits = new AtomicInteger();

    var text = new Tree(60, visits).toString(); // 2^60 nodes

    assertThat(text.length()).isLessThan(5_000);
    assertThat(visits.get()).isLessThan(1_000);
  }
}
