package io.windhover.codegen.model;

import io.windhover.idl.StructType;
import io.windhover.idl.Value;
import io.windhover.idl.ast.ConstValue;
import io.windhover.idl.source.Diagnostic;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How much of the values of an IDL a class file can hold.
public final class ValueLimits {

  /// Of a text: the Java Virtual Machine Specification, 4.4.7, has two bytes for its length.
  private static final int MAX_BYTES = 0xFFFF;

  /// Of a struct: one method makes the values of all its defaults, has at most 65,535 bytes of code
  /// (4.7.3), and takes up to 25 for each.
  private static final int MAX_DEFAULT_VALUES = 2_000;

  private ValueLimits() {}

  /// Reports a struct whose defaults hold too many values.
  static void checkDefaults(StructType struct, List<Diagnostic> diagnostics) {
    long count =
        struct.fields().stream()
            .flatMap(field -> field.defaultValue().stream())
            .mapToLong(ValueLimits::count)
            .sum();
    if (count > MAX_DEFAULT_VALUES) {
      diagnostics.add(
          Diagnostic.error(
                  struct.syntax().name().span(),
                  "the defaults of '%s' hold %s values, more than a class has room for (expected: at most %s)"
                      .formatted(struct.name(), count, MAX_DEFAULT_VALUES))
              .withHelp("make the large ones constants, and set them where a struct is made"));
    }
  }

  private static long count(Value value) {
    return switch (value) {
      case Value.OfList list -> 1 + list.elements().stream().mapToLong(ValueLimits::count).sum();
      case Value.OfMap map ->
          1 + map.entries().stream().mapToLong(it -> count(it.key()) + count(it.value())).sum();
      case Value.OfStruct struct ->
          1 + struct.members().stream().mapToLong(it -> count(it.value())).sum();
      case Value.OfConstant constant -> count(constant.value());
      case Value.OfBool _, Value.OfInt _, Value.OfDouble _, Value.OfString _, Value.OfUuid _ -> 1;
      case Value.OfEnum _, Value.OfEnumNumber _ -> 1;
    };
  }

  /// Reports a constant or default that holds a longer text.
  static void checkTexts(Value value, ConstValue syntax, List<Diagnostic> diagnostics) {
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
  public static int bytes(String text) {
    return text.chars().map(it -> it == 0 ? 2 : it < 0x80 ? 1 : it < 0x800 ? 2 : 3).sum();
  }
}
