package io.windhover.codegen.emit;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Writes the numbers and texts of an encoded descriptor: what `Cursor` in the runtime reads, and
/// where the encoding is described.
final class DescriptorText {
  private static final char FIRST = '0';
  private static final int GROUP_BITS = 5;
  private static final int MORE = 1 << GROUP_BITS;

  private final StringBuilder out = new StringBuilder();
  private final Map<String, Integer> texts = new HashMap<>();

  /// Appends a number, or all 64 bits of what is none.
  void number(long number) {
    long rest = number;
    while (rest >>> GROUP_BITS != 0) {
      out.append((char) (FIRST + MORE + (rest & MORE - 1)));
      rest >>>= GROUP_BITS;
    }
    out.append((char) (FIRST + rest));
  }

  /// Appends a number that may be negative.
  void signed(long number) {
    number(number << 1 ^ number >> Long.SIZE - 1);
  }

  void text(String text) {
    var known = texts.putIfAbsent(text, texts.size() + 1);
    if (known != null) {
      number(known);
    } else {
      number(0);
      number(text.length());
      out.append(text);
    }
  }

  <T> void list(Collection<T> elements, Consumer<T> element) {
    number(elements.size());
    elements.forEach(element);
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
