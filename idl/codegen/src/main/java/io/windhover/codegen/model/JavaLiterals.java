package io.windhover.codegen.model;

import io.windhover.idl.BaseType;
import io.windhover.idl.EnumType;
import io.windhover.idl.TrueType;
import io.windhover.idl.TrueType.ListType;
import io.windhover.idl.TrueType.MapType;
import io.windhover.idl.TrueType.SetType;
import io.windhover.idl.Value;
import io.windhover.idl.ast.StructKind;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Turns values of the IDL into Java expressions.
///
/// References to constants are replaced by their values: what is a struct must be a fresh object
/// each time, and classes that refer to each other's constants would depend on who is loaded first.
public final class JavaLiterals {

  /// The method of the emitted class that makes a map which keeps its order, as `Map.of` does not.
  private static final String MAP_METHOD = "mapOf";

  private final TypeNames names;
  private final Function<TrueType, WireType> types;

  JavaLiterals(TypeNames names, Function<TrueType, WireType> types) {
    this.names = names;
    this.types = types;
  }

  /// Returns an expression to be assigned to a variable of the type.
  public String assigned(TrueType type, Value value) {
    return value instanceof Value.OfInt whole
        ? number(type, whole.value())
        : expression(type, value);
  }

  /// Returns an expression that is exactly of the type, so that it can be boxed.
  public String expression(TrueType type, Value value) {
    return switch (value) {
      case Value.OfBool bool -> Boolean.toString(bool.value());
      case Value.OfInt whole -> cast(type) + number(type, whole.value());
      case Value.OfDouble floating -> Double.toString(floating.value());
      case Value.OfString text when type == BaseType.BINARY ->
          "`Binary`.wrap(%s.getBytes(`StandardCharsets`.UTF_8))".formatted(quote(text.value()));
      case Value.OfString text -> quote(text.value());
      case Value.OfUuid uuid -> "`UUID`.fromString(\"%s\")".formatted(uuid.value());
      case Value.OfEnum item -> names.java((EnumType) type) + "." + MemberNames.of(item.item());
      case Value.OfEnumNumber other ->
          "%s.of(%s)".formatted(names.java((EnumType) type), other.number());
      case Value.OfList elements when type instanceof ListType list ->
          "`List`.of(%s)".formatted(elements(list.element().trueType(), elements.elements()));
      case Value.OfList elements -> set(((SetType) type).element().trueType(), elements.elements());
      case Value.OfMap map -> map((MapType) type, map.entries());
      case Value.OfStruct struct -> struct(struct);
      case Value.OfConstant constant -> expression(type, constant.value());
    };
  }

  /// Returns an expression for each element of a list or set and for each entry of a map; nothing
  /// for other values.
  public List<String> elements(TrueType type, Value value) {
    return switch (value) {
      case Value.OfList elements when type instanceof ListType list ->
          expressions(list.element().trueType(), elements.elements());
      case Value.OfList elements ->
          expressions(((SetType) type).element().trueType(), elements.elements());
      case Value.OfMap map -> entries((MapType) type, map.entries());
      case Value.OfConstant constant -> elements(type, constant.value());
      default -> List.of();
    };
  }

  private List<String> expressions(TrueType type, List<Value> values) {
    return values.stream().map(it -> expression(type, it)).toList();
  }

  private static String cast(TrueType type) {
    return type == BaseType.I8 ? "(byte) " : type == BaseType.I16 ? "(short) " : "";
  }

  private static String number(TrueType type, long value) {
    return type == BaseType.I64 ? value + "L" : Long.toString(value);
  }

  private String elements(TrueType type, List<Value> values) {
    return broken(expressions(type, values));
  }

  /// Joins arguments of a call, which may stand on lines of their own if there are several.
  public static String broken(List<String> arguments) {
    return arguments.size() < 2
        ? String.join("", arguments)
        : arguments.stream().map("¦⟦%s⟧"::formatted).collect(Collectors.joining(", "));
  }

  private String set(TrueType type, List<Value> values) {
    var elements = elements(type, values);
    return values.size() < 2
        ? "`Set`.of(%s)".formatted(elements)
        : "`Collections`.unmodifiableSet(new `LinkedHashSet`<>(`List`.of(%s)))".formatted(elements);
  }

  private String map(MapType type, List<Value.OfMap.Entry> entries) {
    if (entries.size() < 2) {
      return "`Map`.of(%s)"
          .formatted(entries.stream().map(it -> pair(type, it)).collect(Collectors.joining()));
    }
    return "%s(%s)".formatted(MAP_METHOD, broken(entries(type, entries)));
  }

  /// The types are spelled out: the compiler takes half a minute to infer those of a hundred
  /// entries.
  private List<String> entries(MapType type, List<Value.OfMap.Entry> entries) {
    var key = types.apply(type.key().trueType()).boxed();
    var value = types.apply(type.value().trueType()).boxed();
    return entries.stream()
        .map(it -> "`Map`.<%s, %s>entry(%s)".formatted(key, value, pair(type, it)))
        .toList();
  }

  private String pair(MapType type, Value.OfMap.Entry entry) {
    return expression(type.key().trueType(), entry.key())
        + ", "
        + expression(type.value().trueType(), entry.value());
  }

  private String struct(Value.OfStruct struct) {
    var type = struct.type();
    var fields = names.members(type);
    if (type.kind() == StructKind.UNION) {
      var member = struct.members().getFirst();
      return "new %s.%s(%s)"
          .formatted(
              names.java(type),
              fields.get(member.field().name()),
              expression(member.field().type().trueType(), member.value()));
    }
    var sets =
        struct.members().stream()
            .map(
                member ->
                    "¦⟦.%s(%s)⟧"
                        .formatted(
                            fields.get(member.field().name()),
                            expression(member.field().type().trueType(), member.value())))
            .collect(Collectors.joining());
    return (names.isRecord(type) ? "%s.builder()%s¦⟦.build()⟧" : "new %s()%s")
        .formatted(names.java(type), sets);
  }

  /// Returns a Java string literal.
  public static String quote(String text) {
    var literal = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> literal.append('\\').append(c);
        case '\n' -> literal.append("\\n");
        case '\r' -> literal.append("\\r");
        case '\t' -> literal.append("\\t");
        default ->
            literal.append(isPlain(c) ? Character.toString(c) : "\\u%04x".formatted((int) c));
      }
    }
    return literal.append('"').toString();
  }

  /// Whether a reader of the source sees the character as what it is, and [JavaSource] does too.
  private static boolean isPlain(char c) {
    return !JavaSource.isMark(c) && isVisible(c);
  }

  private static boolean isVisible(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  /// Emits the method that literals of maps call, if one of these expressions does.
  public static void mapHelper(JavaSource out, List<String> expressions) {
    if (expressions.stream().noneMatch(it -> it.contains(MAP_METHOD + "("))) {
      return;
    }
    out.blank();
    out.code("@`SafeVarargs`");
    out.code("private static <K, V> `Map`<K, V> mapOf(`Map`.Entry<K, V>... entries) {");
    out.code("var map = new `LinkedHashMap`<K, V>();");
    out.code("for (var entry : entries) {");
    out.code("map.put(entry.getKey(), entry.getValue());");
    out.code("}");
    out.code("return `Collections`.unmodifiableMap(map);");
    out.code("}");
  }
}
