package io.windhover.thrift.validation;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.windhover.thrift.Binary;
import io.windhover.thrift.ThriftProtocolException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ValidationTest {

  /// What generated code does for a request whose third item has an empty name and a wrong matrix.
  private static final Validated REQUEST =
      validation -> {
        validation.enter("req");
        validation.enter("items");
        for (int i = 0; i < 4; i++) {
          validation.next();
          if (i == 3) {
            validation.fail("name", "min_size", "at least 1 byte", 0);
          }
        }
        validation.leave();
        validation.enter("matrix");
        validation.next();
        validation.next();
        validation.enter("");
        validation.next();
        validation.next();
        validation.next();
        validation.fail("elem.elem.lt", "a value below 5", 7L);
        validation.leave();
        validation.leave();
        validation.enter("labels");
        validation.key("a\nb");
        validation.fail("value.const", "the value 'x'", "y'z");
        validation.key(5);
        validation.fail("key.gt", "a value above 5", 5);
        validation.leave();
        validation.fail("assert", "@equal($a, 1) to hold", false);
        validation.leave();
      };

  @Test
  void endsAtTheFirstViolation() {
    assertThatThrownBy(REQUEST::validate)
        .isInstanceOfSatisfying(
            ValidationException.class,
            e ->
                assertThat(e.violation())
                    .isEqualTo(
                        new Violation("req.items[3].name", "min_size", "at least 1 byte", "0")))
        .hasMessage("req.items[3].name needs at least 1 byte, has 0 (vt.min_size)")
        .hasNoCause();
  }

  @Test
  void collectsAllViolations() {
    assertThat(REQUEST.violations().stream().map(Violation::message))
        .containsExactly(
            "req.items[3].name needs at least 1 byte, has 0 (vt.min_size)",
            "req.matrix[1][2] needs a value below 5, has 7 (vt.elem.elem.lt)",
            "req.labels['a\ufffdb'] needs the value 'x', has 'y'z' (vt.value.const)",
            "req.labels[5] needs a value above 5, has 5 (vt.key.gt)",
            "req needs @equal($a, 1) to hold, has false (vt.assert)");
  }

  @Test
  void namesTheStructItselfInWords() {
    Validated struct = validation -> validation.fail("assert", "@equal($a, 1) to hold", false);

    assertThatThrownBy(struct::validate)
        .hasMessage("the struct needs @equal($a, 1) to hold, has false (vt.assert)");
  }

  @Test
  void keepsToOneLineWhateverTheExpectationHolds() {
    Validated struct =
        validation -> validation.fail("name", "prefix", "the prefix $p = a\n" + "b".repeat(500), 1);

    assertThat(struct.violations())
        .singleElement()
        .extracting(Violation::message, as(STRING))
        .startsWith("name needs the prefix $p = a\ufffdbbb")
        .endsWith("b..., has 1 (vt.prefix)")
        .hasSizeLessThan(300);
  }

  @Test
  void collectsABoundedNumber() {
    Validated hostile =
        validation -> {
          for (int i = 0; i < 1_000_000; i++) {
            validation.fail("field", "lt", "a value below 5", i);
          }
        };

    assertThat(hostile.violations()).hasSize(Validation.MAX_VIOLATIONS);
  }

  @Test
  void goesDeepButNotWithoutEnd() {
    assertThat(nested(200).violations())
        .singleElement()
        .extracting(Violation::rule)
        .isEqualTo("lt");
    assertThatThrownBy(nested(257)::violations)
        .isInstanceOf(ThriftProtocolException.class)
        .hasMessageContaining("256");
  }

  private static Validated nested(int depth) {
    return validation -> {
      for (int i = 0; i < depth; i++) {
        validation.enter("child");
      }
      validation.fail("lt", "a value below 5", 9);
    };
  }

  record Sample(@Nullable Object value, String shown) {}

  static Stream<Sample> samples() {
    return Stream.of(
        new Sample(null, "none"),
        new Sample(-1.5, "-1.5"),
        new Sample("", "''"),
        new Sample("a\u202eb\r\n", "'a\ufffdb\ufffd\ufffd'"),
        new Sample("😀".repeat(100), "'" + "😀".repeat(64) + "...'"),
        new Sample(Binary.of(new byte[] {1}), "Binary[1 bytes: 01]"));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void showsValuesOnOneShortLine(Sample sample) {
    assertThat(Shown.of(sample.value)).isEqualTo(sample.shown);
  }
}
