package io.windhover.bench.runner;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// Freezes a server to see whether the bench notices.
@Command(
    name = "self-test",
    mixinStandardHelpOptions = true,
    description = "Freezes a server for 500 ms and fails if the latency does not show it.")
final class SelfTestCommand implements Callable<Integer> {

  /// Where latency is measured from.
  enum Latency {
    INTENDED,
    ACTUAL
  }

  @ParentCommand Bench bench = new Bench();

  @Option(
      names = "--latency",
      description = "From the INTENDED start of a call, or, to see the test fail, the ACTUAL one.")
  Latency latency = Latency.INTENDED;

  @Option(names = "--contestant", paramLabel = "NAME", description = "Whom to freeze: epoll-echo.")
  String name = "epoll-echo";

  @Override
  public Integer call() throws IOException, UsageException, ContestantException {
    Machine.check();
    var place = bench.place();
    var workshop = new Workshop(place.root(), place.built());
    var all = Roster.read(bench.root);
    var contestant =
        Selection.of(all, List.of(), List.of(name), List.of(), workshop::build)
            .contestants()
            .getFirst();
    var verdict = SelfTest.run(contestant, place, latency == Latency.INTENDED);
    System.out.println(verdict.text());
    return verdict.passed() ? 0 : 1;
  }
}
