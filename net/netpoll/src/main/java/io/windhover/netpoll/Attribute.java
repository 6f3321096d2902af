package io.windhover.netpoll;

/// A key for what users keep with a connection; two of the same name are still two keys.
///
/// @param <T> of the values
public final class Attribute<T> {

  private final String name;
  private final Class<T> type;

  private Attribute(String name, Class<T> type) {
    this.name = name;
    this.type = type;
  }

  public static <T> Attribute<T> of(String name, Class<T> type) {
    return new Attribute<>(name, type);
  }

  T cast(Object value) {
    return type.cast(value);
  }

  @Override
  public String toString() {
    return name;
  }
}
