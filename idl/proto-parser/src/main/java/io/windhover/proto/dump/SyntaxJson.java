package io.windhover.proto.dump;

import io.windhover.proto.ast.AggregateField;
import io.windhover.proto.ast.Comment;
import io.windhover.proto.ast.Document;
import io.windhover.proto.ast.EnumDef;
import io.windhover.proto.ast.EnumValueDef;
import io.windhover.proto.ast.ExtendDef;
import io.windhover.proto.ast.ExtensionsDef;
import io.windhover.proto.ast.FieldDef;
import io.windhover.proto.ast.Import;
import io.windhover.proto.ast.Member;
import io.windhover.proto.ast.MessageDef;
import io.windhover.proto.ast.MethodDef;
import io.windhover.proto.ast.Name;
import io.windhover.proto.ast.NumberRange;
import io.windhover.proto.ast.OneofDef;
import io.windhover.proto.ast.OptionDef;
import io.windhover.proto.ast.OptionValue;
import io.windhover.proto.ast.ReservedDef;
import io.windhover.proto.ast.ServiceDef;
import io.windhover.proto.ast.TypeRef;
import io.windhover.proto.ast.Visibility;
import io.windhover.proto.parser.ParsedFile;
import io.windhover.source.Dumped;
import io.windhover.source.JsonWriter;
import io.windhover.source.Span;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// Writes a syntax tree as JSON.
///
/// Members that are absent, false or empty in the tree are left out. A change that takes a member
/// away or gives it another meaning raises [#VERSION]; new members do not.
public final class SyntaxJson {
  public static final int VERSION = 1;

  private final JsonWriter json = new JsonWriter();

  private SyntaxJson() {}

  /// Parses a file and writes its tree.
  ///
  /// @param path as messages show it
  /// @param bytes the file's, in UTF-8
  public static Dumped of(String path, byte[] bytes) {
    var file = ParsedFile.of(path, bytes);
    return new Dumped(
        file.hasErrors()
            ? Optional.empty()
            : Optional.of(new SyntaxJson().document(file.document())),
        file.diagnostics());
  }

  private String document(Document document) {
    json.beginObject().name("version").value(VERSION);
    json.name("file").value(document.file().path());
    json.name("edition").value(document.edition().toString());
    document.packageName().ifPresent(it -> json.name("package").value(it.name().text()));
    list("imports", document.imports(), this::imported);
    list("options", document.options(), this::option);
    list("definitions", document.declarations(), this::member);
    return json.endObject().toString();
  }

  private void imported(Import it) {
    begin("import", it.span());
    if (it.kind() != Import.Kind.NORMAL) {
      json.name("modifier").value(it.kind().name().toLowerCase(Locale.ROOT));
    }
    json.name("path").value(it.path().text());
    json.endObject();
  }

  private void member(Member member) {
    switch (member) {
      case MessageDef message -> message(message);
      case EnumDef type -> {
        begin("enum", type.span());
        comment(type.comment());
        visibility(type.visibility());
        name(type.name());
        list("members", type.members(), this::member);
      }
      case EnumValueDef value -> {
        begin("value", value.span());
        comment(value.comment());
        name(value.name());
        json.name("number").value(value.number().value());
        list("options", value.options(), this::option);
      }
      case FieldDef field -> field(field);
      case OneofDef oneof -> {
        begin("oneof", oneof.span());
        comment(oneof.comment());
        name(oneof.name());
        list("members", oneof.members(), this::member);
      }
      case ExtendDef extend -> {
        begin("extend", extend.span());
        json.name("extendee").value(extend.extendee().text());
        list("fields", extend.fields(), this::member);
      }
      case ExtensionsDef extensions -> {
        begin("extensions", extensions.span());
        list("ranges", extensions.ranges(), this::range);
        list("options", extensions.options(), this::option);
      }
      case ReservedDef reserved -> {
        begin("reserved", reserved.span());
        list("ranges", reserved.ranges(), this::range);
        list("names", reserved.names(), it -> json.value(it.text()));
      }
      case ServiceDef service -> {
        begin("service", service.span());
        comment(service.comment());
        name(service.name());
        list("members", service.members(), this::member);
      }
      case MethodDef method -> {
        begin("method", method.span());
        comment(method.comment());
        name(method.name());
        type("input", method.input());
        type("output", method.output());
        list("options", method.options(), this::option);
      }
      case OptionDef option -> {
        option(option);
        return;
      }
    }
    json.endObject();
  }

  /// Leaves the object open.
  private void message(MessageDef message) {
    begin("message", message.span());
    comment(message.comment());
    visibility(message.visibility());
    name(message.name());
    list("members", message.members(), this::member);
  }

  private void field(FieldDef field) {
    begin("field", field.span());
    comment(field.comment());
    field.label().ifPresent(it -> json.name("label").value(it.toString()));
    json.name("type");
    type(field.type());
    name(field.name());
    json.name("number").value(field.number().value());
    list("options", field.options(), this::option);
    if (field.group().isPresent()) {
      json.name("group");
      message(field.group().get());
      json.endObject();
    }
  }

  private void type(TypeRef type) {
    switch (type) {
      case TypeRef.OfScalar scalar -> {
        begin("scalar", type.span());
        json.name("name").value(scalar.scalar().toString());
      }
      case TypeRef.Named named -> {
        begin("named", type.span());
        name(named.name());
      }
      case TypeRef.OfMap map -> {
        begin("map", type.span());
        json.name("key");
        type(map.key());
        json.name("value");
        type(map.value());
      }
    }
    json.endObject();
  }

  private void type(String role, MethodDef.Type type) {
    json.name(role);
    begin("named", type.name().span());
    name(type.name());
    if (type.isStream()) {
      json.name("stream").value(true);
    }
    json.endObject();
  }

  /// One that goes to `max` has no last number.
  private void range(NumberRange range) {
    begin("range", range.span());
    json.name("first").value(range.first());
    if (range.last() != NumberRange.MAX) {
      json.name("last").value(range.last());
    }
    json.endObject();
  }

  private void option(OptionDef option) {
    begin("option", option.span());
    json.name("name").value(option.name().toString());
    json.name("value");
    value(option.value());
    json.endObject();
  }

  private void value(OptionValue value) {
    switch (value) {
      case OptionValue.Word word -> {
        begin("word", value.span());
        json.name("name").value(word.toString());
      }
      case OptionValue.Whole whole -> {
        begin("whole", value.span());
        json.name("raw").value(whole.span().text());
        if (whole.value().bitLength() < Long.SIZE) {
          json.name("value").value(whole.value().longValue());
        }
      }
      case OptionValue.Decimal decimal -> {
        begin("decimal", value.span());
        json.name("raw").value(decimal.span().text());
        if (Double.isFinite(decimal.value())) {
          json.name("value").value(decimal.value());
        }
      }
      case OptionValue.Text text -> {
        begin("string", value.span());
        json.name("raw").value(text.span().text()).name("value").value(text.literal().text());
      }
      case OptionValue.Aggregate aggregate -> {
        begin("message", value.span());
        list("fields", aggregate.fields(), this::aggregateField);
      }
      case OptionValue.Elements elements -> {
        begin("list", value.span());
        list("elements", elements.values(), this::value);
      }
    }
    json.endObject();
  }

  private void aggregateField(AggregateField field) {
    begin("field", field.span());
    String name = field.name().text();
    json.name("name").value(field.isBracketed() ? "[" + name + "]" : name);
    json.name("value");
    value(field.value());
    json.endObject();
  }

  private void name(Name name) {
    json.name("name").value(name.text());
  }

  private void comment(Optional<Comment> comment) {
    comment.ifPresent(it -> json.name("doc").value(it.text()));
  }

  private void visibility(Optional<Visibility> visibility) {
    visibility.ifPresent(it -> json.name("visibility").value(it.toString()));
  }

  private <T> void list(String name, List<? extends T> elements, Consumer<T> write) {
    if (!elements.isEmpty()) {
      json.name(name).beginArray();
      elements.forEach(write);
      json.endArray();
    }
  }

  private void begin(String kind, Span span) {
    json.beginObject().name("kind").value(kind);
    json.name("span").beginObject();
    json.name("start").value(span.start()).name("end").value(span.end());
    json.name("line").value(span.line()).name("column").value(span.column());
    json.name("endLine").value(span.endLine()).name("endColumn").value(span.endColumn());
    json.endObject();
  }
}
