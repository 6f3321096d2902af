package io.windhover.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DeadlineTest {

  private final Deadline now = Deadline.after(Duration.ZERO);

  @Test
  void isAnInstant() {
    var deadline = Deadline.after(Duration.ofMinutes(1));

    assertThat(deadline.hasPassed()).isFalse();
    assertThat(deadline.remainingNanos()).isBetween(1L, Duration.ofMinutes(1).toNanos());
    assertThat(now.hasPassed()).isTrue();
    assertThat(now.remainingNanos()).isNotPositive();
  }

  @Test
  void knowsTheEarlierOne() {
    var later = Deadline.after(Duration.ofMinutes(1));

    assertThat(now.orEarlier(later)).isEqualTo(now);
    assertThat(later.orEarlier(now)).isEqualTo(now);
  }

  @Test
  void bearsTimeoutsWithoutEnd() {
    var never = Deadline.after(Duration.ofSeconds(Long.MAX_VALUE));

    assertThat(never.hasPassed()).isFalse();
    assertThat(never.orEarlier(now)).isEqualTo(now);
    assertThat(now.orEarlier(never)).isEqualTo(now);
  }

  @Test
  void comparesAcrossTheWrapOfTheClock() {
    var before = new Deadline(Long.MAX_VALUE - 1);
    var after = new Deadline(Long.MIN_VALUE + 1);

    assertThat(before.orEarlier(after)).isEqualTo(before);
    assertThat(after.orEarlier(before)).isEqualTo(before);
  }
}
