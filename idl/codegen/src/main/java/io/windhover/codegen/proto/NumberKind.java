package io.windhover.codegen.proto;

import io.windhover.proto.ast.Scalar;

/// The numbers and booleans of the language, as Java and the runtime have them.
enum NumberKind {
  INT32("int", "Integer", "int32", "int32", "Int", "VARINT"),
  UINT32("int", "Integer", "int32", "uint32", "Int", "VARINT"),
  SINT32("int", "Integer", "sint32", "sint32", "Int", "VARINT"),
  FIXED32("int", "Integer", "fixed32", "fixed32", "Int", "FIXED32"),
  INT64("long", "Long", "int64", "int64", "Long", "VARINT"),
  SINT64("long", "Long", "sint64", "sint64", "Long", "VARINT"),
  FIXED64("long", "Long", "fixed64", "fixed64", "Long", "FIXED64"),
  FLOAT("float", "Float", "floatValue", "floatValue", "Float", "FIXED32"),
  DOUBLE("double", "Double", "doubleValue", "doubleValue", "Double", "FIXED64"),
  BOOL("boolean", "Boolean", "bool", "bool", "Bool", "VARINT");

  private final String java;
  private final String boxed;
  private final String read;
  private final String write;
  private final String list;
  private final String wireType;

  NumberKind(String java, String boxed, String read, String write, String list, String wireType) {
    this.java = java;
    this.boxed = boxed;
    this.read = read;
    this.write = write;
    this.list = list;
    this.wireType = wireType;
  }

  /// @param scalar neither a text nor bytes
  static NumberKind of(Scalar scalar) {
    return switch (scalar) {
      case DOUBLE -> DOUBLE;
      case FLOAT -> FLOAT;
      case INT64, UINT64 -> INT64;
      case INT32 -> INT32;
      case FIXED64, SFIXED64 -> FIXED64;
      case FIXED32, SFIXED32 -> FIXED32;
      case BOOL -> BOOL;
      case UINT32 -> UINT32;
      case SINT32 -> SINT32;
      case SINT64 -> SINT64;
      case STRING, BYTES -> throw new IllegalArgumentException(scalar + " is no number");
    };
  }

  String java() {
    return java;
  }

  String boxed() {
    return "`" + boxed + "`";
  }

  /// The method of the reader.
  String read() {
    return read;
  }

  /// The method of the reader for several.
  String readAll() {
    return plural(read);
  }

  /// The method of the writer.
  String write() {
    return write;
  }

  /// The method of the writer for several.
  String writeAll(boolean isPacked) {
    var all = plural(write);
    return isPacked ? "packed" + Character.toUpperCase(all.charAt(0)) + all.substring(1) : all;
  }

  private static String plural(String method) {
    return switch (method) {
      case "floatValue" -> "floats";
      case "doubleValue" -> "doubles";
      default -> method + "s";
    };
  }

  /// The list without an object for each.
  String list() {
    return "`" + list + "List`";
  }

  String wireType() {
    return wireType;
  }

  /// What `value` is if it is not the default of the language.
  String isSet(String value) {
    return switch (this) {
      case BOOL -> value;
      case FLOAT -> "`Float`.floatToRawIntBits(%s) != 0".formatted(value);
      case DOUBLE -> "`Double`.doubleToRawLongBits(%s) != 0".formatted(value);
      default -> value + " != 0";
    };
  }
}
