package io.windhover.idl.dump;

import io.windhover.idl.ast.Annotation;
import io.windhover.idl.ast.BoolLiteral;
import io.windhover.idl.ast.ConstDef;
import io.windhover.idl.ast.ConstValue;
import io.windhover.idl.ast.CppInclude;
import io.windhover.idl.ast.Declaration;
import io.windhover.idl.ast.DocComment;
import io.windhover.idl.ast.Document;
import io.windhover.idl.ast.DoubleLiteral;
import io.windhover.idl.ast.EnumDef;
import io.windhover.idl.ast.EnumItemDef;
import io.windhover.idl.ast.FieldDef;
import io.windhover.idl.ast.Header;
import io.windhover.idl.ast.IdentifierValue;
import io.windhover.idl.ast.Include;
import io.windhover.idl.ast.IntLiteral;
import io.windhover.idl.ast.ListLiteral;
import io.windhover.idl.ast.MapEntry;
import io.windhover.idl.ast.MapLiteral;
import io.windhover.idl.ast.MethodDef;
import io.windhover.idl.ast.Namespace;
import io.windhover.idl.ast.Requiredness;
import io.windhover.idl.ast.ServiceDef;
import io.windhover.idl.ast.StringLiteral;
import io.windhover.idl.ast.StructDef;
import io.windhover.idl.ast.TypeRef;
import io.windhover.idl.ast.TypedefDef;
import io.windhover.idl.parser.ParsedFile;
import io.windhover.source.Dumped;
import io.windhover.source.JsonWriter;
import io.windhover.source.Span;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Writes a syntax tree as JSON.
///
/// Members that are absent, false or empty in the tree are left out. A change that takes a member
/// away or gives it another meaning raises [#VERSION]; new members do not.
public final class SyntaxJson {
  public static final int VERSION = 1;

  private final JsonWriter json = new JsonWriter();
  private final boolean withSpans;

  private SyntaxJson(boolean withSpans) {
    this.withSpans = withSpans;
  }

  /// Parses a file and writes its tree.
  ///
  /// @param path as messages show it
  /// @param bytes the file's, in UTF-8
  public static Dumped of(String path, byte[] bytes) {
    var file = ParsedFile.of(path, bytes);
    return new Dumped(
        file.hasErrors() ? Optional.empty() : Optional.of(of(file.document())), file.diagnostics());
  }

  /// The whole of a file.
  public static String of(Document document) {
    return new SyntaxJson(true).document(document);
  }

  /// The whole of a file but for its path and the places: equal for two files that say the same.
  public static String withoutPlaces(Document document) {
    return new SyntaxJson(false).document(document);
  }

  private String document(Document document) {
    json.beginObject().name("version").value(VERSION);
    if (withSpans) {
      json.name("file").value(document.file().path());
    }
    list("headers", document.headers(), this::header);
    list("definitions", document.declarations(), this::declaration);
    json.endObject();
    return json.toString();
  }

  private void header(Header header) {
    switch (header) {
      case Include include -> {
        begin("include", include.span());
        json.name("path").value(include.path().value());
      }
      case CppInclude include -> {
        begin("cpp_include", include.span());
        json.name("path").value(include.path().value());
      }
      case Namespace namespace -> {
        begin("namespace", namespace.span());
        json.name("scope").value(namespace.scope());
        json.name("name").value(namespace.name().text());
        annotations(namespace.annotations());
      }
    }
    json.endObject();
  }

  private void declaration(Declaration declaration) {
    String kind =
        switch (declaration) {
          case ConstDef _ -> "const";
          case EnumDef _ -> "enum";
          case ServiceDef _ -> "service";
          case StructDef struct -> struct.kind().toString();
          case TypedefDef _ -> "typedef";
        };
    begin(kind, declaration.span());
    doc(declaration.doc());
    json.name("name").value(declaration.name().text());
    switch (declaration) {
      case ConstDef constant -> {
        type("type", constant.type());
        value("value", constant.value());
      }
      case EnumDef type -> list("items", type.items(), this::item);
      case ServiceDef service -> {
        service.base().ifPresent(base -> json.name("extends").value(base.text()));
        list("methods", service.methods(), this::method);
      }
      case StructDef struct -> {
        flag("xsdAll", struct.xsdAll());
        list("fields", struct.fields(), this::field);
      }
      case TypedefDef typedef -> type("type", typedef.type());
    }
    annotations(declaration.annotations());
    json.endObject();
  }

  private void item(EnumItemDef item) {
    begin("item", item.span());
    doc(item.doc());
    json.name("name").value(item.name().text());
    item.value().ifPresent(number -> value("value", number));
    annotations(item.annotations());
    json.endObject();
  }

  private void method(MethodDef method) {
    begin("method", method.span());
    doc(method.doc());
    json.name("name").value(method.name().text());
    flag("oneway", method.isOneway());
    method.returnType().ifPresent(type -> type("returns", type));
    list("arguments", method.arguments(), this::field);
    list("throws", method.exceptions(), this::field);
    annotations(method.annotations());
    json.endObject();
  }

  private void field(FieldDef field) {
    begin("field", field.span());
    doc(field.doc());
    field.id().ifPresent(id -> value("id", id));
    if (field.requiredness() != Requiredness.DEFAULT) {
      json.name("requiredness").value(field.requiredness().toString());
    }
    type("type", field.type());
    flag("reference", field.isReference());
    json.name("name").value(field.name().text());
    field.defaultValue().ifPresent(value -> value("default", value));
    flag("xsdOptional", field.xsd().isOptional());
    flag("xsdNillable", field.xsd().isNillable());
    list("xsdAttributes", field.xsd().attributes(), this::field);
    annotations(field.annotations());
    json.endObject();
  }

  private void type(String name, TypeRef type) {
    json.name(name);
    switch (type) {
      case TypeRef.Base base -> {
        begin("base", type.span());
        json.name("name").value(base.keyword());
      }
      case TypeRef.Named named -> {
        begin("named", type.span());
        json.name("name").value(named.name());
      }
      case TypeRef.ListOf list -> {
        begin("list", type.span());
        type("element", list.element());
        cppType(list.cppType());
      }
      case TypeRef.SetOf set -> {
        begin("set", type.span());
        type("element", set.element());
        cppType(set.cppType());
      }
      case TypeRef.MapOf map -> {
        begin("map", type.span());
        type("key", map.key());
        type("value", map.value());
        cppType(map.cppType());
      }
    }
    annotations(type.annotations());
    json.endObject();
  }

  private void cppType(Optional<StringLiteral> cppType) {
    cppType.ifPresent(it -> json.name("cppType").value(it.value()));
  }

  private void value(String name, ConstValue value) {
    json.name(name);
    value(value);
  }

  private void value(ConstValue value) {
    switch (value) {
      case BoolLiteral bool -> {
        begin("bool", value.span());
        json.name("value").value(bool.value());
      }
      case IntLiteral number -> {
        begin("int", value.span());
        json.name("raw").value(number.raw()).name("value").value(number.value());
      }
      case DoubleLiteral number -> {
        begin("double", value.span());
        json.name("raw").value(number.raw()).name("value").value(number.value());
      }
      case StringLiteral text -> {
        begin("string", value.span());
        json.name("raw").value(text.raw()).name("value").value(text.value());
      }
      case IdentifierValue identifier -> {
        begin("name", value.span());
        json.name("name").value(identifier.name());
      }
      case ListLiteral list -> {
        begin("list", value.span());
        list("elements", list.elements(), this::value);
      }
      case MapLiteral map -> {
        begin("map", value.span());
        list("entries", map.entries(), this::entry);
      }
    }
    json.endObject();
  }

  private void entry(MapEntry entry) {
    json.beginObject();
    value("key", entry.key());
    value("value", entry.value());
    json.endObject();
  }

  private void annotations(List<Annotation> annotations) {
    list(
        "annotations",
        annotations,
        annotation -> {
          begin("annotation", annotation.span());
          json.name("key").value(annotation.key().text());
          annotation.value().ifPresent(value -> value("value", value));
          json.endObject();
        });
  }

  private void doc(Optional<DocComment> doc) {
    doc.ifPresent(it -> json.name("doc").value(it.text()));
  }

  private void flag(String name, boolean isSet) {
    if (isSet) {
      json.name(name).value(true);
    }
  }

  private <T> void list(String name, List<T> elements, Consumer<T> write) {
    if (!elements.isEmpty()) {
      json.name(name).beginArray();
      elements.forEach(write);
      json.endArray();
    }
  }

  private void begin(String kind, Span span) {
    json.beginObject().name("kind").value(kind);
    if (withSpans) {
      json.name("span").beginObject();
      json.name("start").value(span.start()).name("end").value(span.end());
      json.name("line").value(span.line()).name("column").value(span.column());
      json.name("endLine").value(span.endLine()).name("endColumn").value(span.endColumn());
      json.endObject();
    }
  }
}
