package io.windhover.conformance.flood;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.conformance.ChildJvm;
import io.windhover.conformance.flood.FlooderProcess.Share;
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
/// rate, from connections that follow one another as fast as the server ends them.
///
/// **What is measured is the server, not the flooder.** Server, callers and flooder share the
/// machine's cores, and a flooder that computes takes a core from the others, whomever it floods.
/// So it is a process of its own, which the system runs only while neither server nor callers want
/// to: what is left to it is most of a machine of two cores. How much it sends is printed, and a
/// flood of fewer than some connections a second is none. Where other processes leave it nothing,
/// it takes its share like them, and more of the latencies is the machine's own.
///
/// A second for each flood, or `WINDHOVER_FLOOD_SECONDS`: 300 for the long one.
@Timeout(7_200)
final class FloodTest {

  private static final Duration WINDOW =
      Duration.ofSeconds(
          Integer.parseInt(System.getenv().getOrDefault("WINDHOVER_FLOOD_SECONDS", "1")));
  private static final Duration WARM_UP = Duration.ofSeconds(4);
  private static final int ROUNDS = 12; // before it is the flood, and not what else runs here

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
      try (var callers = new Callers(port);
          var rest = new FlooderProcess(port, Share.REST);
          var equal = new FlooderProcess(port, Share.EQUAL)) {
        callers.measure(WARM_UP);
        for (var flood : Flood.values()) {
          requireServed(callers, rest, equal, flood);
        }
      }
      assertThat(server.finish(STOP)).as("exit code").isZero();
      requireNothingLeft(FloodServer.Left.read(server.readLine()));
    }
    requireFewWords(log);
  }

  /// @param equal for a machine that leaves nothing to the other
  private static void requireServed(
      Callers callers, FlooderProcess rest, FlooderProcess equal, Flood flood) throws Exception {
    var flooder = rest;
    for (int number = 1; ; number++) {
      var round = Round.of(callers, flooder, flood, WINDOW);
      System.out.println(round);
      requireTold(round);
      if (round.isFlood() && round.isServed()) {
        return;
      }
      assertThat(number).as("%s", round).isLessThan(ROUNDS);
      if (!round.isFlood()) {
        flooder = equal;
      }
    }
  }

  private static void requireTold(Round round) {
    assertThat(round.flooded().toldTwice()).as("told twice").isZero();
    var why = round.flood().told;
    if (!why.isEmpty()) {
      assertThat(round.flooded().told().keySet())
          .as("%s", round)
          .allMatch(text -> text.startsWith("ENHANCE_YOUR_CALM: ") && text.contains(why));
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
