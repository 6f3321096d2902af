package io.windhover.codegen;

import java.util.List;

/// Emits the constants of a file.
final class ConstantsEmitter {

  /// A constant.
  ///
  /// @param value a Java expression
  /// @param isMutable whether there is something in it that users could change
  record Item(String name, WireType type, String value, boolean isMutable, List<String> doc) {}

  private final JavaSource out;
  private final String name;

  ConstantsEmitter(JavaSource out, String name) {
    this.out = out;
    this.name = name;
  }

  void emit(List<Item> items) {
    var mutable = items.stream().filter(Item::isMutable).toList();
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
    JavaLiterals.mapHelper(out, items.stream().map(Item::value).toList());
    out.code("}");
  }

  private void field(Item item) {
    out.doc(item.doc());
    out.code(
        "public static final %s %s = ¦⟦%s;⟧"
            .formatted(item.type().java(), item.name(), item.value()));
  }

  private void method(Item item) {
    out.blank();
    out.doc(item.doc());
    out.code("public static %s %s() {".formatted(item.type().java(), item.name()));
    out.code("return %s;".formatted(item.value()));
    out.code("}");
  }
}
