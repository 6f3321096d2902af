package io.windhover.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class InvocationTest {

  private final Clock clock = new Clock(1_000);

  @Test
  void knowsHowLongItHasTaken() {
    var call = call(Deadline.after(Duration.ofNanos(500), clock));

    clock.nanos += 30;

    assertThat(call.startNanos()).isEqualTo(1_000);
    assertThat(call.elapsedNanos()).isEqualTo(30);
  }

  @Test
  void keepsItsStartWithAnotherDeadline() {
    var call = call(Deadline.after(Duration.ofNanos(500), clock));
    clock.nanos += 30;

    var sooner = call.withDeadline(Deadline.after(Duration.ofNanos(100), clock));

    assertThat(sooner.elapsedNanos()).isEqualTo(30);
  }

  @Test
  void keepsItsStartWithADeadlineOfAnotherClock() {
    var call = call(Deadline.after(Duration.ofNanos(500), clock));
    clock.nanos += 30;
    var other = new Clock(-7_000);

    var elsewhere = call.withDeadline(Deadline.after(Duration.ofNanos(500), other));
    other.nanos += 5;
    clock.nanos += 400; // which counts no more

    assertThat(elsewhere.elapsedNanos()).isEqualTo(35);
  }

  private static Invocation call(Deadline deadline) {
    return new Invocation(
        "Echo",
        new Method<>("echo", false, "text"),
        deadline,
        InetSocketAddress.createUnresolved("localhost", 1));
  }

  private static final class Clock implements TimeSource {
    private long nanos;

    Clock(long nanos) {
      this.nanos = nanos;
    }

    @Override
    public long nanoTime() {
      return nanos;
    }

    @Override
    public void park(Object blocker, long nanos) {
      throw new UnsupportedOperationException();
    }
  }
}
