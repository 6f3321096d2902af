package io.windhover.netpoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PollerOptionsTest {

  record Wrong(String message, UnaryOperator<PollerOptions.Builder> setting) {
    @Override
    public String toString() {
      return message;
    }
  }

  static Stream<Wrong> wrongs() {
    return Stream.of(
        new Wrong("pollers: 0 (expected: 1..256)", b -> b.pollers(0)),
        new Wrong("pollers: 257 (expected: 1..256)", b -> b.pollers(257)),
        new Wrong("spin: PT-0.001S (expected: 0..PT0.001S)", b -> b.spin(Duration.ofMillis(-1))),
        new Wrong("spin: PT1S (expected: 0..PT0.001S)", b -> b.spin(Duration.ofSeconds(1))),
        new Wrong(
            "sweepInterval: PT0S (expected: PT0.001S..PT1M)", b -> b.sweepInterval(Duration.ZERO)),
        new Wrong(
            "sweepInterval: PT2M (expected: PT0.001S..PT1M)",
            b -> b.sweepInterval(Duration.ofMinutes(2))),
        new Wrong("maxConnections: 0 (expected: at least 1)", b -> b.maxConnections(0)));
  }

  @ParameterizedTest
  @MethodSource("wrongs")
  void rejects(Wrong wrong) {
    var builder = wrong.setting.apply(PollerOptions.builder());

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(wrong.message);
  }

  @Test
  void rejectsAListenerWithoutABacklog() {
    assertThatThrownBy(() -> ListenerOptions.builder().backlog(0).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("backlog: 0 (expected: at least 1)");
  }

  @Test
  void startsWhatIsAskedFor() {
    var options = PollerOptions.builder().pollers(3).spin(Duration.ofNanos(100)).build();

    try (var _ = PollerGroup.start(options)) {
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> thread.getName().startsWith("windhover-poller-"))
          .hasSize(3);
    }
  }
}
