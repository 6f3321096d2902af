package io.windhover.bench.runner;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/// What a client says of a load that it has put on.
///
/// @param latencies nanoseconds
record LoadReport(long calls, long errors, long unfinished, long nanos, Histogram latencies) {

  private static final long LOWEST_NANOS = 100;
  private static final long HIGHEST_NANOS = 60_000_000_000L;

  /// @param words `calls=N errors=N unfinished=N nanos=N histogram=V:C,V:C...`
  /// @throws ContestantException if it is something else
  static LoadReport parse(String words) throws ContestantException {
    try {
      Map<String, String> values =
          Arrays.stream(words.split(" ", -1))
              .map(word -> word.split("=", 2))
              .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
      return new LoadReport(
          Long.parseLong(values.get("calls")),
          Long.parseLong(values.get("errors")),
          Long.parseLong(values.get("unfinished")),
          Long.parseLong(values.get("nanos")),
          histogram(values.getOrDefault("histogram", "")));
    } catch (RuntimeException e) { // whatever a parser throws at what it cannot read
      var start = words.substring(0, Math.min(words.length(), 100));
      throw new ContestantException("the client's result is not readable: " + start);
    }
  }

  static Histogram histogram() {
    return new Histogram(LOWEST_NANOS, HIGHEST_NANOS, 3);
  }

  private static Histogram histogram(String buckets) {
    var histogram = histogram();
    if (!buckets.isEmpty()) {
      for (var bucket : buckets.split(",", -1)) {
        int colon = bucket.indexOf(':');
        long value =
            Math.clamp(Long.parseLong(bucket.substring(0, colon)), LOWEST_NANOS, HIGHEST_NANOS);
        histogram.recordValueWithCount(value, Long.parseLong(bucket.substring(colon + 1)));
      }
    }
    return histogram;
  }
}
