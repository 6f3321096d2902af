package io.windhover.idl.annotation;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// As much of a type as matters to annotations.
///
/// @param key of a map
/// @param element of a list or set, or the value of a map
public record Shape(Kind kind, @Nullable Shape key, @Nullable Shape element) {

  /// Types to which the same rules apply.
  public enum Kind {
    BOOL,
    INTEGER,
    DOUBLE,
    /// A string, binary or uuid.
    TEXT,
    ENUM,
    /// A list or set.
    LIST,
    MAP,
    /// A struct, union or exception.
    STRUCT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static Shape scalar(Kind kind) {
    return new Shape(kind, null, null);
  }

  public static Shape list(Shape element) {
    return new Shape(Kind.LIST, null, element);
  }

  public static Shape map(Shape key, Shape value) {
    return new Shape(Kind.MAP, key, value);
  }
}
