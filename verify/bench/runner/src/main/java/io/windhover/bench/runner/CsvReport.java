package io.windhover.bench.runner;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Every sample on a line, for other programs. Where a call has many messages, those are counted.
final class CsvReport {

  private static final String HEADINGS =
      "contestant,library,point,round,calls,seconds,calls_per_second,errors,unfinished,p50_us,p90_us,"
          + "p99_us,p99_9_us,max_us,server_cpu_us_per_call,client_cpu_us_per_call,"
          + "server_allocated_bytes_per_call,server_resident_bytes,foreign_cpu_share,stolen_cpu_share";

  private CsvReport() {}

  static String text(List<Sample> samples) {
    return samples.stream()
        .map(CsvReport::line)
        .collect(Collectors.joining("\n", HEADINGS + "\n", "\n"));
  }

  private static String line(Sample sample) {
    var load = sample.load();
    return String.format(
        Locale.ROOT,
        "%s,%s,%s,%d,%d,%.3f,%.1f,%d,%d,%.1f,%.1f,%.1f,%.1f,%.1f,%.3f,%.3f,%.0f,%d,%.3f,%.3f",
        sample.contestant().name(),
        sample.contestant().library(),
        sample.point().name(),
        sample.round(),
        sample.calls(),
        load.nanos() / 1e9,
        sample.callsPerSecond(),
        load.errors(),
        load.unfinished(),
        micros(load, 50),
        micros(load, 90),
        micros(load, 99),
        micros(load, 99.9),
        micros(load, 100),
        sample.serverMicros(),
        sample.clientMicros(),
        sample.allocatedBytesPerCall(),
        sample.residentBytes(),
        sample.foreignShare(),
        sample.stolenShare());
  }

  private static double micros(LoadReport load, double percentile) {
    return load.latencies().getValueAtPercentile(percentile) / 1e3;
  }
}
