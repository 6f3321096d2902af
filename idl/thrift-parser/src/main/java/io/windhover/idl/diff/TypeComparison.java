package io.windhover.idl.diff;

import io.windhover.idl.BaseType;
import io.windhover.idl.EnumType;
import io.windhover.idl.StructType;
import io.windhover.idl.TrueType;
import io.windhover.idl.Type;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/// Compares types as they are sent. Typedefs do not count.
final class TypeComparison {
  private final Pairs pairs;

  /// Pairs of structs that are being compared: met again inside themselves they do not differ more.
  private final Set<Met> met = new HashSet<>();

  private record Met(StructType before, StructType after) {}

  TypeComparison(Pairs pairs) {
    this.pairs = pairs;
  }

  /// How two types compare. The worst comes last.
  enum Result {
    SAME,
    /// The bytes mean the same, the code does not.
    REPLACED,
    CHANGED;

    Result and(Result other) {
      return compareTo(other) >= 0 ? this : other;
    }
  }

  Result compare(Type before, Type after) {
    TrueType old = before.trueType();
    TrueType now = after.trueType();
    return switch (old) {
      case BaseType type -> base(type, now);
      case EnumType type -> enumeration(type, now);
      case StructType type -> now instanceof StructType it ? struct(type, it) : Result.CHANGED;
      case TrueType.ListType(Type element) ->
          now instanceof TrueType.ListType it ? compare(element, it.element()) : Result.CHANGED;
      case TrueType.SetType(Type element) ->
          now instanceof TrueType.SetType it ? compare(element, it.element()) : Result.CHANGED;
      case TrueType.MapType(Type key, Type value) ->
          now instanceof TrueType.MapType it
              ? compare(key, it.key()).and(compare(value, it.value()))
              : Result.CHANGED;
    };
  }

  private static Result base(BaseType before, TrueType after) {
    if (before == after) {
      return Result.SAME;
    }
    boolean isText =
        Set.of(BaseType.STRING, BaseType.BINARY).contains(before)
            && (after == BaseType.STRING || after == BaseType.BINARY);
    boolean isNumber = before == BaseType.I32 && after instanceof EnumType;
    return isText || isNumber ? Result.REPLACED : Result.CHANGED;
  }

  private Result enumeration(EnumType before, TrueType after) {
    if (after == BaseType.I32) {
      return Result.REPLACED;
    }
    if (!(after instanceof EnumType now)) {
      return Result.CHANGED;
    }
    if (pairs.areOne(before, now)) {
      return Result.SAME;
    }
    return items(before).equals(items(now)) ? Result.REPLACED : Result.CHANGED;
  }

  private static Set<String> items(EnumType type) {
    return type.items().stream()
        .map(item -> item.name() + " = " + item.value())
        .collect(Collectors.toSet());
  }

  /// Different structs are the same bytes if their fields are.
  private Result struct(StructType before, StructType after) {
    if (pairs.areOne(before, after)) {
      return Result.SAME; // what is different in it is said of it itself
    }
    var pair = new Met(before, after);
    if (!met.add(pair)) {
      return Result.REPLACED;
    }
    var changes = new Changes();
    new FieldComparison(this, changes).compare(FieldRole.of(before), before.name(), before, after);
    met.remove(pair);
    return changes.breakTheWire() ? Result.CHANGED : Result.REPLACED;
  }
}
