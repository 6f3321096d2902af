package io.windhover.bench.runner;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command line of the bench.
@Command(
    name = "windhover bench",
    mixinStandardHelpOptions = true,
    description = "Measures Windhover and its peers on the same work, in turns.%n",
    subcommands = {ListCommand.class, SelfTestCommand.class, IdleCommand.class},
    footer = {
      "%nOutput: target/bench (results.txt, results.csv, index.html, histograms/).",
      "%nExamples:",
      "  ./windhover bench",
      "  ./windhover bench --full --without dubbo-triple",
      "  ./windhover bench --only windhover-framed,kitex-framed --rounds 9",
      "  ./windhover bench --kitex      what metrics and a middleware cost",
      "  ./windhover bench --streams    messages in a row, and there and back",
      "  ./windhover bench --grpc       calls and streams over gRPC",
      "  ./windhover bench self-test",
      "  ./windhover bench idle         what silent connections cost",
      "  ./windhover bench codec        encode and decode, in one process",
      "  ./windhover bench compile      100,000 lines of IDL"
    })
public final class Bench implements Callable<Integer> {

  private static final int DEFAULT_ROUNDS = 5;
  private static final int DEFAULT_MAX_FOREIGN_PERCENT = 10;
  private static final int USAGE = 2;

  @Option(
      names = "--root",
      hidden = true,
      scope = CommandLine.ScopeType.INHERIT,
      description = "The checkout.")
  Path root = Path.of(".");

  @ArgGroup Length length = new Length();

  static final class Length {
    @Option(names = "--quick", description = "A few contestants, under 3 minutes. The default.")
    boolean quick;

    @Option(names = "--full", description = "All contestants and loads, under 40 minutes.")
    boolean full;

    @Option(names = "--raw", description = "Servers that send frames back, under 10 minutes.")
    boolean raw;

    @Option(
        names = "--kitex",
        description = "Beside Kitex, with metrics and without, under 5 minutes.")
    boolean kitex;

    @Option(names = "--streams", description = "Streams, one way and both, under 5 minutes.")
    boolean streams;

    @Option(names = "--grpc", description = "Those that speak gRPC, under 5 minutes.")
    boolean grpc;

    Preset preset() {
      if (full) {
        return Preset.FULL;
      }
      if (raw) {
        return Preset.RAW;
      }
      if (kitex) {
        return Preset.KITEX;
      }
      if (streams) {
        return Preset.STREAMS;
      }
      return grpc ? Preset.GRPC : Preset.QUICK;
    }
  }

  @Option(names = "--only", split = ",", paramLabel = "NAME", description = "These contestants.")
  List<String> only = List.of();

  @Option(names = "--without", split = ",", paramLabel = "NAME", description = "Not these.")
  List<String> without = List.of();

  @Option(names = "--rounds", paramLabel = "N", description = "Turns of each contestant: 5.")
  int rounds = DEFAULT_ROUNDS;

  @Option(
      names = "--max-foreign",
      paramLabel = "PERCENT",
      description = "Turns in which other load took more of the cores do not count: 10.")
  int maxForeignPercent = DEFAULT_MAX_FOREIGN_PERCENT;

  @Option(names = "--output", paramLabel = "DIR", description = "Instead of target/bench.")
  Path output = Path.of("target/bench");

  Bench() {}

  /// Ends the process: 0 if all is well, 1 if a contestant broke down, 2 for a run that is not
  /// possible.
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Bench())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler(
            (e, line, _) -> {
              line.getErr().println("windhover bench: " + e.getMessage());
              return e instanceof UsageException || e instanceof IllegalArgumentException
                  ? USAGE
                  : 1;
            });
  }

  @Override
  public Integer call() throws IOException, UsageException {
    Machine.check();
    var all = Roster.read(root);
    var preset = length.preset();
    var plan = preset.plan(rounds);
    var place = place();
    System.err.println("building what is missing ...");
    var workshop = new Workshop(root, place.built());
    var selection = Selection.of(all, preset.of(all), only, without, workshop::build);
    selection.absent().forEach((name, why) -> System.err.println("LEFT OUT " + name + ": " + why));
    var contestants = selection.contestants();
    plan.checkWorkFor(contestants);
    System.err.println(TextReport.expectation(plan, contestants));
    boolean terminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    var progress = new Progress(System.err, terminal, plan.expected(contestants));
    double maxShare = maxForeignPercent / 100.0;
    var results = new Tournament(plan, contestants, place, maxShare, progress).play();
    selection.absent().forEach(results::leaveOut);
    var surroundings = Surroundings.now(root, command());
    var text = new TextReport(results, plan, contestants, surroundings).text();
    var page = new HtmlReport(results, plan, text, surroundings).page();
    new Output(output()).write(text, page, results, plan.points());
    System.out.print(text);
    System.out.println("\nThe page: " + output().resolve("index.html"));
    return results.failures().isEmpty() ? 0 : 1;
  }

  Duel.Place place() throws IOException {
    var built = root.resolve("target/bench").toAbsolutePath().normalize();
    return new Duel.Place(
        root.toAbsolutePath().normalize(), built, Files.createDirectories(built.resolve("logs")));
  }

  private Path output() {
    return root.resolve(output).normalize();
  }

  private String command() {
    var words = new StringBuilder("./windhover bench " + length.preset().option());
    if (!only.isEmpty()) {
      words.append(" --only ").append(String.join(",", only));
    }
    if (!without.isEmpty()) {
      words.append(" --without ").append(String.join(",", without));
    }
    if (rounds != DEFAULT_ROUNDS) {
      words.append(" --rounds ").append(rounds);
    }
    if (maxForeignPercent != DEFAULT_MAX_FOREIGN_PERCENT) {
      words.append(" --max-foreign ").append(maxForeignPercent);
    }
    return words.toString();
  }
}
