package io.windhover.source;

import java.util.ArrayDeque;
import java.util.Deque;

/// Writes one JSON value (RFC 8259). Its caller keeps to the grammar: a name before each value of
/// an object, and an end for each beginning.
public final class JsonWriter {
  private final StringBuilder out = new StringBuilder();

  /// For each array or object that is open, whether it has something in it.
  private final Deque<Boolean> open = new ArrayDeque<>();

  /// Whether only the elements of the outermost value have lines of their own.
  private final boolean isDense;

  private boolean isNamed;

  /// Puts each member and element on a line, for people.
  public JsonWriter() {
    this(false);
  }

  private JsonWriter(boolean isDense) {
    this.isDense = isDense;
  }

  /// Puts each element of the outermost array on a line, for tools that go by lines.
  public static JsonWriter ofLines() {
    return new JsonWriter(true);
  }

  public JsonWriter beginObject() {
    return begin('{');
  }

  public JsonWriter endObject() {
    return end('}');
  }

  public JsonWriter beginArray() {
    return begin('[');
  }

  public JsonWriter endArray() {
    return end(']');
  }

  /// The name of the member whose value comes next.
  public JsonWriter name(String name) {
    beforeValue();
    quote(name);
    out.append(isDense ? ":" : ": ");
    isNamed = true;
    return this;
  }

  public JsonWriter value(String value) {
    beforeValue();
    quote(value);
    return this;
  }

  public JsonWriter value(long value) {
    beforeValue();
    out.append(value);
    return this;
  }

  /// @param value finite: JSON has no other numbers
  public JsonWriter value(double value) {
    beforeValue();
    out.append(value);
    return this;
  }

  public JsonWriter value(boolean value) {
    beforeValue();
    out.append(value);
    return this;
  }

  /// What was written, with a line end behind it.
  @Override
  public String toString() {
    return out + "\n";
  }

  private JsonWriter begin(char bracket) {
    beforeValue();
    out.append(bracket);
    open.push(false);
    return this;
  }

  private JsonWriter end(char bracket) {
    if (open.pop()) {
      newLine(open.size() + 1);
    }
    out.append(bracket);
    return this;
  }

  private void beforeValue() {
    if (isNamed) {
      isNamed = false;
      return;
    }
    if (!open.isEmpty()) {
      if (open.pop()) {
        out.append(',');
      }
      open.push(true);
      newLine(open.size());
    }
  }

  /// @param depth of what has the line as its part
  private void newLine(int depth) {
    if (!isDense) {
      out.append('\n').repeat(' ', 2 * open.size());
    } else if (depth == 1) {
      out.append('\n');
    }
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          // Beside what JSON forbids: what a terminal obeys, and halves of a surrogate pair.
          if (c < ' '
              || c >= 0x7F && c < 0xA0
              || c == '\u2028'
              || c == '\u2029'
              || Character.getType(c) == Character.FORMAT
              || isHalf(text, i)) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean isHalf(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }
}
