package io.windhover.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class Http2OptionsTest {

  record Wrong(String name, UnaryOperator<Http2Options.Builder> change) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Wrong> wrong() {
    return Stream.of(
        new Wrong("maxContinuations", builder -> builder.maxContinuations(-1)),
        new Wrong("maxFrameBytes", builder -> builder.maxFrameBytes(16_383)),
        new Wrong("maxFrameBytes", builder -> builder.maxFrameBytes((1 << 20) + 1)),
        new Wrong("maxStreams", builder -> builder.maxStreams(0)),
        new Wrong("maxStreams", builder -> builder.maxStreams(8_193)),
        new Wrong("maxWaitingOpens", builder -> builder.maxWaitingOpens(-1)),
        new Wrong("streamWindowBytes", builder -> builder.streamWindowBytes(0)),
        new Wrong("connectionWindowBytes", builder -> builder.connectionWindowBytes(65_534)),
        new Wrong("maxWindowBytes", builder -> builder.maxWindowBytes(1)),
        new Wrong("maxHeldBytes", builder -> builder.maxHeldBytes(-1)),
        new Wrong("maxPendingBytes", builder -> builder.maxPendingBytes(-1)),
        new Wrong("streamStallTimeout", builder -> builder.streamStallTimeout(Duration.ZERO)),
        new Wrong("settingsTimeout", builder -> builder.settingsTimeout(Duration.ZERO)),
        new Wrong("drainTimeout", builder -> builder.drainTimeout(Duration.ZERO)),
        new Wrong("keepAliveInterval", builder -> builder.keepAliveInterval(Duration.ofNanos(-1))),
        new Wrong("keepAliveTimeout", builder -> builder.keepAliveTimeout(Duration.ZERO)),
        new Wrong("receiveStallTimeout", builder -> builder.receiveStallTimeout(Duration.ZERO)),
        new Wrong("minPingInterval", builder -> builder.minPingInterval(Duration.ofNanos(-1))),
        new Wrong("maxPingStrikes", builder -> builder.maxPingStrikes(-1)),
        new Wrong("maxResets", builder -> builder.maxResets(0)),
        new Wrong("resetInterval", builder -> builder.resetInterval(Duration.ZERO)),
        new Wrong("maxWaitingAnswers", builder -> builder.maxWaitingAnswers(0)),
        new Wrong("maxEmptyData", builder -> builder.maxEmptyData(-1)),
        new Wrong("maxTinyData", builder -> builder.maxTinyData(0)),
        new Wrong("maxSettings", builder -> builder.maxSettings(5)));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void rejects(Wrong wrong) {
    var builder = wrong.change.apply(Http2Options.builder());

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(wrong.name + ": ");
  }

  @Test
  void hasTheSafeLimitsByDefault() {
    var options = Http2Options.DEFAULT;

    assertThat(options.headers().listBytes()).isEqualTo(16 << 10);
    assertThat(options.headers().fields()).isEqualTo(100);
    assertThat(options.maxContinuations()).isEqualTo(16);
    assertThat(options.maxFrameBytes()).isEqualTo(16_384);
    assertThat(options.maxStreams()).isEqualTo(256);
    assertThat(options.maxResets()).isEqualTo(200);
    assertThat(options.resetInterval()).hasSeconds(30);
    assertThat(options.maxWaitingAnswers()).isEqualTo(1_000);
    assertThat(options.maxEmptyData()).isEqualTo(10);
    assertThat(options.streamStallTimeout()).hasSeconds(30);
    assertThat(options.maxPingStrikes()).isEqualTo(2);
  }

  @Test
  void holdsAnEighthOfASmallHeapAnd64MebibytesOfAnyOther() {
    assertThat(Http2Options.heldBytes(256L << 20)).isEqualTo(32 << 20);
    assertThat(Http2Options.heldBytes(512L << 20)).isEqualTo(64 << 20);
    assertThat(Http2Options.heldBytes(Long.MAX_VALUE)).isEqualTo(64 << 20);
  }
}
