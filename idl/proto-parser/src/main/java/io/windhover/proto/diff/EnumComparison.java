package io.windhover.proto.diff;

import io.windhover.proto.EnumType;
import io.windhover.proto.EnumValue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Compares two versions of an enum.
final class EnumComparison {
  private final Changes changes;

  EnumComparison(Changes changes) {
    this.changes = changes;
  }

  void compare(EnumType before, EnumType after) {
    String name = Definitions.name(before);
    if (before.isClosed() != after.isClosed()) {
      String message = after.isClosed() ? "is closed now" : "is open now";
      changes.add(ProtoChange.ENUM_OPENNESS_CHANGED, name, message, before, after);
    }
    for (EnumValue old : before.values()) {
      compare(name + "." + old.name(), old, after);
    }
    for (EnumValue now : after.values()) {
      boolean isNew =
          find(before, it -> it.name().equals(now.name())) == null
              && find(before, it -> it.number() == now.number()) == null;
      if (isNew) {
        String message = "value %d is new".formatted(now.number());
        boolean isReserved =
            before.reserved().ranges().stream().anyMatch(it -> it.contains(now.number()));
        var rule = isReserved ? ProtoChange.RESERVED_NUMBER_USED : ProtoChange.ENUM_VALUE_ADDED;
        changes.add(rule, name + "." + now.name(), message, before, now);
      }
    }
  }

  private void compare(String subject, EnumValue old, EnumType after) {
    EnumValue same = find(after, it -> it.name().equals(old.name()));
    EnumValue renamed = find(after, it -> it.number() == old.number());
    if (same != null && same.number() != old.number()) {
      String message = "is %d, was %d".formatted(same.number(), old.number());
      changes.add(ProtoChange.ENUM_VALUE_CHANGED, subject, message, old, same);
    } else if (same == null && renamed != null) {
      String message = "is called %s, was %s".formatted(renamed.name(), old.name());
      changes.add(ProtoChange.ENUM_VALUE_RENAMED, subject, message, old, renamed);
    } else if (same == null) {
      String message = "value %d is gone".formatted(old.number());
      changes.add(ProtoChange.ENUM_VALUE_REMOVED, subject, message, old, after);
    }
  }

  private static @Nullable EnumValue find(EnumType type, Predicate<EnumValue> wanted) {
    return type.values().stream().filter(wanted).findFirst().orElse(null);
  }
}
