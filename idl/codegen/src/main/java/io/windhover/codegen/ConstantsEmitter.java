package io.windhover.codegen;

import java.util.List;

/// Emits the constants of a file.
final class ConstantsEmitter {

  /// A constant.
  ///
  /// @param value a Java expression
  /// @param fresh whether each user gets an object of its own, since it can be changed
  record Item(String name, WireType type, String value, boolean fresh, List<String> doc) {}

  private final JavaSource out;
  private final String name;

  ConstantsEmitter(JavaSource out, String name) {
    this.out = out;
    this.name = name;
  }

  void emit(List<Item> items) {
    out.docText("The constants of the IDL.");
    out.code("public final class %s {".formatted(name));
    for (var item : items) {
      out.doc(item.doc());
      if (item.fresh()) {
        out.code("public static %s %s() {".formatted(item.type().java(), item.name()));
        out.code("return ⟦%s;⟧".formatted(item.value()));
        out.code("}");
      } else {
        out.code(
            "public static final %s %s = ¦⟦%s;⟧"
                .formatted(item.type().java(), item.name(), item.value()));
      }
    }
    out.blank();
    out.code("private %s() {}".formatted(name));
    JavaLiterals.mapHelper(out, items.stream().map(Item::value).toList());
    out.code("}");
  }
}
