package io.windhover.codegen.emit;

import io.windhover.codegen.model.JavaField;
import io.windhover.codegen.model.JavaSource;
import io.windhover.codegen.model.Parts;
import java.util.List;

/// Emits `toString` of a class with fields.
final class TextMethod {

  /// Java wants a call of a method of this name to name its object.
  private static final String YIELD = "yield";

  private static final String TEXT = "text";

  private final JavaSource out;
  private final String name;
  private final List<JavaField> fields;
  private final List<List<JavaField>> parts;

  TextMethod(JavaSource out, String name, List<JavaField> fields) {
    this.out = out;
    this.name = name;
    this.fields = fields;
    this.parts = Parts.of(fields);
  }

  void emit() {
    out.blank();
    out.code("@`Override` public `String` toString() {");
    if (parts.size() == 1) {
      out.code("return %s¦⟦%s.toString();⟧".formatted(start(), calls(fields)));
      out.code("}");
      return;
    }
    out.code("var text = %s;".formatted(start()));
    for (int part = 0; part < parts.size(); part++) {
      out.code("textPart%s(text);".formatted(part));
    }
    out.code("return text.toString();");
    out.code("}");
    for (int part = 0; part < parts.size(); part++) {
      out.blank();
      out.code("private void textPart%s(`StructText` text) {".formatted(part));
      out.code("text¦⟦%s;⟧".formatted(calls(parts.get(part))));
      out.code("}");
    }
  }

  private String start() {
    return "new `StructText`(\"%s\")".formatted(name);
  }

  private String calls(List<JavaField> fields) {
    var calls = new StringBuilder();
    for (var field : fields) {
      calls.append(call(field)).append('¶');
    }
    return calls.toString();
  }

  private String call(JavaField field) {
    return ".%s(\"%s\", %s)"
        .formatted(field.isRedacted() ? "redacted" : "field", field.idlName(), value(field));
  }

  /// Returns the value, or null if there is none: an absent field has its default, as the accessor
  /// gives it.
  private String value(JavaField field) {
    if (field.isOptional()
        && field.defaultCode() != null
        && !field.isComponent()
        && !field.isRedacted()) {
      return (field.name().equals(YIELD) ? "this." : "") + field.name() + "()";
    }
    boolean isHidden = parts.size() > 1 && field.name().equals(TEXT);
    var own = isHidden ? "this." + TEXT : field.name();
    return field.hasFlag() ? "has%s ? %s : null".formatted(field.stem(), own) : own;
  }
}
