package io.windhover.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.rpc.log.LineLogger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class GuardedListenersTest {

  private static final Invocation CALL =
      new Invocation(
          "Echo",
          new Method<>("echo", false, "codec"),
          Deadline.after(Duration.ofSeconds(1)),
          InetSocketAddress.createUnresolved("localhost", 1));

  private final AtomicLong nanos = new AtomicLong();
  private final LineLogger log = new LineLogger();

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
    var listeners = guarded(failing(new NoClassDefFoundError("Metrics")), counting);

    listeners.started(CALL);

    assertThat(told).hasValue(1);
    assertThat(log.at(Level.WARNING))
        .singleElement()
        .asString()
        .endsWith("with NoClassDefFoundError");
  }

  @Test
  void logsOneFailureASecondAndCountsTheOthers() {
    var listeners = guarded(failing(new IllegalStateException("no")));

    listeners.started(CALL);
    listeners.started(CALL);
    listeners.started(CALL);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    listeners.started(CALL);

    assertThat(log.at(Level.WARNING)).hasSize(2);
    assertThat(log.at(Level.WARNING).get(1)).contains("2 more like it");
  }

  @Test
  void logsEachListenerThatFails() {
    var listeners =
        guarded(
            failing(new IllegalStateException("first")),
            failing(new IllegalStateException("second")));

    listeners.started(CALL);

    assertThat(log.at(Level.WARNING)).hasSize(2);
  }

  @Test
  void tellsOfEachEvent() {
    var told = new ArrayList<String>();
    var failure = new IllegalStateException("no");
    CallListener all =
        new CallListener() {
          @Override
          public void started(Invocation call) {
            told.add("started");
          }

          @Override
          public void attempting(Invocation call) {
            told.add("attempting");
          }

          @Override
          public void connected(Invocation call) {
            told.add("connected");
          }

          @Override
          public void sent(Invocation call, int bytes) {
            told.add("sent " + bytes);
          }

          @Override
          public void received(Invocation call, int bytes) {
            told.add("received " + bytes);
          }

          @Override
          public void handling(Invocation call) {
            told.add("handling");
          }

          @Override
          public void handled(Invocation call, @Nullable Throwable failure) {
            told.add("handled " + failure);
          }

          @Override
          public void ended(Invocation call, @Nullable Throwable failure) {
            told.add("ended " + failure);
          }
        };
    var listeners = guarded(all);

    listeners.started(CALL);
    listeners.attempting(CALL);
    listeners.connected(CALL);
    listeners.sent(CALL, 1);
    listeners.received(CALL, 2);
    listeners.handling(CALL);
    listeners.handled(CALL, null);
    listeners.ended(CALL, failure);

    assertThat(told)
        .containsExactly(
            "started",
            "attempting",
            "connected",
            "sent 1",
            "received 2",
            "handling",
            "handled null",
            "ended " + failure);
  }

  private CallListener guarded(CallListener... listeners) {
    return new GuardedListeners(List.of(listeners), log, nanos::get);
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
