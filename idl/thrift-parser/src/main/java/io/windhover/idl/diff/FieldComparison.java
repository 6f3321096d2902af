package io.windhover.idl.diff;

import io.windhover.idl.Field;
import io.windhover.idl.StructType;
import io.windhover.idl.ast.Name;
import io.windhover.idl.ast.Node;
import io.windhover.idl.ast.Requiredness;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Compares fields, arms, arguments or exceptions.
///
/// A field is the same as before if it has its name, or else if it has its id and neither name is
/// known to the other version.
final class FieldComparison {
  private final TypeComparison types;
  private final Changes changes;

  FieldComparison(TypeComparison types, Changes changes) {
    this.types = types;
    this.changes = changes;
  }

  void compare(FieldRole role, String owner, StructType before, StructType after) {
    compare(
        role,
        owner,
        before.fields(),
        before.syntax().name(),
        after.fields(),
        after.syntax().name());
  }

  /// @param owner what they belong to, as messages name it
  /// @param beforeOwner where it stands
  void compare(
      FieldRole role,
      String owner,
      List<Field> before,
      Name beforeOwner,
      List<Field> after,
      Name afterOwner) {
    var matches = matches(before, after);
    for (Field old : before) {
      Field now = matches.get(old);
      if (now == null) {
        remove(role, owner, old, afterOwner);
      } else {
        compare(role, owner, old, now);
      }
    }
    int last = before.stream().mapToInt(Field::id).max().orElse(Integer.MIN_VALUE);
    var known = new HashSet<>(matches.values());
    for (Field now : after) {
      if (!known.contains(now)) {
        add(role, owner, now, last, beforeOwner);
      }
    }
    var kept = before.stream().map(matches::get).filter(it -> it != null).toList();
    if (role == FieldRole.ARGUMENT
        && !kept.equals(after.stream().filter(known::contains).toList())) {
      changes.add(
          ThriftChange.ARGUMENTS_REORDERED,
          owner,
          "the order of the arguments is another",
          beforeOwner,
          afterOwner);
    }
  }

  private static Map<Field, Field> matches(List<Field> before, List<Field> after) {
    var matches = new HashMap<Field, Field>();
    Map<String, Field> byName = byKey(after, Field::name);
    Map<Integer, Field> byId = byKey(after, Field::id);
    var oldNames = before.stream().map(Field::name).collect(Collectors.toSet());
    for (Field old : before) {
      Field now = byName.get(old.name());
      if (now == null) {
        Field sameId = byId.get(old.id());
        now = sameId != null && !oldNames.contains(sameId.name()) ? sameId : null;
      }
      if (now != null) {
        matches.put(old, now);
      }
    }
    return matches;
  }

  private static <K> Map<K, Field> byKey(List<Field> fields, Function<Field, K> key) {
    return fields.stream().collect(Collectors.toMap(key, it -> it, (first, _) -> first));
  }

  private void remove(FieldRole role, String owner, Field old, @Nullable Node afterOwner) {
    boolean isRequired = role == FieldRole.FIELD && old.requiredness() == Requiredness.REQUIRED;
    changes.add(
        isRequired ? ThriftChange.REQUIRED_FIELD_REMOVED : role.removed,
        subject(owner, old),
        "%s %d is gone, was %s".formatted(role.noun, old.id(), old.type()),
        old.syntax().name(),
        afterOwner);
  }

  private void add(FieldRole role, String owner, Field now, int last, Node beforeOwner) {
    ThriftChange rule = role.added;
    if (role == FieldRole.FIELD && now.requiredness() == Requiredness.REQUIRED) {
      rule = ThriftChange.REQUIRED_FIELD_ADDED;
    } else if (role == FieldRole.FIELD && now.id() < last) {
      rule = ThriftChange.FIELD_ADDED_BETWEEN;
    }
    changes.add(
        rule,
        subject(owner, now),
        "%s %d is new, of type %s".formatted(role.noun, now.id(), now.type()),
        beforeOwner,
        now.syntax().name());
  }

  private void compare(FieldRole role, String owner, Field old, Field now) {
    String subject = subject(owner, old);
    if (old.id() != now.id()) {
      var message = "id is %d, was %d".formatted(now.id(), old.id());
      change(role.idChanged, subject, message, old, now);
    }
    if (!old.name().equals(now.name())) {
      change(
          role.renamed,
          subject,
          "%s %d is '%s', was '%s'".formatted(role.noun, now.id(), now.name(), old.name()),
          old,
          now);
    }
    compareTypes(role, subject, old, now);
    compareRequiredness(subject, old, now);
    compareDefaults(role, subject, old, now);
  }

  private void compareTypes(FieldRole role, String subject, Field old, Field now) {
    var result = types.compare(old.type(), now.type());
    if (result != TypeComparison.Result.SAME) {
      boolean isChanged = result == TypeComparison.Result.CHANGED;
      changes.add(
          isChanged ? role.typeChanged : role.typeReplaced,
          subject,
          TypeText.change(old.type(), now.type()),
          old.syntax().type(),
          now.syntax().type());
    }
  }

  private void compareRequiredness(String subject, Field old, Field now) {
    if (old.requiredness() == now.requiredness()) {
      return;
    }
    ThriftChange rule =
        now.requiredness() == Requiredness.REQUIRED
            ? ThriftChange.FIELD_BECAME_REQUIRED
            : old.requiredness() == Requiredness.REQUIRED
                ? ThriftChange.FIELD_NO_LONGER_REQUIRED
                : ThriftChange.FIELD_OPTIONALITY_CHANGED;
    change(
        rule, subject, "is %s, was %s".formatted(now.requiredness(), old.requiredness()), old, now);
  }

  private void compareDefaults(FieldRole role, String subject, Field old, Field now) {
    var before = old.defaultValue().map(ValueText::of);
    var after = now.defaultValue().map(ValueText::of);
    if (before.equals(after)) {
      return;
    }
    boolean mayBeLeftOut =
        role == FieldRole.FIELD
            && (old.requiredness() == Requiredness.OPTIONAL
                || now.requiredness() == Requiredness.OPTIONAL);
    change(
        mayBeLeftOut ? ThriftChange.OPTIONAL_DEFAULT_CHANGED : ThriftChange.DEFAULT_CHANGED,
        subject,
        "default is %s, was %s".formatted(shown(after), shown(before)),
        old,
        now);
  }

  private static String shown(Optional<String> value) {
    return value.orElse("none");
  }

  private void change(ThriftChange rule, String subject, String message, Field old, Field now) {
    changes.add(rule, subject, message, old.syntax().name(), now.syntax().name());
  }

  private static String subject(String owner, Field field) {
    return owner + "." + field.name();
  }
}
