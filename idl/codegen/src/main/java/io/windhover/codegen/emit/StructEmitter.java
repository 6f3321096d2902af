package io.windhover.codegen.emit;

import io.windhover.codegen.check.CheckEmitter;
import io.windhover.codegen.model.JavaField;
import io.windhover.codegen.model.JavaLiterals;
import io.windhover.codegen.model.JavaSource;
import io.windhover.codegen.model.Parts;
import io.windhover.codegen.model.WireType.Scalar;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Emits the class of a struct or an exception.
public final class StructEmitter {

  /// The local variable of `deepCopy`.
  private static final String COPY = "copy";

  private final JavaSource out;
  private final String name;
  private final boolean isException;
  private final List<JavaField> fields;
  private final List<List<JavaField>> parts;
  private final CheckEmitter checks;
  private final DescriptorMethod descriptor;

  public StructEmitter(
      JavaSource out,
      String name,
      boolean isException,
      List<JavaField> fields,
      CheckEmitter checks,
      DescriptorMethod descriptor) {
    this.out = out;
    this.name = name;
    this.isException = isException;
    this.fields = fields;
    this.parts = Parts.of(fields);
    this.checks = checks;
    this.descriptor = descriptor;
  }

  public void emit(List<String> doc) {
    out.doc(doc);
    if (isException) {
      out.code("@`SuppressWarnings`(\"serial\") // travels as Thrift, not by Java serialization");
    }
    out.code(
        "public final class %s%s%s {"
            .formatted(name, isException ? " extends `ThriftException`" : "", checks.supertype()));
    out.code("public static final Codec CODEC = new Codec();");
    out.blank();
    defaults(out, fields);
    fields.forEach(field -> declare(out, field));
    out.code("private `UnknownFields` unknownFields = `UnknownFields`.NONE;");
    out.blank();
    out.code("public %s() {}".formatted(name));
    out.blank();
    fields.forEach(this::accessors);
    if (isException) {
      message();
    }
    deepCopy();
    new EqualityMethods(out, name, fields).emit();
    new TextMethod(out, name, fields).emit();
    checks.emit();
    descriptor.emit(out, "public static", names());
    out.blank();
    out.docText("Reads and writes [" + name + "].");
    new StructCodecEmitter(out, name, fields).emit();
    JavaLiterals.mapHelper(out, JavaField.defaultExpressions(fields));
    out.code("}");
  }

  /// Emits the constants for defaults that are worth sharing.
  static void defaults(JavaSource out, List<JavaField> fields) {
    var shared = fields.stream().filter(field -> field.sharedDefault() != null).toList();
    for (var field : shared) {
      out.code(
          "private static final %s %s = ¦⟦%s;⟧"
              .formatted(field.type().java(), field.defaultCode(), field.sharedDefault()));
    }
    if (!shared.isEmpty()) {
      out.blank();
    }
  }

  /// Emits the private field, and the flag beside it if it has one.
  static void declare(JavaSource out, JavaField field) {
    var initial = field.initial();
    out.code(
        "private %s %s%s;"
            .formatted(field.java(), field.name(), initial == null ? "" : " = ¦⟦" + initial + "⟧"));
    if (field.hasFlag()) {
      out.code("private boolean has%s;".formatted(field.stem()));
    }
  }

  private void accessors(JavaField field) {
    if (!field.doc().isEmpty() || field.isNullableToCallers()) {
      out.blank();
    }
    out.doc(field.doc());
    if (field.isNullableToCallers()) {
      out.docText("@return null until set");
    }
    var own = field.name();
    boolean hasDefault = field.isNullable() && !field.isNullableToCallers();
    out.method(
        "public %s %s()".formatted(field.type().java(), own),
        hasDefault
            ? "return %s != null ? %s : %s;".formatted(own, own, field.absent())
            : "return %s;".formatted(own));
    out.method(
        "public %s %s(%s %s)".formatted(name, own, field.type().java(), own),
        assignments(field, "¦" + checked(field), "true"));
    if (field.isOptional()) {
      presence(field);
    }
  }

  /// Returns the parameter of a setter or constructor, refused if null.
  static String checked(JavaField field) {
    return field.type().isPrimitive()
        ? field.name()
        : "`Objects`.requireNonNull(%s, \"%s\")".formatted(field.name(), field.name());
  }

  private void presence(JavaField field) {
    out.method(
        "public boolean has%s()".formatted(field.stem()),
        field.hasFlag()
            ? "return has%s;".formatted(field.stem())
            : "return %s != null;".formatted(field.name()));
    out.method(
        "public %s clear%s()".formatted(name, field.stem()),
        assignments(field, cleared(field), "false"));
  }

  private static String[] assignments(JavaField field, String value, String flag) {
    var own = "this.%s = %s;".formatted(field.name(), value);
    return field.hasFlag()
        ? new String[] {own, "this.has%s = %s;".formatted(field.stem(), flag), "return this;"}
        : new String[] {own, "return this;"};
  }

  private static String cleared(JavaField field) {
    if (!field.type().isPrimitive()) {
      return "null";
    }
    var defaultCode = field.defaultCode();
    return defaultCode != null ? defaultCode : field.type() == Scalar.BOOL ? "false" : "0";
  }

  private void message() {
    boolean hasMessage =
        fields.stream()
            .anyMatch(
                field ->
                    field.name().equals("message")
                        && field.type() == Scalar.STRING
                        && !field.isRedacted());
    out.blank();
    out.method(
        "@`Override` public `String` getMessage()",
        hasMessage ? "return message();" : "return toString();");
  }

  private Set<String> names() {
    return fields.stream().map(JavaField::name).collect(Collectors.toSet());
  }

  private void deepCopy() {
    var values = new ValueCode(out, names());
    out.blank();
    out.code("public %s deepCopy() {".formatted(name));
    out.code("var copy = new %s();".formatted(name));
    if (isWide()) {
      out.code(calls("copyPart%s(copy);", "\n"));
    } else {
      fields.forEach(field -> copyField(field, values));
    }
    out.code("copy.unknownFields = unknownFields;");
    out.code("return copy;");
    out.code("}");
    methodsOfParts(
        "private void copyPart%%s(%s copy) {".formatted(name),
        part -> part.forEach(field -> copyField(field, values)));
    values.copyMethods();
  }

  private boolean isWide() {
    return parts.size() > 1;
  }

  /// Returns what calls the methods of all parts.
  private String calls(String call, String delimiter) {
    return IntStream.range(0, parts.size())
        .mapToObj(call::formatted)
        .collect(Collectors.joining(delimiter));
  }

  /// Emits a method for each part, if there are several.
  private void methodsOfParts(String head, Consumer<List<JavaField>> body) {
    for (int part = 0; isWide() && part < parts.size(); part++) {
      out.blank();
      out.code(head.formatted(part));
      body.accept(parts.get(part));
      out.code("}");
    }
  }

  private void copyField(JavaField field, ValueCode values) {
    var own = own(field);
    boolean guarded = field.isNullable() && !field.type().isImmutable();
    if (guarded) {
      out.code("if (%s != null) {".formatted(own));
    }
    out.code("copy.%s = %s;".formatted(field.name(), values.copy(field.type(), own)));
    if (guarded) {
      out.code("}");
    }
    if (field.hasFlag()) {
      out.code("copy.has%s = has%s;".formatted(field.stem(), field.stem()));
    }
  }

  /// Returns the private field, told apart from a local variable where one has the same name.
  private static String own(JavaField field) {
    return field.name().equals(COPY) ? "this." + COPY : field.name();
  }
}
