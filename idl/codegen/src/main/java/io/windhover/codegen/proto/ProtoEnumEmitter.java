package io.windhover.codegen.proto;

import io.windhover.codegen.model.JavaSource;
import io.windhover.proto.EnumType;
import io.windhover.proto.EnumValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Emits an enum: an open one as a sealed interface of the declared constants and of any other
/// number, a closed one as an enum of Java.
final class ProtoEnumEmitter {

  private final JavaSource out;
  private final ProtoNames names;
  private final EnumType type;
  private final String name;
  private final List<EnumValue> distinct = new ArrayList<>();
  private final Map<EnumValue, EnumValue> aliases = new HashMap<>();

  ProtoEnumEmitter(JavaSource out, ProtoNames names, EnumType type) {
    this.out = out;
    this.names = names;
    this.type = type;
    this.name = names.simple(type);
    var first = new HashMap<Integer, EnumValue>();
    for (var value : type.values()) {
      var other = first.putIfAbsent(value.number(), value);
      if (other == null) {
        distinct.add(value);
      } else {
        aliases.put(value, other);
      }
    }
  }

  void emit() {
    out.doc(MessageEmitter.doc(type.comment()));
    if (type.isClosed()) {
      closed();
    } else {
      open();
    }
  }

  private void open() {
    out.code("public sealed interface %s extends `ProtoEnum` {".formatted(name));
    for (var value : type.values()) {
      out.doc(MessageEmitter.doc(value.comment()));
      var alias = aliases.get(value);
      out.code(
          "%s %s = %s;"
              .formatted(
                  name,
                  names.constant(value),
                  alias != null ? names.constant(alias) : "Known." + names.constant(value)));
      out.blank();
    }
    out.docText("For lists and maps.");
    out.code("`EnumType`<%s> TYPE = `EnumType`.of(%s::of);".formatted(name, name));
    out.blank();
    out.docText("Returns the constant of that number, or an [Unknown] that keeps it.");
    of("static", "new Unknown(value)");
    out.blank();
    out.docText("The constants that the IDL declares.");
    out.code("enum Known implements %s {".formatted(name));
    constants();
    out.blank();
    numbers("Known");
    out.code("}");
    out.blank();
    out.docText("A number from a peer whose IDL declares more constants.");
    out.verbatim(() -> out.code("record Unknown(int value) implements %s {}".formatted(name)));
    out.code("}");
  }

  private void closed() {
    out.code("public enum %s implements `ProtoEnum` {".formatted(name));
    constants();
    out.blank();
    for (var value : type.values()) {
      var alias = aliases.get(value);
      if (alias != null) {
        out.doc(MessageEmitter.doc(value.comment()));
        out.code(
            "public static final %s %s = %s;"
                .formatted(name, names.constant(value), names.constant(alias)));
        out.blank();
      }
    }
    out.docText("For lists and maps.");
    out.code(
        "public static final `EnumType`<%s> TYPE = `EnumType`.of(%s::of);".formatted(name, name));
    out.blank();
    numbers(name);
    out.blank();
    out.docText("Returns the constant of that number, null if there is none.");
    of("public static", "null");
    out.code("}");
  }

  private void constants() {
    for (int i = 0; i < distinct.size(); i++) {
      var value = distinct.get(i);
      if (type.isClosed()) {
        out.doc(MessageEmitter.doc(value.comment()));
      }
      out.code(
          "%s(%s)%s"
              .formatted(
                  names.constant(value), value.number(), i + 1 < distinct.size() ? "," : ";"));
    }
  }

  private void numbers(String constructor) {
    out.code("private final int value;");
    out.blank();
    out.code("%s(int value) {".formatted(constructor));
    out.code("this.value = value;");
    out.code("}");
    out.blank();
    out.code("@`Override`");
    out.code("public int value() {");
    out.code("return value;");
    out.code("}");
  }

  private void of(String modifiers, String otherwise) {
    out.code("%s %s of(int value) {".formatted(modifiers, name));
    out.code("return switch (value) {");
    for (var value : distinct) {
      out.code("case %s -> %s;".formatted(value.number(), names.constant(value)));
    }
    out.code("default -> %s;".formatted(otherwise));
    out.code("};");
    out.code("}");
  }
}
