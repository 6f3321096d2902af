package io.windhover.rpc.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RequestBudgetTest {

  private final RequestBudget budget = new RequestBudget(100);

  @Test
  void holdsWhatFits() {
    assertThat(budget.take(60)).isTrue();
    assertThat(budget.take(40)).isTrue();
    assertThat(budget.take(1)).isFalse();
    assertThat(budget.heldBytes()).isEqualTo(100);

    budget.giveBack(60);

    assertThat(budget.take(1)).isTrue();
  }

  @Test
  void keepsAHalfForSmallOnes() {
    var large = new RequestBudget(1 << 20);
    assertThat(large.take(400 << 10)).isTrue();

    assertThat(large.take(200 << 10)).isFalse();
    assertThat(large.take(64 << 10)).isTrue();
    assertThat(large.take(64 << 10)).isTrue();
  }

  @Test
  void holdsALargeOneAlone() {
    assertThat(budget.take(1000)).isTrue();
    assertThat(budget.take(1)).isFalse();

    budget.giveBack(1000);

    assertThat(budget.heldBytes()).isZero();
  }
}
