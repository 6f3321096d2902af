package io.windhover.bench.runner;

import java.util.Locale;

/// What a server is to do: a method of bench.thrift, or frames to send back.
enum Work {
  ECHO,
  /// Echo with 32 calls under way on each connection; replies may come in any order.
  PIPELINE,
  SLEEP,
  ORDER;

  /// As clients expect it.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
