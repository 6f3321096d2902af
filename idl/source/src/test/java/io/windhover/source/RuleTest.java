package io.windhover.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RuleTest {

  @Test
  void isAsBadAsTheFirstLetterOfItsCodeSays() {
    assertThat(SampleRule.BAD_ENCODING.severity()).isEqualTo(Severity.ERROR);
    assertThat(SampleRule.UNUSED_INCLUDE.severity()).isEqualTo(Severity.WARNING);
    assertThat(SampleRule.JAVA_WORD.severity()).isEqualTo(Severity.NOTE);
  }

  @Test
  void isCalledByItsCodeAndByItsName() {
    var rule = SampleRule.UNUSED_INCLUDE;

    assertThat(rule.isCalled("w017")).isTrue();
    assertThat(rule.isCalled("Unused-Include")).isTrue();
    assertThat(rule.isCalled("unused")).isFalse();
  }
}
