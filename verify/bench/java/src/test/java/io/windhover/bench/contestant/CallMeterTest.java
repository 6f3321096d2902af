package io.windhover.bench.contestant;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.rpc.Deadline;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Method;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What the observed contestants do is done: nothing of it may be left out for speed.
final class CallMeterTest {

  private final CallMeter meter = new CallMeter();

  private static Invocation call(String method, Duration timeout) {
    return new Invocation(
        "Bench",
        new Method<>(method, false, method),
        Deadline.after(timeout),
        InetSocketAddress.createUnresolved("localhost", 4711));
  }

  @Test
  void countsCallsErrorsAndBytesOfEachMethod() {
    carry("echo", null);
    carry("echo", new IllegalStateException());
    carry("order", null);

    var echo = meter.of("echo");
    assertThat(echo.calls().sum()).isEqualTo(2);
    assertThat(echo.errors().sum()).isEqualTo(1);
    assertThat(echo.sentBytes().sum()).isEqualTo(2 * 30);
    assertThat(echo.receivedBytes().sum()).isEqualTo(2 * 50);
    assertThat(meter.of("order").calls().sum()).isEqualTo(1);
  }

  @Test
  void everyCallIsInTheHistogramOnce() {
    carry("echo", null);
    carry("echo", null);

    var latencies = meter.of("echo").latencies();
    assertThat(latencies.stream().mapToLong(LongAdder::sum).sum()).isEqualTo(2);
    assertThat(latencies.getFirst().sum()).isZero();
  }

  private void carry(String method, @Nullable Throwable failure) {
    var call = call(method, Duration.ofSeconds(1));
    meter.sent(call, 30);
    meter.received(call, 50);
    meter.ended(call, failure);
  }

  @Test
  void middlewareCountsLateCallsAndPassesAllOn() {
    var check = new DeadlineCheck();
    var endpoint = check.wrap((_, request) -> request);

    assertThat(endpoint.call(call("echo", Duration.ofSeconds(1)), "a")).isEqualTo("a");
    assertThat(check.late().sum()).isZero();
    assertThat(endpoint.call(call("echo", Duration.ZERO), "b")).isEqualTo("b");
    assertThat(check.late().sum()).isEqualTo(1);
  }
}
