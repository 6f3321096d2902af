package io.windhover.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.interop.everything.Interop;
import io.windhover.netpoll.testing.FaultProxy;
import io.windhover.netpoll.testing.Faults;
import io.windhover.netpoll.testing.Faults.End;
import io.windhover.netpoll.testing.LeakCheck;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.server.Server;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// Calls of all protocols through a proxy that changes its faults all the time: each ends in time
/// with its own result or a typed exception, and in the end nothing is left behind.
///
/// Takes 10 s, or `WINDHOVER_SOAK_SECONDS`: 3600 for the long one. Runs in 128 MiB.
final class SoakTest {

  private static final long SECONDS =
      Long.parseLong(System.getenv().getOrDefault("WINDHOVER_SOAK_SECONDS", "10"));
  private static final Duration TIMEOUT = Duration.ofMillis(500);
  private static final Duration LATE = Duration.ofSeconds(5); // than any machine may be
  private static final int CALLERS = 4; // of each protocol
  private static final List<Faults> WEATHER =
      List.of(
          Faults.NONE,
          Faults.NONE.withLatency(Duration.ofMillis(2), Duration.ofMillis(20)),
          Faults.NONE.withPieces(1),
          Faults.NONE.withPieces(7).withLatency(Duration.ofNanos(1), Duration.ofMillis(1)),
          Faults.NONE.withEnd(End.RESET, 3_000),
          Faults.NONE.withEnd(End.CLOSE, 777),
          Faults.NONE.withEnd(End.HALF_CLOSE, 1_234),
          Faults.NONE.withEnd(End.BLACK_HOLE, 5_000),
          Faults.NONE.withFlips(2_000));

  private final Random random = new Random(4);
  private final Map<RpcException.Kind, AtomicLong> failures =
      new EnumMap<>(RpcException.Kind.class);
  private final AtomicLong answers = new AtomicLong();
  private final ConcurrentLinkedQueue<Throwable> faults = new ConcurrentLinkedQueue<>();
  private volatile boolean flips; // a result may be wrong then
  private volatile boolean over;

  @Test
  void keepsWorkingAndLeavesNothingBehind() throws Exception {
    for (var kind : RpcException.Kind.values()) {
      failures.put(kind, new AtomicLong());
    }
    var leaks = LeakCheck.begin();
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (var server = Server.builder().address(loopback).service(Interops.serve(() -> {})).start();
        var proxy = FaultProxy.before((InetSocketAddress) server.address(), 1)) {
      var clients = new ArrayList<Client>();
      var callers = new ArrayList<Thread>();
      for (var protocol : Protocol.values()) {
        var client = Client.builder(proxy.address()).protocol(protocol).timeout(TIMEOUT).build();
        clients.add(client);
        for (int i = 0; i < CALLERS; i++) {
          var seed = new Random(callers.size());
          callers.add(Thread.ofVirtual().start(() -> callForEver(Interop.on(client), seed)));
        }
      }

      changeTheWeather(proxy);
      over = true;
      for (var caller : callers) {
        assertThat(caller.join(TIMEOUT.plus(LATE))).as("a call ends").isTrue();
      }

      assertThat(faults).isEmpty();
      proxy.use(Faults.NONE);
      proxy.resetAll();
      for (var client : clients) {
        assertThat(answered(Interop.on(client))).as("healthy again").isTrue();
        client.close();
      }
    }
    leaks.end(LATE);
    System.out.printf(
        "soak: %,d answers in %d s, failures: %s%n", answers.get(), SECONDS, failures);
    assertThat(answers.get()).isGreaterThan(100);
    assertThat(failures.get(RpcException.Kind.DISCONNECTED).get()).isPositive();
    assertThat(failures.get(RpcException.Kind.TIMEOUT).get()).isPositive();
  }

  private void changeTheWeather(FaultProxy proxy) {
    long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    while (System.nanoTime() < end) {
      var weather = WEATHER.get(random.nextInt(WEATHER.size()));
      flips |= weather.flipOneIn() > 0;
      proxy.use(weather);
      if (random.nextBoolean()) {
        proxy.resetAll();
      }
      LockSupport.parkNanos(Duration.ofMillis(50 + random.nextInt(200)).toNanos());
    }
  }

  private void callForEver(Interop interop, Random seed) {
    while (!over) {
      long start = System.nanoTime();
      try {
        call(interop, seed);
        answers.incrementAndGet();
      } catch (RpcException e) {
        failures.get(e.kind()).incrementAndGet();
      } catch (Throwable e) { // no other type may leave a call
        faults.add(e);
      }
      if (System.nanoTime() - start > TIMEOUT.plus(LATE).toNanos()) {
        faults.add(new AssertionError("a call took " + (System.nanoTime() - start) + " ns"));
      }
    }
  }

  private void call(Interop interop, Random seed) throws Exception {
    int number = seed.nextInt();
    var text = "x".repeat(seed.nextInt(2_000));
    boolean right =
        number % 2 == 0 ? interop.echoI32(number) == number : interop.echoString(text).equals(text);
    if (!right && !flips) {
      throw new AssertionError("another call's result");
    }
  }

  private static boolean answered(Interop interop) {
    for (int tries = 0; ; tries++) {
      try {
        return interop.echoI32(7) == 7;
      } catch (RpcException e) { // of the pool, one that has just been reset
        if (tries == 50) {
          throw e;
        }
      }
    }
  }
}
