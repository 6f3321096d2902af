package io.windhover.protobuf;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The text of a message for people, as records have it: `Order[id=7, tags=[new, paid]]`.
///
/// It is one line and never long: strings and containers are cut, and so is the whole. What is left
/// out is not looked at, so the text of a huge tree is made as fast as that of a small one.
/// Characters that could break the line are escaped. Generated code uses it; not safe for many
/// threads.
public final class MessageText {

  private static final int MAX_CHARS = 2_000; // a text that is longer gets no more fields
  private static final int MAX_STRING_CHARS = 100;
  private static final int MAX_ELEMENTS = 10;
  private static final String SEPARATOR = ", ";
  private static final String ELLIPSIS = "...";

  private final StringBuilder text;
  private boolean isFirst = true;
  private boolean isCut;

  /// @param name of the message
  public MessageText(String name) {
    this.text = new StringBuilder(name).append('[');
  }

  /// Adds a field.
  ///
  /// @param value null if it is absent
  public MessageText field(String name, @Nullable Object value) {
    if (begins(name)) {
      append(value);
    }
    return this;
  }

  /// Adds a field that must not show in logs: only whether there is a value.
  public MessageText redacted(String name, @Nullable Object value) {
    if (begins(name)) {
      text.append(value == null ? "null" : "<redacted>");
    }
    return this;
  }

  /// Returns the text so far.
  @Override
  public String toString() {
    return text + "]";
  }

  private boolean begins(String name) {
    if (isFull()) {
      if (!isCut) {
        text.append(SEPARATOR).append(ELLIPSIS);
        isCut = true;
      }
      return false;
    }
    text.append(isFirst ? "" : SEPARATOR).append(name).append('=');
    isFirst = false;
    return true;
  }

  private boolean isFull() {
    return text.length() > MAX_CHARS;
  }

  private void append(@Nullable Object value) {
    switch (value) {
      case null -> text.append("null");
      case String string -> append(string);
      case Collection<?> elements -> append(elements);
      case Map<?, ?> map -> append(map);
      default -> text.append(value); // a number, or what cuts its own text
    }
  }

  private void append(String string) {
    boolean isLong = string.length() > MAX_STRING_CHARS;
    int end = isLong ? MAX_STRING_CHARS : string.length();
    for (int i = 0; i < end; i++) {
      append(string.charAt(i));
    }
    if (isLong) {
      text.append(ELLIPSIS).append('(').append(string.length()).append(" chars)");
    }
  }

  private void append(char c) {
    switch (Character.getType(c)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          text.append(escaped(c));
      default -> text.append(c);
    }
  }

  private static String escaped(char c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> "\\u%04x".formatted((int) c);
    };
  }

  private void append(Collection<?> elements) {
    text.append('[');
    int shown = 0;
    for (var element : elements) {
      if (!fits(shown, elements.size())) {
        break;
      }
      append(element);
      shown++;
    }
    text.append(']');
  }

  private void append(Map<?, ?> map) {
    text.append('{');
    int shown = 0;
    for (var entry : map.entrySet()) {
      if (!fits(shown, map.size())) {
        break;
      }
      append(entry.getKey());
      text.append('=');
      append(entry.getValue());
      shown++;
    }
    text.append('}');
  }

  /// Begins one more element, or says how many are left out.
  private boolean fits(int shown, int size) {
    text.append(shown == 0 ? "" : SEPARATOR);
    if (shown == MAX_ELEMENTS || isFull()) {
      text.append(ELLIPSIS).append(size - shown).append(" more");
      return false;
    }
    return true;
  }
}
