package io.windhover.bench.runner;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// Measures what idle connections cost.
@Command(
    name = "idle",
    mixinStandardHelpOptions = true,
    description = {
      "Opens 10,000 connections, lets them be silent, and measures the memory of each and what",
      "they take from busy ones. Fails if ours hold more than 1 KiB or take 5 %. 8 minutes."
    })
final class IdleCommand implements Callable<Integer> {

  private static final List<String> PRESET =
      List.of("netpoll-echo", "netpoll-echo-nio", "netty-echo", "epoll-echo");

  @ParentCommand Bench bench = new Bench();

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description = "These contestants, of those that send frames back.")
  List<String> only = PRESET;

  @Option(names = "--rounds", paramLabel = "N", description = "Of the busy connections: 5.")
  int rounds = 5;

  @Option(
      names = "--max-foreign",
      paramLabel = "PERCENT",
      description = "Rounds in which other load took more of the cores do not count: 10.")
  int maxForeignPercent = 10;

  @Override
  public Integer call() throws IOException, UsageException {
    Machine.check();
    if (rounds < 1 || rounds > 100) {
      throw new UsageException("rounds: " + rounds + " (expected: 1..100)");
    }
    var place = bench.place();
    var workshop = new Workshop(place.root(), place.built());
    var contestants =
        Selection.of(
                Roster.raw(Roster.read(bench.root)), List.of(), only, List.of(), workshop::build)
            .contestants();
    var outcomes = new ArrayList<IdleTrial.Outcome>();
    var failures = new ArrayList<String>();
    for (var contestant : contestants) {
      System.err.println(contestant.name() + " ...");
      var trial = new IdleTrial(contestant, place, maxForeignPercent / 100.0, IdleTrial.QUIET);
      try {
        outcomes.add(trial.run(rounds));
      } catch (ContestantException e) {
        failures.add("broke down: " + contestant.name() + ": " + e.getMessage());
      }
    }
    var report = new IdleReport(outcomes, rounds);
    Surroundings.now(bench.root, "./windhover bench idle")
        .facts()
        .forEach((name, value) -> System.out.println(name + ": " + value));
    System.out.print(report.text());
    failures.forEach(System.out::println);
    return report.passed() && failures.isEmpty() ? 0 : 1;
  }
}
