package io.windhover.bench.runner;

import io.windhover.bench.runner.Contestant.Group;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The order of things: every contestant has its turn before any has its next.
///
/// A turn that other load disturbed is repeated, twice at most, and then left out. So are open
/// loops of a group of which nobody was measured in the main load, since there is no rate for them.
/// A contestant that breaks down is out, with the reason; the others go on.
final class Tournament {

  private static final Duration SETTLE = Duration.ofMillis(200);
  private static final int MAX_REPEATS = 2;

  private final Plan plan;
  private final List<Contestant> contestants;
  private final Duel.Place place;
  private final double maxForeignShare;
  private final Progress progress;
  private final Children children = new Children();
  private final Results results = new Results();

  Tournament(
      Plan plan,
      List<Contestant> contestants,
      Duel.Place place,
      double maxForeignShare,
      Progress progress) {
    this.plan = plan;
    this.contestants = contestants;
    this.place = place;
    this.maxForeignShare = maxForeignShare;
    this.progress = progress;
  }

  Results play() throws IOException {
    for (var phase : plan.phases()) {
      play(phase);
    }
    progress.end();
    return results;
  }

  private void play(Plan.Phase phase) throws IOException {
    Map<Contestant, Duel> duels = new LinkedHashMap<>();
    try {
      for (var contestant : contestants) {
        if (!results.isOut(contestant)) {
          try {
            duels.put(contestant, start(contestant, phase));
          } catch (ContestantException e) {
            results.fail(contestant, e.getMessage());
          }
        }
      }
      for (int round = 1; round <= plan.rounds(); round++) {
        for (var duel : List.copyOf(duels.values())) {
          try {
            turn(duel, phase, round);
          } catch (ContestantException e) {
            results.fail(duel.contestant(), e.getMessage());
            duel.close();
            duels.remove(duel.contestant());
          }
        }
      }
    } finally {
      duels.values().forEach(Duel::close);
    }
  }

  private Duel start(Contestant contestant, Plan.Phase phase) throws ContestantException {
    progress.show("start and warm-up", contestant.name());
    var duel = Duel.start(contestant, place, children);
    try {
      results.addFirstAnswer(contestant, duel.toFirstAnswer());
      for (var warmup : phase.warmups(contestant).entrySet()) {
        duel.warmUp(warmup.getKey(), warmup.getValue());
      }
      return duel;
    } catch (ContestantException e) {
      duel.close();
      throw e;
    }
  }

  private void turn(Duel duel, Plan.Phase phase, int round)
      throws ContestantException, IOException {
    for (var point : phase.points()) {
      if (duel.contestant().does(point)) {
        progress.show("round " + round, duel.contestant().name() + ", " + point.title());
        measure(duel, point, phase.window(), round);
      }
    }
  }

  private void measure(Duel duel, Point point, Duration window, int round)
      throws ContestantException, IOException {
    int rate = rate(duel.contestant().group(), point);
    if (point.isOpen() && rate == 0) {
      return;
    }
    for (int tries = 0; tries <= MAX_REPEATS; tries++) {
      var sample = duel.measure(point, rate, round, SETTLE, window);
      if (!sample.isDisturbed(maxForeignShare)) {
        results.add(sample);
        return;
      }
      results.discard();
    }
  }

  private int rate(Group group, Point point) {
    if (!point.isOpen()) {
      return 0;
    }
    return (int) Math.ceil(results.slowest(group, Plan.main()) * point.loadPercent() / 100);
  }
}
