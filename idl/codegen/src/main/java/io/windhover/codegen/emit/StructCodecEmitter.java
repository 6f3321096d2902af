package io.windhover.codegen.emit;

import io.windhover.codegen.model.JavaField;
import io.windhover.codegen.model.JavaSource;
import io.windhover.codegen.model.Parts;
import io.windhover.codegen.model.ReservedNames;
import io.windhover.codegen.model.WireType.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Emits the nested `Codec` of a struct or an exception, which also keeps the fields that it does
/// not declare.
final class StructCodecEmitter {

  private static final String UNKNOWN =
      "value.unknownFields = in.unknown(header, value.unknownFields);";

  private final JavaSource out;
  private final String name;
  private final String draft;
  private final List<JavaField> fields;
  private final List<List<JavaField>> parts;
  private final ValueCode values;

  /// @param name simple name of the class around the codec
  StructCodecEmitter(JavaSource out, String name, List<JavaField> fields) {
    this(out, name, name, fields);
  }

  private StructCodecEmitter(JavaSource out, String name, String draft, List<JavaField> fields) {
    this.out = out;
    this.name = name;
    this.draft = draft;
    this.fields = fields;
    this.parts = Parts.of(fields);
    this.values = new ValueCode(out, Set.of());
  }

  /// Returns the emitter for a record, whose fields are read into its builder.
  static StructCodecEmitter ofRecord(JavaSource out, String name, List<JavaField> fields) {
    return new StructCodecEmitter(out, name, ReservedNames.BUILDER, fields);
  }

  void emit() {
    out.code("public static final class Codec implements `StructCodec`<%s> {".formatted(name));
    out.code("private Codec() {}");
    out.blank();
    read();
    out.blank();
    write();
    out.code("}");
  }

  private void read() {
    out.code("@`Override`");
    out.code("public %s read(`ThriftReader` in) {".formatted(name));
    out.code("var value = new %s();".formatted(draft));
    if (isWide() && isAnyTracked()) {
      out.code("var seen = new boolean[%s];".formatted(fields.size()));
    } else {
      fields.stream()
          .filter(StructCodecEmitter::isTracked)
          .forEach(field -> out.code("boolean %s = false;".formatted(seen(field))));
    }
    out.code("in.structBegin(%s);".formatted(fields.size()));
    out.code("for (int header; (header = in.fieldHeader()) != 0; ) {");
    if (isWide()) {
      readByParts();
    } else if (fields.isEmpty()) {
      out.code(UNKNOWN);
    } else {
      out.code("switch (header) {");
      fields.forEach(this::readField);
      out.code("default -> " + UNKNOWN);
      out.code("}");
    }
    out.code("}");
    out.code("in.structEnd();");
    if (isWide()) {
      checkByParts();
    } else {
      fields.forEach(this::checkRequired);
    }
    out.code(draft.equals(name) ? "return value;" : "return value.build();");
    out.code("}");
    for (int part = 0; isWide() && part < parts.size(); part++) {
      readPart(part, parts.get(part));
    }
    for (int part = 0; isWide() && part < parts.size(); part++) {
      checkPart(part, parts.get(part));
    }
    values.readMethods();
  }

  private boolean isWide() {
    return parts.size() > 1;
  }

  private boolean isAnyTracked() {
    return fields.stream().anyMatch(StructCodecEmitter::isTracked);
  }

  private void readField(JavaField field) {
    var label = "case %s << 8 | `ThriftType`.%s -> ".formatted(field.id(), field.type().code());
    var assign = "value.%s = %%s;".formatted(field.name());
    if (field.type() instanceof Container container && isTracked(field)) {
      var local = container.local();
      out.code(label + "{");
      out.code("var %s = %s;".formatted(local, values.read(container, "null")));
      out.code("if (%s != null) {".formatted(local));
      out.code(assign.formatted(local));
      out.code(markSeen(field));
      out.code("}");
      out.code("}");
      return;
    }
    var read = assign.formatted(values.read(field.type(), "value." + field.name()));
    if (!field.hasFlag() && !isTracked(field)) {
      out.code(label + "¦" + read);
      return;
    }
    out.code(label + "{");
    out.code(read);
    if (field.hasFlag()) {
      out.code("value.has%s = true;".formatted(field.stem()));
    }
    if (isTracked(field)) {
      out.code(markSeen(field));
    }
    out.code("}");
  }

  /// Whether only a variable can tell that a required field has come: its place in the object is
  /// never null.
  private static boolean isTracked(JavaField field) {
    return field.isRequired() && !field.isNullable();
  }

  private String markSeen(JavaField field) {
    return seen(field) + " = true;";
  }

  private String seen(JavaField field) {
    return isWide() ? "seen[%s]".formatted(fields.indexOf(field)) : "seen" + field.stem();
  }

  private void checkRequired(JavaField field) {
    if (!field.isRequired()) {
      return;
    }
    var absent = isTracked(field) ? "!" + seen(field) : "value.%s == null".formatted(field.name());
    out.code("if (%s) {".formatted(absent));
    out.code(missing(field));
    out.code("}");
  }

  private String missing(JavaField field) {
    return "throw `ThriftProtocolException`.missing(\"%s\", \"%s\");"
        .formatted(name, field.idlName());
  }

  private void readByParts() {
    var calls = new ArrayList<String>();
    for (int part = 0; part < parts.size(); part++) {
      calls.add("!read%s(value, header, in%s)".formatted(part, isAnyTracked() ? ", seen" : ""));
    }
    out.code("if (¦" + String.join(" ¦&& ", calls) + ") {");
    out.code(UNKNOWN);
    out.code("}");
  }

  private void checkByParts() {
    for (int part = 0; part < parts.size(); part++) {
      if (parts.get(part).stream().anyMatch(JavaField::isRequired)) {
        out.code("check%s(value%s);".formatted(part, isAnyTracked() ? ", seen" : ""));
      }
    }
  }

  private void checkPart(int part, List<JavaField> fields) {
    if (fields.stream().anyMatch(JavaField::isRequired)) {
      out.blank();
      out.code("private static void check%s(%s value%s) {".formatted(part, draft, seenParameter()));
      fields.forEach(this::checkRequired);
      out.code("}");
    }
  }

  private void readPart(int part, List<JavaField> fields) {
    out.blank();
    out.code(
        "private static boolean read%s(¦%s value, ¦int header, ¦`ThriftReader` in%s) {"
            .formatted(part, draft, seenParameter()));
    out.code("switch (header) {");
    fields.forEach(this::readField);
    out.code("default -> {");
    out.code("return false;");
    out.code("}");
    out.code("}");
    out.code("return true;");
    out.code("}");
  }

  private String seenParameter() {
    return isAnyTracked() ? ", ¦boolean[] seen" : "";
  }

  private void write() {
    out.code("@`Override`");
    out.code("public void write(%s value, `ThriftWriter` out) {".formatted(name));
    out.code("out.structBegin();");
    if (isWide()) {
      for (int part = 0; part < parts.size(); part++) {
        out.code("write%s(value, out);".formatted(part));
      }
    } else {
      fields.forEach(this::writeField);
    }
    out.code("out.unknown(value.unknownFields);");
    out.code("out.structEnd();");
    out.code("}");
    if (isWide()) {
      for (int part = 0; part < parts.size(); part++) {
        out.blank();
        out.code(
            "private static void write%s(%s value, `ThriftWriter` out) {".formatted(part, name));
        parts.get(part).forEach(this::writeField);
        out.code("}");
      }
    }
    values.writeMethods();
  }

  private void writeField(JavaField field) {
    var value = "value." + field.name();
    if (field.isRequired() && !field.isNeverNull()) {
      out.code("if (%s == null) {".formatted(value));
      out.code(missing(field));
      out.code("}");
    }
    var condition =
        field.hasFlag()
            ? "value.has" + field.stem()
            : field.isNullable() && !field.isRequired() ? value + " != null" : "";
    if (!condition.isEmpty()) {
      out.code("if (%s) {".formatted(condition));
    }
    values.writeField(field.id(), field.type(), value);
    if (!condition.isEmpty()) {
      out.code("}");
    }
  }
}
