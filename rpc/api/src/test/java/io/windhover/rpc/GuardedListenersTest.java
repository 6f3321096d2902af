package io.windhover.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class GuardedListenersTest {

  private static final Invocation CALL =
      new Invocation(
          "Echo",
          new Method<>("echo", false, "codec"),
          Deadline.after(Duration.ofSeconds(1)),
          InetSocketAddress.createUnresolved("localhost", 1));

  @Test
  void containsErrors() {
    var told = new AtomicInteger();
    CallListener counting =
        new CallListener() {
          @Override
          public void started(Invocation call) {
            told.incrementAndGet();
          }
        };
    var listeners = CallListener.of(List.of(failing(new NoClassDefFoundError("Metrics")), counting));

    listeners.started(CALL);

    assertThat(told).hasValue(1);
  }

  /// @param failure a `RuntimeException` or an `Error`
  private static CallListener failing(Throwable failure) {
    return new CallListener() {
      @Override
      public void started(Invocation call) {
        if (failure instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) failure;
      }
    };
  }
}
