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
    var before = new Deadline(Long.MAX_VALUE - 1, TimeSource.SYSTEM);
    var after = new Deadline(Long.MIN_VALUE + 1, TimeSource.SYSTEM);

    assertThat(before.orEarlier(after)).isEqualTo(before);
    assertThat(after.orEarlier(before)).isEqualTo(before);
  }

  @Test
  void takesItsTimeFromItsClock() {
    var clock = new StandingClock();
    var deadline = Deadline.after(Duration.ofNanos(10), clock);

    clock.nanos = 9;
    assertThat(deadline.remainingNanos()).isOne();
    deadline.park(this);
    assertThat(clock.parkedNanos).isOne();

    clock.nanos = 10;
    assertThat(deadline.hasPassed()).isTrue();
    clock.parkedNanos = 0;
    deadline.park(this);
    assertThat(clock.parkedNanos).isZero();
  }

  @Test
  void comparesDifferentClocksByWhatIsLeft() {
    var inTenNanos = Deadline.after(Duration.ofNanos(10), new StandingClock());
    var inAMinute = Deadline.after(Duration.ofMinutes(1));

    assertThat(inTenNanos.orEarlier(inAMinute)).isEqualTo(inTenNanos);
    assertThat(inAMinute.orEarlier(inTenNanos)).isEqualTo(inTenNanos);
  }

  private static final class StandingClock implements TimeSource {
    private long nanos;
    private long parkedNanos;

    @Override
    public long nanoTime() {
      return nanos;
    }

    @Override
    public void park(Object blocker, long nanos) {
      parkedNanos = nanos;
    }
  }

  @Test
  void saysHowMuchIsLeft() {
    var clock = TimeSource.SYSTEM;
    assertThat(Deadline.after(Duration.ofHours(1), clock).toString())
        .matches("3[56]\\d{5} ms left");
    assertThat(Deadline.after(Duration.ofDays(36_500), clock)).hasToString("no deadline");
    assertThat(Deadline.after(Duration.ofSeconds(-1), clock).toString())
        .matches("deadline passed 1\\d{3} ms ago");
  }
}
