package io.windhover.bench.harness;

import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.HistogramIterationValue;

/// What a load came to.
///
/// @param calls answered within the window
/// @param errors calls of the window that failed
/// @param unfinished planned for the window and not answered when the load was given up
/// @param nanos length of the window
/// @param latencies nanoseconds
record LoadResult(
    long calls, long errors, long unfinished, long nanos, AbstractHistogram latencies) {

  String line() {
    var histogram =
        StreamSupport.stream(latencies.recordedValues().spliterator(), false)
            .map(LoadResult::bucket)
            .collect(Collectors.joining(","));
    return "done calls=%d errors=%d unfinished=%d nanos=%d histogram=%s"
        .formatted(calls, errors, unfinished, nanos, histogram);
  }

  private static String bucket(HistogramIterationValue value) {
    return value.getValueIteratedTo() + ":" + value.getCountAtValueIteratedTo();
  }
}
