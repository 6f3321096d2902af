package io.windhover.netpoll;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MemoryBudgetTest {

  private static final long MAX_BYTES = 1 << 20;

  private final MemoryBudget budget = new MemoryBudget(MAX_BYTES);

  @Test
  void letsALoneConnectionHoldTwiceAsMuch() {
    assertThat(budget.change(0, 2 * MAX_BYTES)).isTrue();
    assertThat(budget.change(2 * MAX_BYTES, 2 * MAX_BYTES + 1)).isFalse();
  }

  @Test
  void keepsHalfOfItForThoseThatHoldLittle() {
    assertThat(budget.change(0, MAX_BYTES / 4)).isTrue();
    assertThat(budget.change(0, MAX_BYTES / 4)).isTrue();

    assertThat(budget.change(0, MAX_BYTES / 4)).isFalse();
    assertThat(budget.change(0, 1)).isTrue();
  }

  @Test
  void takesWhatIsGivenBackHoweverMuchIsLeft() {
    assertThat(budget.change(0, 4 * MAX_BYTES)).isFalse();

    assertThat(budget.change(4 * MAX_BYTES, 3 * MAX_BYTES)).isTrue();
    assertThat(budget.heldBytes()).isEqualTo(3 * MAX_BYTES);
  }
}
