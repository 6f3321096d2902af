package io.windhover.rpc.client;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// The options that hold for all of a client, as text: what each is, and where that comes from. An
/// option that is set to its default counts as not set.
final class Settings {

  private record Origin(String name, String value) {}

  private final Map<String, String> defaults;
  private final Map<String, Origin> suites = new HashMap<>(); // the last that changed the option

  /// @param defaults value by option, in the order in which they are shown
  Settings(Map<String, String> defaults) {
    this.defaults = new LinkedHashMap<>(defaults);
  }

  /// A suite has changed the options.
  void changedBy(String suite, Map<String, String> before, Map<String, String> after) {
    after.forEach(
        (option, value) -> {
          if (!value.equals(before.get(option))) {
            suites.put(option, new Origin("suite " + suite, value));
          }
        });
  }

  /// Returns a line for each option.
  String explain(Map<String, String> values) {
    var text = new StringBuilder();
    values.forEach(
        (option, value) ->
            text.append("  %-18s %-28s %s%n".formatted(option, value, origin(option, value))));
    return text.toString();
  }

  private String origin(String option, String value) {
    var suite = suites.get(option);
    if (suite != null && suite.value.equals(value)) { // not changed since
      return suite.name;
    }
    return value.equals(defaults.get(option)) ? "default" : "client";
  }
}
