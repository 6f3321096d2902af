package io.windhover.idl;

import io.windhover.idl.ast.EnumItemDef;
import io.windhover.idl.ast.IntLiteral;
import io.windhover.idl.parser.Diagnostics;
import io.windhover.idl.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Set;

/// Numbers the items of enums.
final class EnumLinker {
  private final Diagnostics diagnostics;

  EnumLinker(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void link(EnumType type) {
    var items = new ArrayList<EnumType.Item>();
    Set<String> names = new HashSet<>();
    var byValue = new HashMap<Integer, EnumType.Item>();
    long next = 0;
    boolean isSound = true; // whether `next` is a number that can be counted from
    for (EnumItemDef syntax : type.syntax().items()) {
      String name = syntax.name().text();
      if (!names.add(name)) {
        diagnostics.error(
            syntax.name().span(), "enum item '" + name + "' is already defined in " + type);
        continue;
      }
      long value = syntax.value().map(IntLiteral::value).orElse(next);
      next = value + 1;
      isSound = (isSound || syntax.value().isPresent()) && isInRange(syntax, value);
      var item = new EnumType.Item(name, (int) value, syntax);
      items.add(item);
      EnumType.Item same = isSound ? byValue.putIfAbsent(item.value(), item) : null;
      if (same != null) {
        diagnostics.warning(
            span(syntax),
            "enum item '%s' has the number of '%s': %d".formatted(name, same.name(), value));
      }
    }
    type.link(items);
  }

  private boolean isInRange(EnumItemDef item, long value) {
    boolean isInRange = value == (int) value;
    if (!isInRange) {
      diagnostics.error(
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
