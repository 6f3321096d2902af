package io.windhover.proto.diff;

import io.windhover.proto.EnumType;
import io.windhover.proto.EnumValue;
import io.windhover.proto.Field;
import io.windhover.proto.FieldType;
import io.windhover.proto.MessageType;
import io.windhover.proto.ast.Scalar;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Compares types of fields by what is sent.
final class TypeComparison {
  /// More messages that are part of one another are not looked at, and taken for others.
  private static final int MAX_OPEN = 200;

  private final NewNames names;

  /// What two types are to each other.
  enum Result {
    SAME,
    /// Other types in the code, with the same bytes.
    REPLACED,
    CHANGED
  }

  private record Pair(MessageType before, MessageType after) {}

  TypeComparison(NewNames names) {
    this.names = names;
  }

  Result compare(Field before, Field after) {
    if (before.isMap() != after.isMap()) {
      return Result.CHANGED;
    }
    return before.isMap()
        ? worse(compareEntry(before, after, 0), compareEntry(before, after, 1))
        : compare(before.type(), after.type(), new HashSet<>());
  }

  Result compare(MessageType before, MessageType after) {
    return compare(before, after, new HashSet<>());
  }

  private Result compareEntry(Field before, Field after, int index) {
    return compare(entry(before, index), entry(after, index), new HashSet<>());
  }

  /// The type of the key of a map, or of its value.
  static FieldType entry(Field map, int index) {
    return switch (map.type()) {
      case FieldType.OfMessage(MessageType it) -> it.fields().get(index).type();
      case FieldType.OfEnum _, FieldType.OfScalar _, FieldType.Unresolved _ -> map.type();
    };
  }

  private static Result worse(Result one, Result other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private Result compare(FieldType before, FieldType after, Set<Pair> open) {
    return switch (before) {
      case FieldType.OfScalar(Scalar old) -> compare(old, after);
      case FieldType.OfEnum(EnumType old) ->
          after instanceof FieldType.OfEnum(EnumType now)
              ? compare(old, now)
              : isInt32(after) && !old.isClosed() ? Result.REPLACED : Result.CHANGED;
      case FieldType.OfMessage(MessageType old) ->
          after instanceof FieldType.OfMessage(MessageType now)
              ? compare(old, now, open)
              : Result.CHANGED;
      case FieldType.Unresolved _ -> Result.CHANGED;
    };
  }

  private static Result compare(Scalar before, FieldType after) {
    if (after instanceof FieldType.OfScalar(Scalar now)) {
      boolean isText = before == Scalar.STRING && now == Scalar.BYTES;
      return before == now ? Result.SAME : isText ? Result.REPLACED : Result.CHANGED;
    }
    boolean isEnum = after instanceof FieldType.OfEnum(EnumType it) && !it.isClosed();
    return before == Scalar.INT32 && isEnum ? Result.REPLACED : Result.CHANGED;
  }

  private static boolean isInt32(FieldType type) {
    return type instanceof FieldType.OfScalar(Scalar it) && it == Scalar.INT32;
  }

  private Result compare(EnumType before, EnumType after) {
    if (names.areOne(before, after)) {
      return Result.SAME;
    }
    boolean isAlike =
        before.isClosed() == after.isClosed() && numbers(before).equals(numbers(after));
    return isAlike ? Result.REPLACED : Result.CHANGED;
  }

  private static Set<Integer> numbers(EnumType type) {
    return type.values().stream().map(EnumValue::number).collect(Collectors.toSet());
  }

  /// @param open those that are being compared, which may hold themselves
  private Result compare(MessageType before, MessageType after, Set<Pair> open) {
    if (names.areOne(before, after)) {
      return Result.SAME;
    }
    if (!open.add(new Pair(before, after))) {
      return Result.REPLACED;
    }
    if (open.size() > MAX_OPEN || before.fields().size() != after.fields().size()) {
      return Result.CHANGED;
    }
    Map<Integer, Field> news = Fields.of(after).byNumber();
    for (Field old : before.fields()) {
      Field now = news.get(old.number());
      boolean isSame =
          now != null
              && old.isRepeated() == now.isRepeated()
              && old.isDelimited() == now.isDelimited()
              && compare(old.type(), now.type(), open) != Result.CHANGED;
      if (!isSame) {
        return Result.CHANGED;
      }
    }
    return Result.REPLACED;
  }
}
