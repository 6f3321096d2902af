package io.windhover.proto;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Writes Protobuf's wire format: fields, each a tag (its number and how its end is known) and a
/// value. Source: the page "Encoding" of Protobuf's documentation.
final class WireWriter {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final int START_GROUP = 3;
  private static final int END_GROUP = 4;
  private static final int FIXED32 = 5;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  byte[] toByteArray() {
    return out.toByteArray();
  }

  void varint(int field, long value) {
    tag(field, VARINT);
    varint(value);
  }

  void bool(int field, boolean value) {
    varint(field, value ? 1 : 0);
  }

  void fixed32(int field, int value) {
    tag(field, FIXED32);
    fixed32(value);
  }

  void fixed64(int field, long value) {
    tag(field, FIXED64);
    fixed64(value);
  }

  void bytes(int field, byte[] value) {
    tag(field, LENGTH);
    varint(value.length);
    out.writeBytes(value);
  }

  void text(int field, String value) {
    bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /// A message with its length before it.
  void message(int field, Consumer<WireWriter> content) {
    var inner = new WireWriter();
    content.accept(inner);
    bytes(field, inner.toByteArray());
  }

  /// A message between two tags.
  void group(int field, Consumer<WireWriter> content) {
    tag(field, START_GROUP);
    content.accept(this);
    tag(field, END_GROUP);
  }

  // ---- values without a tag, of which packed fields are made

  void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  void fixed32(int value) {
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      out.write(value >>> shift);
    }
  }

  void fixed64(long value) {
    fixed32((int) value);
    fixed32((int) (value >>> Integer.SIZE));
  }

  private void tag(int field, int type) {
    varint((long) field << 3 | type);
  }
}
