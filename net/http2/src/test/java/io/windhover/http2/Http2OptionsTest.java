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
        new Wrong("maxConnectionAge", builder -> builder.maxConnectionAge(Duration.ofNanos(-1))),
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
    var options = Http2Options.builder().maxHeldBytes(1).build(); // which follows the heap

    assertThat(options.toString().replaceFirst("Http2Options\\[(.*)]", "$1").split(", (?=\\w+=)"))
        .containsExactly(
            "headers=HeaderLimits[tableBytes=4096",
            "listBytes=16384",
            "fields=100]",
            "maxContinuations=16",
            "maxFrameBytes=16384",
            "maxStreams=256",
            "maxWaitingOpens=1000",
            "streamWindowBytes=262144",
            "connectionWindowBytes=1048576",
            "maxWindowBytes=4194304",
            "maxHeldBytes=1",
            "maxPendingBytes=65536",
            "streamStallTimeout=PT30S",
            "receiveStallTimeout=PT30S",
            "settingsTimeout=PT10S",
            "maxConnectionAge=PT0S",
            "drainTimeout=PT30S",
            "keepAliveInterval=PT0S",
            "keepAliveTimeout=PT20S",
            "keepAliveWithoutStreams=false",
            "minPingInterval=PT10S",
            "maxPingStrikes=2",
            "maxResets=200",
            "resetInterval=PT30S",
            "maxWaitingAnswers=1000",
            "maxEmptyData=10",
            "maxTinyData=100",
            "maxSettings=100");
  }

  @Test
  void holdsAnEighthOfASmallHeapAnd64MebibytesOfAnyOther() {
    assertThat(Http2Options.heldBytes(256L << 20)).isEqualTo(32 << 20);
    assertThat(Http2Options.heldBytes(512L << 20)).isEqualTo(64 << 20);
    assertThat(Http2Options.heldBytes(Long.MAX_VALUE)).isEqualTo(64 << 20);
  }
}
