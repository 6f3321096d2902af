package io.windhover.rpc.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/// A JSON object whose values are strings: the form of what a business status says besides its code
/// and text.
public final class FlatJson {

  private static final String EXPECTED = "biz-extra is no JSON object of strings: ";

  private final String text;
  private int at;

  private FlatJson(String text) {
    this.text = text;
  }

  /// Returns the text, on one line.
  public static String write(Map<String, String> values) {
    var out = new StringBuilder("{");
    values.forEach(
        (key, value) -> {
          if (out.length() > 1) {
            out.append(',');
          }
          quote(key, out);
          out.append(':');
          quote(value, out);
        });
    return out.append('}').toString();
  }

  private static void quote(String value, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /// @throws WireException if `text` is anything else
  public static Map<String, String> read(String text) {
    return new FlatJson(text).object();
  }

  private Map<String, String> object() {
    var values = new LinkedHashMap<String, String>();
    expect('{');
    if (!isNext('}')) {
      do {
        var key = string();
        expect(':');
        values.put(key, string());
      } while (isNext(','));
      expect('}');
    }
    skipSpace();
    if (at != text.length()) {
      throw unexpected();
    }
    return values;
  }

  private String string() {
    expect('"');
    var value = new StringBuilder();
    while (true) {
      char c = next();
      switch (c) {
        case '"' -> {
          return value.toString();
        }
        case '\\' -> value.append(escaped());
        default -> {
          if (c < ' ') {
            throw unexpected();
          }
          value.append(c);
        }
      }
    }
  }

  private char escaped() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int digit = Character.digit(next(), 16);
          if (digit < 0) {
            throw unexpected();
          }
          code = code << 4 | digit;
        }
        yield (char) code;
      }
      default -> throw unexpected();
    };
  }

  private void expect(char c) {
    if (!isNext(c)) {
      throw unexpected();
    }
  }

  private boolean isNext(char c) {
    skipSpace();
    boolean found = at < text.length() && text.charAt(at) == c;
    if (found) {
      at++;
    }
    return found;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char next() {
    if (at == text.length()) {
      throw unexpected();
    }
    return text.charAt(at++);
  }

  private WireException unexpected() {
    return WireException.protocolError(EXPECTED + PeerText.shortened(text));
  }
}
