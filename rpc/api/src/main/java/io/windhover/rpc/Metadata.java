package io.windhover.rpc;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Text that travels with a call beside its arguments: from the client to the server.
///
/// ```
///   A --transient, persistent--> B --persistent--> C
/// ```
///
/// A handler sees what its caller sent as [Invocation#metadata]. Calls that it makes take the
/// persistent values with them without a word; transient ones end there. What goes the other way is
/// [ReplyMetadata].
///
/// Over TTHeader these are Kitex' metainfo values. Framed and Buffered messages have no room for
/// any. The three keys of the W3C trace context (`traceparent`, `tracestate`, `baggage`) travel as
/// persistent values under their own names, and untouched.
///
/// @param transientValues for the next server only
/// @param persistentValues for all servers along the chain of calls
public record Metadata(Map<String, String> transientValues, Map<String, String> persistentValues) {

  public static final Metadata NONE = new Metadata(Map.of(), Map.of());

  /// @throws IllegalArgumentException if a key or a value is empty, which peers would drop
  public Metadata {
    transientValues = checked(transientValues);
    persistentValues = checked(persistentValues);
  }

  private static Map<String, String> checked(Map<String, String> values) {
    values.forEach(Metadata::check);
    return Map.copyOf(values);
  }

  static void check(String key, String value) {
    if (key.isEmpty()) {
      throw new IllegalArgumentException("metadata key: empty (expected: a name)");
    }
    if (value.isEmpty()) {
      throw new IllegalArgumentException(
          "metadata value of %s: empty (expected: text; peers drop empty values)".formatted(key));
    }
  }

  /// One transient value, the usual case.
  public static Metadata of(String key, String value) {
    return new Metadata(Map.of(key, value), Map.of());
  }

  /// Returns what travels under this key; of a transient and a persistent value, the transient one.
  public Optional<String> get(String key) {
    var value = transientValues.get(key);
    return Optional.ofNullable(value != null ? value : persistentValues.get(key));
  }

  public boolean isEmpty() {
    return transientValues.isEmpty() && persistentValues.isEmpty();
  }

  /// Returns these values and `nearer`, which wins where a key is in both.
  public Metadata with(Metadata nearer) {
    if (nearer.isEmpty()) {
      return this;
    }
    return isEmpty()
        ? nearer
        : new Metadata(
            merged(transientValues, nearer.transientValues),
            merged(persistentValues, nearer.persistentValues));
  }

  private static Map<String, String> merged(Map<String, String> values, Map<String, String> more) {
    if (more.isEmpty()) {
      return values;
    }
    var all = new HashMap<>(values);
    all.putAll(more);
    return all;
  }

  /// Returns what goes on to the next server.
  public Metadata inherited() {
    return transientValues.isEmpty() ? this : new Metadata(Map.of(), persistentValues);
  }

  public static Builder builder() {
    return new Builder();
  }

  /// Collects values.
  public static final class Builder {
    private final Map<String, String> transientValues = new HashMap<>();
    private final Map<String, String> persistentValues = new HashMap<>();

    private Builder() {}

    /// Adds a value for the next server only.
    public Builder transientValue(String key, String value) {
      transientValues.put(key, value);
      return this;
    }

    /// Adds a value for all servers along the chain of calls.
    public Builder persistentValue(String key, String value) {
      persistentValues.put(key, value);
      return this;
    }

    public Metadata build() {
      return new Metadata(transientValues, persistentValues);
    }
  }
}
