package io.windhover.protobuf;

import org.jspecify.annotations.Nullable;

/// The hash code of a message, put together field by field. Generated code uses it.
public final class MessageHash {

  private static final int FACTOR = 31; // as in the JDK's lists

  private int value;

  public MessageHash() {}

  public MessageHash add(@Nullable Object field) {
    return add(field == null ? 0 : field.hashCode());
  }

  public MessageHash add(boolean field) {
    return add(Boolean.hashCode(field));
  }

  public MessageHash add(int field) {
    value = FACTOR * value + field;
    return this;
  }

  public MessageHash add(long field) {
    return add(Long.hashCode(field));
  }

  public MessageHash add(float field) {
    return add(Float.hashCode(field));
  }

  public MessageHash add(double field) {
    return add(Double.hashCode(field));
  }

  public int value() {
    return value;
  }
}
