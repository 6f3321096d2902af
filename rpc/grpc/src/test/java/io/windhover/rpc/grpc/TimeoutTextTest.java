package io.windhover.rpc.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.codec.MalformedMessageException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeoutTextTest {

  @ParameterizedTest
  @CsvSource({
    "1H, PT1H",
    "2M, PT2M",
    "3S, PT3S",
    "250m, PT0.25S",
    "7u, PT0.000007S",
    "9n, PT0.000000009S",
    "0n, PT0S",
    "99999999H, PT99999999H",
    "00000001S, PT1S"
  })
  void reads(String text, Duration timeout) {
    assertThat(TimeoutText.read(text)).isEqualTo(timeout);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"9999999999H", "999999999n", "-1S", "+1S", "1x", "1", "S", "", "1 S", "1s"})
  void row39dRejects(String text) {
    assertThatThrownBy(() -> TimeoutText.read(text))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("grpc-timeout: " + text);
  }

  @ParameterizedTest
  @CsvSource({
    "PT-1S, 0n",
    "PT0S, 0n",
    "PT0.000000001S, 1n",
    "PT0.099999999S, 99999999n",
    "PT0.1S, 100000u",
    "PT0.100000001S, 100001u",
    "PT99.999999S, 99999999u",
    "PT99.9999991S, 100000m",
    "PT30H, 108000S",
    "PT876000H, 52560000M",
    "PT2500000H, 2500000H"
  })
  void writesTheFinestUnitThatFitsRoundedUp(Duration timeout, String text) {
    assertThat(TimeoutText.write(timeout.toNanos())).isEqualTo(text);
  }
}
