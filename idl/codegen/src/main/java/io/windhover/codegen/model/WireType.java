package io.windhover.codegen.model;

import org.jspecify.annotations.Nullable;

/// A type of the IDL as generated code handles it: typedefs resolved, user types by their Java
/// name.
///
/// Strings with a type of Java in them mark it with backquotes, as [JavaSource] wants it.
public sealed interface WireType {

  /// Returns the Java type of a value, a primitive where there is one.
  String java();

  /// Returns the Java type of an element of a collection.
  default String boxed() {
    return java();
  }

  /// Returns the name of the constant in `ThriftType`.
  String code();

  default boolean isPrimitive() {
    return false;
  }

  /// Whether a value cannot change, so that a copy may share it.
  boolean isImmutable();

  enum Scalar implements WireType {
    BOOL("boolean", "`Boolean`", "BOOL", "bool"),
    I8("byte", "`Byte`", "I8", "i8"),
    I16("short", "`Short`", "I16", "i16"),
    I32("int", "`Integer`", "I32", "i32"),
    I64("long", "`Long`", "I64", "i64"),
    DOUBLE("double", "`Double`", "DOUBLE", "f64"),
    STRING("`String`", "`String`", "STRING", "string"),
    BINARY("`Binary`", "`Binary`", "STRING", "binary"),
    UUID("`UUID`", "`UUID`", "UUID", "uuid");

    private final String java;
    private final String boxed;
    private final String code;
    private final String method;

    Scalar(String java, String boxed, String code, String method) {
      this.java = java;
      this.boxed = boxed;
      this.code = code;
      this.method = method;
    }

    /// Returns the name of the method of `ThriftReader` and `ThriftWriter`.
    public String method() {
      return method;
    }

    /// Returns the class of the runtime for lists of it; null if they are as other lists.
    public @Nullable String listClass() {
      return switch (this) {
        case I32 -> "IntList";
        case I64 -> "LongList";
        case DOUBLE -> "DoubleList";
        case BOOL, I8, I16, STRING, BINARY, UUID -> null;
      };
    }

    @Override
    public String java() {
      return java;
    }

    @Override
    public String boxed() {
      return boxed;
    }

    @Override
    public String code() {
      return code;
    }

    @Override
    public boolean isPrimitive() {
      return !java.equals(boxed);
    }

    @Override
    public boolean isImmutable() {
      return true;
    }
  }

  /// @param name qualified name of the Java type
  record EnumType(String name) implements WireType {
    @Override
    public String java() {
      return "`" + name + "`";
    }

    @Override
    public String code() {
      return Scalar.I32.code();
    }

    @Override
    public boolean isImmutable() {
      return true;
    }
  }

  /// A struct, union or exception.
  ///
  /// @param name qualified name of the Java type
  record StructType(String name) implements WireType {
    @Override
    public String java() {
      return "`" + name + "`";
    }

    @Override
    public String code() {
      return "STRUCT";
    }

    @Override
    public boolean isImmutable() {
      return false;
    }
  }

  /// What the three containers share.
  sealed interface Container extends WireType {
    /// Returns what local variables of the type are called.
    String local();

    /// Returns an expression for an empty immutable one.
    String empty();

    @Override
    default boolean isImmutable() {
      return false;
    }
  }

  record ListType(WireType element) implements Container {
    @Override
    public String java() {
      return "`List`<" + element.boxed() + ">";
    }

    @Override
    public String code() {
      return "LIST";
    }

    @Override
    public String local() {
      return "list";
    }

    @Override
    public String empty() {
      return "`List`.of()";
    }
  }

  record SetType(WireType element) implements Container {
    @Override
    public String java() {
      return "`Set`<" + element.boxed() + ">";
    }

    @Override
    public String code() {
      return "SET";
    }

    @Override
    public String local() {
      return "set";
    }

    @Override
    public String empty() {
      return "`Set`.of()";
    }
  }

  record MapType(WireType key, WireType value) implements Container {
    @Override
    public String java() {
      return "`Map`<" + key.boxed() + ", " + value.boxed() + ">";
    }

    @Override
    public String code() {
      return "MAP";
    }

    @Override
    public String local() {
      return "map";
    }

    @Override
    public String empty() {
      return "`Map`.of()";
    }
  }
}
