package io.windhover.proto.lint;

import io.windhover.proto.EnumType;
import io.windhover.proto.Field;
import io.windhover.proto.MessageType;
import io.windhover.proto.Method;
import io.windhover.proto.Oneof;
import io.windhover.proto.ProtoFile;
import io.windhover.proto.Service;
import io.windhover.proto.Symbol;
import io.windhover.proto.rule.NameStyle;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.parse.Diagnostics;

/// Checks how names are written. Generators of all languages go by that: a field `OrderId` is a
/// method `getOrderId` in one and a clash in another.
final class NameRules {
  private final Diagnostics diagnostics;

  NameRules(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void check(ProtoFile file) {
    file.extensions().forEach(it -> check(it, ProtoRule.FIELD_NAME, NameStyle.LOWER));
    for (Service service : file.services()) {
      check(service, ProtoRule.TYPE_NAME, NameStyle.TITLE);
      for (Method method : service.methods()) {
        check(method, ProtoRule.TYPE_NAME, NameStyle.TITLE);
      }
    }
  }

  void check(MessageType message) {
    check(message, ProtoRule.TYPE_NAME, NameStyle.TITLE);
    for (Field field : message.fields()) {
      if (field.syntax().group().isEmpty()) { // whose name is that of its message
        check(field, ProtoRule.FIELD_NAME, NameStyle.LOWER);
      }
    }
    message.extensions().forEach(it -> check(it, ProtoRule.FIELD_NAME, NameStyle.LOWER));
    for (Oneof oneof : message.oneofs()) {
      if (!oneof.isSynthetic()) {
        check(oneof, ProtoRule.FIELD_NAME, NameStyle.LOWER);
      }
    }
  }

  void check(EnumType type) {
    check(type, ProtoRule.TYPE_NAME, NameStyle.TITLE);
    type.values().forEach(it -> check(it, ProtoRule.ENUM_VALUE_NAME, NameStyle.UPPER));
  }

  private void check(Symbol symbol, ProtoRule rule, NameStyle style) {
    String name = symbol.name();
    if (!style.matches(name)) {
      String better = style.applied(name);
      String message = "name of " + symbol.kind() + ": " + name + " (expected: " + style + ")";
      if (style.matches(better)) {
        diagnostics.report(rule, symbol.span(), message, "write " + better);
      } else {
        diagnostics.report(rule, symbol.span(), message);
      }
    }
  }
}
