package io.windhover.codegen;

import io.windhover.buffer.LinkBuffer;
import io.windhover.thrift.BinaryReader;
import io.windhover.thrift.BinaryWriter;
import io.windhover.thrift.StructCodec;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.HexFormat;
import java.util.stream.Stream;

/// A generated object, handled by names: the tests are compiled before its class is.
record Struct(Object value) {

  static Struct create(Class<?> type) {
    try {
      return new Struct(type.getConstructor().newInstance());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /// Calls the one constructor of a record.
  static Object construct(Class<?> type, Object argument) {
    try {
      return type.getDeclaredConstructors()[0].newInstance(argument);
    } catch (InvocationTargetException e) {
      throw Struct.<RuntimeException>sneaky(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  Object get(String name) {
    return call(name);
  }

  Struct set(String name, Object argument) {
    call(name, argument instanceof Struct struct ? struct.value : argument);
    return this;
  }

  Object call(String name, Object... arguments) {
    return invoke(value.getClass(), value, name, arguments);
  }

  static Object callStatic(Class<?> type, String name, Object... arguments) {
    return invoke(type, null, name, arguments);
  }

  static Object constant(Class<?> type, String name) {
    try {
      return type.getField(name).get(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static Object invoke(Class<?> type, Object target, String name, Object... arguments) {
    var method = method(type, name, arguments.length);
    try {
      method.setAccessible(true);
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw Struct.<RuntimeException>sneaky(e.getCause());
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static Method method(Class<?> type, String name, int arguments) {
    return Stream.of(type.getMethods())
        .filter(
            it ->
                it.getName().equals(name) && it.getParameterCount() == arguments && !it.isBridge())
        .findFirst()
        .orElseThrow(() -> new AssertionError(type + " has no method " + name));
  }

  // What the generated code throws reaches the test as it is, checked or not.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E sneaky(Throwable cause) throws E {
    throw (E) cause;
  }

  /// Returns the bytes on the wire, in hex.
  String hex() {
    return hex(codec(value.getClass()), value);
  }

  static String hex(StructCodec<Object> codec, Object value) {
    try (var buffer = new LinkBuffer()) {
      codec.write(value, new BinaryWriter(buffer));
      var bytes = new byte[buffer.size()];
      buffer.readBytes(bytes, 0, bytes.length);
      return HexFormat.of().formatHex(bytes);
    }
  }

  static Struct read(Class<?> type, String hex) {
    var bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    try (var buffer = LinkBuffer.wrap(bytes)) {
      var struct = new Struct(codec(type).read(new BinaryReader(buffer)));
      if (buffer.size() != 0) {
        throw new AssertionError(buffer.size() + " bytes are left");
      }
      return struct;
    }
  }

  /// Writes the object and reads it again.
  Struct again() {
    return read(value.getClass(), hex());
  }

  @SuppressWarnings("unchecked")
  static StructCodec<Object> codec(Class<?> type) {
    return (StructCodec<Object>) constant(type, "CODEC");
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
