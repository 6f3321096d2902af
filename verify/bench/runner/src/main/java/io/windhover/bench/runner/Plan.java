package io.windhover.bench.runner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is measured, how often and for how long.
///
/// @param phases one after the other, each with new processes, which stay for all of its rounds
/// @param rounds in each phase every contestant has its turn so often
record Plan(List<Phase> phases, int rounds) {

  private static final int KIB = 1 << 10;
  private static final int MIB = 1 << 20;
  private static final Point MAIN = Point.closed(Work.ECHO, KIB, 32);
  private static final Duration START = Duration.ofMillis(1500);
  private static final Duration SETTLE = Duration.ofMillis(200);

  /// @param points in the order of each turn
  /// @param warmup of the processes under their first kind of work, which is that of the main load
  ///   for those who do it; each other has half of it
  /// @param window measured of each point
  record Phase(List<Point> points, Duration warmup, Duration window) {

    Duration expected(List<Contestant> contestants, int rounds) {
      var total = Duration.ZERO;
      for (var contestant : contestants) {
        long turns = points.stream().filter(contestant::does).count();
        total = total.plus(window.plus(SETTLE).multipliedBy(turns * rounds));
        total = total.plus(START);
        total = warmups(contestant).values().stream().reduce(total, Duration::plus);
      }
      return total;
    }

    /// Returns the loads that come before the first round, each with its time: whatever is measured
    /// has been compiled by then. Compiled ahead of time means warm at once.
    Map<Point, Duration> warmups(Contestant contestant) {
      var time = contestant.program().isJava() ? warmup : warmup.dividedBy(4);
      var warmups = new LinkedHashMap<Point, Duration>();
      var warm = EnumSet.noneOf(Work.class);
      for (var point : Stream.concat(Stream.of(MAIN), points.stream()).toList()) {
        if (contestant.does(point) && warm.add(point.work())) {
          warmups.put(point, warmups.isEmpty() ? time : time.dividedBy(2));
        }
      }
      return warmups;
    }
  }

  Plan {
    phases = List.copyOf(phases);
    if (rounds < 1 || rounds > 100) {
      throw new IllegalArgumentException("rounds: " + rounds + " (expected: 1..100)");
    }
  }

  /// The point that contestants are compared at first: the load of an open loop is a share of what
  /// they reach here.
  static Point main() {
    return MAIN;
  }

  static Plan quick(int rounds) {
    var points = List.of(MAIN, Point.closed(Work.ORDER, 0, 32));
    return new Plan(
        List.of(new Phase(points, Duration.ofSeconds(6), Duration.ofMillis(900))), rounds);
  }

  /// For those that send frames back: what a network library is good at.
  static Plan raw(int rounds) {
    var points =
        List.of(
            Point.closed(Work.ECHO, KIB, 100),
            Point.closed(Work.ECHO, KIB, 1),
            Point.closed(Work.ECHO, MIB, 8),
            Point.closed(Work.PIPELINE, KIB, 256),
            Point.closed(Work.PIPELINE, 64, 256),
            Point.closed(Work.ECHO, KIB, 1000));
    return new Plan(
        List.of(new Phase(points, Duration.ofSeconds(6), Duration.ofMillis(1200))), rounds);
  }

  /// Small calls beside Kitex, for the price of metrics and a middleware too.
  static Plan kitex(int rounds) {
    var points = List.of(Point.closed(Work.ECHO, KIB, 100), Point.closed(Work.ECHO, KIB, 1));
    return new Plan(
        List.of(new Phase(points, Duration.ofSeconds(6), Duration.ofSeconds(2))), rounds);
  }

  /// For those with streams.
  static Plan streams(int rounds) {
    var points =
        List.of(
            Point.closed(Work.BIDI, KIB, 32),
            Point.closed(Work.BIDI, KIB, 1),
            Point.closed(Work.STREAM, KIB, 32),
            Point.closed(Work.STREAM, KIB, 1));
    return new Plan(
        List.of(new Phase(points, Duration.ofSeconds(6), Duration.ofSeconds(3))), rounds);
  }

  /// Small calls and small messages of streams over gRPC.
  static Plan grpc(int rounds) {
    var points =
        List.of(
            Point.closed(Work.ECHO, KIB, 100),
            Point.closed(Work.ECHO, KIB, 1),
            Point.closed(Work.BIDI, KIB, 32),
            Point.closed(Work.BIDI, KIB, 1));
    return new Plan(
        List.of(new Phase(points, Duration.ofSeconds(6), Duration.ofSeconds(2))), rounds);
  }

  static Plan full(int rounds) {
    var closed = new ArrayList<Point>();
    closed.add(MAIN);
    for (int callers : new int[] {1, 8, 100}) {
      closed.add(Point.closed(Work.ECHO, KIB, callers));
    }
    closed.add(Point.closed(Work.ECHO, 64, 32));
    closed.add(Point.closed(Work.ECHO, 16 * KIB, 32));
    closed.add(Point.closed(Work.ECHO, MIB, 8));
    closed.add(Point.closed(Work.ORDER, 0, 32));
    closed.add(Point.closed(Work.SLEEP, KIB, 100));
    closed.add(Point.closed(Work.ECHO, KIB, 1000)); // last: some libraries keep a thread for each
    var open = List.of(Point.open(50), Point.open(70), Point.open(90));
    var window = Duration.ofSeconds(1);
    return new Plan(
        List.of(
            new Phase(closed, Duration.ofSeconds(6), window),
            new Phase(open, Duration.ofSeconds(6), window)),
        rounds);
  }

  /// @throws UsageException if there is nothing in it for one of them
  void checkWorkFor(List<Contestant> contestants) throws UsageException {
    for (var contestant : contestants) {
      if (points().stream().noneMatch(contestant::does)) {
        throw new UsageException(
            "%s does nothing of this run; it does: %s"
                .formatted(
                    contestant.name(),
                    contestant.works().stream().map(Work::word).collect(Collectors.joining(", "))));
      }
    }
  }

  Duration expected(List<Contestant> contestants) {
    return phases.stream()
        .map(phase -> phase.expected(contestants, rounds))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /// All points, in order.
  List<Point> points() {
    return phases.stream().flatMap(phase -> phase.points().stream()).toList();
  }
}
