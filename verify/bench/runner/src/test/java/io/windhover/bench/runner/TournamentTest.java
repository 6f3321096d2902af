package io.windhover.bench.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.bench.runner.Plan.Phase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TournamentTest {

  private static final Duration MILLI = Duration.ofMillis(1);

  /// The windows here are shorter than the ticks of CPU time, so that a share of them says nothing.
  private static final double ANY_LOAD = Double.POSITIVE_INFINITY;

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  @TempDir Path folder;

  private static Plan plan(Point... points) {
    return new Plan(List.of(new Phase(List.of(points), MILLI, MILLI)), 2);
  }

  private Results play(Plan plan, double maxForeignShare, String... names) throws IOException {
    var progress =
        new Progress(
            new PrintStream(shown, true, StandardCharsets.UTF_8), false, Duration.ofSeconds(1));
    var contestants = Arrays.stream(names).map(Fakes::contestant).toList();
    return new Tournament(plan, contestants, Fakes.place(folder), maxForeignShare, progress).play();
  }

  @Test
  void everyContestantHasItsTurnInEveryRound() throws IOException {
    var results = play(plan(Plan.main(), Point.closed(Work.ECHO, 64, 1)), ANY_LOAD, "a", "b");

    assertThat(results.samples())
        .extracting(sample -> sample.contestant().name() + sample.round() + sample.point().bytes())
        .containsExactly("a11024", "a164", "b11024", "b164", "a21024", "a264", "b21024", "b264");
    assertThat(results.failures()).isEmpty();
  }

  @Test
  void openLoopGetsItsShareOfTheSlowest() throws IOException {
    var results = play(plan(Plan.main(), Point.open(50)), ANY_LOAD, "a");

    assertThat(results.slowest(Contestant.Group.RPC, Plan.main())).isEqualTo(10_000);
    assertThat(results.rows(Point.open(50))).hasSize(1);
  }

  @Test
  void openLoopWithoutARateIsNotMeasuredAsAClosedOne() throws IOException {
    var plan = plan(Point.open(50));

    var results = play(plan, ANY_LOAD, "a");

    assertThat(results.samples()).isEmpty();
    assertThat(text(plan, results))
        .contains("a, echo of 1 KiB, open loop at 50 % of the slowest: 0 of 2 rounds counted");
  }

  private static String text(Plan plan, Results results) {
    var contestants = List.of(Fakes.contestant("a"));
    return new TextReport(results, plan, contestants, new Surroundings(Map.of())).text();
  }

  @Test
  void whoBreaksDownIsOutAndTheOthersGoOn() throws IOException {
    var results =
        play(plan(Plan.main()), ANY_LOAD, "dead", "refused", "garbage", "dies", "healthy");

    assertThat(results.failures())
        .containsOnlyKeys("dead", "refused", "garbage", "dies")
        .containsEntry("refused", "refused's server: port 0 is taken")
        .containsEntry("garbage", "garbage's server says 'hello' (expected: ready)");
    assertThat(results.rows(Plan.main()))
        .extracting(row -> row.contestant().name())
        .containsExactly("healthy");
  }

  @Test
  void disturbedTurnsAreRepeatedTwiceAndLeftOut() throws IOException {
    var results = play(plan(Plan.main()), -1, "a");

    assertThat(results.samples()).isEmpty();
    assertThat(results.discarded()).isEqualTo(2 * 3);
    assertThat(text(plan(Plan.main()), results)).contains("0 of 2 rounds counted");
  }

  @Test
  void leavesAFolderBehind() throws IOException {
    var plan = plan(Plan.main());
    var results = play(plan, ANY_LOAD, "windhover<a>", "b");
    var surroundings = new Surroundings(Map.of("machine", "a & b"));
    var contestants = List.of(Fakes.contestant("windhover<a>"), Fakes.contestant("b"));
    var text = new TextReport(results, plan, contestants, surroundings).text();
    var page = new HtmlReport(results, plan, text, surroundings).page();

    var old = Files.createDirectories(folder.resolve("out/histograms")).resolve("c-echo.hgrm");
    Files.writeString(old, "of an earlier run");

    new Output(folder.resolve("out")).write(text, page, results, plan.points());

    assertThat(old).doesNotExist();
    assertThat(folder.resolve("out/results.txt")).content().contains("* windhover<a>", "a & b");
    assertThat(folder.resolve("out/results.csv")).content().hasLineCount(1 + 2 * 2);
    assertThat(Files.readString(folder.resolve("out/index.html")))
        .contains("<svg", "windhover&lt;a&gt;", "a &amp; b")
        .doesNotContain("windhover<a>", "http://", "https://");
    assertThat(folder.resolve("out/histograms/b-echo-1KiB-32.hgrm"))
        .content()
        .contains("Percentile");
    assertThat(shown.toString(StandardCharsets.UTF_8)).contains("start and warm-up", "round 2");
  }
}
