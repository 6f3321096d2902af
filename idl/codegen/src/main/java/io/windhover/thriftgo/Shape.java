package io.windhover.thriftgo;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a component of a record holds, and so how it looks on the wire.
sealed interface Shape {

  /// The type byte of the binary protocol.
  byte wireType();

  /// What a missing field stands for.
  ///
  /// @throws PluginException if there is nothing
  Object zero();

  /// Values that hold no others.
  enum Scalar implements Shape {
    BOOL(2, false),
    DOUBLE(4, 0.0),
    I32(8, 0),
    I64(10, 0L),
    STRING(11, "");

    private final byte wireType;
    private final Object zero;

    Scalar(int wireType, Object zero) {
      this.wireType = (byte) wireType;
      this.zero = zero;
    }

    @Override
    public byte wireType() {
      return wireType;
    }

    @Override
    public Object zero() {
      return zero;
    }
  }

  /// An enum, which travels as the ordinal of its constant.
  record Choice(List<Object> constants) implements Shape {

    @Override
    public byte wireType() {
      return 8;
    }

    @Override
    public Object zero() {
      return constants.getFirst();
    }
  }

  /// A record within a record.
  record Struct(Class<?> type) implements Shape {

    @Override
    public byte wireType() {
      return 12;
    }

    @Override
    public Object zero() {
      throw new PluginException("struct " + type.getSimpleName() + " is missing");
    }
  }

  /// A sealed interface within a record: one of some records, which have a component each and
  /// travel as a struct with the field of that one.
  ///
  /// @param arms in the order of their field ids
  record Union(String name, List<Class<?>> arms) implements Shape {

    @Override
    public byte wireType() {
      return 12;
    }

    @Override
    public Object zero() {
      throw new PluginException("union " + name + " is missing");
    }
  }

  /// A list.
  record Sequence(Shape element) implements Shape {

    @Override
    public byte wireType() {
      return 15;
    }

    @Override
    public Object zero() {
      return List.of();
    }
  }

  /// A map.
  record Table(Shape key, Shape value) implements Shape {

    @Override
    public byte wireType() {
      return 13;
    }

    @Override
    public Object zero() {
      return Map.of();
    }
  }

  /// One component of a record.
  ///
  /// @param isOptional whether it is an `Optional` of the shape
  record Field(String name, Shape shape, boolean isOptional, boolean isRequired, Method accessor) {}

  /// A record class as a struct.
  record Layout(List<Field> fields, Constructor<?> constructor) {

    private static final ClassValue<Layout> ALL =
        new ClassValue<>() {
          @Override
          protected Layout computeValue(Class<?> type) {
            return derive(type);
          }
        };

    static Layout of(Class<?> type) {
      return ALL.get(type);
    }

    private static Layout derive(Class<?> type) {
      var components = type.getRecordComponents();
      var fields = new ArrayList<Field>();
      var types = new Class<?>[components.length];
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        fields.add(field(components[i]));
      }
      try {
        return new Layout(List.copyOf(fields), type.getDeclaredConstructor(types));
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException(type + " has no canonical constructor", e);
      }
    }

    private static Field field(RecordComponent component) {
      boolean isOptional = component.getType() == Optional.class;
      var type = isOptional ? argument(component.getGenericType(), 0) : component.getGenericType();
      return new Field(
          component.getName(),
          shape(type),
          isOptional,
          component.isAnnotationPresent(Required.class),
          component.getAccessor());
    }

    private static Shape shape(Type type) {
      if (type instanceof ParameterizedType container) {
        return container.getRawType() == List.class
            ? new Sequence(shape(argument(container, 0)))
            : new Table(shape(argument(container, 0)), shape(argument(container, 1)));
      }
      var plain = (Class<?>) type;
      if (plain.isEnum()) {
        return new Choice(List.of(plain.getEnumConstants()));
      }
      if (plain.isSealed()) {
        return new Union(plain.getSimpleName(), List.of(plain.getPermittedSubclasses()));
      }
      return plain.isRecord() ? new Struct(plain) : scalar(plain);
    }

    private static Scalar scalar(Class<?> type) {
      return switch (type.getSimpleName()) {
        case "boolean", "Boolean" -> Scalar.BOOL;
        case "double", "Double" -> Scalar.DOUBLE;
        case "int", "Integer" -> Scalar.I32;
        case "long", "Long" -> Scalar.I64;
        case "String" -> Scalar.STRING;
        default -> throw new IllegalStateException("no Thrift type for " + type);
      };
    }

    private static Type argument(Type type, int index) {
      return ((ParameterizedType) type).getActualTypeArguments()[index];
    }
  }
}
