package io.windhover.codegen;

import io.windhover.idl.Constant;
import io.windhover.idl.Definition;
import io.windhover.idl.EnumType;
import io.windhover.idl.Field;
import io.windhover.idl.Program;
import io.windhover.idl.Service;
import io.windhover.idl.StructType;
import io.windhover.idl.TrueType.ListType;
import io.windhover.idl.TrueType.MapType;
import io.windhover.idl.TrueType.SetType;
import io.windhover.idl.Type;
import io.windhover.idl.Typedef;
import io.windhover.idl.Value;
import io.windhover.idl.ast.Annotation;
import io.windhover.idl.ast.DocComment;
import io.windhover.thrift.descriptor.ConstantDescriptor;
import io.windhover.thrift.descriptor.DefinitionDescriptor;
import io.windhover.thrift.descriptor.EnumDescriptor;
import io.windhover.thrift.descriptor.FieldDescriptor;
import io.windhover.thrift.descriptor.FileDescriptor;
import io.windhover.thrift.descriptor.ServiceDescriptor;
import io.windhover.thrift.descriptor.StructDescriptor;
import io.windhover.thrift.descriptor.TypeDescriptor;
import io.windhover.thrift.descriptor.TypedefDescriptor;
import io.windhover.thrift.descriptor.ValueDescriptor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A file as text, from its descriptor and from the model: they have to be the same.
final class DescriptorDump {
  private final StringBuilder text = new StringBuilder();
  private final boolean withDocs;

  private DescriptorDump(boolean withDocs) {
    this.withDocs = withDocs;
  }

  // ---- from the descriptor

  static String of(FileDescriptor file) {
    var dump = new DescriptorDump(true);
    dump.line("file " + file.name());
    file.namespaces().forEach((scope, name) -> dump.line("namespace " + scope + " " + name));
    file.includes().forEach(it -> dump.line("include " + it.name()));
    file.definitions().forEach(dump::definition);
    return dump.text.toString();
  }

  private void definition(DefinitionDescriptor definition) {
    switch (definition) {
      case StructDescriptor struct -> {
        line(struct.kind().name() + " " + struct.name());
        struct.fields().forEach(this::field);
      }
      case EnumDescriptor type -> {
        line("ENUM " + type.name());
        for (var item : type.items()) {
          line(item.name() + " = " + item.value());
          notes(item.annotations(), item.doc());
        }
      }
      case TypedefDescriptor typedef ->
          line("TYPEDEF " + typedef.name() + " " + text(typedef.target()));
      case ConstantDescriptor constant ->
          line(
              "CONST %s %s = %s"
                  .formatted(text(constant.type()), constant.name(), text(constant.value())));
      case ServiceDescriptor service -> {
        line("SERVICE " + service.name() + service.base().map(DescriptorDump::named).orElse(""));
        for (var method : service.methods()) {
          line(
              "%s %s %s"
                  .formatted(
                      method.isOneway(),
                      method.returnType().map(DescriptorDump::text).orElse("void"),
                      method.name()));
          method.arguments().forEach(this::field);
          line("throws");
          method.exceptions().forEach(this::field);
          notes(method.annotations(), method.doc());
        }
      }
    }
    notes(definition.annotations(), definition.doc());
  }

  private void field(FieldDescriptor field) {
    line(
        "%s: %s %s %s = %s"
            .formatted(
                field.id(),
                field.requiredness(),
                text(field.type()),
                field.name(),
                field.defaultValue().map(DescriptorDump::text).orElse("")));
    notes(field.annotations(), field.doc());
  }

  private static String text(TypeDescriptor type) {
    return switch (type) {
      case TypeDescriptor.Scalar scalar -> scalar.toString();
      case TypeDescriptor.ListOf list -> "list<" + text(list.element()) + ">";
      case TypeDescriptor.SetOf set -> "set<" + text(set.element()) + ">";
      case TypeDescriptor.MapOf map -> "map<" + text(map.key()) + text(map.value()) + ">";
      case TypeDescriptor.Named named -> named(named.definition());
    };
  }

  private static String named(DefinitionDescriptor definition) {
    return " " + definition.file() + ":" + definition.name();
  }

  private static String text(ValueDescriptor value) {
    return switch (value) {
      case ValueDescriptor.OfBool it -> "" + it.value();
      case ValueDescriptor.OfInt it -> "" + it.value();
      case ValueDescriptor.OfDouble it -> "" + it.value();
      case ValueDescriptor.OfString it -> it.value();
      case ValueDescriptor.OfUuid it -> "" + it.value();
      case ValueDescriptor.OfEnum it -> it.item() + it.value();
      case ValueDescriptor.OfList it ->
          it.elements().stream().map(DescriptorDump::text).toList().toString();
      case ValueDescriptor.OfMap it ->
          it.entries().stream().map(e -> text(e.key()) + ":" + text(e.value())).toList().toString();
      case ValueDescriptor.OfStruct it ->
          it.members().stream().map(m -> m.field() + text(m.value())).toList().toString();
      case ValueDescriptor.OfConstant it ->
          named(it.constant().definition()) + "=" + text(it.value());
    };
  }

  // ---- from the model

  static String of(Program program, boolean withDocs) {
    var dump = new DescriptorDump(withDocs);
    dump.line("file " + program.name() + ".thrift");
    for (var namespace : program.syntax().namespaces()) {
      dump.line("namespace " + namespace.scope() + " " + namespace.name().text());
    }
    program.includes().forEach(it -> dump.line("include " + it.name() + ".thrift"));
    program.definitions().forEach(dump::definition);
    return dump.text.toString();
  }

  private void definition(Definition definition) {
    switch (definition) {
      case StructType struct -> {
        line(struct.kind().name() + " " + struct.name());
        struct.fields().forEach(this::field);
      }
      case EnumType type -> {
        line("ENUM " + type.name());
        for (var item : type.items()) {
          line(item.name() + " = " + item.value());
          notes(item.syntax().annotations(), item.syntax().doc());
        }
      }
      case Typedef typedef -> line("TYPEDEF " + typedef.name() + " " + text(typedef.target()));
      case Constant constant ->
          line(
              "CONST %s %s = %s"
                  .formatted(text(constant.type()), constant.name(), text(constant.value(), true)));
      case Service service -> {
        line("SERVICE " + service.name() + service.base().map(DescriptorDump::named).orElse(""));
        for (var method : service.methods()) {
          line(
              "%s %s %s"
                  .formatted(
                      method.isOneway(),
                      method.returnType().map(DescriptorDump::text).orElse("void"),
                      method.name()));
          method.arguments().forEach(this::field);
          line("throws");
          method.exceptions().forEach(this::field);
          notes(method.syntax().annotations(), method.doc());
        }
      }
    }
    notes(definition.syntax().annotations(), definition.doc());
  }

  private void field(Field field) {
    line(
        "%s: %s %s %s = %s"
            .formatted(
                field.id(),
                field.requiredness().name(),
                text(field.type()),
                field.name(),
                field.defaultValue().map(it -> text(it, true)).orElse("")));
    notes(field.syntax().annotations(), field.doc());
  }

  private static String text(Type type) {
    return switch (type) {
      case ListType list -> "list<" + text(list.element()) + ">";
      case SetType set -> "set<" + text(set.element()) + ">";
      case MapType map -> "map<" + text(map.key()) + text(map.value()) + ">";
      case Definition definition -> named(definition);
      default -> type.toString();
    };
  }

  private static String named(Definition definition) {
    return " " + definition.program().name() + ".thrift:" + definition.name();
  }

  private static String text(Value value, boolean isHere) {
    return switch (value) {
      case Value.OfBool it -> "" + it.value();
      case Value.OfInt it -> "" + it.value();
      case Value.OfEnumNumber it -> "" + it.number();
      case Value.OfDouble it -> "" + it.value();
      case Value.OfString it -> it.value();
      case Value.OfUuid it -> "" + it.value();
      case Value.OfEnum it -> it.item().name() + it.item().value();
      case Value.OfList it ->
          it.elements().stream().map(element -> text(element, isHere)).toList().toString();
      case Value.OfMap it ->
          it.entries().stream()
              .map(e -> text(e.key(), isHere) + ":" + text(e.value(), isHere))
              .toList()
              .toString();
      case Value.OfStruct it ->
          it.members().stream()
              .map(m -> m.field().name() + text(m.value(), isHere))
              .toList()
              .toString();
      case Value.OfConstant it when isHere -> named(it.constant()) + "=" + text(it.value(), false);
      case Value.OfConstant it -> text(it.value(), false);
    };
  }

  private void notes(List<Annotation> annotations, Optional<DocComment> doc) {
    for (var key : annotations.stream().map(it -> it.key().text()).distinct().toList()) {
      var values =
          annotations.stream()
              .filter(it -> it.key().text().equals(key))
              .map(it -> it.value().map(value -> value.value()).orElse("1"));
      line("@" + key + values.toList());
    }
    line(
        "doc: "
            + doc.filter(_ -> withDocs)
                .map(it -> it.text().strip().lines().collect(Collectors.joining("\n")))
                .orElse(""));
  }

  // ----

  private void notes(Map<String, List<String>> annotations, String doc) {
    annotations.forEach((key, values) -> line("@" + key + values));
    line("doc: " + doc);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
