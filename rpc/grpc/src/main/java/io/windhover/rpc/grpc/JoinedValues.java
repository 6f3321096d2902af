package io.windhover.rpc.grpc;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values by key, those of one key joined by commas: in as much time as they have characters,
/// however many there are.
final class JoinedValues {

  private final Map<String, String> first = new HashMap<>();
  private @Nullable Map<String, StringBuilder> joined; // of keys with more than one

  void add(String key, String value) {
    var before = first.putIfAbsent(key, value);
    if (before == null) {
      return;
    }
    if (joined == null) {
      joined = new HashMap<>();
    }
    joined.computeIfAbsent(key, _ -> new StringBuilder(before)).append(',').append(value);
  }

  /// Returns them, once all are here.
  Map<String, String> all() {
    if (joined != null) {
      joined.forEach((key, values) -> first.put(key, values.toString()));
      joined = null;
    }
    return first;
  }
}
