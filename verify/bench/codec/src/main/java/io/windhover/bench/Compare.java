package io.windhover.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs each benchmark in turn with its peer, a fresh JVM at a time, and prints the median of each
/// and their ratio. The turns alternate, so that whatever else the machine does falls on both.
///
/// `java -cp "target/classes:target/lib/*" io.windhover.bench.Compare [rounds] [regex]`
public final class Compare {

  private static final String OURS = "windhover";
  private static final TimeValue ITERATION = TimeValue.milliseconds(500);

  private Compare() {}

  public static void main(String[] args) throws RunnerException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    String regex = args.length > 1 ? args[1] : "WideStruct";
    var times = new TreeMap<String, List<Double>>();
    var allocations = new TreeMap<String, Double>();
    for (int round = 0; round < rounds; round++) {
      for (var result : new Runner(options(regex)).run()) {
        var name = name(result);
        times
            .computeIfAbsent(name, _ -> new ArrayList<>())
            .add(result.getPrimaryResult().getScore());
        allocations.put(name, allocation(result));
      }
    }
    print(times, allocations);
  }

  private static Options options(String regex) {
    return new OptionsBuilder()
        .include(regex)
        .forks(1)
        .warmupIterations(4)
        .warmupTime(ITERATION)
        .measurementIterations(4)
        .measurementTime(ITERATION)
        .jvmArgs("-Xms512m", "-Xmx512m")
        .addProfiler(GCProfiler.class)
        .verbosity(VerboseMode.SILENT)
        .build();
  }

  private static void print(Map<String, List<Double>> times, Map<String, Double> allocations) {
    times.forEach(
        (name, scores) ->
            System.out.printf(
                Locale.ROOT,
                "%-40s %8.1f ns/op (%.1f to %.1f in %d forks) %8.0f B/op%n",
                name,
                median(scores),
                scores.getFirst(),
                scores.getLast(),
                scores.size(),
                allocations.get(name)));
    times.forEach(
        (name, scores) -> {
          var ours = name.substring(0, name.indexOf('.') + 1) + OURS;
          if (!name.equals(ours)) {
            System.out.printf(
                Locale.ROOT,
                "%-40s %6.2f times as fast as %s%n",
                ours,
                median(scores) / median(times.get(ours)),
                name.substring(name.indexOf('.') + 1));
          }
        });
  }

  private static String name(RunResult result) {
    var benchmark = result.getParams().getBenchmark();
    return benchmark.substring(Compare.class.getPackageName().length() + 1);
  }

  private static double allocation(RunResult result) {
    return result.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
  }

  private static double median(List<Double> scores) {
    scores.sort(null);
    return scores.get(scores.size() / 2);
  }
}
