package io.windhover.bench.runner;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The folder that a run leaves behind.
///
/// ```
///   results.txt     the tables, as on the terminal
///   results.csv     every sample
///   index.html      the page
///   histograms/     latencies as HdrHistogram prints them, one file for a contestant at a point
/// ```
final class Output {

  private static final int TICKS_PER_HALF_DISTANCE = 5;
  private static final double MICROS = 1000.0;

  private final Path folder;

  Output(Path folder) {
    this.folder = folder;
  }

  void write(String text, String page, Results results, List<Point> points) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("results.txt"), text);
    Files.writeString(folder.resolve("results.csv"), CsvReport.text(results.samples()));
    Files.writeString(folder.resolve("index.html"), page);
    var histograms = emptied(folder.resolve("histograms"));
    for (var point : points) {
      for (var row : results.rows(point)) {
        var file = histograms.resolve(row.contestant().name() + "-" + point.name() + ".hgrm");
        try (var out =
            new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
          row.latencies().outputPercentileDistribution(out, TICKS_PER_HALF_DISTANCE, MICROS);
        }
      }
    }
  }

  /// Whoever was in an earlier run is not in this one.
  private static Path emptied(Path histograms) throws IOException {
    Files.createDirectories(histograms);
    try (var old = Files.newDirectoryStream(histograms, "*.hgrm")) {
      for (var file : old) {
        Files.delete(file);
      }
    }
    return histograms;
  }
}
