package io.windhover.netpoll;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What users keep with one connection. Any thread.
final class Attributes {

  private final Map<Attribute<?>, Object> values = new ConcurrentHashMap<>(4);

  <T> void set(Attribute<T> attribute, T value) {
    values.put(attribute, value);
  }

  <T> Optional<T> get(Attribute<T> attribute) {
    return Optional.ofNullable(values.get(attribute)).map(attribute::cast);
  }
}
