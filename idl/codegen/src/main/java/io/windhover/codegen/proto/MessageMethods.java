package io.windhover.codegen.proto;

import io.windhover.codegen.model.JavaLiterals;
import io.windhover.codegen.model.JavaSource;
import io.windhover.codegen.proto.FieldModel.Numeric;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Emits `equals`, `hashCode` and `toString` of a message.
final class MessageMethods {

  private final JavaSource out;
  private final MessageModel message;
  private final String name;
  private final List<List<String>> same = new ArrayList<>();
  private final List<List<String>> hashed = new ArrayList<>();

  MessageMethods(JavaSource out, MessageModel message) {
    this.out = out;
    this.message = message;
    this.name = message.name();
    for (var part : MessageEmitter.parts(message.fields())) {
      same.add(new ArrayList<>(part.stream().map(MessageMethods::same).toList()));
      hashed.add(new ArrayList<>(part.stream().map(it -> "this." + it.name()).toList()));
    }
    for (int i = 0; i < FieldCode.words(message.fields()); i++) {
      var word = FieldCode.word(i);
      same.getLast().add("this.%s == that.%s".formatted(word, word));
    }
    for (var oneof : message.oneofs()) {
      same.getLast()
          .add("`Objects`.equals(this.%s, that.%s)".formatted(oneof.name(), oneof.name()));
      hashed.getLast().add("this." + oneof.name());
    }
  }

  private static String same(FieldModel field) {
    var own = "this." + field.name();
    var that = "that." + field.name();
    if (field.isPrimitive() && field.value() instanceof Numeric(var kind)) {
      return switch (kind) {
        case FLOAT, DOUBLE -> "%s.compare(%s, %s) == 0".formatted(kind.boxed(), own, that);
        default -> "%s == %s".formatted(own, that);
      };
    }
    var form = field.isNullable() ? "`Objects`.equals(%s, %s)" : "%s.equals(%s)";
    return form.formatted(own, that);
  }

  void emit() {
    equality();
    hash();
    text();
  }

  private boolean isWide() {
    return same.size() > 1;
  }

  private void equality() {
    var all =
        isWide()
            ? IntStream.range(0, same.size()).mapToObj("samePart%s(that)"::formatted).toList()
            : same.getFirst();
    out.blank();
    out.docText("Compares the fields of the IDL: unknown ones do not count.");
    out.code("@`Override` public boolean equals(`Object` other) {");
    out.code(
        "return this == other ¦⟦|| other instanceof %s%s;⟧"
            .formatted(name, all.isEmpty() ? "" : " that ¦&& ⟦" + joined(all) + "⟧"));
    out.code("}");
    for (int i = 0; isWide() && i < same.size(); i++) {
      out.blank();
      out.code("private boolean samePart%s(%s that) {".formatted(i, name));
      out.code("return ¦⟦%s;⟧".formatted(joined(same.get(i))));
      out.code("}");
    }
  }

  private static String joined(List<String> conditions) {
    return String.join(" ¶&& ", conditions);
  }

  private void hash() {
    out.blank();
    if (hashed.getFirst().isEmpty()) {
      out.method(
          "@`Override` public int hashCode()",
          "return %s;".formatted(message.type().fullName().hashCode()));
      return;
    }
    out.code("@`Override` public int hashCode() {");
    if (isWide()) {
      out.code("var hash = new `MessageHash`();");
      for (int i = 0; i < hashed.size(); i++) {
        out.code("hashPart%s(hash);".formatted(i));
      }
      out.code("return hash.value();");
    } else {
      out.code("return new `MessageHash`()¦⟦%s¶.value();⟧".formatted(added(hashed.getFirst())));
    }
    out.code("}");
    for (int i = 0; isWide() && i < hashed.size(); i++) {
      out.blank();
      out.code("private void hashPart%s(`MessageHash` hash) {".formatted(i));
      out.code("hash¦⟦%s;⟧".formatted(added(hashed.get(i))));
      out.code("}");
    }
  }

  private static String added(List<String> values) {
    return String.join("¶", values.stream().map(".add(%s)"::formatted).toList());
  }

  private void text() {
    var shown = new ArrayList<List<String>>();
    for (var part : MessageEmitter.parts(message.fields())) {
      shown.add(new ArrayList<>(part.stream().map(MessageMethods::shown).toList()));
    }
    for (var oneof : message.oneofs()) {
      shown.getLast().add(".field(\"%s\", this.%s)".formatted(oneof.name(), oneof.name()));
    }
    out.blank();
    out.code("@`Override` public `String` toString() {");
    if (isWide()) {
      out.code("var text = new `MessageText`(\"%s\");".formatted(name));
      shown.forEach(part -> out.code("text¦⟦%s;⟧".formatted(String.join("¶", part))));
      out.code("return text.toString();");
    } else {
      shown.getFirst().add(".toString()");
      out.code(
          "return new `MessageText`(\"%s\")¦⟦%s;⟧"
              .formatted(name, String.join("¶", shown.getFirst())));
    }
    out.code("}");
  }

  private static String shown(FieldModel field) {
    var own = "this." + field.name();
    return ".%s(%s, %s)"
        .formatted(
            field.isRedacted() ? "redacted" : "field",
            JavaLiterals.quote(field.name()),
            field.bit() >= 0 ? "has%s() ? %s : null".formatted(field.stem(), own) : own);
  }
}
