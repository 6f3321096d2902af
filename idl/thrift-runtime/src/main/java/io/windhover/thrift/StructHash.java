package io.windhover.thrift;

import org.jspecify.annotations.Nullable;

/// The hash code of a struct, put together field by field. Generated code uses it.
public final class StructHash {

  private static final int FACTOR = 31; // as in the JDK's lists

  private int value;

  public StructHash() {}

  public StructHash add(@Nullable Object field) {
    return add(field == null ? 0 : field.hashCode());
  }

  public StructHash add(boolean field) {
    return add(Boolean.hashCode(field));
  }

  public StructHash add(int field) {
    value = FACTOR * value + field;
    return this;
  }

  public StructHash add(long field) {
    return add(Long.hashCode(field));
  }

  public StructHash add(double field) {
    return add(Double.hashCode(field));
  }

  public int value() {
    return value;
  }
}
