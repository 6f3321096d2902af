package io.windhover.http2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BandwidthEstimatorTest {

  private static final long ROUND_TRIP = 50_000_000;
  private static final int WINDOW = 64 << 10;
  private static final int MAX = 4 << 20;

  private final BandwidthEstimator estimator = new BandwidthEstimator(WINDOW, MAX);
  private long now = 1;

  /// One round trip in which the peer sends so many bytes.
  private int round(int bytes) {
    now += BandwidthEstimator.MIN_INTERVAL_NANOS;
    int first = bytes / 4 * 3;
    assertThat(estimator.arrived(first, now)).isTrue();
    assertThat(estimator.arrived(bytes - first, now)).as("one at a time").isFalse();
    now += ROUND_TRIP;
    return estimator.answered(now);
  }

  @Test
  void growsWhileTheWindowIsFull() {
    assertThat(round(WINDOW)).isEqualTo(2 * WINDOW);
    assertThat(round(2 * WINDOW)).isEqualTo(4 * WINDOW);
  }

  @Test
  void staysWhenLessArrivesThanMay() {
    assertThat(round(WINDOW / 2)).isEqualTo(WINDOW);
  }

  @Test
  void staysWhenNoMoreArrivesThanBefore() {
    int grown = round(WINDOW);

    assertThat(round(WINDOW)).isEqualTo(grown);
  }

  @Test
  void growsNoFurtherThanItMayAndAsksNoMoreThen() {
    for (int window = WINDOW; window < MAX; ) {
      window = round(window);
    }

    now += BandwidthEstimator.MIN_INTERVAL_NANOS;
    assertThat(estimator.arrived(MAX, now)).isFalse();
  }

  @Test
  void growsAgainThoughLessCouldBeHad() {
    round(WINDOW);
    estimator.windowIs(WINDOW);

    assertThat(round(WINDOW)).isEqualTo(2 * WINDOW);
  }

  @Test
  void asksTenTimesASecondAtMost() {
    assertThat(estimator.arrived(WINDOW, now)).isTrue();
    estimator.answered(now + 1);

    long next = now + BandwidthEstimator.MIN_INTERVAL_NANOS;
    assertThat(estimator.arrived(WINDOW, next - 1)).isFalse();
    assertThat(estimator.arrived(WINDOW, next)).isTrue();
  }

  @Test
  void asksNothingForSmallCalls() {
    for (int i = 0; i < 1_000; i++) {
      now += 10_000_000;

      assertThat(estimator.arrived(1_000, now)).isFalse();
    }
  }

  @Test
  void asksForManyPiecesThatAreMuchTogether() {
    assertThat(estimator.arrived(WINDOW / 4, now)).isFalse();

    assertThat(estimator.arrived(WINDOW / 4, now + 1)).isTrue();
  }
}
