package io.windhover.bench.compile;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/// What the bench prints.
final class Report {

  private static final double MIB = 1024 * 1024;

  private Report() {}

  /// Where, when and how it runs, a line each.
  static List<String> surroundings(List<String> arguments, Workspace workspace)
      throws IOException, InterruptedException {
    var lines = new ArrayList<String>();
    var command = new ArrayList<>(List.of("./windhover", "bench", "compile"));
    command.addAll(arguments);
    lines.add("command  " + String.join(" ", command));
    lines.add("date     " + LocalDate.now(ZoneOffset.UTC));
    lines.add(
        "machine  %s, %s cores, Linux %s"
            .formatted(
                cpuModel(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.version")));
    lines.add("JDK      " + System.getProperty("java.vm.name") + " " + Runtime.version());
    FreshProcess.output(List.of("go", "version"), new File("."))
        .ifPresent(go -> lines.add("Go       " + go.replace("go version ", "")));
    FreshProcess.output(List.of("git", "describe", "--always", "--dirty"), new File("."))
        .ifPresent(commit -> lines.add("commit   " + commit));
    lines.add("output   " + workspace.root().getParent());
    return lines;
  }

  private static String cpuModel() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown CPU");
    }
  }

  /// Says how many lines of Thrift a folder holds.
  static String lines(Path folder) throws IOException {
    var written = Result.of(new Measurement(0, 0, 0), folder);
    return String.format(Locale.ROOT, "%,d lines of Thrift", written.lines());
  }

  /// A line for each compiler, behind a head: medians with the least and the most.
  static List<String> table(Map<Compiler, Result> results) {
    var lines = new ArrayList<String>();
    lines.add(
        String.format(
            "%-23s %-8s %21s %21s %19s %11s %9s",
            "", "version", "wall s", "CPU s", "peak MiB", "lines out", "MiB out"));
    results.forEach(
        (compiler, result) ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "%-23s %-8s %21s %21s %19s %,11d %9.2f",
                    compiler.name(),
                    compiler.version(),
                    range("%.2f", 1e9, result, Measurement::wallNanos),
                    range("%.2f", 1e9, result, Measurement::cpuNanos),
                    range("%.0f", MIB, result, Measurement::peakBytes),
                    result.lines(),
                    result.bytes() / MIB)));
    return lines;
  }

  private static String range(
      String format, double unit, Result result, ToLongFunction<Measurement> figure) {
    var sorted = result.measurements().stream().mapToLong(figure).sorted().toArray();
    return String.format(
        Locale.ROOT,
        format + " (" + format + "-" + format + ")",
        sorted[sorted.length / 2] / unit,
        sorted[0] / unit,
        sorted[sorted.length - 1] / unit);
  }
}
