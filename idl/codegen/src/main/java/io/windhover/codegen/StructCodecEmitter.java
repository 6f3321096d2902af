package io.windhover.codegen;

import io.windhover.codegen.WireType.Container;
import java.util.ArrayList;
import java.util.List;

/// Emits the nested `Codec` of a class with fields: of a struct, an exception, arguments, a result.
final class StructCodecEmitter {

  /// Loops and plain fields in one method. HotSpot compiles no method above 8,000 bytecodes; each
  /// of them costs up to 100.
  private static final int STEPS_PER_METHOD = 64;

  private final JavaSource out;
  private final String name;
  private final List<JavaField> fields;
  private final boolean keepsUnknown;
  private final List<List<JavaField>> parts;

  /// @param name simple name of the class around the codec
  /// @param keepsUnknown whether the class has a place for fields that it does not declare
  StructCodecEmitter(JavaSource out, String name, List<JavaField> fields, boolean keepsUnknown) {
    this.out = out;
    this.name = name;
    this.fields = fields;
    this.keepsUnknown = keepsUnknown;
    this.parts = parts(fields);
  }

  void emit(String modifiers) {
    out.code("%s final class Codec implements `StructCodec`<%s> {".formatted(modifiers, name));
    if (!modifiers.startsWith("private")) {
      out.code("private Codec() {}");
      out.blank();
    }
    read();
    out.blank();
    write();
    out.code("}");
  }

  private void read() {
    out.code("@`Override`");
    out.code("public %s read(`BinaryReader` in) {".formatted(name));
    out.code("var value = new %s();".formatted(name));
    if (parts.size() > 1 && fields.stream().anyMatch(StructCodecEmitter::isTracked)) {
      out.code("var seen = new boolean[%s];".formatted(fields.size()));
    } else {
      fields.stream()
          .filter(StructCodecEmitter::isTracked)
          .forEach(field -> out.code("boolean %s = false;".formatted(seen(field))));
    }
    out.code("in.structBegin();");
    out.code("for (int header = in.fieldHeader(); header != 0; header = in.fieldHeader()) {");
    if (parts.size() > 1) {
      readByParts(parts.size());
    } else if (fields.isEmpty()) {
      out.code(unknown());
    } else {
      out.code("switch (header) {");
      fields.forEach(this::readField);
      out.code("default -> " + unknown());
      out.code("}");
    }
    out.code("}");
    out.code("in.structEnd();");
    fields.stream().filter(JavaField::isRequired).forEach(this::checkRequired);
    out.code("return value;");
    out.code("}");
    if (parts.size() > 1) {
      for (int part = 0; part < parts.size(); part++) {
        readPart(part, parts.get(part));
      }
    }
  }

  private String unknown() {
    return keepsUnknown
        ? "value.unknownFields = in.unknown(header, value.unknownFields);"
        : "in.skip(header & 0xff);";
  }

  private void readField(JavaField field) {
    var label = "case %s << 8 | `ThriftType`.%s -> ".formatted(field.id(), field.type().code());
    var assign = "value.%s = %%s;".formatted(field.name());
    if (field.type() instanceof Container container) {
      out.code(label + "{");
      new ValueCode(out)
          .readContainer(container, assign + (isTracked(field) ? "\n" + markSeen(field) : ""));
      out.code("}");
      return;
    }
    var read = assign.formatted(ValueCode.read(field.type()));
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
    return parts.size() > 1 ? "seen[%s]".formatted(fields.indexOf(field)) : "seen" + field.stem();
  }

  private void checkRequired(JavaField field) {
    var absent = isTracked(field) ? "!" + seen(field) : "value.%s == null".formatted(field.name());
    out.code("if (%s) {".formatted(absent));
    out.code(missing(field));
    out.code("}");
  }

  private String missing(JavaField field) {
    return "throw `ThriftProtocolException`.missing(\"%s\", \"%s\");"
        .formatted(name, field.idlName());
  }

  private void readByParts(int parts) {
    var seen = seenArgument();
    var calls = new ArrayList<String>();
    for (int part = 0; part < parts; part++) {
      calls.add("!read%s(value, header, in%s)".formatted(part, seen.isEmpty() ? "" : ", seen"));
    }
    out.code("if (¦" + String.join(" ¦&& ", calls) + ") {");
    out.code(unknown());
    out.code("}");
  }

  private void readPart(int part, List<JavaField> fields) {
    out.blank();
    out.code(
        "private static boolean read%s(¦%s value, ¦int header, ¦`BinaryReader` in%s) {"
            .formatted(part, name, seenArgument()));
    out.code("switch (header) {");
    fields.forEach(this::readField);
    out.code("default -> {");
    out.code("return false;");
    out.code("}");
    out.code("}");
    out.code("return true;");
    out.code("}");
  }

  private String seenArgument() {
    return fields.stream().anyMatch(StructCodecEmitter::isTracked) ? ", ¦boolean[] seen" : "";
  }

  private void write() {
    out.code("@`Override`");
    out.code("public void write(%s value, `BinaryWriter` out) {".formatted(name));
    out.code("out.structBegin();");
    if (parts.size() > 1) {
      for (int part = 0; part < parts.size(); part++) {
        out.code("write%s(value, out);".formatted(part));
      }
    } else {
      fields.forEach(this::writeField);
    }
    if (keepsUnknown) {
      out.code("out.unknown(value.unknownFields);");
    }
    out.code("out.structEnd();");
    out.code("}");
    if (parts.size() > 1) {
      for (int part = 0; part < parts.size(); part++) {
        out.blank();
        out.code(
            "private static void write%s(%s value, `BinaryWriter` out) {".formatted(part, name));
        parts.get(part).forEach(this::writeField);
        out.code("}");
      }
    }
  }

  private void writeField(JavaField field) {
    var value = "value." + field.name();
    if (field.isRequired() && field.isNullable()) {
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
    new ValueCode(out).writeField(field.id(), field.type(), value);
    if (!condition.isEmpty()) {
      out.code("}");
    }
  }

  private static List<List<JavaField>> parts(List<JavaField> fields) {
    var parts = new ArrayList<List<JavaField>>();
    int from = 0;
    int steps = 0;
    for (int i = 0; i < fields.size(); i++) {
      int more = steps(fields.get(i).type());
      if (steps > 0 && steps + more > STEPS_PER_METHOD) {
        parts.add(fields.subList(from, i));
        from = i;
        steps = 0;
      }
      steps += more;
    }
    parts.add(fields.subList(from, fields.size()));
    return parts;
  }

  /// A loop for each container in a type, or one step if there is none.
  private static int steps(WireType type) {
    return switch (type) {
      case WireType.ListType list -> 1 + loops(list.element());
      case WireType.SetType set -> 1 + loops(set.element());
      case WireType.MapType map -> 1 + loops(map.key()) + loops(map.value());
      default -> 1;
    };
  }

  private static int loops(WireType type) {
    return type instanceof WireType.Container ? steps(type) : 0;
  }
}
