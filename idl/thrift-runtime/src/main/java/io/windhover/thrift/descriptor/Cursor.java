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
        throw damaged("'" + source.charAt(position - 1) + "' (expected: a digit)");
      }
      number |= (long) (group & MORE - 1) << shift;
      if (group < MORE) {
        return number;
      }
    }
    throw damaged("a number without an end");
  }

  long signed() {
    long bits = bits();
    return bits >>> 1 ^ -(bits & 1);
  }

  /// A number from 0 to below `end`.
  int number(int end) {
    long number = bits();
    if (number < 0 || number >= end) {
      throw damaged(number + " (expected: 0.." + (end - 1) + ")");
    }
    return (int) number;
  }

  String text() {
    int known = number(texts.size() + 1);
    if (known > 0) {
      return texts.get(known - 1);
    }
    int length = number(Integer.MAX_VALUE);
    if (length > source.length() - position) {
      throw damaged("a text of " + length);
    }
    var text = source.substring(position, position + length);
    position += length;
    texts.add(text);
    return text;
  }

  <T> List<T> list(Supplier<T> element) {
    int count = number(source.length() - position + 1); // each takes a character
    var list = new ArrayList<T>(count);
    for (int i = 0; i < count; i++) {
      list.add(element.get());
    }
    return list;
  }

  void end() {
    if (position < source.length()) {
      throw damaged("more than there should be");
    }
  }

  DescriptorException damaged(String what) {
    return new DescriptorException("descriptor, character " + position + ": " + what);
  }

  private char next() {
    if (position == source.length()) {
      throw damaged("the end");
    }
    return source.charAt(position++);
  }
}
