package io.windhover.idl.diff;

import io.windhover.idl.Value;
import io.windhover.source.Quote;
import java.util.stream.Collectors;

/// A value in one spelling: two values are the same if their texts are. Constants are replaced by
/// what they stand for.
final class ValueText {

  private ValueText() {}

  static String of(Value value) {
    return switch (value) {
      case Value.OfBool(boolean it) -> String.valueOf(it);
      case Value.OfInt(long it) -> String.valueOf(it);
      case Value.OfDouble(double it) -> String.valueOf(it);
      case Value.OfString(String it) -> Quote.of(it);
      case Value.OfUuid(java.util.UUID it) -> it.toString();
      case Value.OfEnum(var item) -> String.valueOf(item.value());
      case Value.OfEnumNumber(int number) -> String.valueOf(number);
      case Value.OfConstant(var _, Value it) -> of(it);
      case Value.OfList(var elements) ->
          elements.stream().map(ValueText::of).collect(Collectors.joining(", ", "[", "]"));
      case Value.OfMap(var entries) ->
          entries.stream()
              .map(it -> of(it.key()) + ": " + of(it.value()))
              .collect(Collectors.joining(", ", "{", "}"));
      case Value.OfStruct(var _, var members) ->
          members.stream()
              .map(it -> it.field().name() + ": " + of(it.value()))
              .collect(Collectors.joining(", ", "{", "}"));
    };
  }
}
