package io.windhover.proto;

/// The names that JSON and maps make of the names in files. ASCII throughout.
final class JsonNames {

  private JsonNames() {}

  /// `order_item` as `orderItem`.
  static String ofField(String name) {
    return camel(name, false);
  }

  /// The name of the message for the entries of a map: `by_name` as `ByNameEntry`.
  static String ofMapEntry(String field) {
    return camel(field, true) + "Entry";
  }

  /// What values of an enum have in common if they are the same but for case, underscores and the
  /// name of the enum: `COLOR_LIGHT_RED` of `Color` as `LightRed`.
  static String ofEnumValue(String type, String value) {
    String rest = withoutPrefix(type, value);
    var camel = new StringBuilder();
    boolean isNext = true;
    for (int i = 0; i < rest.length(); i++) {
      char c = rest.charAt(i);
      if (c == '_') {
        isNext = true;
      } else {
        camel.append(isNext ? upper(c) : lower(c));
        isNext = false;
      }
    }
    return camel.toString();
  }

  /// `LightRed` as `LIGHT_RED`.
  static String upperSnake(String name) {
    var snake = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 'A' && c <= 'Z' && !snake.isEmpty()) {
        snake.append('_');
      }
      snake.append(upper(c));
    }
    return snake.toString();
  }

  private static String withoutPrefix(String type, String value) {
    String prefix = letters(type);
    int at = 0;
    int matched = 0;
    while (at < value.length() && matched < prefix.length()) {
      char c = value.charAt(at++);
      if (c != '_' && lower(c) != prefix.charAt(matched++)) {
        return value;
      }
    }
    if (matched < prefix.length()) {
      return value;
    }
    while (at < value.length() && value.charAt(at) == '_') {
      at++;
    }
    return at == value.length() ? value : value.substring(at);
  }

  private static String letters(String text) {
    var letters = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '_') {
        letters.append(lower(c));
      }
    }
    return letters.toString();
  }

  private static String camel(String name, boolean startsUpper) {
    var camel = new StringBuilder();
    boolean isNext = startsUpper;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '_') {
        isNext = true;
      } else {
        camel.append(isNext ? upper(c) : c);
        isNext = false;
      }
    }
    return camel.toString();
  }

  private static char upper(char c) {
    return c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
  }

  /// A name in lower case.
  static String lower(String name) {
    var lower = new StringBuilder();
    name.chars().forEach(c -> lower.append(lower((char) c)));
    return lower.toString();
  }

  static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c;
  }
}
