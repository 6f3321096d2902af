package io.windhover.conformance.flood;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.conformance.ChildJvm;
import io.windhover.conformance.flood.Callers.Latencies;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// One client floods a gRPC server of 256 MiB, a hundred others call it: these are served as well
/// as ever, the server keeps its memory, and the flooder is told why, once for each connection.
///
/// Rows 11, 12, 13, 15, 16, 17, 18, 20, 21, 22, 29b and 39 of the table of bad inputs, at full
/// rate, from connections that follow one another as fast as the server ends them. The flooder, the
/// callers and the server share the machine's cores.
///
/// What the others are used to is measured before each flood. Each flood runs for a moment before
/// it counts, so that the server's code for it is compiled.
///
/// A second for each flood, or `WINDHOVER_FLOOD_SECONDS`: 300 for the long one.
@Timeout(7_200)
final class FloodTest {

  private static final Duration WINDOW =
      Duration.ofSeconds(
          Integer.parseInt(System.getenv().getOrDefault("WINDHOVER_FLOOD_SECONDS", "1")));
  private static final Duration QUIET_WINDOW = Duration.ofMillis(500);
  private static final Duration WARM_UP = Duration.ofSeconds(4);
  private static final Duration FLOOD_WARM_UP = Duration.ofMillis(250);
  private static final int MAX_RATIO = 3;
  private static final int ROUNDS = 4; // before it is the flood, and not the machine

  /// All of the heap is there from the start: to get it takes time, too.
  private static final List<String> SERVER_OPTIONS =
      List.of("-Xmx256m", "-Xms256m", "-XX:+AlwaysPreTouch", "-XX:+ExitOnOutOfMemoryError");

  private static final Duration STOP = Duration.ofSeconds(20);
  private static final long MAX_LIVE_BYTES = 32 << 20;
  private static final int MAX_LOG_LINES = 20;

  @TempDir private Path folder;

  @Test
  void othersAreServedBesideAnyFlood() throws Exception {
    var log = folder.resolve("server.log");
    try (var server =
        ChildJvm.start(Redirect.to(log.toFile()), SERVER_OPTIONS, FloodServer.class)) {
      int port = Integer.parseInt(server.readLine());
      try (var callers = new Callers(port)) {
        callers.measure(WARM_UP);
        for (var flood : Flood.values()) {
          requireServed(callers, port, flood);
        }
      }
      assertThat(server.finish(STOP)).as("exit code").isZero();
      requireNothingLeft(FloodServer.Left.read(server.readLine()));
    }
    requireFewWords(log);
  }

  private static void requireServed(Callers callers, int port, Flood flood) throws Exception {
    measure(callers, Flooder.start(port, flood), FLOOD_WARM_UP);
    for (int round = 1; ; round++) {
      var quiet = callers.measure(QUIET_WINDOW);
      var flooder = Flooder.start(port, flood);
      var flooded = measure(callers, flooder, WINDOW);
      System.out.printf(
          "flood %s: %s; quiet: %s; ratio %.1f; %s%n",
          flood, flooded, quiet, flooded.p99().toNanos() / (double) quiet.p99().toNanos(), flooder);
      requireTold(flood, flooder);
      if (flooded.isAtMost(MAX_RATIO, quiet)) {
        return;
      }
      assertThat(round).as("%s: %s (quiet: %s)", flood, flooded, quiet).isLessThan(ROUNDS);
    }
  }

  private static Latencies measure(Callers callers, Flooder flooder, Duration window)
      throws Exception {
    try (flooder) {
      return callers.measure(window);
    }
  }

  private static void requireTold(Flood flood, Flooder flooder) {
    assertThat(flooder.toldTwice()).as("told twice").isZero();
    if (!flood.told.isEmpty()) {
      assertThat(flooder.told().keySet())
          .as("%s", flood)
          .isNotEmpty()
          .allMatch(text -> text.startsWith("ENHANCE_YOUR_CALM: ") && text.contains(flood.told));
    }
  }

  private static void requireNothingLeft(FloodServer.Left left) {
    System.out.println("after all floods: " + left);
    assertThat(left.handlers()).isZero();
    assertThat(left.lentBytes()).isZero();
    assertThat(left.liveBytes()).isLessThan(MAX_LIVE_BYTES);
  }

  private static void requireFewWords(Path log) throws IOException {
    assertThat(Files.readAllLines(log)).hasSizeLessThan(MAX_LOG_LINES);
  }
}
