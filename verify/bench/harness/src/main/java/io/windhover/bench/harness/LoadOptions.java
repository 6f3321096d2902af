package io.windhover.bench.harness;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the runner asks of a client: the words of a line that starts with `run`.
///
/// @param bytes size of each body
/// @param callers calls under way at most
/// @param rate calls to start per second, or 0: each caller starts its next when it has an answer
/// @param warmupMillis load before the measured window
/// @param windowMillis the measured window
/// @param sincePlanned whether latency counts from the planned start of a call, not the actual one;
///   the latter hides what a stalled server does to those who wait, and is for the self-test only
record LoadOptions(
    Contestant.Work work,
    int bytes,
    int callers,
    int rate,
    int warmupMillis,
    int windowMillis,
    boolean sincePlanned) {

  private static final String COMMAND = "run";

  LoadOptions {
    if (callers < 1 || windowMillis < 1 || bytes < 0 || rate < 0 || warmupMillis < 0) {
      throw new IllegalArgumentException(
          "callers: %d, millis: %d (expected: >= 1), bytes: %d, rate: %d, warmup: %d (expected: >= 0)"
              .formatted(callers, windowMillis, bytes, rate, warmupMillis));
    }
  }

  static LoadOptions parse(String line) {
    var words = line.split(" ", -1);
    if (!words[0].equals(COMMAND)) {
      throw new IllegalArgumentException("command: " + line + " (expected: run KEY=VALUE ...)");
    }
    var values = new HashMap<String, String>();
    for (int i = 1; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("word: " + words[i] + " (expected: KEY=VALUE)");
      }
      values.put(words[i].substring(0, equals), words[i].substring(equals + 1));
    }
    return new LoadOptions(
        Contestant.Work.valueOf(word(values, "work").toUpperCase(Locale.ROOT)),
        number(values, "bytes"),
        number(values, "callers"),
        number(values, "rate"),
        number(values, "warmup"),
        number(values, "millis"),
        switch (word(values, "latency")) {
          case "intended" -> true;
          case "actual" -> false;
          case String other ->
              throw new IllegalArgumentException(
                  "latency: " + other + " (expected: intended, actual)");
        });
  }

  private static int number(Map<String, String> values, String key) {
    return Integer.parseInt(word(values, key));
  }

  private static String word(Map<String, String> values, String key) {
    @Nullable String value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("a run needs " + key + "=");
    }
    return value;
  }
}
