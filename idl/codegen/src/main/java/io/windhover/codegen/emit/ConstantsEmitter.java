package io.windhover.codegen.emit;

import io.windhover.codegen.model.ConstantItem;
import io.windhover.codegen.model.JavaLiterals;
import io.windhover.codegen.model.JavaSource;
import io.windhover.codegen.model.WireType;
import io.windhover.codegen.model.WireType.Container;
import io.windhover.codegen.model.WireType.ListType;
import io.windhover.codegen.model.WireType.MapType;
import io.windhover.codegen.model.WireType.Scalar;
import io.windhover.codegen.model.WireType.SetType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Emits the constants of a file.
///
/// A method may have 64 KiB of bytecode, the initializer of a class too. So what is large is made
/// by methods of its own, containers of many elements by several. And a class may have 65,535
/// entries in its constant pool, so that very many of these methods are in nested classes.
public final class ConstantsEmitter {

  /// What a part of a container weighs at most, and about how many bytecodes it has.
  private static final int MAX_PART = 6_000;

  /// What all constants weigh that the initializer of the class makes itself.
  private static final int MAX_INITIALIZER = 20_000;

  /// How many parts a class has: a short text weighs 12 and takes two entries.
  private static final int PARTS = 40;

  private static final int ELEMENT = 8; // to box an element and to store it

  private final JavaSource out;
  private final String name;
  private final List<Part> parts = new ArrayList<>();
  private final List<String> holders = new ArrayList<>();
  private Set<String> taken = Set.of();
  private int initializer;

  /// What a private method makes.
  private record Part(String name, String type, String value) {}

  public ConstantsEmitter(JavaSource out, String name) {
    this.out = out;
    this.name = name;
  }

  public void emit(List<ConstantItem> items) {
    taken = items.stream().map(ConstantItem::name).collect(Collectors.toSet());
    var mutable = items.stream().filter(ConstantItem::isMutable).toList();
    var immutable = items.stream().filter(item -> !item.isMutable()).toList();
    out.docText(
        "The constants of the IDL."
            + (mutable.isEmpty() ? "" : " Those that hold structs are made anew by each call."));
    out.code("public final class %s {".formatted(name));
    immutable.forEach(this::field);
    if (!immutable.isEmpty()) {
      out.blank();
    }
    out.code("private %s() {}".formatted(name));
    mutable.forEach(this::method);
    parts.stream().limit(PARTS).forEach(this::part);
    JavaLiterals.mapHelper(out, items.stream().map(ConstantItem::value).toList());
    var large = items.stream().filter(ConstantsEmitter::isLarge).toList();
    if (!large.isEmpty()) {
      joinHelper();
    }
    if (large.stream().anyMatch(item -> item.type() instanceof MapType)) {
      mapHelper();
    }
    holders();
    out.code("}");
  }

  private void holders() {
    for (int i = 0; i < holders.size(); i++) {
      int from = (i + 1) * PARTS;
      out.blank();
      out.code("private static final class %s {".formatted(holders.get(i)));
      out.code("private %s() {}".formatted(holders.get(i)));
      parts.subList(from, Math.min(parts.size(), from + PARTS)).forEach(this::part);
      out.code("}");
    }
  }

  private void field(ConstantItem item) {
    var value = value(item);
    if (!isLiteral(item.type())) {
      initializer += weight(value);
      if (initializer > MAX_INITIALIZER) {
        value = part(item.type().java(), value);
      }
    }
    out.doc(item.doc());
    out.code(
        "public static final %s %s = ¦⟦%s;⟧".formatted(item.type().java(), item.name(), value));
  }

  /// Whether the class file holds the value itself, rather than code that makes it.
  private static boolean isLiteral(WireType type) {
    return type instanceof Scalar && type != Scalar.BINARY && type != Scalar.UUID;
  }

  private void method(ConstantItem item) {
    out.blank();
    out.doc(item.doc());
    out.code("public static %s %s() {".formatted(item.type().java(), item.name()));
    out.code("return %s;".formatted(value(item)));
    out.code("}");
  }

  private static boolean isLarge(ConstantItem item) {
    return item.elements().stream().mapToInt(ConstantsEmitter::weight).sum() > MAX_PART;
  }

  /// Source code is about as long as its bytecode, but for short elements.
  private static int weight(String element) {
    return element.length() + ELEMENT;
  }

  /// Returns the expression for a constant: for a large one, that joins its parts.
  private String value(ConstantItem item) {
    if (!isLarge(item)) {
      return item.value();
    }
    return switch ((Container) item.type()) {
      case ListType list -> joined(list.element().boxed(), item.elements());
      case SetType set ->
          "`Collections`.unmodifiableSet(new `LinkedHashSet`<>(%s))"
              .formatted(joined(set.element().boxed(), item.elements()));
      case MapType map ->
          "mapOf(%s)"
              .formatted(
                  joined(
                      "`Map`.Entry<%s, %s>".formatted(map.key().boxed(), map.value().boxed()),
                      item.elements()));
    };
  }

  private String joined(String type, List<String> elements) {
    var calls = new ArrayList<String>();
    var part = new ArrayList<String>();
    int weight = 0;
    for (var element : elements) {
      weight += weight(element);
      if (weight > MAX_PART && !part.isEmpty()) {
        calls.add(part(type, part));
        part.clear();
        weight = weight(element);
      }
      part.add(element);
    }
    calls.add(part(type, part));
    return "joined(⟦¦%s⟧)".formatted(String.join(", ¦", calls));
  }

  private String part(String type, List<String> elements) {
    return part(
        "`List`<%s>".formatted(type), "`List`.of(%s)".formatted(JavaLiterals.broken(elements)));
  }

  /// Returns a call of a method that gives the value.
  private String part(String type, String value) {
    var method = "part" + parts.size();
    while (taken.contains(method)) {
      method += "_";
    }
    int holder = parts.size() / PARTS - 1;
    if (holder == holders.size()) {
      holders.add(out.freeTypeName("Part" + (holder + 1)));
    }
    parts.add(new Part(method, type, value));
    return (holder < 0 ? "" : holders.get(holder) + ".") + method + "()";
  }

  private void part(Part part) {
    out.blank();
    out.code("private static %s %s() {".formatted(part.type, part.name));
    out.code("return %s;".formatted(part.value));
    out.code("}");
  }

  private void joinHelper() {
    out.blank();
    out.code("@`SafeVarargs`");
    out.code("private static <E> `List`<E> joined(`List`<E>... parts) {");
    out.code("var all = new `ArrayList`<E>();");
    out.code("for (var part : parts) {");
    out.code("all.addAll(part);");
    out.code("}");
    out.code("return `Collections`.unmodifiableList(all);");
    out.code("}");
  }

  private void mapHelper() {
    out.blank();
    out.code("private static <K, V> `Map`<K, V> mapOf(`List`<`Map`.Entry<K, V>> entries) {");
    out.code("var map = new `LinkedHashMap`<K, V>();");
    out.code("entries.forEach(entry -> map.put(entry.getKey(), entry.getValue()));");
    out.code("return `Collections`.unmodifiableMap(map);");
    out.code("}");
  }
}
