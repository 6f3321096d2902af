package io.windhover.thriftgo;

import io.windhover.thriftgo.Shape.Layout;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes records as structs of the binary protocol.
final class StructWriter {
  static final int MAX_BYTES = 256 << 20;

  private static final int STOP = 0;

  private final DataOutputStream out;
  private final int maxBytes;
  private int depth;

  private StructWriter(DataOutputStream out, int maxBytes) {
    this.out = out;
    this.maxBytes = maxBytes;
  }

  /// @param maxBytes about how large the result may be
  /// @throws PluginException if it is larger
  static byte[] write(Record value, int maxBytes) {
    var bytes = new ByteArrayOutputStream();
    try {
      new StructWriter(new DataOutputStream(bytes), maxBytes).struct(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not from memory
    }
    return bytes.toByteArray();
  }

  private void struct(Record value) throws IOException {
    enter();
    var fields = Layout.of(value.getClass()).fields();
    for (int i = 0; i < fields.size(); i++) {
      field(value, fields.get(i), i + 1);
    }
    out.writeByte(STOP);
    depth--;
  }

  private void union(Shape.Union union, Record arm) throws IOException {
    enter();
    var field = Layout.of(arm.getClass()).fields().getFirst();
    field(arm, field, union.arms().indexOf(arm.getClass()) + 1);
    out.writeByte(STOP);
    depth--;
  }

  private void enter() {
    if (out.size() > maxBytes) {
      throw new PluginException(
          "what plugins are told is larger than %d MiB: a file is repeated for each that includes it"
              .formatted(maxBytes >> 20));
    }
    if (++depth > StructReader.MAX_DEPTH) {
      throw new PluginException(
          "plugins cannot be told of more than %d structs within each other: a chain of includes, or nested values"
              .formatted(StructReader.MAX_DEPTH));
    }
  }

  private void field(Record value, Shape.Field field, int id) throws IOException {
    var content = content(value, field);
    if (content instanceof Optional<?> optional) {
      if (optional.isEmpty()) {
        return;
      }
      content = optional.get();
    }
    out.writeByte(field.shape().wireType());
    out.writeShort(id);
    value(field.shape(), content);
  }

  private static Object content(Record value, Shape.Field field) {
    try {
      return field.accessor().invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(field.name(), e);
    }
  }

  private void value(Shape shape, Object value) throws IOException {
    switch (shape) {
      case Shape.Scalar scalar -> scalar(scalar, value);
      case Shape.Choice(var constants) -> out.writeInt(constants.indexOf(value));
      case Shape.Struct _ -> struct((Record) value);
      case Shape.Union union -> union(union, (Record) value);
      case Shape.Sequence(var element) -> {
        var elements = (List<?>) value;
        out.writeByte(element.wireType());
        out.writeInt(elements.size());
        for (var one : elements) {
          value(element, one);
        }
      }
      case Shape.Table(var keyShape, var valueShape) -> {
        var entries = ((Map<?, ?>) value).entrySet();
        out.writeByte(keyShape.wireType());
        out.writeByte(valueShape.wireType());
        out.writeInt(entries.size());
        for (var entry : entries) {
          value(keyShape, entry.getKey());
          value(valueShape, entry.getValue());
        }
      }
    }
  }

  private void scalar(Shape.Scalar shape, Object value) throws IOException {
    switch (shape) {
      case BOOL -> out.writeBoolean((Boolean) value);
      case DOUBLE -> out.writeDouble((Double) value);
      case I32 -> out.writeInt((Integer) value);
      case I64 -> out.writeLong((Long) value);
      case STRING -> {
        var bytes = ((String) value).getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
      }
    }
  }
}
