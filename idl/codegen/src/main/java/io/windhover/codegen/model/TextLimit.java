package io.windhover.codegen.model;

import io.windhover.idl.Value;
import io.windhover.idl.ast.ConstValue;
import io.windhover.idl.source.Diagnostic;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How long a text in the source may be: the Java Virtual Machine Specification, 4.4.7, has two
/// bytes for its length.
public final class TextLimit {
  private static final int MAX_BYTES = 0xFFFF;

  private TextLimit() {}

  /// Reports a constant or default that holds a longer text.
  public static void check(Value value, ConstValue syntax, List<Diagnostic> diagnostics) {
    var text = tooLong(value);
    if (text != null) {
      diagnostics.add(
          Diagnostic.error(
                  syntax.span(),
                  "a text of %s characters is too long for a class file (expected: at most %s bytes)"
                      .formatted(text.length(), MAX_BYTES))
              .withHelp("keep it in a file beside the program"));
    }
  }

  private static @Nullable String tooLong(Value value) {
    return switch (value) {
      case Value.OfString text -> bytes(text.value()) > MAX_BYTES ? text.value() : null;
      case Value.OfList list -> first(list.elements());
      case Value.OfMap map ->
          first(map.entries().stream().flatMap(it -> Stream.of(it.key(), it.value())).toList());
      case Value.OfStruct struct -> first(struct.members().stream().map(it -> it.value()).toList());
      case Value.OfConstant constant -> tooLong(constant.value());
      case Value.OfBool _, Value.OfInt _, Value.OfDouble _, Value.OfUuid _ -> null;
      case Value.OfEnum _, Value.OfEnumNumber _ -> null;
    };
  }

  private static @Nullable String first(List<Value> values) {
    for (var value : values) {
      var text = tooLong(value);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  /// Returns the length in the UTF-8 of class files, which has two bytes for NUL and two times
  /// three for a character outside of the first plane.
  private static long bytes(String text) {
    return text.chars()
        .map(it -> it == 0 ? 2 : it < 0x80 ? 1 : it < 0x800 ? 2 : 3)
        .asLongStream()
        .sum();
  }
}
