package io.windhover.bench.runner;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/// What the rounds of one contestant at one point come to. Where a call has many messages, each of
/// them is what all but the latencies speak of.
///
/// @param serverMicros CPU time of the server for a call: the figure to quote
/// @param latencies of all rounds together, in nanoseconds
record Row(
    Contestant contestant,
    int rounds,
    Spread callsPerSecond,
    double serverMicros,
    Spread serverMicrosSpread,
    double clientMicros,
    double allocatedBytes,
    long residentBytes,
    long errors,
    long unfinished,
    Histogram latencies) {

  /// A median with the least and the most beside it.
  record Spread(double least, double median, double most) {

    static Spread of(List<Sample> samples, ToDoubleFunction<Sample> figure) {
      var sorted = samples.stream().mapToDouble(figure).sorted().toArray();
      int middle = sorted.length / 2;
      double median =
          sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
      return new Spread(sorted[0], median, sorted[sorted.length - 1]);
    }
  }

  static Row of(List<Sample> samples) {
    var latencies = LoadReport.histogram();
    samples.forEach(sample -> latencies.add(sample.load().latencies()));
    var serverMicros = Spread.of(samples, Sample::serverMicros);
    return new Row(
        samples.getFirst().contestant(),
        samples.size(),
        Spread.of(samples, Sample::callsPerSecond),
        serverMicros.median(),
        serverMicros,
        Spread.of(samples, Sample::clientMicros).median(),
        Spread.of(samples, Sample::allocatedBytesPerCall).median(),
        samples.stream().mapToLong(Sample::residentBytes).max().orElse(0),
        samples.stream().mapToLong(sample -> sample.load().errors()).sum(),
        samples.stream().mapToLong(sample -> sample.load().unfinished()).sum(),
        latencies);
  }

  double latencyMicros(double percentile) {
    return latencies.getValueAtPercentile(percentile) / 1e3;
  }
}
