package io.windhover.codegen;

import io.windhover.codegen.WireType.Container;
import io.windhover.codegen.WireType.EnumType;
import io.windhover.codegen.WireType.ListType;
import io.windhover.codegen.WireType.MapType;
import io.windhover.codegen.WireType.Scalar;
import io.windhover.codegen.WireType.SetType;
import io.windhover.codegen.WireType.StructType;

/// Emits the code that reads, writes and copies one value, containers as loops in place.
///
/// One object serves one block of generated code: it numbers the local variables, so that nested
/// loops never share a name.
final class ValueCode {
  private static final int MAX_PRESIZE = 1024; // more elements than that must have arrived first

  private final JavaSource out;
  private int containers;

  ValueCode(JavaSource out) {
    this.out = out;
  }

  /// Returns an expression that reads a value that is not a container.
  static String read(WireType type) {
    return switch (type) {
      case Scalar scalar -> "in." + scalar.method() + "()";
      case EnumType named -> named.java() + ".of(in.i32())";
      case StructType struct -> struct.java() + ".CODEC.read(in)";
      case Container container -> throw new IllegalArgumentException(container.java());
    };
  }

  /// Emits code that reads a container into a new local variable and then, unless its elements are
  /// of another type than expected, runs `use` with that variable for `%s`.
  void readContainer(Container type, String use) {
    var count = next("count");
    out.code("int %s = %s;".formatted(count, begin(type)));
    out.code("if (%s >= 0) {".formatted(count));
    out.code(use.formatted(readElements(type, count)));
    out.code("}");
  }

  /// Emits code that reads a value into an expression, and returns the expression.
  private String readElement(WireType type) {
    if (!(type instanceof Container container)) {
      return read(type);
    }
    var count = next("count");
    out.code("int %s = `Math`.max(0, %s);".formatted(count, begin(container)));
    return readElements(container, count);
  }

  private String readElements(Container type, String count) {
    var suffix = count.substring("count".length());
    return switch (type) {
      case ListType list -> {
        create(list, "list" + suffix, "new `ArrayList`<>", count);
        yield readElements(list.element(), "list", suffix);
      }
      case SetType set -> {
        create(set, "set" + suffix, "`LinkedHashSet`.newLinkedHashSet", count);
        yield readElements(set.element(), "set", suffix);
      }
      case MapType map -> {
        create(map, "map" + suffix, "`LinkedHashMap`.newLinkedHashMap", count);
        yield readEntries(map, suffix);
      }
    };
  }

  private void create(Container type, String local, String constructor, String count) {
    out.code(
        "%s %s = ¦%s(`Math`.min(%s, %s));"
            .formatted(type.java(), local, constructor, count, MAX_PRESIZE));
  }

  private String readElements(WireType element, String collection, String suffix) {
    loop(suffix);
    out.code("%s%s.add(%s);".formatted(collection, suffix, readElement(element)));
    out.code("}");
    return collection + suffix;
  }

  private String readEntries(MapType map, String suffix) {
    loop(suffix);
    var key = readElement(map.key());
    if (map.value() instanceof Container && !(map.key() instanceof Container)) {
      // what follows must not run before the key is read
      out.code("var key%s = %s;".formatted(suffix, key));
      key = "key" + suffix;
    }
    out.code("map%s.put(%s, %s);".formatted(suffix, key, readElement(map.value())));
    out.code("}");
    return "map" + suffix;
  }

  private void loop(String suffix) {
    out.code("for (int i%s = 0; i%s < count%s; i%s++) {".formatted(suffix, suffix, suffix, suffix));
  }

  private static String begin(Container type) {
    return switch (type) {
      case ListType list -> begin("listBegin", list.element());
      case SetType set -> begin("setBegin", set.element());
      case MapType map ->
          "in.mapBegin(`ThriftType`.%s, `ThriftType`.%s, %s)"
              .formatted(
                  map.key().code(),
                  map.value().code(),
                  map.key().minBytes() + map.value().minBytes());
    };
  }

  private static String begin(String method, WireType element) {
    return "in.%s(`ThriftType`.%s, %s)".formatted(method, element.code(), element.minBytes());
  }

  /// Emits code that writes a field, header and value.
  void writeField(int id, WireType type, String value) {
    switch (type) {
      case Scalar scalar -> out.code(writeFused(id, scalar, value));
      case EnumType named -> out.code(writeFused(id, named, value));
      case StructType struct -> {
        out.code("out.field(`ThriftType`.STRUCT, %s);".formatted(id));
        write(struct, value);
      }
      case Container container -> {
        out.code("out.field(`ThriftType`.%s, %s);".formatted(container.code(), id));
        write(container, value);
      }
    }
  }

  /// Returns a statement that writes a field of a scalar type or an enum, header and value at once.
  static String writeFused(int id, WireType type, String value) {
    return type instanceof Scalar scalar
        ? "out.%sField(%s, %s);".formatted(scalar.method(), id, value)
        : "out.i32Field(%s, %s.value());".formatted(id, value);
  }

  private void write(WireType type, String value) {
    switch (type) {
      case Scalar scalar -> out.code("out.%s(%s);".formatted(scalar.method(), value));
      case EnumType named -> out.code("out.i32(%s.value());".formatted(value));
      case StructType struct ->
          out.code("%s.CODEC.write(%s, out);".formatted(struct.java(), value));
      case ListType list -> writeElements("listBegin", list.element(), value);
      case SetType set -> writeElements("setBegin", set.element(), value);
      case MapType map -> {
        var entry = next("entry");
        out.code(
            "out.mapBegin(`ThriftType`.%s, `ThriftType`.%s, %s.size());"
                .formatted(map.key().code(), map.value().code(), value));
        out.code("for (var %s : %s.entrySet()) {".formatted(entry, value));
        write(map.key(), entry + ".getKey()");
        write(map.value(), entry + ".getValue()");
        out.code("}");
      }
    }
  }

  private void writeElements(String begin, WireType type, String value) {
    var element = next("element");
    out.code("out.%s(`ThriftType`.%s, %s.size());".formatted(begin, type.code(), value));
    out.code("for (var %s : %s) {".formatted(element, value));
    write(type, element);
    out.code("}");
  }

  /// Emits what must precede a deep copy of `value`, which is not null, and returns an expression
  /// for the copy.
  String copy(WireType type, String value) {
    return switch (type) {
      case Scalar scalar -> value;
      case EnumType named -> value;
      case StructType struct -> value + ".deepCopy()";
      case ListType list ->
          list.element().isImmutable()
              ? "new `ArrayList`<>(%s)".formatted(value)
              : copyElements(list, list.element(), "list", "new `ArrayList`<>(%s.size())", value);
      case SetType set ->
          set.element().isImmutable()
              ? "new `LinkedHashSet`<>(%s)".formatted(value)
              : copyElements(
                  set, set.element(), "set", "`LinkedHashSet`.newLinkedHashSet(%s.size())", value);
      case MapType map ->
          map.key().isImmutable() && map.value().isImmutable()
              ? "new `LinkedHashMap`<>(%s)".formatted(value)
              : copyEntries(map, value);
    };
  }

  private String copyElements(
      Container type, WireType elementType, String name, String create, String value) {
    var local = next(name);
    var element = "element" + local.substring(name.length());
    out.code("%s %s = ¦%s;".formatted(type.java(), local, create.formatted(value)));
    out.code("for (var %s : %s) {".formatted(element, value));
    out.code("%s.add(%s);".formatted(local, copy(elementType, element)));
    out.code("}");
    return local;
  }

  private String copyEntries(MapType type, String value) {
    var local = next("map");
    var entry = "entry" + local.substring("map".length());
    out.code(
        "%s %s = ¦`LinkedHashMap`.newLinkedHashMap(%s.size());"
            .formatted(type.java(), local, value));
    out.code("for (var %s : %s.entrySet()) {".formatted(entry, value));
    var key = copy(type.key(), entry + ".getKey()");
    out.code("%s.put(¦%s, ¦%s);".formatted(local, key, copy(type.value(), entry + ".getValue()")));
    out.code("}");
    return local;
  }

  private String next(String name) {
    containers++;
    return containers == 1 ? name : name + containers;
  }
}
