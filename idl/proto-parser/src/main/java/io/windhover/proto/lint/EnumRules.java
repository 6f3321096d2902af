package io.windhover.proto.lint;

import io.windhover.proto.EnumType;
import io.windhover.proto.EnumValue;
import io.windhover.proto.rule.NameStyle;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.parse.Diagnostics;
import java.util.List;

/// Checks enums: their first values, and names that others might want.
final class EnumRules {
  private static final int MAX_SHOWN = 3;

  private final Diagnostics diagnostics;

  EnumRules(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void check(EnumType type) {
    String prefix = NameStyle.UPPER.applied(type.name()) + "_";
    EnumValue first = type.values().getFirst();
    if (first.number() != 0) {
      diagnostics.report(
          ProtoRule.ENUM_FIRST_VALUE,
          first.span(),
          "number of the first value, which is the default: " + first.number() + " (expected: 0)",
          "begin with " + prefix + "UNSPECIFIED = 0, which no one takes for an answer");
    } else if (!isNothing(first.name())) {
      diagnostics.report(
          ProtoRule.ENUM_ZERO_NAME,
          first.span(),
          "value 0, the default, means something: " + first.name(),
          "begin with "
              + prefix
              + "UNSPECIFIED: who forgets to set a field has not said "
              + first.name());
    }
    prefix(type, prefix);
    if (type.parent().isEmpty() && type.comment().isEmpty()) {
      MissingComment.report(type, diagnostics);
    }
  }

  private static boolean isNothing(String name) {
    return name.matches("(.*_)?(UNSPECIFIED|UNKNOWN|NONE|UNSET|INVALID|DEFAULT)");
  }

  private void prefix(EnumType type, String prefix) {
    List<String> others =
        type.values().stream().map(EnumValue::name).filter(it -> !it.startsWith(prefix)).toList();
    if (!others.isEmpty()) {
      String shown = String.join(", ", others.subList(0, Math.min(MAX_SHOWN, others.size())));
      diagnostics.report(
          ProtoRule.ENUM_VALUE_PREFIX,
          type.span(),
          "values of %s that do not begin with %s: %s%s"
              .formatted(type.name(), prefix, shown, others.size() > MAX_SHOWN ? ", ..." : ""),
          "values are names beside their enum: no other enum there can have " + others.getFirst());
    }
  }
}
