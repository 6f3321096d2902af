package io.windhover.rpc.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ReconnectTest {

  private final ConnectException refused = new ConnectException("connection refused");

  private final Reconnect reconnect = new Reconnect(Duration.ofSeconds(10), new Random(7));
  private long nowNanos;

  @Test
  void pausesLongerAfterEachFailureUpToTheLongest() {
    double expected = 50;

    for (int failure = 0; failure < 20; failure++) {
      assertThat((double) failAndPauseMillis()).isBetween(expected * 0.79, expected * 1.21);
      expected = Math.min(expected * 1.6, 10_000);
    }
  }

  @Test
  void countsFailuresDuringAPauseOnce() {
    reconnect.failed(refused, nowNanos);
    long pause = reconnect.pauseLeftNanos(nowNanos);

    for (int i = 0; i < 100; i++) {
      reconnect.failed(refused, nowNanos);
    }

    assertThat(reconnect.pauseLeftNanos(nowNanos)).isEqualTo(pause);
  }

  @Test
  void beginsAnewAfterASuccess() {
    for (int i = 0; i < 10; i++) {
      long _ = failAndPauseMillis();
    }
    assertThat(reconnect.isProbing()).isTrue();

    reconnect.succeeded();

    assertThat(reconnect.isProbing()).isFalse();
    assertThat(reconnect.pauseLeftNanos(nowNanos)).isZero();
    assertThat(failAndPauseMillis()).isLessThan(61);
  }

  @Test
  void spreadsThePausesOfMany() {
    var random = new Random(3);
    var pauses =
        IntStream.range(0, 1000)
            .mapToLong(
                _ -> {
                  var one = new Reconnect(Duration.ofSeconds(10), random);
                  one.failed(refused, 0);
                  return TimeUnit.NANOSECONDS.toMillis(one.pauseLeftNanos(0));
                })
            .summaryStatistics();

    assertThat(pauses.getMin()).isEqualTo(40);
    assertThat(pauses.getMax()).isEqualTo(59);
  }

  @Test
  void heedsATimeoutIfNearlyAllTheTimeWasThere() {
    var late = new SocketTimeoutException("no connection in time");
    var connectTimeout = Duration.ofMillis(100);

    assertThat(Reconnect.tellsOfServer(late, 99_999_999, connectTimeout)).isTrue();
    assertThat(Reconnect.tellsOfServer(late, 80_000_000, connectTimeout)).isFalse();
    assertThat(Reconnect.tellsOfServer(refused, 1, connectTimeout)).isTrue();
  }

  private long failAndPauseMillis() {
    reconnect.failed(refused, nowNanos);
    long pause = reconnect.pauseLeftNanos(nowNanos);
    nowNanos += pause;
    return TimeUnit.NANOSECONDS.toMillis(pause);
  }
}
