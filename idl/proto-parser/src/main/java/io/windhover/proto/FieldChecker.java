package io.windhover.proto;

import io.windhover.proto.ast.Edition;
import io.windhover.proto.ast.FieldDef;
import io.windhover.proto.ast.Label;
import io.windhover.proto.ast.OptionDef;
import io.windhover.proto.ast.Scalar;
import io.windhover.proto.ast.TypeRef;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.Span;
import io.windhover.source.parse.Diagnostics;

/// Checks the label, the type and the options of a field, by the file's edition.
final class FieldChecker {
  private final Diagnostics diagnostics;

  FieldChecker(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void check(Field field) {
    checkLabel(field);
    checkEnum(field);
    if (field.isMap()) {
      checkMap(field);
    }
    checkOptions(field);
  }

  private void checkLabel(Field field) {
    FieldDef syntax = field.syntax();
    boolean isMap = syntax.type() instanceof TypeRef.OfMap;
    boolean isGroup = syntax.group().isPresent();
    if (isMap && syntax.label().isPresent()) {
      report(ProtoRule.FIELD_LABEL, syntax.span(), "a map has no label", "leave it out");
      return;
    }
    switch (field.file().edition()) {
      case PROTO2 -> {
        if (syntax.label().isEmpty() && !isMap && field.oneof().isEmpty()) {
          report(
              ProtoRule.FIELD_LABEL,
              syntax.type().span(),
              "field '%s' has no label".formatted(field.name()),
              "in proto2, begin it with 'optional', 'required' or 'repeated'");
        }
      }
      case PROTO3 -> {
        if (field.label() == Label.REQUIRED) {
          report(
              ProtoRule.OTHER_EDITION,
              syntax.span(),
              "proto3 has no required fields",
              "leave it out");
        }
        if (isGroup) {
          report(
              ProtoRule.OTHER_EDITION,
              syntax.name().span(),
              "proto3 has no groups",
              "write a message, and a field of its type");
        }
      }
      case EDITION_2023, EDITION_2024 -> {
        if (isGroup) {
          report(
              ProtoRule.OTHER_EDITION,
              syntax.name().span(),
              "editions have no groups",
              "write a message, and a field with features.message_encoding = DELIMITED");
        }
        if (syntax.label().isPresent() && field.label() != Label.REPEATED) {
          report(
              ProtoRule.OTHER_EDITION,
              syntax.span(),
              "label '" + field.label() + "' in an edition",
              field.label() == Label.REQUIRED
                  ? "write [features.field_presence = LEGACY_REQUIRED]"
                  : "leave it out: fields can tell whether they are set");
        }
      }
    }
  }

  private void checkEnum(Field field) {
    if (!(field.type() instanceof FieldType.OfEnum(var type)) || !type.isClosed()) {
      return;
    }
    Span span = field.syntax().type().span();
    if (field.file().edition() == Edition.PROTO3) {
      report(
          ProtoRule.CLOSED_ENUM,
          span,
          "enum '" + type + "' is closed, and proto3 has open ones only",
          "use an enum of a file in proto3, or of an edition");
    } else if (!field.isRepeated() && !field.hasPresence()) {
      report(
          ProtoRule.CLOSED_ENUM,
          span,
          "enum '" + type + "' is closed, and the field has implicit presence",
          "one of the two has to change");
    }
  }

  private void checkMap(Field field) {
    MessageType entry = ((FieldType.OfMessage) field.type()).message();
    Field key = entry.fields().getFirst();
    boolean isKey =
        key.type() instanceof FieldType.OfScalar(var scalar)
            && switch (scalar) {
              case BYTES, DOUBLE, FLOAT -> false;
              default -> true;
            };
    if (!isKey) {
      report(
          ProtoRule.MAP_FIELD,
          key.span(),
          "keys of a map: " + key.type() + " (expected: a whole number, bool or string)");
    }
    Field value = entry.fields().getLast();
    if (value.type() instanceof FieldType.OfEnum(var type)
        && !type.values().isEmpty()
        && type.values().getFirst().number() != 0) {
      report(
          ProtoRule.MAP_FIELD,
          value.span(),
          "enum '" + type + "' as the value of a map, and its first value is not 0");
    }
  }

  private void checkOptions(Field field) {
    Options options = field.options();
    FeatureSupport.of(options)
        .flatMap(FeatureSupport::problem)
        .ifPresent(it -> report(ProtoRule.FEATURE, field.span(), "'" + field.name() + "' " + it));
    boolean isMessage = field.type() instanceof FieldType.OfMessage && !field.isDelimited();
    boolean isLazy = options.isTrue("lazy") || options.isTrue("unverified_lazy");
    if (isLazy && !isMessage) {
      report(field, "lazy", "lazy is for messages");
    }
    if (options.isTrue("unverified_lazy") && field.isExtension()) {
      report(field, "unverified_lazy", "unverified_lazy is not for extensions");
    }
    boolean isPackable = field.isRepeated() && field.type().isPackable();
    if (options.isTrue("packed") && !isPackable) {
      report(field, "packed", "packed is for repeated numbers, bools and enums");
    }
    if (options.has("ctype") && field.file().edition().isSince(Edition.EDITION_2024)) {
      report(
          ProtoRule.OTHER_EDITION,
          written(field, "ctype"),
          "option ctype in edition 2024",
          "write features.(pb.cpp).string_type");
    }
    if (options.has("packed") && field.file().edition().isEdition()) {
      report(
          ProtoRule.OTHER_EDITION,
          written(field, "packed"),
          "option packed in an edition",
          "write features.repeated_field_encoding = PACKED or EXPANDED");
    }
    if (options.choice("jstype").filter(it -> !it.equals("JS_NORMAL")).isPresent()
        && !isLong(field)) {
      report(field, "jstype", "jstype is for whole numbers of 64 bits");
    }
  }

  private static boolean isLong(Field field) {
    return field.type() instanceof FieldType.OfScalar(Scalar scalar)
        && switch (scalar) {
          case FIXED64, INT64, SFIXED64, SINT64, UINT64 -> true;
          default -> false;
        };
  }

  private void report(Field field, String option, String message) {
    report(ProtoRule.FIELD_OPTION, written(field, option), message);
  }

  private static Span written(Field field, String option) {
    OptionDef written = field.written(option);
    return written == null ? field.span() : written.span();
  }

  private void report(ProtoRule rule, Span span, String message) {
    diagnostics.report(rule, span, message);
  }

  private void report(ProtoRule rule, Span span, String message, String help) {
    diagnostics.report(rule, span, message, help);
  }
}
