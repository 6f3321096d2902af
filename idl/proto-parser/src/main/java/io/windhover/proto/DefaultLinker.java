package io.windhover.proto;

import io.windhover.proto.ast.Edition;
import io.windhover.proto.ast.OptionDef;
import io.windhover.proto.ast.OptionValue;
import io.windhover.proto.ast.Scalar;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.proto.source.Bytes;
import io.windhover.source.Span;
import io.windhover.source.parse.Diagnostics;
import java.util.List;

/// Takes what stands in brackets behind a field and is no option: its default, its name in JSON.
final class DefaultLinker {
  private final Diagnostics diagnostics;
  private final ScalarReader scalars;

  DefaultLinker(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
    this.scalars = new ScalarReader(diagnostics, false);
  }

  void link(ProtoFile file) {
    file.messages().forEach(this::link);
    file.extensions().forEach(this::link);
  }

  private void link(MessageType message) {
    message.messages().forEach(this::link);
    message.fields().forEach(this::link);
    message.extensions().forEach(this::link);
  }

  private void link(Field field) {
    reportTwice(field, "default");
    reportTwice(field, "json_name");
    OptionDef defaultValue = field.written("default");
    if (defaultValue != null) {
      linkDefault(field, defaultValue);
    }
    OptionDef jsonName = field.written("json_name");
    if (jsonName != null) {
      linkJsonName(field, jsonName);
    }
  }

  private void reportTwice(Field field, String name) {
    if (field.isOfMapEntry()) {
      return;
    }
    List<OptionDef> all =
        field.syntax().options().stream().filter(it -> it.name().is(name)).toList();
    if (all.size() > 1) {
      Span span = all.get(1).span();
      diagnostics.report(ProtoRule.DUPLICATE_OPTION, span, "'" + name + "' is set twice");
    }
  }

  private void linkJsonName(Field field, OptionDef option) {
    if (!(option.value() instanceof OptionValue.Text(var literal))) {
      diagnostics.report(
          ProtoRule.JSON_NAME,
          option.value().span(),
          "json_name: " + option.value() + " (expected: a quoted text)");
    } else if (field.isExtension() && !literal.text().equals(field.jsonName())) {
      diagnostics.report(
          ProtoRule.JSON_NAME,
          option.span(),
          "json_name of an extension: its name in JSON is always its full name in brackets");
    } else if (literal.text().indexOf('\0') >= 0) {
      diagnostics.report(ProtoRule.JSON_NAME, literal.span(), "json_name with a NUL character");
    } else if (literal.text().startsWith("[") && literal.text().endsWith("]")) {
      diagnostics.report(
          ProtoRule.JSON_NAME,
          literal.span(),
          "json_name in brackets: these mean extensions",
          "take another name");
    } else {
      field.setJsonName(literal.text());
    }
  }

  private void linkDefault(Field field, OptionDef option) {
    String problem = null;
    if (field.isRepeated()) {
      problem = "default of a repeated field";
    } else if (field.type() instanceof FieldType.OfMessage) {
      problem = "default of a message";
    } else if (field.file().edition() == Edition.PROTO3) {
      problem = "default in proto3, where it is always zero or empty";
    } else if (field.features().fieldPresence() == Features.FieldPresence.IMPLICIT
        && !field.hasPresence()) {
      problem = "default of a field with implicit presence, for which it is always zero or empty";
    }
    if (problem != null) {
      diagnostics.report(ProtoRule.DEFAULT_VALUE, option.span(), problem, "leave it out");
      return;
    }
    Value value = scalars.read(field, option.value());
    if (value != null) {
      boolean isText = field.type().equals(new FieldType.OfScalar(Scalar.STRING));
      field.setDefaultValue(
          isText && value instanceof Value.OfBytes(var bytes)
              ? bytes
              : Bytes.of(text(field, value, option.value())));
    }
  }

  /// The default as descriptors write it.
  private static String text(Field field, Value value, OptionValue written) {
    return switch (value) {
      case Value.OfBool(boolean it) -> Boolean.toString(it);
      case Value.OfFloat(float it) -> DefaultText.ofFloat(it);
      case Value.OfDouble(double it) -> DefaultText.ofDouble(it);
      case Value.OfBytes(var bytes) -> DefaultText.escaped(bytes.toArray());
      case Value.OfInt(long it) -> {
        if (field.type() instanceof FieldType.OfEnum) {
          yield written.toString(); // of values with the same number, the one that is written
        }
        boolean isUnsigned =
            field.type().equals(new FieldType.OfScalar(Scalar.UINT64))
                || field.type().equals(new FieldType.OfScalar(Scalar.FIXED64));
        yield isUnsigned ? Long.toUnsignedString(it) : Long.toString(it);
      }
      case Value.OfMessage _, Value.OfSerialized _, Value.OfList _ ->
          throw new IllegalStateException("default of " + field);
    };
  }
}
