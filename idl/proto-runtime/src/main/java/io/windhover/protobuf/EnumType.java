package io.windhover.protobuf;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// An enum, for what holds values of any: lists and maps. Generated code makes one of each.
///
/// @param <E> the enum
public final class EnumType<E extends ProtoEnum> {

  private final IntFunction<? extends @Nullable E> values;

  private EnumType(IntFunction<? extends @Nullable E> values) {
    this.values = values;
  }

  /// @param values gives the value of a number, null if there is none
  public static <E extends ProtoEnum> EnumType<E> of(IntFunction<? extends @Nullable E> values) {
    return new EnumType<>(values);
  }

  /// Returns the value of a number; null if there is none, as of closed enums.
  public @Nullable E find(int number) {
    return values.apply(number);
  }
}
