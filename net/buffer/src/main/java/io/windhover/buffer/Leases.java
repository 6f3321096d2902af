package io.windhover.buffer;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Memory that is lent, and where it was taken.
final class Leases {

  private static final int MAX_FRAMES = 8;
  private static final StackWalker STACK = StackWalker.getInstance();
  private static final String HERE = Leases.class.getPackageName() + ".";

  private final Map<Memory, String> places = new ConcurrentHashMap<>();

  void add(Memory memory) {
    places.put(memory, place());
  }

  void remove(Memory memory) {
    places.remove(memory);
  }

  /// Returns the innermost frames outside of this package.
  private static String place() {
    return STACK.walk(
        frames ->
            frames
                .dropWhile(frame -> frame.getClassName().startsWith(HERE))
                .limit(MAX_FRAMES)
                .map(frame -> "\n    at " + frame)
                .collect(Collectors.joining()));
  }

  /// A line for each place, with the frames below it; the place with most bytes first.
  List<String> report() {
    Map<String, Long> bytes =
        places.entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getValue,
                    Collectors.summingLong(lease -> lease.getKey().bytes.length)));
    return bytes.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .map(place -> "%,d bytes taken%s".formatted(place.getValue(), place.getKey()))
        .toList();
  }
}
