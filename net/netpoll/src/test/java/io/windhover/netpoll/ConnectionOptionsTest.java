package io.windhover.netpoll;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ConnectionOptionsTest {

  enum Wrong {
    FIRST_BYTE(b -> b.firstByteTimeout(Duration.ZERO), "firstByteTimeout: PT0S (expected: > 0)"),
    FRAME(b -> b.frameTimeout(Duration.ofNanos(-1)), "frameTimeout: PT-0.000000001S"),
    IDLE(b -> b.idleTimeout(Duration.ZERO), "idleTimeout: PT0S"),
    WRITE_STALL(b -> b.writeStallTimeout(Duration.ZERO), "writeStallTimeout: PT0S"),
    HIGH_WATER(b -> b.writeHighWaterBytes(-1), "writeHighWaterBytes: -1 (expected: >= 0)");

    final Consumer<ConnectionOptions.Builder> setting;
    final String message;

    Wrong(Consumer<ConnectionOptions.Builder> setting, String message) {
      this.setting = setting;
      this.message = message;
    }
  }

  @ParameterizedTest
  @EnumSource
  void rejects(Wrong wrong) {
    var builder = ConnectionOptions.builder();
    wrong.setting.accept(builder);

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(wrong.message);
  }
}
