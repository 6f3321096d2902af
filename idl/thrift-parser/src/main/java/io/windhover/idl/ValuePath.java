package io.windhover.idl;

import org.jspecify.annotations.Nullable;

/// Where in a nested value a part stands, such as `Order.lines[3].price`.
record ValuePath(@Nullable ValuePath outer, String step) {

  static ValuePath of(String name) {
    return new ValuePath(null, name);
  }

  ValuePath index(int index) {
    return new ValuePath(this, "[" + index + "]");
  }

  ValuePath member(String name) {
    return new ValuePath(this, "." + name);
  }

  /// The key of a map's entry.
  ValuePath key(int index) {
    return new ValuePath(this, "[key " + index + "]");
  }

  @Override
  public String toString() {
    var text = new StringBuilder(step);
    for (var path = outer; path != null; path = path.outer) {
      text.insert(0, path.step);
    }
    return text.toString();
  }
}
