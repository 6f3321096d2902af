package io.windhover.codegen.emit;

import io.windhover.codegen.model.JavaField;
import io.windhover.codegen.model.JavaSource;
import io.windhover.codegen.model.Parts;
import io.windhover.codegen.model.WireType.Scalar;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Emits `equals` and `hashCode` of a class with fields.
final class EqualityMethods {

  /// Names that local variables of the emitted methods have.
  private static final Set<String> LOCAL = Set.of("other", "that", "hash");

  private static final String AND = " ¶&& ";

  private final JavaSource out;
  private final String name;
  private final List<JavaField> fields;
  private final List<List<JavaField>> parts;

  EqualityMethods(JavaSource out, String name, List<JavaField> fields) {
    this.out = out;
    this.name = name;
    this.fields = fields;
    this.parts = Parts.of(fields);
  }

  void emit() {
    equality();
    hash();
  }

  private void equality() {
    out.blank();
    out.docText("Compares the fields of the IDL: unknown ones do not count.");
    out.code("@`Override` public boolean equals(`Object` other) {");
    out.code(
        "return this == other ¦⟦|| other instanceof %s%s;⟧"
            .formatted(name, fields.isEmpty() ? "" : " that ¦&& ⟦" + same() + "⟧"));
    out.code("}");
    for (int part = 0; isWide() && part < parts.size(); part++) {
      out.blank();
      out.code("private boolean samePart%s(%s that) {".formatted(part, name));
      out.code("return ¦⟦%s;⟧".formatted(same(parts.get(part))));
      out.code("}");
    }
  }

  private boolean isWide() {
    return parts.size() > 1;
  }

  private String same() {
    return isWide()
        ? IntStream.range(0, parts.size())
            .mapToObj("samePart%s(that)"::formatted)
            .collect(Collectors.joining(AND))
        : same(fields);
  }

  private static String same(List<JavaField> fields) {
    return fields.stream().map(EqualityMethods::same).collect(Collectors.joining(AND));
  }

  private static String same(JavaField field) {
    var own = own(field);
    var that = "that." + field.name();
    String test;
    if (!field.isPrimitive()) {
      var form = field.isNeverNull() ? "%s.equals(%s)" : "`Objects`.equals(%s, %s)";
      test = form.formatted(own, that);
    } else if (field.type() == Scalar.DOUBLE) {
      test = "`Double`.compare(%s, %s) == 0".formatted(own, that);
    } else {
      test = "%s == %s".formatted(own, that);
    }
    return field.hasFlag()
        ? "%s%shas%s == that.has%s".formatted(test, AND, field.stem(), field.stem())
        : test;
  }

  private void hash() {
    out.blank();
    var head = "@`Override` public int hashCode()";
    if (fields.isEmpty()) {
      out.method(head, "return %s;".formatted(name.hashCode()));
      return;
    }
    out.code(head + " {");
    if (isWide()) {
      out.code("var hash = new `StructHash`();");
      for (int part = 0; part < parts.size(); part++) {
        out.code("hashPart%s(hash);".formatted(part));
      }
      out.code("return hash.value();");
    } else {
      out.code("return new `StructHash`()¦⟦%s¶.value();⟧".formatted(added(fields)));
    }
    out.code("}");
    for (int part = 0; isWide() && part < parts.size(); part++) {
      out.blank();
      out.code("private void hashPart%s(`StructHash` hash) {".formatted(part));
      out.code("hash¦⟦%s;⟧".formatted(added(parts.get(part))));
      out.code("}");
    }
  }

  private static String added(List<JavaField> fields) {
    return fields.stream()
        .map(field -> ".add(%s)".formatted(own(field)))
        .collect(Collectors.joining("¶"));
  }

  /// Returns the private field, told apart from a local variable where one has the same name.
  private static String own(JavaField field) {
    return LOCAL.contains(field.name()) ? "this." + field.name() : field.name();
  }
}
