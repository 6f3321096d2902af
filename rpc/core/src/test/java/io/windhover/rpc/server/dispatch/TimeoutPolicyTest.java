package io.windhover.rpc.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.wire.HeaderKey;
import io.windhover.rpc.wire.TTHeader;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimeoutPolicyTest {

  @ParameterizedTest
  @CsvSource({
    "    ,     ,     ,     ", // unasked, max, asked, what counts
    "    ,     , 1000, 1000",
    " 300,     , 1000, 1000",
    " 300,     ,     ,  300",
    "    ,  500, 1000,  500",
    "    ,  500,  200,  200",
    "    ,  500,     ,  500",
    " 300,  500,     ,  300",
  })
  void decides(
      @Nullable Long unasked, @Nullable Long max, @Nullable String asked, @Nullable Long counts) {
    var policy = new TimeoutPolicy(millis(unasked), millis(max));
    var header =
        asked == null ? null : new TTHeader(1, Map.of(HeaderKey.RPC_TIMEOUT, asked), Map.of());

    var deadline = policy.deadline(header, false, 7);

    if (counts == null) {
      assertThat(deadline).isSameAs(TimeoutPolicy.NO_DEADLINE);
    } else {
      assertThat(deadline.nanos()).isEqualTo(7 + counts * 1_000_000);
    }
  }

  @Test
  void refusesWhatContradictsItself() {
    var second = Duration.ofSeconds(1);

    assertThatThrownBy(() -> new TimeoutPolicy(second.plusMillis(1), second))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("defaultTimeout: PT1.001S (expected: at most maxTimeout, PT1S)");
    assertThatThrownBy(() -> new TimeoutPolicy(null, Duration.ZERO))
        .hasMessage("maxTimeout: PT0S (expected: > 0)");
  }

  private static @Nullable Duration millis(@Nullable Long millis) {
    return millis == null ? null : Duration.ofMillis(millis);
  }
}
