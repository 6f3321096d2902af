package io.windhover.bench.codec;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs each codec in turn on one shape or message after the other, a fresh JVM at a time, and
/// prints the times of each and their ratios to ours. The turns alternate, so that whatever else
/// the machine does falls on all of them; where it does much, the least time says more than the
/// median.
///
/// `java -cp "target/classes:target/lib/*" io.windhover.bench.codec.Compare --quick|--full
/// [protobuf] [SHAPE...]`, where `protobuf` stands for all messages of `.proto` files
public final class Compare {

  private static final List<String> CODECS =
      List.of("windhover", "windhoverCompact", "libthriftBinary", "libthriftCompact", "protobuf");
  private static final List<Question> OF_SHAPES =
      List.of(
          new Question("encode", EncodeBench.class, CODECS),
          new Question("decode", DecodeBench.class, CODECS));
  private static final List<Question> OF_MESSAGES =
      List.of(
          new Question(
              "make and encode",
              MessageEncodeBench.class,
              List.of("windhover", "protobuf", "protobufArray", "copied")),
          new Question(
              "make bytes of",
              MessageEncodeBench.class,
              List.of("windhoverBytes", "protobufBytes")),
          new Question(
              "encode again",
              MessageEncodeBench.class,
              List.of("windhoverAgain", "protobufAgain", "protobufArrayAgain")),
          new Question(
              "decode", MessageDecodeBench.class, List.of("windhover", "protobuf", "filled")),
          new Question(
              "decode an array",
              MessageDecodeBench.class,
              List.of("windhoverArray", "protobufArray")));

  /// JMH 1.37 uses what this is about.
  private static final String NO_WARNING = "--sun-misc-unsafe-memory-access=allow";

  private final Effort effort;
  private final List<Row> rows;
  private final Map<Row, Figures> table = new LinkedHashMap<>();

  private Compare(Effort effort, List<Row> rows) {
    this.effort = effort;
    this.rows = rows;
  }

  public static void main(String[] args) throws RunnerException {
    var effort = Effort.FULL;
    var rows = new ArrayList<Row>();
    try {
      for (var arg : args) {
        switch (arg) {
          case "--quick" -> effort = Effort.QUICK;
          case "--full" -> effort = Effort.FULL;
          case "protobuf" -> addMessages(rows);
          default -> addShapes(rows, List.of(Shape.valueOf(arg.toUpperCase(Locale.ROOT))));
        }
      }
    } catch (IllegalArgumentException _) {
      System.err.println(
          "usage: Compare --quick|--full [protobuf] [SHAPE...], where SHAPE is one of "
              + List.of(Shape.values()));
      System.exit(2);
    }
    if (rows.isEmpty()) {
      addShapes(rows, List.of(Shape.values()));
      addMessages(rows);
    }
    var compare = new Compare(effort, rows);
    compare.run();
    compare.print();
  }

  private static void addShapes(List<Row> rows, List<Shape> shapes) {
    shapes.forEach(shape -> OF_SHAPES.forEach(it -> it.addRows(rows, "shape", shape)));
  }

  private static void addMessages(List<Row> rows) {
    for (var message : Message.values()) {
      OF_MESSAGES.forEach(it -> it.addRows(rows, "message", message));
    }
  }

  private void run() throws RunnerException {
    int forks = effort.rounds * rows.size();
    int fork = 0;
    for (int round = 0; round < effort.rounds; round++) {
      for (var row : rows) {
        System.err.printf("\r%d of %d: %-50s", ++fork, forks, row.title() + ", " + row.codec);
        table.computeIfAbsent(row, _ -> new Figures()).add(measure(row));
      }
    }
    System.err.println();
  }

  private RunResult measure(Row row) throws RunnerException {
    var iteration = TimeValue.milliseconds(effort.iterationMillis);
    var options =
        new OptionsBuilder()
            .include(row.question.bench.getName() + "[.]" + row.codec + "$")
            .param(row.parameter, row.subject.name())
            .forks(1)
            .warmupIterations(effort.warmups)
            .warmupTime(iteration)
            .measurementIterations(effort.iterations)
            .measurementTime(iteration)
            .jvmArgs("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", NO_WARNING)
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    return new Runner(options).runSingle();
  }

  private void print() {
    System.out.printf(
        "%-32s %-18s %8s %8s %8s %8s %10s %10s%n",
        "", "", "least ns", "median", "most", "B/op", "x by least", "by median");
    Figures ours = null;
    for (var entry : table.entrySet()) {
      var row = entry.getKey();
      var figures = entry.getValue();
      boolean first = row.codec.equals(row.question.codecs.getFirst());
      ours = first ? figures : requireNonNull(ours);
      System.out.printf(
          Locale.ROOT,
          "%-32s %-18s %,8.0f %,8.0f %,8.0f %,8.0f %10.2f %10.2f%n",
          first ? row.title() : "",
          row.codec,
          figures.least(),
          figures.median(),
          figures.most(),
          figures.bytes,
          figures.least() / ours.least(),
          figures.median() / ours.median());
    }
  }

  private enum Effort {
    QUICK(1, 4, 5, 150),
    FULL(5, 4, 4, 500);

    final int rounds;
    final int warmups;
    final int iterations;
    final long iterationMillis;

    Effort(int rounds, int warmups, int iterations, long iterationMillis) {
      this.rounds = rounds;
      this.warmups = warmups;
      this.iterations = iterations;
      this.iterationMillis = iterationMillis;
    }
  }

  /// @param codecs the methods of the benchmark, ours first
  private record Question(String title, Class<?> bench, List<String> codecs) {

    void addRows(List<Row> rows, String parameter, Subject subject) {
      codecs.forEach(codec -> rows.add(new Row(this, parameter, subject, codec)));
    }
  }

  private record Row(Question question, String parameter, Subject subject, String codec) {

    String title() {
      return question.title + " " + subject.title();
    }
  }

  /// What the forks of one row showed: the time of each iteration, and the bytes allocated in an
  /// operation.
  private static final class Figures {

    private final List<Double> nanos = new ArrayList<>();
    private double bytes;

    void add(RunResult result) {
      for (var benchmark : result.getBenchmarkResults()) {
        for (var iteration : benchmark.getIterationResults()) {
          nanos.add(iteration.getPrimaryResult().getScore());
        }
      }
      nanos.sort(null);
      bytes = requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm")).getScore();
    }

    double median() {
      return nanos.get(nanos.size() / 2);
    }

    double least() {
      return nanos.getFirst();
    }

    double most() {
      return nanos.getLast();
    }
  }
}
