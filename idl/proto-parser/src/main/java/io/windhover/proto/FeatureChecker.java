package io.windhover.proto;

import io.windhover.proto.ast.Scalar;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.Span;
import io.windhover.source.parse.Diagnostics;

/// Checks whether a field can have the features that it is given.
final class FeatureChecker {
  private final Diagnostics diagnostics;

  FeatureChecker(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void check(Field field) {
    if (!field.file().edition().isEdition()) {
      return;
    }
    String presence = field.options().feature("field_presence");
    if (presence != null) {
      checkPresence(field, presence);
    }
    if (field.isExtension() && field.isRequired()) {
      report(field, "an extension cannot be required");
    }
    String encoding = field.options().feature("repeated_field_encoding");
    if (encoding != null && !field.isRepeated()) {
      report(field, "repeated_field_encoding of a field that is not repeated");
    } else if ("PACKED".equals(encoding) && !field.type().isPackable()) {
      report(field, "PACKED is for repeated numbers, bools and enums");
    }
    if (field.options().feature("utf8_validation") != null && !hasText(field)) {
      report(field, "utf8_validation of a field that is no string");
    }
    boolean isMessage = field.type() instanceof FieldType.OfMessage && !field.isMap();
    if (field.options().feature("message_encoding") != null && !isMessage) {
      report(field, "message_encoding of a field that is no message");
    }
  }

  private void checkPresence(Field field, String presence) {
    if (field.oneof().isPresent()) {
      report(field, "field_presence of a field of a oneof, which always has it");
    } else if (field.isRepeated()) {
      report(field, "field_presence of a repeated field, which has none");
    } else if (field.isExtension() && !presence.equals("LEGACY_REQUIRED")) {
      report(field, "field_presence of an extension, which always has it");
    } else if (field.type() instanceof FieldType.OfMessage && presence.equals("IMPLICIT")) {
      report(field, "IMPLICIT field_presence of a message, which always has it");
    }
  }

  private static boolean hasText(Field field) {
    return isText(field.type())
        || field.isMap()
            && field.type() instanceof FieldType.OfMessage(var entry)
            && entry.fields().stream().anyMatch(it -> isText(it.type()));
  }

  private static boolean isText(FieldType type) {
    return type.equals(new FieldType.OfScalar(Scalar.STRING));
  }

  private void report(Field field, String message) {
    Span span =
        field.syntax().options().stream()
            .filter(it -> it.name().parts().getFirst().name().text().equals("features"))
            .findFirst()
            .map(it -> it.span())
            .orElse(field.span());
    diagnostics.report(ProtoRule.FEATURE, span, message);
  }
}
