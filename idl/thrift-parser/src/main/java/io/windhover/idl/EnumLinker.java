package io.windhover.idl;

import io.windhover.idl.ast.EnumItemDef;
import io.windhover.idl.ast.IntLiteral;
import io.windhover.idl.ast.Name;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.Span;
import io.windhover.source.parse.Diagnostics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/// Numbers the items of enums.
final class EnumLinker {
  private final Diagnostics diagnostics;

  EnumLinker(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void link(EnumType type) {
    if (type.syntax().items().isEmpty()) {
      String message = "enum " + type + " has no items, so it has no values";
      diagnostics.report(ThriftRule.EMPTY_TYPE, type.syntax().name().span(), message);
    }
    var items = new ArrayList<EnumType.Item>();
    Map<String, Name> names = new HashMap<>();
    var byValue = new HashMap<Integer, EnumType.Item>();
    long next = 0;
    boolean isSound = true; // whether `next` is a number that can be counted from
    for (EnumItemDef syntax : type.syntax().items()) {
      String name = syntax.name().text();
      Name same = names.putIfAbsent(name, syntax.name());
      if (same != null) {
        diagnostics.report(
            Diagnostic.of(
                    ThriftRule.DUPLICATE_ENUM_ITEM,
                    syntax.name().span(),
                    "enum item '" + name + "' is already defined in " + type)
                .withLabel(same.span(), "first defined here"));
        continue;
      }
      long value = syntax.value().map(IntLiteral::value).orElse(next);
      next = value + 1;
      isSound = (isSound || syntax.value().isPresent()) && isInRange(syntax, value);
      var item = new EnumType.Item(name, (int) value, syntax);
      items.add(item);
      EnumType.Item equal = isSound ? byValue.putIfAbsent(item.value(), item) : null;
      if (equal != null) {
        diagnostics.report(
            Diagnostic.of(
                    ThriftRule.DUPLICATE_ENUM_VALUE,
                    span(syntax),
                    "enum item '%s' has the number of '%s': %d"
                        .formatted(name, equal.name(), value))
                .withLabel(span(equal.syntax()), "first taken here"));
      }
    }
    type.link(items);
  }

  private boolean isInRange(EnumItemDef item, long value) {
    boolean isInRange = value == (int) value;
    if (!isInRange) {
      diagnostics.report(
          ThriftRule.ENUM_VALUE_RANGE,
          span(item),
          "enum item '%s' has the number %d (expected: %d..%d)"
              .formatted(item.name(), value, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }
    return isInRange;
  }

  private static Span span(EnumItemDef item) {
    return item.value().map(IntLiteral::span).orElse(item.name().span());
  }
}
