package io.windhover.bench.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What the runs of one compiler took, and what it wrote.
///
/// @param measurements at least one
/// @param lines of what it wrote in the first run
/// @param bytes likewise
record Result(List<Measurement> measurements, long lines, long bytes) {

  Result {
    measurements = List.copyOf(measurements);
  }

  /// @param out what the run wrote
  static Result of(Measurement first, Path out) throws IOException {
    long lines = 0;
    long bytes = 0;
    try (var files = Files.walk(out)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var content = Files.readAllBytes(file);
        bytes += content.length;
        lines += lines(content);
      }
    }
    return new Result(List.of(first), lines, bytes);
  }

  Result and(Measurement next) {
    var all = Stream.concat(measurements.stream(), Stream.of(next)).toList();
    return new Result(all, lines, bytes);
  }

  private static long lines(byte[] content) {
    long lines = 0;
    for (byte b : content) {
      lines += b == '\n' ? 1 : 0;
    }
    return lines;
  }
}
