package io.windhover.codegen;

import io.windhover.codegen.WireType.Container;
import io.windhover.codegen.WireType.EnumType;
import io.windhover.codegen.WireType.Scalar;
import java.util.List;
import java.util.Set;

/// Emits a union: a sealed interface with a record for each arm.
final class UnionEmitter {

  /// Names that no arm's record can have.
  static final Set<String> RESERVED = Set.of("Codec", "Unknown");

  private final JavaSource out;
  private final String name;
  private final List<JavaField> arms;

  /// @param arms the fields; the record of an arm is named by its stem
  UnionEmitter(JavaSource out, String name, List<JavaField> arms) {
    this.out = out;
    this.name = name;
    this.arms = arms;
  }

  void emit(List<String> doc) {
    out.doc(doc);
    out.code("public sealed interface %s {".formatted(name));
    out.code("Codec CODEC = new Codec();");
    for (var arm : arms) {
      out.blank();
      out.doc(arm.doc());
      record(arm.stem(), arm.type().java(), arm.type().isPrimitive() ? "" : arm.idlName());
    }
    out.blank();
    out.docText("What a peer sent that this IDL does not declare, or an empty union.");
    record("Unknown", "`UnknownFields`", "unknown");
    out.blank();
    deepCopy();
    out.blank();
    out.docText("Reads and writes [" + name + "].");
    out.code("final class Codec implements `StructCodec`<%s> {".formatted(name));
    out.code("private Codec() {}");
    out.blank();
    read();
    out.blank();
    write();
    out.code("}");
    out.code("}");
  }

  /// @param refused what to say if the value is null; empty if it cannot be
  private void record(String arm, String type, String refused) {
    var head = "record %s(%s value) implements %s {".formatted(arm, type, name);
    if (refused.isEmpty()) {
      out.code(head + "}");
      return;
    }
    out.code(head);
    out.code("public %s {".formatted(arm));
    out.code("`Objects`.requireNonNull(value, \"%s\");".formatted(refused));
    out.code("}");
    out.code("}");
  }

  private void deepCopy() {
    out.code("default %s deepCopy() {".formatted(name));
    out.code("return switch (this) {");
    for (var arm : arms) {
      var label = "case %s arm -> ".formatted(arm.stem());
      if (arm.type().isImmutable()) {
        out.code(label + "arm;");
      } else if (arm.type() instanceof Container) {
        out.code(label + "{");
        var copy = new ValueCode(out).copy(arm.type(), "arm.value()");
        out.code("yield new %s(%s);".formatted(arm.stem(), copy));
        out.code("}");
      } else {
        out.code(label + "¦new %s(arm.value().deepCopy());".formatted(arm.stem()));
      }
    }
    out.code("case Unknown arm -> arm;");
    out.code("};");
    out.code("}");
  }

  private void read() {
    out.code("@`Override`");
    out.code("public %s read(`BinaryReader` in) {".formatted(name));
    out.code("%s value = null;".formatted(name));
    out.code("var unknownFields = `UnknownFields`.NONE;");
    out.code("in.structBegin();");
    out.code("for (int header = in.fieldHeader(); header != 0; header = in.fieldHeader()) {");
    out.code("switch (header) {");
    for (var arm : arms) {
      var label = "case %s << 8 | `ThriftType`.%s -> ".formatted(arm.id(), arm.type().code());
      var assign = "value = new %s(%%s);".formatted(arm.stem());
      if (arm.type() instanceof Container container) {
        out.code(label + "{");
        new ValueCode(out).readContainer(container, assign);
        out.code("}");
      } else {
        out.code(label + "¦" + assign.formatted(ValueCode.read(arm.type())));
      }
    }
    out.code("default -> unknownFields = in.unknown(header, unknownFields);");
    out.code("}");
    out.code("}");
    out.code("in.structEnd();");
    out.code("return value != null ? value : new Unknown(unknownFields);");
    out.code("}");
  }

  private void write() {
    out.code("@`Override`");
    out.code("public void write(%s value, `BinaryWriter` out) {".formatted(name));
    out.code("out.structBegin();");
    out.code("switch (value) {");
    for (var arm : arms) {
      var label = "case %s arm -> ".formatted(arm.stem());
      if (arm.type() instanceof Scalar || arm.type() instanceof EnumType) {
        out.code(label + "¦" + ValueCode.writeFused(arm.id(), arm.type(), "arm.value()"));
      } else {
        out.code(label + "{");
        new ValueCode(out).writeField(arm.id(), arm.type(), "arm.value()");
        out.code("}");
      }
    }
    out.code("case Unknown arm -> out.unknown(arm.value());");
    out.code("}");
    out.code("out.structEnd();");
    out.code("}");
  }
}
