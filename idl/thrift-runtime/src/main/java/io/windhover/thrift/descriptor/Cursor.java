package io.windhover.thrift.descriptor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Reads the numbers and texts of an encoded descriptor.
///
/// A number is written in groups of five bits, the lowest first, each as one of the 64 characters
/// from `0` to `o`; all but the last group have 32 added. A signed number is folded first: 0, -1,
/// 1, -2 are 0, 1, 2, 3. A text is a number: 0 if its length, in UTF-16 units, and its characters
/// follow, else which of the texts so far it is, from 1. A list is the number of its elements, and
/// these.
///
/// Before all else stands the version, 1. Kinds of definitions are struct 0, union 1, exception 2,
/// enum 3, typedef 4, constant 5, service 6. Types are the scalars in the order of
/// [TypeDescriptor.Scalar] from 0, list 9, set 10, map 11, a name 12. Values are false 0, true 1,
/// integer 2, double 3, string 4, uuid 5, enum item 6, list or set 7, map 8, struct 9, constant 10.
/// Flags are annotated 1 and documented 2, and, above these two bits, the kind of a definition; of
/// a field default value 1 and the requiredness in the bits above; of a method oneway 1 and returns
/// 2.
final class Cursor {
  private static final char FIRST = '0';
  private static final int GROUP_BITS = 5;
  private static final int MORE = 1 << GROUP_BITS;

  private final String source;
  private final List<String> texts = new ArrayList<>();
  private int position;

  Cursor(String source) {
    this.source = source;
  }

  /// All 64 bits of a number.
  long bits() {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE; shift += GROUP_BITS) {
      int group = next() - FIRST;
      if (group < 0 || group >= 2 * MORE) {
        throw damaged("digit: '" + source.charAt(position - 1) + "' (expected: '0'..'o')");
      }
      number |= (long) (group & MORE - 1) << shift;
      if (group < MORE) {
        return number;
      }
    }
    throw damaged("number: more than " + Long.SIZE + " bits");
  }

  long signed() {
    long bits = bits();
    return bits >>> 1 ^ -(bits & 1);
  }

  /// A number from 0 to below `end`.
  ///
  /// @param what it is
  int number(String what, int end) {
    return checked(what, bits(), 0, end - 1);
  }

  /// @param what it is
  int checked(String what, long value, int least, int most) {
    if (value < least || value > most) {
      throw damaged("%s: %s (expected: %s..%s)".formatted(what, value, least, most));
    }
    return (int) value;
  }

  String text() {
    int known = number("text", texts.size() + 1);
    if (known > 0) {
      return texts.get(known - 1);
    }
    int length = checked("text length", bits(), 0, source.length() - position);
    var text = source.substring(position, position + length);
    position += length;
    texts.add(text);
    return text;
  }

  <T> List<T> list(Supplier<T> element) {
    int count =
        checked("list length", bits(), 0, source.length() - position); // each takes a character
    var list = new ArrayList<T>(count);
    for (int i = 0; i < count; i++) {
      list.add(element.get());
    }
    return list;
  }

  void end() {
    if (position < source.length()) {
      throw damaged(
          "%s characters behind the end (expected: 0)".formatted(source.length() - position));
    }
  }

  IllegalArgumentException damaged(String what) {
    return new IllegalArgumentException("descriptor, character " + position + ": " + what);
  }

  private char next() {
    if (position == source.length()) {
      throw damaged("end of text (expected: a digit)");
    }
    return source.charAt(position++);
  }
}
