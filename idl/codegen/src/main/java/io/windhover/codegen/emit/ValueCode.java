package io.windhover.codegen.emit;

import io.windhover.codegen.model.JavaSource;
import io.windhover.codegen.model.WireType;
import io.windhover.codegen.model.WireType.Container;
import io.windhover.codegen.model.WireType.EnumType;
import io.windhover.codegen.model.WireType.ListType;
import io.windhover.codegen.model.WireType.MapType;
import io.windhover.codegen.model.WireType.Scalar;
import io.windhover.codegen.model.WireType.SetType;
import io.windhover.codegen.model.WireType.StructType;
import java.util.Set;

/// Emits the code that reads, writes and copies one value: a call, for containers of a method of
/// the class that is emitted.
final class ValueCode {
  private static final int MAX_PRESIZE = 1024; // more elements than that must have arrived first

  private final JavaSource out;
  private final ContainerMethods reading;
  private final ContainerMethods writing;
  private final ContainerMethods copying;

  /// @param taken names of other methods of the class
  ValueCode(JavaSource out, Set<String> taken) {
    this.out = out;
    this.reading = new ContainerMethods("read", taken);
    this.writing = new ContainerMethods("write", taken);
    this.copying = new ContainerMethods("copy", taken);
  }

  /// Returns an expression that reads a value.
  ///
  /// @param otherwise what it gives for a container with elements of another type than expected
  String read(WireType type, String otherwise) {
    return switch (type) {
      case Scalar scalar -> "in." + scalar.method() + "()";
      case EnumType named -> named.java() + ".of(in.i32())";
      case StructType struct -> struct.java() + ".CODEC.read(in)";
      case ListType(Scalar element) when element.listClass() != null ->
          "in.%sList(%s)".formatted(element.method(), otherwise);
      case Container container -> "%s(in, %s)".formatted(reading.nameFor(container), otherwise);
    };
  }

  private String readElement(WireType type) {
    return read(type, type instanceof Container container ? container.empty() : "");
  }

  private String readKey(WireType type) {
    var read = readElement(type);
    return isHashForgeable(type) ? "hashes.counted(%s)".formatted(read) : read;
  }

  private static boolean hasForgeableKeys(Container type) {
    return switch (type) {
      case ListType list -> false;
      case SetType set -> isHashForgeable(set.element());
      case MapType map -> isHashForgeable(map.key());
    };
  }

  /// Whether any number of values can have one hash code, and no order tells a hash table where to
  /// look for one of them. Numbers and strings are [Comparable]; enums have no equal hash codes.
  private static boolean isHashForgeable(WireType type) {
    return switch (type) {
      case Scalar scalar -> false;
      case EnumType named -> false;
      case StructType struct -> true;
      case Container container -> true;
    };
  }

  /// Emits the methods that the reading of containers calls.
  void readMethods() {
    reading.emit(this::readMethod);
  }

  private void readMethod(Container type) {
    out.blank();
    out.code(
        "private static %s %s(¦`ThriftReader` in, ¦%s otherwise) {"
            .formatted(type.java(), reading.nameFor(type), type.java()));
    out.code("int count = %s;".formatted(begin(type)));
    out.code("if (count < 0) {");
    out.code("return otherwise; // elements of another type, skipped");
    out.code("}");
    var local = type.local();
    var size = "`Math`.min(count, %s)".formatted(MAX_PRESIZE);
    out.code("%s %s = ¦%s;".formatted(type.java(), local, create(type, size)));
    if (hasForgeableKeys(type)) {
      out.code("var hashes = in.keyHashes();");
    }
    out.code("for (int i = 0; i < count; i++) {");
    out.code(
        switch (type) {
          case ListType list -> "list.add(%s);".formatted(readElement(list.element()));
          case SetType set -> "set.add(%s);".formatted(readKey(set.element()));
          case MapType map ->
              "map.put(¦%s, ¦%s);".formatted(readKey(map.key()), readElement(map.value()));
        });
    out.code("}");
    out.code("return %s;".formatted(local));
    out.code("}");
  }

  private static String begin(Container type) {
    return switch (type) {
      case ListType list -> begin("listBegin", list.element());
      case SetType set -> begin("setBegin", set.element());
      case MapType map ->
          "in.mapBegin(`ThriftType`.%s, `ThriftType`.%s)"
              .formatted(map.key().code(), map.value().code());
    };
  }

  private static String begin(String method, WireType element) {
    return "in.%s(`ThriftType`.%s)".formatted(method, element.code());
  }

  /// Emits code that writes a field, header and value.
  void writeField(int id, WireType type, String value) {
    if (isFused(type)) {
      out.code(writeFused(id, type, value));
    } else {
      out.code("out.field(`ThriftType`.%s, %s);".formatted(type.code(), id));
      out.code(write(type, value));
    }
  }

  /// Whether header and value of a field are written by one statement.
  static boolean isFused(WireType type) {
    return type instanceof Scalar || type instanceof EnumType;
  }

  /// Returns that statement.
  static String writeFused(int id, WireType type, String value) {
    return type instanceof Scalar scalar
        ? "out.%sField(%s, %s);".formatted(scalar.method(), id, value)
        : "out.i32Field(%s, %s.value());".formatted(id, value);
  }

  private String write(WireType type, String value) {
    return writeExpression(type, value) + ";";
  }

  /// Returns an expression that writes a value without the header of a field.
  String writeExpression(WireType type, String value) {
    return switch (type) {
      case Scalar scalar -> "out.%s(%s)".formatted(scalar.method(), value);
      case EnumType named -> "out.i32(%s.value())".formatted(value);
      case StructType struct -> "%s.CODEC.write(%s, out)".formatted(struct.java(), value);
      case ListType(Scalar element) when element.listClass() != null ->
          "out.%sList(%s)".formatted(element.method(), value);
      case Container container -> "%s(%s, out)".formatted(writing.nameFor(container), value);
    };
  }

  /// Emits the methods that the writing of containers calls.
  void writeMethods() {
    writing.emit(this::writeMethod);
  }

  private void writeMethod(Container type) {
    out.blank();
    out.code(
        "private static void %s(¦%s %s, ¦`ThriftWriter` out) {"
            .formatted(writing.nameFor(type), type.java(), type.local()));
    switch (type) {
      case ListType list -> {
        out.code("out.listBegin(`ThriftType`.%s, list.size());".formatted(list.element().code()));
        out.code("for (var element : list) {");
        out.code(write(list.element(), "element"));
      }
      case SetType set -> {
        out.code("out.setBegin(`ThriftType`.%s, set.size());".formatted(set.element().code()));
        out.code("for (var element : set) {");
        out.code(write(set.element(), "element"));
      }
      case MapType map -> {
        out.code(
            "out.mapBegin(`ThriftType`.%s, `ThriftType`.%s, map.size());"
                .formatted(map.key().code(), map.value().code()));
        out.code("for (var entry : map.entrySet()) {");
        out.code(write(map.key(), "entry.getKey()"));
        out.code(write(map.value(), "entry.getValue()"));
      }
    }
    out.code("}");
    out.code("}");
  }

  /// Returns an expression for a deep copy of `value`, which is not null.
  String copy(WireType type, String value) {
    return switch (type) {
      case Scalar scalar -> value;
      case EnumType named -> value;
      case StructType struct -> value + ".deepCopy()";
      case ListType(Scalar element) when element.listClass() != null ->
          "`%s`.copyOf(%s)".formatted(element.listClass(), value);
      case Container container when hasImmutableElements(container) ->
          "new %s<>(%s)".formatted(implementation(container), value);
      case Container container -> "%s(%s)".formatted(copying.nameFor(container), value);
    };
  }

  private static boolean hasImmutableElements(Container type) {
    return switch (type) {
      case ListType list -> list.element().isImmutable();
      case SetType set -> set.element().isImmutable();
      case MapType map -> map.key().isImmutable() && map.value().isImmutable();
    };
  }

  private static String implementation(Container type) {
    return switch (type) {
      case ListType list -> "`ArrayList`";
      case SetType set -> "`LinkedHashSet`";
      case MapType map -> "`LinkedHashMap`";
    };
  }

  /// Emits the methods that the copying of containers calls.
  void copyMethods() {
    copying.emit(this::copyMethod);
  }

  private void copyMethod(Container type) {
    var local = type.local();
    out.blank();
    out.code(
        "private static %s %s(¦%s %s) {"
            .formatted(type.java(), copying.nameFor(type), type.java(), local));
    out.code("%s copy = ¦%s;".formatted(type.java(), create(type, local + ".size()")));
    switch (type) {
      case ListType list -> {
        out.code("for (var element : list) {");
        out.code("copy.add(%s);".formatted(copy(list.element(), "element")));
      }
      case SetType set -> {
        out.code("for (var element : set) {");
        out.code("copy.add(%s);".formatted(copy(set.element(), "element")));
      }
      case MapType map -> {
        out.code("for (var entry : map.entrySet()) {");
        out.code(
            "copy.put(¦%s, ¦%s);"
                .formatted(
                    copy(map.key(), "entry.getKey()"), copy(map.value(), "entry.getValue()")));
      }
    }
    out.code("}");
    out.code("return copy;");
    out.code("}");
  }

  private static String create(Container type, String size) {
    return switch (type) {
      case ListType list -> "new `ArrayList`<>(%s)".formatted(size);
      case SetType set -> "`LinkedHashSet`.newLinkedHashSet(%s)".formatted(size);
      case MapType map -> "`LinkedHashMap`.newLinkedHashMap(%s)".formatted(size);
    };
  }
}
