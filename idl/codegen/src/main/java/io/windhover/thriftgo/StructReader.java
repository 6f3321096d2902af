package io.windhover.thriftgo;

import io.windhover.thriftgo.Shape.Layout;
import java.lang.reflect.InvocationTargetException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads records from structs of the binary protocol. Fields that a record does not know are
/// skipped, and so is what follows the struct, as Thriftgo does.
final class StructReader {
  /// A file in the tree is two levels below the one that includes it.
  static final int MAX_DEPTH = 512;

  private final ByteBuffer in;
  private int depth;

  private StructReader(byte[] bytes) {
    this.in = ByteBuffer.wrap(bytes);
  }

  /// @throws PluginException if the bytes do not begin with such a struct
  static <R extends Record> R read(byte[] bytes, Class<R> type) {
    var reader = new StructReader(bytes);
    try {
      return type.cast(reader.struct(type));
    } catch (BufferUnderflowException e) {
      throw new PluginException(
          "%s ends early, after %d bytes".formatted(type.getSimpleName(), bytes.length), e);
    }
  }

  private Object struct(Class<?> type) {
    enter();
    var layout = Layout.of(type);
    var values = new @Nullable Object[layout.fields().size()];
    for (byte wireType = in.get(); wireType != 0; wireType = in.get()) {
      int index = in.getShort() - 1;
      boolean isKnown =
          index >= 0
              && index < values.length
              && layout.fields().get(index).shape().wireType() == wireType;
      if (isKnown) {
        values[index] = value(layout.fields().get(index).shape());
      } else {
        skip(wireType);
      }
    }
    depth--;
    return create(type, layout, values);
  }

  private Object union(Shape.Union union) {
    enter();
    Object arm = null;
    for (byte wireType = in.get(); wireType != 0; wireType = in.get()) {
      int index = in.getShort() - 1;
      var type = index >= 0 && index < union.arms().size() ? union.arms().get(index) : null;
      var shape = type == null ? null : Layout.of(type).fields().getFirst().shape();
      if (type != null && shape != null && shape.wireType() == wireType) {
        arm = create(type, Layout.of(type), new @Nullable Object[] {value(shape)});
      } else {
        skip(wireType);
      }
    }
    depth--;
    if (arm == null) {
      throw malformed("union " + union.name() + " without a value");
    }
    return arm;
  }

  private static Object create(Class<?> type, Layout layout, @Nullable Object[] values) {
    for (int i = 0; i < values.length; i++) {
      var field = layout.fields().get(i);
      if (field.isOptional()) {
        values[i] = Optional.ofNullable(values[i]);
      } else if (values[i] == null) {
        if (field.isRequired()) {
          throw new PluginException(
              "%s has no field %d (%s)".formatted(type.getSimpleName(), i + 1, field.name()));
        }
        values[i] = field.shape().zero();
      }
    }
    try {
      return layout.constructor().newInstance(values);
    } catch (InvocationTargetException e) {
      throw new PluginException("not a legal " + type.getSimpleName(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.toString(), e);
    }
  }

  private Object value(Shape shape) {
    return switch (shape) {
      case Shape.Scalar scalar -> scalar(scalar);
      case Shape.Choice(var constants) -> {
        int ordinal = in.getInt();
        if (ordinal < 0 || ordinal >= constants.size()) {
          throw malformed("value %d of an enum of %d".formatted(ordinal, constants.size()));
        }
        yield constants.get(ordinal);
      }
      case Shape.Struct(var type) -> struct(type);
      case Shape.Union union -> union(union);
      case Shape.Sequence(var element) -> sequence(element);
      case Shape.Table(var keyShape, var valueShape) -> table(keyShape, valueShape);
    };
  }

  private Object scalar(Shape.Scalar shape) {
    return switch (shape) {
      case BOOL -> in.get() != 0;
      case DOUBLE -> in.getDouble();
      case I32 -> in.getInt();
      case I64 -> in.getLong();
      case STRING -> {
        var bytes = new byte[count(1)];
        in.get(bytes);
        yield new String(bytes, StandardCharsets.UTF_8);
      }
    };
  }

  private List<Object> sequence(Shape element) {
    byte wireType = in.get();
    int count = count(1);
    if (count > 0 && wireType != element.wireType()) {
      throw malformed("list of type %d (expected: %d)".formatted(wireType, element.wireType()));
    }
    var elements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      elements.add(value(element));
    }
    return elements;
  }

  private Map<Object, Object> table(Shape keyShape, Shape valueShape) {
    byte keyType = in.get();
    byte valueType = in.get();
    int count = count(2);
    if (count > 0 && (keyType != keyShape.wireType() || valueType != valueShape.wireType())) {
      throw malformed("map of types %d and %d".formatted(keyType, valueType));
    }
    var entries = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      var key = value(keyShape);
      entries.put(key, value(valueShape));
    }
    return entries;
  }

  /// A size or count, which is not believed before it is compared with the bytes that are left.
  private int count(int minElementBytes) {
    int count = in.getInt();
    if (count < 0 || (long) count * minElementBytes > in.remaining()) {
      throw malformed("size %d with %d bytes left".formatted(count, in.remaining()));
    }
    return count;
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw malformed("more than " + MAX_DEPTH + " structs within each other");
    }
  }

  private void skip(byte wireType) {
    switch (wireType) {
      case 2, 3 -> in.get();
      case 6 -> in.getShort();
      case 8 -> in.getInt();
      case 4, 10 -> in.getLong();
      case 11 -> skipBytes(count(1));
      case 12 -> {
        enter();
        for (byte field = in.get(); field != 0; field = in.get()) {
          in.getShort();
          skip(field);
        }
        depth--;
      }
      case 13 -> skipElements(new byte[] {in.get(), in.get()});
      case 14, 15 -> skipElements(new byte[] {in.get()});
      default -> throw malformed("type " + wireType);
    }
  }

  private void skipElements(byte[] wireTypes) {
    int count = count(wireTypes.length);
    enter();
    for (int i = 0; i < count; i++) {
      for (byte wireType : wireTypes) {
        skip(wireType);
      }
    }
    depth--;
  }

  private void skipBytes(int count) {
    in.position(in.position() + count);
  }

  private PluginException malformed(String what) {
    return new PluginException("%s, before byte %d".formatted(what, in.position()));
  }
}
