package io.windhover.codegen.proto;

import io.windhover.codegen.model.JavaSource;
import io.windhover.codegen.proto.FieldModel.Many;
import io.windhover.codegen.proto.FieldModel.MapOf;
import io.windhover.codegen.proto.FieldModel.Numeric;
import io.windhover.codegen.proto.FieldModel.OfMessage;
import io.windhover.codegen.proto.FieldModel.One;
import io.windhover.codegen.proto.MessageModel.OneofModel;
import io.windhover.proto.MessageType;
import io.windhover.proto.ast.Comment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Emits the class of a message, with all that is nested in it.
final class MessageEmitter {

  /// How many fields a method deals with: HotSpot compiles none above 8,000 bytecodes.
  static final int PART = 64;

  private final JavaSource out;
  private final ProtoNames names;
  private final MessageModel message;
  private final String name;

  MessageEmitter(JavaSource out, ProtoNames names, MessageType type) {
    this.out = out;
    this.names = names;
    this.message = MessageModel.of(type, names);
    this.name = message.name();
  }

  /// Returns the lines of a comment.
  static List<String> doc(Optional<Comment> comment) {
    return comment
        .map(it -> it.text().strip().lines().map(String::strip).toList())
        .orElse(List.of());
  }

  void emit() {
    out.doc(doc(message.type().comment()));
    boolean isTop = message.type().parent().isEmpty();
    out.code("public %sfinal class %s {".formatted(isTop ? "" : "static ", name));
    out.code("public static final Codec CODEC = new Codec();");
    out.blank();
    declarations();
    out.blank();
    out.code("public %s() {}".formatted(name));
    out.blank();
    message.fields().forEach(this::accessors);
    message.oneofs().forEach(this::oneofAccessors);
    out.blank();
    out.docText("Returns what a peer sent that this IDL does not declare, extensions among it.");
    out.method("public `UnknownFields` unknownFields()", "return unknownFields;");
    deepCopy();
    new MessageMethods(out, message).emit();
    for (var type : message.type().enums()) {
      out.blank();
      new ProtoEnumEmitter(out, names, type).emit();
    }
    for (var oneof : message.oneofs()) {
      out.blank();
      new OneofEmitter(out, oneof).emit();
    }
    for (var inner : message.type().messages()) {
      if (!inner.isMapEntry()) {
        out.blank();
        new MessageEmitter(out, names, inner).emit();
      }
    }
    out.blank();
    out.docText("Reads and writes [" + name + "].");
    new MessageCodecEmitter(out, names, message).emit();
    out.code("}");
  }

  private void declarations() {
    for (int i = 0; i < FieldCode.words(message.fields()); i++) {
      out.code("private int %s;".formatted(FieldCode.word(i)));
    }
    for (var field : message.fields()) {
      var initial = field.initial();
      out.code(
          "private %s %s%s;"
              .formatted(field.java(), field.name(), initial.isEmpty() ? "" : " = ¦" + initial));
    }
    for (var oneof : message.oneofs()) {
      out.code("private %s %s;".formatted(oneof.java(), oneof.name()));
    }
    out.code("private `UnknownFields` unknownFields = `UnknownFields`.NONE;");
  }

  private void accessors(FieldModel field) {
    var doc = doc(field.field().comment());
    if (!doc.isEmpty() || field.isMessage()) {
      out.blank();
    }
    out.doc(doc);
    if (field.isMessage()) {
      out.docText("@return null until set");
    }
    var own = field.name();
    out.method(
        "public %s %s()".formatted(field.java(), own),
        field.isNullable() && !field.isMessage()
            ? "return %s != null ? %s : %s;".formatted(own, own, field.defaultCode())
            : "return %s;".formatted(own));
    var set = new ArrayList<String>();
    set.add("this.%s = ¦%s;".formatted(own, field.isPrimitive() ? own : required(own)));
    if (field.bit() >= 0) {
      set.add("this.%s |= %s;".formatted(FieldCode.word(field), FieldCode.mask(field)));
    }
    setter(own, field.java(), set);
    if (field.hasPresence()) {
      presence(field);
    }
  }

  private static String required(String own) {
    return "`Objects`.requireNonNull(%s, \"%s\")".formatted(own, own);
  }

  private void setter(String own, String java, List<String> statements) {
    statements.add("return this;");
    out.method(
        "public %s %s(%s %s)".formatted(name, own, java, own), statements.toArray(String[]::new));
  }

  private void presence(FieldModel field) {
    out.method(
        "public boolean has%s()".formatted(field.stem()),
        "return %s;".formatted(FieldCode.isSet(field, "")));
    var clear = new ArrayList<String>();
    if (field.bit() >= 0) {
      clear.add("this.%s = %s;".formatted(field.name(), zero(field)));
      clear.add("this.%s &= ~(%s);".formatted(FieldCode.word(field), FieldCode.mask(field)));
    } else {
      clear.add("this.%s = null;".formatted(field.name()));
    }
    clear.add("return this;");
    out.method("public %s clear%s()".formatted(name, field.stem()), clear.toArray(String[]::new));
  }

  private static String zero(FieldModel field) {
    if (!field.defaultCode().isEmpty()) {
      return field.defaultCode();
    }
    return field.value() instanceof Numeric(var kind) && kind == NumberKind.BOOL ? "false" : "0";
  }

  private void oneofAccessors(OneofModel oneof) {
    var own = oneof.name();
    out.blank();
    out.doc(doc(oneof.oneof().comment()));
    out.docText("@return null until set");
    out.method("public %s %s()".formatted(oneof.java(), own), "return %s;".formatted(own));
    var set = new ArrayList<String>();
    set.add("this.%s = ¦%s;".formatted(own, required(own)));
    setter(own, oneof.java(), set);
    out.method(
        "public boolean has%s()".formatted(oneof.stem()), "return %s != null;".formatted(own));
    out.method(
        "public %s clear%s()".formatted(name, oneof.stem()),
        "this.%s = null;".formatted(own),
        "return this;");
  }

  // ---- copies

  private void deepCopy() {
    var parts = parts(message.fields());
    out.blank();
    out.code("public %s deepCopy() {".formatted(name));
    out.code("var copy = new %s();".formatted(name));
    for (int i = 0; i < FieldCode.words(message.fields()); i++) {
      out.code("copy.%s = this.%s;".formatted(FieldCode.word(i), FieldCode.word(i)));
    }
    if (parts.size() == 1) {
      message.fields().forEach(this::copy);
    } else {
      for (int i = 0; i < parts.size(); i++) {
        out.code("copyPart%s(copy);".formatted(i));
      }
    }
    for (var oneof : message.oneofs()) {
      var own = "this." + oneof.name();
      out.code(
          "copy.%s = %s;"
              .formatted(
                  oneof.name(),
                  oneof.holdsMessage()
                      ? "%s == null ? null : %s.deepCopy()".formatted(own, own)
                      : own));
    }
    out.code("copy.unknownFields = this.unknownFields;");
    out.code("return copy;");
    out.code("}");
    for (int i = 0; parts.size() > 1 && i < parts.size(); i++) {
      out.blank();
      out.code("private void copyPart%s(%s copy) {".formatted(i, name));
      parts.get(i).forEach(this::copy);
      out.code("}");
    }
  }

  /// Returns the fields in pieces, of which each fits into a method.
  static <T> List<List<T>> parts(List<T> fields) {
    var parts = new ArrayList<List<T>>();
    for (int from = 0; from < fields.size(); from += PART) {
      parts.add(fields.subList(from, Math.min(fields.size(), from + PART)));
    }
    return parts.isEmpty() ? List.of(List.of()) : parts;
  }

  private void copy(FieldModel field) {
    var to = "copy." + field.name();
    var own = "this." + field.name();
    switch (field.holding()) {
      case One _ ->
          out.code(
              field.value() instanceof OfMessage
                  ? "%s = %s == null ? null : %s.deepCopy();".formatted(to, own, own)
                  : "%s = %s;".formatted(to, own));
      case Many _ -> {
        switch (field.value()) {
          case Numeric(var kind) -> out.code("%s = %s.copyOf(%s);".formatted(to, kind.list(), own));
          case OfMessage _ -> {
            out.code("%s = new `ArrayList`<>(%s.size());".formatted(to, own));
            out.code("%s.forEach(element -> %s.add(element.deepCopy()));".formatted(own, to));
          }
          default -> out.code("%s = new `ArrayList`<>(%s);".formatted(to, own));
        }
      }
      case MapOf _ -> {
        if (field.value() instanceof OfMessage) {
          out.code("%s = `LinkedHashMap`.newLinkedHashMap(%s.size());".formatted(to, own));
          out.code("%s.forEach((key, value) -> %s.put(key, value.deepCopy()));".formatted(own, to));
        } else {
          out.code("%s = new `LinkedHashMap`<>(%s);".formatted(to, own));
        }
      }
    }
  }
}
