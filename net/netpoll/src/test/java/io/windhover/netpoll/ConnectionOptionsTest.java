package io.windhover.netpoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ConnectionOptionsTest {

  record Wrong(String message, UnaryOperator<ConnectionOptions.Builder> setting) {
    @Override
    public String toString() {
      return message;
    }
  }

  static Stream<Wrong> wrongs() {
    return Stream.of(
        new Wrong("firstByteTimeout: PT0S (expected: > 0)", b -> b.firstByteTimeout(Duration.ZERO)),
        new Wrong(
            "frameTimeout: PT-1S (expected: > 0)", b -> b.frameTimeout(Duration.ofSeconds(-1))),
        new Wrong("minFrameBytesPerSecond: -1 (expected: >= 0)", b -> b.minFrameBytesPerSecond(-1)),
        new Wrong("idleTimeout: PT0S (expected: > 0)", b -> b.idleTimeout(Duration.ZERO)),
        new Wrong(
            "keepAliveTimeout: PT1.9S (expected: >= PT2S)",
            b -> b.keepAliveTimeout(Duration.ofMillis(1_900))),
        new Wrong(
            "writeStallTimeout: PT0S (expected: > 0)", b -> b.writeStallTimeout(Duration.ZERO)),
        new Wrong("writeHighWaterBytes: -1 (expected: >= 0)", b -> b.writeHighWaterBytes(-1)),
        new Wrong(
            "maxUnsentBytes: 1 (expected: at least writeHighWaterBytes, 65536)",
            b -> b.maxUnsentBytes(1)));
  }

  @Test
  void takesTimeoutsWithoutEnd() {
    var forever = ChronoUnit.FOREVER.getDuration();
    var options =
        ConnectionOptions.builder().keepAliveTimeout(forever).writeStallTimeout(forever).build();

    assertThat(KeepAlive.of(options).unacknowledgedMillis()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void findsADeadPeerWithinTheTimeout() {
    var thirty = KeepAlive.of(ConnectionOptions.DEFAULT);

    assertThat(thirty).isEqualTo(new KeepAlive(10, 5, 4, 30_000));
  }

  @ParameterizedTest
  @MethodSource("wrongs")
  void rejects(Wrong wrong) {
    var builder = wrong.setting.apply(ConnectionOptions.builder());

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(wrong.message);
  }
}
