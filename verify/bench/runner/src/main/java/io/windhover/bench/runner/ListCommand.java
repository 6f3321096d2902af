package io.windhover.bench.runner;

import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/// Prints the contestants.
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Prints the contestants: what they run on, how they connect, what they can do.")
final class ListCommand implements Callable<Integer> {

  @ParentCommand Bench bench = new Bench();

  @Override
  public Integer call() {
    var table = new TextTable();
    table.row("", "library", "group", "connections", "works");
    for (var contestant : Roster.read(bench.root)) {
      table.row(
          TextReport.name(contestant),
          contestant.library(),
          contestant.group().name().toLowerCase(Locale.ROOT),
          contestant.connections().name().toLowerCase(Locale.ROOT),
          contestant.works().stream().map(Work::word).collect(Collectors.joining(" ")));
    }
    System.out.print(table);
    return 0;
  }
}
