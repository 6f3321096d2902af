package io.windhover.http2;

import io.windhover.http2.hpack.HeaderField;
import org.jspecify.annotations.Nullable;

/// Which fields a header list may have (RFC 9113, sections 8.2.1 and 8.2.2): what HTTP/1 would read
/// otherwise never gets further.
final class FieldRules {

  private FieldRules() {}

  /// Returns what is wrong with a field that is not one of HTTP/2's own; null if nothing is.
  static @Nullable String fault(HeaderField field) {
    var name = field.name();
    if (!isName(name)) {
      return "a name with a character that names do not have";
    }
    if (!isValue(field.value())) {
      return "a value with a character that values do not have, of " + name;
    }
    return switch (name) {
      case "connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade" ->
          "a field of HTTP/1's connections: " + name;
      case "te" -> field.value().equals("trailers") ? null : "te that is not trailers";
      default -> null;
    };
  }

  /// A token (RFC 9110, section 5.6.2) in lower case; more than RFC 9113 asks for.
  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (!isNameCharacter(name.charAt(i))) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || c == '-'
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '.'
        || (c < 0x7f && "!#$%&'*+^`|~".indexOf(c) >= 0);
  }

  /// Whether a value has octets alone, and none that would end it.
  static boolean isValue(String value) {
    int length = value.length();
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c == '\0' || c == '\n' || c == '\r' || c > 0xff) {
        return false;
      }
    }
    return length == 0 || (!isBlank(value.charAt(0)) && !isBlank(value.charAt(length - 1)));
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /// Returns the value of a content-length; -1 if it is none.
  static long contentLength(String value) {
    int length = value.length();
    if (length == 0 || length > 18) { // fits a long
      return -1;
    }
    long count = 0;
    for (int i = 0; i < length; i++) {
      int digit = value.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      count = 10 * count + digit;
    }
    return count;
  }
}
