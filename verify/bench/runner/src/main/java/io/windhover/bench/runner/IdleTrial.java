package io.windhover.bench.runner;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What connections cost that have said something and now are silent: the memory of each, and what
/// they take from the busy ones beside them.
///
/// The client opens as many connections as it has callers and keeps them when it has fewer. So a
/// load of many callers that ends as soon as each has had an answer leaves idle connections behind.
final class IdleTrial {

  /// How many connections are busy, and how many there are in all: a fifth of them is busy, then a
  /// hundredth.
  static final int BUSY = 100;

  static final int SOME = 500;
  static final int ALL = 10_000;

  private static final Point LOAD = Point.closed(Work.ECHO, 1 << 10, BUSY);
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final Duration ONE_ANSWER_EACH = Duration.ofMillis(1);
  private static final Duration SETTLE = Duration.ofSeconds(1);
  private static final Duration WINDOW = Duration.ofSeconds(2);
  private static final int MAX_REPEATS = 2;

  /// A server sees the end of ten thousand connections within it, or a look at their timeouts frees
  /// what they do not need.
  static final Duration QUIET = Duration.ofSeconds(3);

  /// The busy connections alone, beside [#SOME] less themselves, and beside [#ALL] less themselves.
  record Round(Sample alone, Sample besideSome, Sample besideAll) {}

  /// @param idle what all idle connections hold together
  /// @param rounds those that other load did not disturb
  record Outcome(Contestant contestant, Footprint idle, List<Round> rounds) {}

  private final Contestant contestant;
  private final Duel.Place place;
  private final double maxForeignShare;
  private final Duration quiet;
  private final Children children = new Children();

  /// @param quiet usually [#QUIET]
  IdleTrial(Contestant contestant, Duel.Place place, double maxForeignShare, Duration quiet) {
    this.contestant = contestant;
    this.place = place;
    this.maxForeignShare = maxForeignShare;
    this.quiet = quiet;
  }

  Outcome run(int rounds) throws ContestantException, IOException {
    return new Outcome(contestant, idleFootprint(), rounds(rounds));
  }

  private Footprint idleFootprint() throws ContestantException, IOException {
    var environment = Map.of("JDK_JAVA_OPTIONS", Footprint.JVM_FLAGS);
    try (var duel = Duel.start(contestant, place, children, environment)) {
      duel.warmUp(LOAD, WARM_UP);
      Pause.of(quiet);
      var before = Footprint.of(contestant, duel.server().pid());
      open(duel, ALL);
      Pause.of(quiet);
      return Footprint.of(contestant, duel.server().pid()).minus(before);
    }
  }

  private List<Round> rounds(int count) throws ContestantException, IOException {
    var rounds = new ArrayList<Round>();
    try (var duel = Duel.start(contestant, place, children, Map.of())) {
      duel.warmUp(LOAD, WARM_UP);
      open(duel, ALL);
      duel.warmUp(LOAD, WARM_UP.dividedBy(2));
      for (int i = 1; i <= count; i++) {
        round(duel, i).ifPresent(rounds::add);
      }
    }
    return rounds;
  }

  private Optional<Round> round(Duel duel, int number) throws ContestantException, IOException {
    duel.renewClient(quiet);
    var alone = measure(duel, number);
    open(duel, SOME);
    var besideSome = measure(duel, number);
    open(duel, ALL);
    var besideAll = measure(duel, number);
    return alone.isPresent() && besideSome.isPresent() && besideAll.isPresent()
        ? Optional.of(new Round(alone.get(), besideSome.get(), besideAll.get()))
        : Optional.empty();
  }

  private static void open(Duel duel, int connections) throws ContestantException {
    duel.warmUp(Point.closed(Work.ECHO, 64, connections), ONE_ANSWER_EACH);
  }

  private Optional<Sample> measure(Duel duel, int round) throws ContestantException, IOException {
    for (int tries = 0; tries <= MAX_REPEATS; tries++) {
      var sample = duel.measure(LOAD, 0, round, SETTLE, WINDOW);
      if (!sample.isDisturbed(maxForeignShare)) {
        return Optional.of(sample);
      }
    }
    return Optional.empty();
  }
}
