package io.windhover.bench.runner;

import java.util.Locale;

/// A method of bench.thrift.
enum Work {
  ECHO,
  SLEEP,
  ORDER;

  /// As clients expect it.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
