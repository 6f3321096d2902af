package io.windhover.bench.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.windhover.bench.runner.Contestant.Group;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ResultsTest {

  private final Contestant cheap = Fakes.contestant("cheap");
  private final Contestant dear = Fakes.contestant("dear");
  private final Contestant raw = Fakes.contestant("raw", Group.RAW);
  private final Results results = new Results();

  @Test
  void rowsHaveMediansAndTheLeastCpuTimeComesFirst() {
    for (int calls : new int[] {100, 900, 300}) {
      results.add(Fakes.sample(dear, Plan.main(), calls, 20));
      results.add(Fakes.sample(cheap, Plan.main(), calls, calls == 900 ? 90 : 10));
    }
    results.add(Fakes.sample(raw, Plan.main(), 1, 1));
    results.add(Fakes.sample(cheap, Point.closed(Work.ECHO, 64, 1), 1, 1));

    var rows = results.rows(Plan.main());

    assertThat(rows).extracting(Row::contestant).containsExactly(cheap, dear, raw);
    assertThat(rows.getFirst().serverMicros()).isCloseTo(10, within(0.01));
    assertThat(rows.getFirst().callsPerSecond()).isEqualTo(new Row.Spread(1000, 3000, 9000));
    assertThat(rows.getFirst().latencies().getTotalCount()).isEqualTo(1300);
    assertThat(rows.getFirst().rounds()).isEqualTo(3);
  }

  @Test
  void slowestIsOfTheSameGroup() {
    results.add(Fakes.sample(dear, Plan.main(), 100, 1));
    results.add(Fakes.sample(cheap, Plan.main(), 200, 1));
    results.add(Fakes.sample(raw, Plan.main(), 10, 1));

    assertThat(results.slowest(Group.RPC, Plan.main())).isEqualTo(1000);
    assertThat(results.slowest(Group.RAW, Point.open(50))).isZero();
  }

  @Test
  void streamOfManyMessagesIsCountedByThem() {
    var point = Point.closed(Work.STREAM, 1 << 10, 1);
    var sample = Fakes.sample(cheap, point, 5, 2000);

    assertThat(sample.calls()).isEqualTo(5000);
    assertThat(sample.callsPerSecond()).isEqualTo(50_000);
    assertThat(sample.serverMicros()).isCloseTo(2, within(0.01));
    results.add(sample);
    assertThat(text(point)).contains("messages/s", "stream p50 us", "B/message", "whole streams");
    assertThat(text(Plan.main())).contains("calls/s", "B/call").doesNotContain("stream");
  }

  private String text(Point point) {
    var plan = new Plan(List.of(new Plan.Phase(List.of(point), Duration.ZERO, Duration.ZERO)), 1);
    return new TextReport(results, plan, List.of(cheap), new Surroundings(Map.of())).text();
  }

  @Test
  void sampleWithoutACallHasNoCostsOfOne() {
    var row = Row.of(List.of(Fakes.sample(cheap, Plan.main(), 0, 5)));

    assertThat(row.serverMicros()).isNaN();
    assertThat(TextReport.micros(row.serverMicros())).isEqualTo("-");
  }

  @Test
  void sampleIsDisturbedByOtherLoadAndByTheHost() {
    var quiet = Fakes.sample(cheap, Plan.main(), 1, 1);
    var foreign = new Sample(cheap, Plan.main(), 1, quiet.load(), 0, 0, 0, 0.11, 0, 0);
    var stolen = new Sample(cheap, Plan.main(), 1, quiet.load(), 0, 0, 0, 0, 0.11, 0);

    assertThat(quiet.isDisturbed(0.1)).isFalse();
    assertThat(foreign.isDisturbed(0.1)).isTrue();
    assertThat(stolen.isDisturbed(0.1)).isTrue();
  }
}
