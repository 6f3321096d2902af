package io.windhover.codegen.emit;

import io.windhover.codegen.check.CheckEmitter;
import io.windhover.codegen.model.JavaField;
import io.windhover.codegen.model.JavaLiterals;
import io.windhover.codegen.model.JavaNames;
import io.windhover.codegen.model.JavaSource;
import io.windhover.codegen.model.ReservedNames;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Emits the record of a struct, with its builder.
public final class RecordEmitter {

  private static final String UNKNOWN = "unknownFields";

  private final JavaSource out;
  private final String name;
  private final List<JavaField> fields;
  private final CheckEmitter checks;
  private final DescriptorMethod descriptor;

  public RecordEmitter(
      JavaSource out,
      String name,
      List<JavaField> fields,
      CheckEmitter checks,
      DescriptorMethod descriptor) {
    this.out = out;
    this.name = name;
    this.fields = fields;
    this.checks = checks;
    this.descriptor = descriptor;
  }

  public void emit(List<String> doc) {
    out.doc(doc);
    parameterDocs(doc);
    out.code(
        "public record %s(¦%s)%s {"
            .formatted(
                name, parameters(Stream.of("`UnknownFields` " + UNKNOWN)), checks.supertype()));
    out.code("public static final Codec CODEC = new Codec();");
    out.blank();
    StructEmitter.defaults(out, fields);
    constructors();
    fields.forEach(this::orDefault);
    builders();
    deepCopy();
    new EqualityMethods(out, name, fields).emit();
    new TextMethod(out, name, fields).emit();
    checks.emit();
    descriptor.emit(out, "public static", names());
    out.blank();
    builder();
    out.blank();
    out.docText("Reads and writes [" + name + "].");
    StructCodecEmitter.ofRecord(out, name, fields).emit();
    JavaLiterals.mapHelper(out, JavaField.defaultExpressions(fields));
    out.code("}");
  }

  private void parameterDocs(List<String> doc) {
    if (!doc.isEmpty()) {
      out.docText("");
    }
    for (var field : fields) {
      var absence = field.isNeverNull() ? List.<String>of() : List.of("null if absent");
      out.parameterDoc(
          field.name(), Stream.concat(field.doc().stream(), absence.stream()).toList());
    }
    out.docText("@param unknownFields what a peer sent that this IDL does not declare");
  }

  private String parameters(Stream<String> more) {
    return joined(
        Stream.concat(fields.stream().map(field -> field.java() + " " + field.name()), more));
  }

  private static String joined(Stream<String> items) {
    return items.collect(Collectors.joining(", ¦"));
  }

  private String arguments(String unknown) {
    return joined(Stream.concat(fields.stream().map(JavaField::name), Stream.of(unknown)));
  }

  private void constructors() {
    var checked = fields.stream().filter(JavaField::refusesNull).toList();
    out.code("public %s {".formatted(name));
    checked.forEach(field -> out.code(StructEmitter.checked(field) + ";"));
    out.code("`Objects`.requireNonNull(unknownFields, \"unknownFields\");");
    out.code("}");
    out.blank();
    out.code("public %s(¦%s) {".formatted(name, parameters(Stream.empty())));
    out.code("this(¦%s);".formatted(arguments("`UnknownFields`.NONE")));
    out.code("}");
  }

  private void orDefault(JavaField field) {
    if (field.isOptional() && field.defaultCode() != null) {
      out.blank();
      out.method(
          "public %s %s()"
              .formatted(
                  field.type().java(),
                  JavaNames.camelCase(field.idlName()) + ReservedNames.OR_DEFAULT),
          "return %s != null ? %s : %s;"
              .formatted(field.name(), field.name(), field.defaultCode()));
    }
  }

  private void builders() {
    out.blank();
    out.method("public static Builder builder()", "return new Builder();");
    out.blank();
    out.docText("Returns a builder that begins with what is here.");
    out.code("public Builder toBuilder() {");
    out.code("var builder = new Builder();");
    fields.forEach(field -> out.code("builder.%s = %s;".formatted(field.name(), field.name())));
    out.code("builder.unknownFields = unknownFields;");
    out.code("return builder;");
    out.code("}");
  }

  private Set<String> names() {
    return fields.stream().map(JavaField::name).collect(Collectors.toSet());
  }

  private void deepCopy() {
    var values = new ValueCode(out, names());
    out.blank();
    out.code("public %s deepCopy() {".formatted(name));
    if (fields.stream().allMatch(field -> field.type().isImmutable())) {
      out.code("return this;");
    } else {
      var copies = fields.stream().map(field -> copy(field, values));
      out.code(
          "return new %s(¦%s);".formatted(name, joined(Stream.concat(copies, Stream.of(UNKNOWN)))));
    }
    out.code("}");
    values.copyMethods();
  }

  private static String copy(JavaField field, ValueCode values) {
    var copy = values.copy(field.type(), field.name());
    boolean isGuarded = !field.refusesNull() && !field.type().isImmutable();
    return isGuarded ? "%s == null ? null : %s".formatted(field.name(), copy) : copy;
  }

  private void builder() {
    out.docText("Collects the fields of [" + name + "]; null makes an optional one absent.");
    out.code("public static final class Builder {");
    fields.forEach(field -> StructEmitter.declare(out, field));
    out.code("private `UnknownFields` unknownFields = `UnknownFields`.NONE;");
    out.blank();
    out.code("private Builder() {}");
    out.blank();
    for (var field : fields) {
      out.method(
          "public Builder %s(%s %s)".formatted(field.name(), field.java(), field.name()),
          "this.%s = ¦%s;"
              .formatted(
                  field.name(), field.refusesNull() ? StructEmitter.checked(field) : field.name()),
          "return this;");
    }
    out.blank();
    if (fields.stream().anyMatch(field -> field.isRequired() && field.isNullable())) {
      out.docText("@throws NullPointerException if a required field is not set");
    }
    out.code("public %s build() {".formatted(name));
    out.code("return new %s(¦%s);".formatted(name, arguments(UNKNOWN)));
    out.code("}");
    out.code("}");
  }
}
