package io.windhover.idl.diff;

import io.windhover.idl.EnumType;
import io.windhover.idl.EnumType.Item;
import io.windhover.idl.ast.Name;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Compares enums: by the names of items, then by their numbers.
final class EnumComparison {
  private final Changes changes;

  EnumComparison(Changes changes) {
    this.changes = changes;
  }

  void compare(EnumType before, EnumType after) {
    Map<String, Item> byName = new HashMap<>();
    after.items().forEach(item -> byName.put(item.name(), item));
    Set<String> oldNames = names(before.items());
    var known = new HashSet<Item>();
    for (Item old : before.items()) {
      Item now = byName.get(old.name());
      if (now == null) {
        now = successor(old, after.items(), oldNames);
      }
      if (now != null) {
        known.add(now);
      }
      compare(before.name() + "." + old.name(), old, now, after);
    }
    for (Item now : after.items()) {
      if (!known.contains(now)) {
        changes.add(
            ThriftChange.ENUM_ITEM_ADDED,
            before.name() + "." + now.name(),
            "item %d is new".formatted(now.value()),
            before.syntax().name(),
            now.syntax().name());
      }
    }
  }

  /// @param now null if there is neither the name nor the number
  private void compare(String subject, Item old, @Nullable Item now, EnumType after) {
    if (now == null) {
      String message = "item is gone, was " + old.value();
      Name name = old.syntax().name();
      changes.add(ThriftChange.ENUM_ITEM_REMOVED, subject, message, name, after.syntax().name());
    } else if (now.value() != old.value()) {
      String message = "is %d, was %d".formatted(now.value(), old.value());
      add(ThriftChange.ENUM_VALUE_CHANGED, subject, message, old, now);
    } else if (!now.name().equals(old.name())) {
      String message = "%d is '%s', was '%s'".formatted(old.value(), now.name(), old.name());
      add(ThriftChange.ENUM_ITEM_RENAMED, subject, message, old, now);
    }
  }

  /// The item that has the number of one that is gone, under a name that is new or was its second.
  private static @Nullable Item successor(Item old, List<Item> now, Set<String> oldNames) {
    return now.stream()
        .filter(item -> item.value() == old.value())
        .min(Comparator.comparing(item -> oldNames.contains(item.name())))
        .orElse(null);
  }

  private static Set<String> names(List<Item> items) {
    return items.stream().map(Item::name).collect(Collectors.toSet());
  }

  private void add(ThriftChange rule, String subject, String message, Item old, Item now) {
    changes.add(rule, subject, message, old.syntax().name(), now.syntax().name());
  }
}
