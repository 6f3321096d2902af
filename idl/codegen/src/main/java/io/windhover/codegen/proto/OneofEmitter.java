package io.windhover.codegen.proto;

import io.windhover.codegen.model.JavaSource;
import io.windhover.codegen.proto.FieldModel.OfMessage;
import io.windhover.codegen.proto.MessageModel.OneofModel;

/// Emits the sealed interface of a oneof: a record for each of its fields.
final class OneofEmitter {

  private final JavaSource out;
  private final OneofModel oneof;

  OneofEmitter(JavaSource out, OneofModel oneof) {
    this.out = out;
    this.oneof = oneof;
  }

  void emit() {
    out.doc(MessageEmitter.doc(oneof.oneof().comment()));
    out.code("public sealed interface %s {".formatted(oneof.simple()));
    for (var arm : oneof.arms()) {
      out.verbatim(() -> arm(arm));
    }
    if (oneof.holdsMessage()) {
      deepCopy();
    }
    out.code("}");
  }

  private void arm(FieldModel arm) {
    out.doc(MessageEmitter.doc(arm.field().comment()));
    out.code(
        "record %s(%s value) implements %s {"
            .formatted(arm.name(), arm.value().java(), oneof.simple()));
    if (!arm.isPrimitive()) {
      out.method(
          "public " + arm.name(),
          "`Objects`.requireNonNull(value, \"%s\");".formatted(arm.field().name()));
    }
    out.method(
        "@`Override` public `String` toString()",
        "return new `MessageText`(\"%s\").%s(\"value\", value).toString();"
            .formatted(arm.name(), arm.isRedacted() ? "redacted" : "field"));
    out.code("}");
    out.blank();
  }

  private void deepCopy() {
    out.code("default %s deepCopy() {".formatted(oneof.simple()));
    out.code("return switch (this) {");
    boolean isAll = true;
    for (var arm : oneof.arms()) {
      if (arm.value() instanceof OfMessage) {
        out.code(
            "case %s arm -> new %s(arm.value().deepCopy());".formatted(arm.name(), arm.name()));
      } else {
        isAll = false;
      }
    }
    if (!isAll) {
      out.code("default -> this;");
    }
    out.code("};");
    out.code("}");
  }
}
