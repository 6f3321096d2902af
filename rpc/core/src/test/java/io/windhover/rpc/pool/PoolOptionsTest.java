package io.windhover.rpc.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PoolOptionsTest {

  enum Wrong {
    NO_CONNECTIONS(b -> b.maxConnections(0), "maxConnections: 0 (expected: 1..10000)"),
    TOO_MANY(b -> b.maxConnections(10_001), "maxConnections: 10001 (expected: 1..10000)"),
    MORE_IDLE_THAN_OPEN(b -> b.maxConnections(3).minIdle(4), "minIdle: 4 (expected: 0..3)"),
    MORE_IDLE_THAN_KEPT(b -> b.maxIdle(0).minIdle(1), "minIdle: 1 (expected: 0..0)"),
    SHORT_IDLE(b -> b.idleTimeout(Duration.ofSeconds(1)), "idleTimeout: PT1S (expected: >= 2 s)"),
    NO_AGE(b -> b.maxAge(Duration.ZERO), "maxAge: PT0S (expected: > 0)"),
    NO_DIALS(b -> b.maxDials(0), "maxDials: 0 (expected: 1..10000)"),
    NO_BACKOFF(b -> b.maxBackoff(Duration.ZERO), "maxBackoff: PT0S (expected: > 0)");

    final UnaryOperator<PoolOptions.Builder> change;
    final String message;

    Wrong(UnaryOperator<PoolOptions.Builder> change, String message) {
      this.change = change;
      this.message = message;
    }
  }

  @ParameterizedTest
  @EnumSource
  void refuses(Wrong wrong) {
    assertThatThrownBy(() -> wrong.change.apply(PoolOptions.builder()).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(wrong.message);
  }

  @Test
  void comesBackFromItsBuilder() {
    var options =
        new PoolOptions(
            9, 1, 8, 7, Duration.ofSeconds(6), Duration.ofSeconds(5), 4, Duration.ofSeconds(3));

    assertThat(options.toBuilder().build()).isEqualTo(options);
  }
}
