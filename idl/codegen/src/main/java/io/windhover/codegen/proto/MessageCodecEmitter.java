package io.windhover.codegen.proto;

import io.windhover.codegen.model.JavaLiterals;
import io.windhover.codegen.model.JavaSource;
import io.windhover.codegen.proto.FieldModel.Many;
import io.windhover.codegen.proto.FieldModel.MapOf;
import io.windhover.codegen.proto.FieldModel.OfEnum;
import io.windhover.codegen.proto.FieldModel.OfMessage;
import io.windhover.codegen.proto.FieldModel.One;
import io.windhover.codegen.proto.MessageModel.OneofModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Emits the codec of a message, nested in its class.
final class MessageCodecEmitter {

  /// What a oneof takes of memory: a field, and the object of its arm.
  private static final int FIELDS_OF_ONEOF = 3;

  private final JavaSource out;
  private final ProtoNames names;
  private final MessageModel message;
  private final String name;

  /// A field, or an arm of a oneof, as the codec reads it.
  ///
  /// @param tags what stands behind `case`
  /// @param expect the end of the case before, if that goes on to this one; empty if it does not
  private record Case(int number, String tags, List<String> statements, List<String> expect) {}

  /// What writes a field, or the arm of a oneof that is set.
  private record Write(int number, Runnable emit) {}

  MessageCodecEmitter(JavaSource out, ProtoNames names, MessageModel message) {
    this.out = out;
    this.names = names;
    this.message = message;
    this.name = message.name();
  }

  void emit() {
    out.code("public static final class Codec implements `ProtoCodec`<%s> {".formatted(name));
    for (var field : message.fields()) {
      if (field.holding() instanceof MapOf(var key)) {
        out.code(FieldCode.mapType(field, key, names));
      }
    }
    out.blank();
    out.code("private Codec() {}");
    out.blank();
    out.method(
        "@`Override` public `String` name()",
        "return %s;".formatted(JavaLiterals.quote(message.type().fullName())));
    out.method(
        "@`Override` public int fieldCount()",
        "return %s;"
            .formatted(message.fields().size() + FIELDS_OF_ONEOF * message.oneofs().size()));
    out.method(
        "@`Override` public %s create()".formatted(name), "return new %s();".formatted(name));
    fieldNames();
    read();
    write();
    if (MessageModel.hasRequired(message.type())) {
      missing();
    }
    out.code("}");
  }

  private void fieldNames() {
    out.blank();
    out.code("@`Override` public `String` fieldName(int number) {");
    out.code("return switch (number) {");
    message.type().fields().stream()
        .sorted(Comparator.comparingInt(it -> it.number()))
        .forEach(it -> out.code("case %s -> \"%s\";".formatted(it.number(), it.name())));
    out.code("default -> `Integer`.toString(number);");
    out.code("};");
    out.code("}");
  }

  // ---- reading

  private void read() {
    var parts = MessageEmitter.parts(cases());
    out.blank();
    out.code("@`Override`");
    suppressFallThrough(parts.getFirst());
    out.code("public void mergeFields(%s into, `ProtoReader` in) {".formatted(name));
    out.code("for (int tag; (tag = in.tag()) != 0; ) {");
    if (parts.getFirst().isEmpty()) {
      out.code(unknown());
    } else {
      readCases(parts, 0);
    }
    out.code("}");
    out.code("}");
    for (int part = 1; part < parts.size(); part++) {
      out.blank();
      suppressFallThrough(parts.get(part));
      out.code(
          "private static void mergePart%s(int tag, %s into, `ProtoReader` in) {"
              .formatted(part, name));
      readCases(parts, part);
      out.code("}");
    }
  }

  private void suppressFallThrough(List<Case> cases) {
    if (cases.stream().skip(1).anyMatch(it -> !it.expect.isEmpty())) {
      out.code(
          "@`SuppressWarnings`(\"fallthrough\") // to the field that is next in most messages");
    }
  }

  private void readCases(List<List<Case>> parts, int part) {
    var cases = parts.get(part);
    out.code("switch (tag) {");
    for (int i = 0; i < cases.size(); i++) {
      readCase(cases.get(i), i + 1 < cases.size() ? cases.get(i + 1).expect : List.of());
    }
    boolean isLast = part + 1 == parts.size();
    out.code("default:");
    out.indented(
        () -> out.code(isLast ? unknown() : "mergePart%s(tag, into, in);".formatted(part + 1)));
    out.code("}");
  }

  private static String unknown() {
    return "into.unknownFields = in.unknown(tag, into.unknownFields);";
  }

  private List<Case> cases() {
    var cases = new ArrayList<Case>();
    for (var field : message.fields()) {
      cases.add(
          new Case(
              field.number(),
              FieldCode.tags(field),
              FieldCode.read(field),
              FieldCode.expect(field)));
    }
    for (var oneof : message.oneofs()) {
      oneof.arms().forEach(arm -> cases.add(armCase(oneof, arm)));
    }
    cases.sort(Comparator.comparingInt(Case::number));
    return cases;
  }

  private static Case armCase(OneofModel oneof, FieldModel arm) {
    var own = "into." + oneof.name();
    var record = oneof.record(arm);
    List<String> statements;
    if (arm.value() instanceof OfEnum(var java, var type) && type.isClosed()) {
      statements =
          FieldCode.closed(arm.number(), java, "%s = new %s(value);".formatted(own, record));
    } else {
      var before =
          arm.value() instanceof OfMessage
              ? "%s instanceof %s arm ? arm.value() : null".formatted(own, record)
              : "";
      statements =
          List.of(
              "%s = ¦⟦new %s(¦⟦%s⟧);⟧"
                  .formatted(own, record, FieldCode.value(arm.value(), before)));
    }
    return new Case(
        arm.number(), FieldCode.tag(arm.number(), arm.value().wireType()), statements, List.of());
  }

  /// @param next how to go on to the next case; empty if nobody expects it
  private void readCase(Case read, List<String> next) {
    boolean isBlock = read.statements.getLast().equals("}"); // with variables
    out.code("case %s:%s".formatted(read.tags, isBlock ? " {" : ""));
    Runnable body =
        () -> {
          read.statements.forEach(out::code);
          (next.isEmpty() ? List.of("break;") : next).forEach(out::code);
        };
    if (isBlock) {
      body.run();
      out.code("}");
    } else {
      out.indented(body);
    }
  }

  // ---- writing

  private void write() {
    var parts = MessageEmitter.parts(writes());
    out.blank();
    out.code("@`Override`");
    out.code("public void writeFields(%s message, `ProtoWriter` out) {".formatted(name));
    if (parts.size() == 1) {
      parts.getFirst().forEach(it -> it.emit().run());
    } else {
      for (int i = 0; i < parts.size(); i++) {
        out.code("writePart%s(message, out);".formatted(i));
      }
    }
    out.code("out.unknown(message.unknownFields);");
    out.code("}");
    for (int i = 0; parts.size() > 1 && i < parts.size(); i++) {
      out.blank();
      out.code(
          "private static void writePart%s(%s message, `ProtoWriter` out) {".formatted(i, name));
      parts.get(i).forEach(it -> it.emit().run());
      out.code("}");
    }
  }

  /// Returns what writes the fields, by number as protobuf-java has it. A oneof stands where its
  /// lowest number does.
  private List<Write> writes() {
    var writes = new ArrayList<Write>();
    for (var field : message.fields()) {
      writes.add(new Write(field.number(), () -> writeField(field)));
    }
    for (var oneof : message.oneofs()) {
      writes.add(new Write(oneof.arms().getFirst().number(), () -> writeOneof(oneof)));
    }
    writes.sort(Comparator.comparingInt(Write::number));
    return writes;
  }

  private void writeField(FieldModel field) {
    var condition = FieldCode.isSet(field, "message.");
    var statement = FieldCode.write(field, "message." + field.name());
    if (condition.isEmpty()) {
      out.code(statement);
    } else {
      out.code("if (%s) {".formatted(condition));
      out.code(statement);
      out.code("}");
    }
  }

  private void writeOneof(OneofModel oneof) {
    out.code("switch (message.%s) {".formatted(oneof.name()));
    out.code("case null -> {}");
    for (var arm : oneof.arms()) {
      out.code(
          "case %s arm -> ¦⟦%s⟧"
              .formatted(
                  oneof.record(arm), FieldCode.writeOne(arm.value(), arm.number(), "arm.value()")));
    }
    out.code("}");
  }

  // ---- required fields

  private void missing() {
    out.blank();
    out.code("@`Override`");
    out.code("public `String` missingField(%s message) {".formatted(name));
    for (var field : message.fields()) {
      if (field.field().isRequired()) {
        out.code("if (!message.has%s()) {".formatted(field.stem()));
        out.code("return \"%s\";".formatted(field.field().name()));
        out.code("}");
      }
    }
    if (message.fields().stream().anyMatch(MessageModel::holdsRequired)
        || message.oneofs().stream()
            .anyMatch(it -> it.arms().stream().anyMatch(MessageModel::holdsRequired))) {
      out.code("`String` missing;");
    }
    message.fields().stream().filter(MessageModel::holdsRequired).forEach(this::missingBelow);
    for (var oneof : message.oneofs()) {
      for (var arm : oneof.arms()) {
        if (MessageModel.holdsRequired(arm)) {
          below(
              arm,
              "if (message.%s instanceof %s arm".formatted(oneof.name(), oneof.record(arm)),
              "arm.value()");
        }
      }
    }
    out.code("return null;");
    out.code("}");
  }

  private void missingBelow(FieldModel field) {
    var own = "message." + field.name();
    switch (field.holding()) {
      case One _ -> below(field, "if (%s != null".formatted(own), own);
      case Many _ -> {
        out.code("for (var element : %s) {".formatted(own));
        below(field, "if (element != null", "element");
        out.code("}");
      }
      case MapOf _ -> {
        out.code("for (var element : %s.values()) {".formatted(own));
        below(field, "if (element != null", "element");
        out.code("}");
      }
    }
  }

  private void below(FieldModel field, String condition, String value) {
    out.code(
        "%s ¦&& (missing = %s.CODEC.missingField(%s)) != null) {"
            .formatted(condition, field.value().java(), value));
    out.code("return \"%s.\" + missing;".formatted(field.field().name()));
    out.code("}");
  }
}
