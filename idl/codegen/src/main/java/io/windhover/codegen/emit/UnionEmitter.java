package io.windhover.codegen.emit;

import io.windhover.codegen.check.CheckEmitter;
import io.windhover.codegen.model.JavaField;
import io.windhover.codegen.model.JavaSource;
import io.windhover.codegen.model.Parts;
import io.windhover.codegen.model.WireType;
import io.windhover.codegen.model.WireType.Container;
import io.windhover.codegen.model.WireType.Scalar;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Emits a union: a sealed interface with a record for each arm.
public final class UnionEmitter {

  private final JavaSource out;
  private final String name;
  private final List<JavaField> arms;
  private final List<List<JavaField>> parts;
  private final ValueCode values;
  private final CheckEmitter checks;
  private final DescriptorMethod descriptor;

  /// @param arms the fields; the record of an arm is named by its stem
  public UnionEmitter(
      JavaSource out,
      String name,
      List<JavaField> arms,
      CheckEmitter checks,
      DescriptorMethod descriptor) {
    this.out = out;
    this.name = name;
    this.arms = arms;
    this.parts = Parts.of(arms);
    this.values = new ValueCode(out, Set.of());
    this.checks = checks;
    this.descriptor = descriptor;
  }

  public void emit(List<String> doc) {
    out.doc(doc);
    out.code("public sealed interface %s%s {".formatted(name, checks.supertype()));
    out.code("Codec CODEC = new Codec();");
    out.verbatim(this::records);
    out.blank();
    deepCopy();
    checks.emit();
    descriptor.emit(out, "static", Set.of());
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

  private void records() {
    for (var arm : arms) {
      out.blank();
      out.doc(arm.doc());
      armRecord(arm);
    }
    out.blank();
    out.docText("What a peer sent that this IDL does not declare, or an empty union.");
    out.code(head("Unknown", "`UnknownFields`"));
    nullCheck("Unknown", "unknown");
    out.code("}");
  }

  private void armRecord(JavaField arm) {
    var head = head(arm.stem(), arm.type().java());
    boolean hasText = arm.isRedacted() || isUnbounded(arm.type());
    if (arm.type().isPrimitive() && !hasText) {
      out.code(head + "}");
      return;
    }
    out.code(head);
    if (!arm.type().isPrimitive()) {
      nullCheck(arm.stem(), arm.idlName());
    }
    if (hasText) {
      text(arm);
    }
    out.code("}");
  }

  private String head(String arm, String type) {
    return "record %s(%s value) implements %s {".formatted(arm, type, name);
  }

  private void nullCheck(String arm, String refused) {
    out.method("public " + arm, "`Objects`.requireNonNull(value, \"%s\");".formatted(refused));
  }

  /// Whether the text of a value, as a record has it of itself, may be long or more than a line.
  private static boolean isUnbounded(WireType type) {
    return type == Scalar.STRING || type instanceof Container;
  }

  private void text(JavaField arm) {
    out.method(
        "@`Override` public `String` toString()",
        "return new `StructText`(\"%s\").%s(\"value\", value).toString();"
            .formatted(arm.stem(), arm.isRedacted() ? "redacted" : "field"));
  }

  private void deepCopy() {
    var mutable = Parts.of(arms.stream().filter(arm -> !arm.type().isImmutable()).toList());
    for (int part = 0; part < mutable.size(); part++) {
      boolean isLast = part == mutable.size() - 1;
      if (part > 0) {
        out.blank();
      }
      out.code(
          part == 0
              ? "default %s deepCopy() {".formatted(name)
              : "private %s copyPart%s() {".formatted(name, part));
      if (mutable.get(part).isEmpty()) {
        out.code("return this;");
      } else {
        out.code("return switch (this) {");
        mutable.get(part).forEach(this::copy);
        out.code("default -> %s;".formatted(isLast ? "this" : "copyPart%s()".formatted(part + 1)));
        out.code("};");
      }
      out.code("}");
    }
    values.copyMethods();
  }

  private void copy(JavaField arm) {
    out.code(
        "case %s arm -> ¦new %s(%s);"
            .formatted(arm.stem(), arm.stem(), values.copy(arm.type(), "arm.value()")));
  }

  private void read() {
    out.code("@`Override`");
    out.code("public %s read(`ThriftReader` in) {".formatted(name));
    out.code(
        isWide() ? "var value = new %s[1];".formatted(name) : "%s value = null;".formatted(name));
    out.code("var unknownFields = `UnknownFields`.NONE;");
    out.code("in.structBegin(1);");
    out.code("for (int header; (header = in.fieldHeader()) != 0; ) {");
    var unknown = "unknownFields = in.unknown(header, unknownFields);";
    if (isWide()) {
      var calls =
          IntStream.range(0, parts.size())
              .mapToObj("!read%s(value, header, in)"::formatted)
              .collect(Collectors.joining(" ¦&& "));
      out.code("if (¦" + calls + ") {");
      out.code(unknown);
      out.code("}");
    } else {
      out.code("switch (header) {");
      arms.forEach(arm -> read(arm, "value"));
      out.code("default -> " + unknown);
      out.code("}");
    }
    out.code("}");
    out.code("in.structEnd();");
    var value = isWide() ? "value[0]" : "value";
    out.code("return %s != null ? %s : new Unknown(unknownFields);".formatted(value, value));
    out.code("}");
    for (int part = 0; isWide() && part < parts.size(); part++) {
      readPart(part);
    }
    values.readMethods();
  }

  private boolean isWide() {
    return parts.size() > 1;
  }

  private void readPart(int part) {
    out.blank();
    out.code(
        "private static boolean read%s(¦%s[] value, ¦int header, ¦`ThriftReader` in) {"
            .formatted(part, name));
    out.code("switch (header) {");
    parts.get(part).forEach(arm -> read(arm, "value[0]"));
    out.code("default -> {");
    out.code("return false;");
    out.code("}");
    out.code("}");
    out.code("return true;");
    out.code("}");
  }

  private void read(JavaField arm, String target) {
    var label = "case %s << 8 | `ThriftType`.%s -> ".formatted(arm.id(), arm.type().code());
    var assign = "%s = new %s(%%s);".formatted(target, arm.stem());
    if (!(arm.type() instanceof Container container)) {
      out.code(label + "¦" + assign.formatted(values.read(arm.type(), "")));
      return;
    }
    var local = container.local();
    out.code(label + "{");
    out.code("var %s = %s;".formatted(local, values.read(container, "null")));
    out.code("if (%s != null) {".formatted(local));
    out.code(assign.formatted(local));
    out.code("}");
    out.code("}");
  }

  private void write() {
    out.code("@`Override`");
    out.code("public void write(%s value, `ThriftWriter` out) {".formatted(name));
    out.code("out.structBegin();");
    writePart(0);
    out.code("out.structEnd();");
    out.code("}");
    for (int part = 1; part < parts.size(); part++) {
      out.blank();
      out.code("private static void write%s(%s value, `ThriftWriter` out) {".formatted(part, name));
      writePart(part);
      out.code("}");
    }
    values.writeMethods();
  }

  private void writePart(int part) {
    out.code("switch (value) {");
    parts.get(part).forEach(this::write);
    out.code("case Unknown arm -> out.unknown(arm.value());");
    if (isWide()) {
      out.code(
          "default -> "
              + (part < parts.size() - 1 ? "write%s(value, out);".formatted(part + 1) : "{}"));
    }
    out.code("}");
  }

  private void write(JavaField arm) {
    var label = "case %s arm -> ".formatted(arm.stem());
    if (ValueCode.isFused(arm.type())) {
      out.code(label + "¦" + ValueCode.writeFused(arm.id(), arm.type(), "arm.value()"));
    } else {
      out.code(label + "{");
      values.writeField(arm.id(), arm.type(), "arm.value()");
      out.code("}");
    }
  }
}
