package io.windhover.idl;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How large a value is with its constants replaced, as a generator may have to write it.
///
/// A chain of constants such as `const list<list<i32>> B = [A, A]` doubles with each link, and one
/// of structs can be deeper than the stack, so something must stop them.
///
/// @param written parts (scalars, containers, structs) if a constant counts as one
/// @param parts parts if a constant counts as what it stands for
/// @param levels 1 for a scalar; what is written is bounded by the parser
record ValueSize(long written, long parts, int levels) {
  private static final int MAX_PARTS = 10_000;
  private static final int MAX_LEVELS = 256;
  private static final ValueSize SCALAR = new ValueSize(1, 1, 1);

  static ValueSize of(Value value) {
    return switch (value) {
      case Value.OfList(var elements) -> around(elements.stream());
      case Value.OfMap(var entries) ->
          around(entries.stream().flatMap(entry -> Stream.of(entry.key(), entry.value())));
      case Value.OfStruct(StructType _, var members) ->
          around(members.stream().map(Value.OfStruct.Member::value));
      case Value.OfConstant(Constant constant, Value _) ->
          new ValueSize(1, constant.size().parts, constant.size().levels);
      case Value.OfBool _,
          Value.OfInt _,
          Value.OfDouble _,
          Value.OfString _,
          Value.OfUuid _,
          Value.OfEnum _,
          Value.OfEnumNumber _ ->
          SCALAR;
    };
  }

  private static ValueSize around(Stream<Value> inner) {
    return inner.map(ValueSize::of).reduce(SCALAR, ValueSize::holding);
  }

  private ValueSize holding(ValueSize inner) {
    return new ValueSize(
        written + inner.written, parts + inner.parts, Math.max(levels, inner.levels + 1));
  }

  /// What is too much, if anything is. However long a value is that is written out, it grows with
  /// the file only.
  @Nullable String excess() {
    if (levels > MAX_LEVELS) {
      return "value of more than " + MAX_LEVELS + " levels, its constants replaced";
    }
    return parts > MAX_PARTS && parts > written
        ? "value of more than " + MAX_PARTS + " parts, its constants replaced"
        : null;
  }
}
