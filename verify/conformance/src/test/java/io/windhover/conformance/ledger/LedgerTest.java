package io.windhover.conformance.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.conformance.ChildJvm;
import io.windhover.netpoll.testing.FaultProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Calls from two processes to a third, one of them through a proxy, while one fault follows upon
/// the other; then the [Audit]. Row 75 of the table of bad inputs is among them.
///
/// Takes a minute, or `WINDHOVER_LEDGER_SECONDS`: 1800 for the long one. `WINDHOVER_LEDGER_SEED`
/// repeats the faults of an earlier run, though not what the machine makes of them.
@EnabledOnOs({OS.LINUX, OS.MAC}) // Windows has no signals
final class LedgerTest {

  private static final long SECONDS = setting("SECONDS", 60);
  private static final long SEED = setting("SEED", 6);
  private static final long MOST_CALLS = 1_000_000; // what the audit has memory for

  private static final int DIRECT = 1;
  private static final int PROXIED = 2;
  private static final Duration LATE = Duration.ofSeconds(10); // than any machine may be

  /// Kept, for who wants to look into a violation.
  private final Path folder = Path.of("target", "ledger");

  private final Random random = new Random(SEED);
  private final List<ChildJvm> children = new ArrayList<>();
  private int servers;
  private int port;
  private ChildJvm server;
  private EventFile faults;

  private static long setting(String name, long otherwise) {
    var value = System.getenv("WINDHOVER_LEDGER_" + name);
    return value == null ? otherwise : Long.parseLong(value);
  }

  @AfterEach
  void end() throws IOException {
    children.forEach(ChildJvm::close);
    faults.close();
  }

  @Test
  void losesNothingAndRepeatsNothing() throws Exception {
    clear();
    faults = new EventFile(folder.resolve("faults"));
    startServer();
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try (var proxy = FaultProxy.before(address, SEED)) {
      var direct = startClient(DIRECT, port);
      var proxied = startClient(PROXIED, proxy.address().getPort());

      makeFaults(direct, proxy);

      assertThat(direct.finish(LATE)).isZero();
      assertThat(proxied.finish(LATE)).isZero();
    }
    stopServer();

    var audit = Audit.of(folder);
    System.out.printf("ledger, seed %d, %d s: %s%n", SEED, SECONDS, audit);
    assertThat(audit.violations()).as("faults: %s", audit.outages()).isEmpty();
    assertThat(audit.calls()).isGreaterThan((int) SECONDS * 20);
  }

  private void clear() throws IOException {
    Files.createDirectories(folder);
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  private void startServer() throws IOException {
    server = start(LedgerServer.class, port, folder.resolve("server-" + ++servers));
    port = Integer.parseInt(server.readLine());
  }

  /// Only a server that stops in time, and by itself, has not failed.
  private void stopServer() throws Exception {
    server.signal("TERM");
    assertThat(server.awaitExit(LedgerServer.STOP_TIMEOUT.plusSeconds(1))).isEqualTo(128 + 15);
  }

  private ChildJvm startClient(int id, int port) throws IOException {
    int thinkMicros =
        (int) Math.max(20_000, SECONDS * 1_000_000 * LedgerClient.CALLERS * 6 / MOST_CALLS);
    var client =
        start(
            LedgerClient.class,
            id,
            "127.0.0.1:" + port,
            id == PROXIED,
            random.nextLong(),
            thinkMicros,
            folder.resolve("client-" + id));
    assertThat(client.readLine()).isEqualTo("warm");
    return client;
  }

  private ChildJvm start(Class<?> main, Object... arguments) throws IOException {
    var child = ChildJvm.start(main, arguments);
    children.add(child);
    return child;
  }

  private void makeFaults(ChildJvm direct, FaultProxy proxy) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    var kinds = new ArrayList<Fault>();
    while (System.nanoTime() < end) {
      if (kinds.isEmpty()) {
        Collections.addAll(kinds, Fault.values());
        Collections.shuffle(kinds, random);
      }
      pause(1_000, 2_500);
      long start = System.nanoTime();
      make(kinds.removeLast(), direct, proxy);
      LockSupport.parkNanos(System.nanoTime() - start); // clients may pause as long
    }
    pause(1_000, 2_500);
  }

  private void make(Fault fault, ChildJvm direct, FaultProxy proxy) throws Exception {
    int concerned =
        switch (fault) {
          case FREEZE_CLIENT -> DIRECT;
          case PARTITION -> PROXIED;
          case TERMINATE, KILL, FREEZE_SERVER -> 0;
        };
    faults.add(Event.begins(fault, concerned, Event.now()));
    switch (fault) {
      case TERMINATE -> {
        stopServer();
        startServer();
      }
      case KILL -> {
        server.signal("KILL");
        server.awaitExit(LATE);
        startServer();
      }
      case FREEZE_SERVER -> freeze(server);
      case FREEZE_CLIENT -> freeze(direct);
      case PARTITION -> {
        proxy.hold();
        pause(200, 3_000);
        proxy.release();
      }
    }
    faults.add(Event.ends(fault, concerned, Event.now()));
  }

  private void freeze(ChildJvm child) throws Exception {
    child.signal("STOP");
    pause(200, 3_000);
    child.signal("CONT");
  }

  private void pause(int minMillis, int maxMillis) {
    LockSupport.parkNanos(Duration.ofMillis(random.nextInt(minMillis, maxMillis)).toNanos());
  }
}
