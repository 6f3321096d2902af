package io.windhover.conformance.flood;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// What a [Flooder] has done.
///
/// @param time that it had
/// @param connections that it opened
/// @param bytes that were taken from it, and so on
/// @param toldTwice connections that were told more than one reason for their end
/// @param told what was said at the ends of connections, and how often
record Flooded(
    Duration time,
    int connections,
    long bytes,
    long frames,
    int toldTwice,
    Map<String, Integer> told) {

  private static final String BETWEEN = "\t"; // which no reason has

  /// How often the flood began anew in a second.
  double connectionsPerSecond() {
    return connections / seconds();
  }

  private double seconds() {
    return time.toNanos() / 1e9;
  }

  /// Returns all of it for [#read].
  String line() {
    var line =
        new StringBuilder()
            .append(time)
            .append(BETWEEN + connections)
            .append(BETWEEN + bytes)
            .append(BETWEEN + frames)
            .append(BETWEEN + toldTwice);
    told.forEach((reason, times) -> line.append(BETWEEN + reason + BETWEEN + times));
    return line.toString();
  }

  static Flooded read(String line) {
    var parts = line.split(BETWEEN, -1);
    var told = new TreeMap<String, Integer>();
    for (int i = 5; i < parts.length; i += 2) {
      told.put(parts[i], Integer.valueOf(parts[i + 1]));
    }
    return new Flooded(
        Duration.parse(parts[0]),
        Integer.parseInt(parts[1]),
        Long.parseLong(parts[2]),
        Long.parseLong(parts[3]),
        Integer.parseInt(parts[4]),
        told);
  }

  @Override
  public String toString() {
    return "%.0f connections, %.1f MiB, %.0f frames a second, told %s"
        .formatted(connectionsPerSecond(), bytes / seconds() / (1 << 20), frames / seconds(), told);
  }
}
