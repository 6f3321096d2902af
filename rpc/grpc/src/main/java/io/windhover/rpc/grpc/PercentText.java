package io.windhover.rpc.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/// The text of `grpc-message`: UTF-8, of which printable ASCII but `%` stands for itself and all
/// else is `%` and two hexadecimal digits. Blanks at an end are encoded, too: HTTP/2 has none
/// there.
final class PercentText {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private PercentText() {}

  /// @param maxBytes of the encoded text; what goes beyond is cut off, between two characters, and
  ///   so are blanks before it
  static String encode(String text, int maxBytes) {
    if (isPlain(text) && text.length() <= maxBytes) {
      return text;
    }
    var out = new StringBuilder();
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      int next = i + Character.charCount(character);
      int size = out.length();
      if (isPlain(character) && !(character == ' ' && (i == 0 || next == text.length()))) {
        out.append((char) character);
      } else {
        for (byte one : text.substring(i, next).getBytes(UTF_8)) {
          HEX.toHexDigits(out.append('%'), one);
        }
      }
      if (out.length() > maxBytes) {
        out.setLength(size);
        dropBlanksAtTheEnd(out);
        break;
      }
      i = next;
    }
    return out.toString();
  }

  /// Returns what an encoded text is if it is cut to so many bytes.
  static String shortened(String encoded, int maxBytes) {
    return encode(decode(encoded), maxBytes);
  }

  private static void dropBlanksAtTheEnd(StringBuilder text) {
    while (!text.isEmpty() && text.charAt(text.length() - 1) == ' ') {
      text.setLength(text.length() - 1);
    }
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isPlain(text.charAt(i))) {
        return false;
      }
    }
    return !text.startsWith(" ") && !text.endsWith(" ");
  }

  private static boolean isPlain(int character) {
    return character >= ' ' && character <= '~' && character != '%';
  }

  /// Returns the text, of which other peers leave UTF-8 as it is; a `%` that no two digits follow
  /// stands for itself, and what is no UTF-8 becomes U+FFFD: nothing is ever wrong with it.
  static String decode(String encoded) {
    if (isAscii(encoded) && encoded.indexOf('%') < 0) {
      return encoded;
    }
    var bytes = new ByteArrayOutputStream(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c == '%' && isEncoded(encoded, i)) {
        bytes.write(HexFormat.fromHexDigits(encoded, i + 1, i + 3));
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    return bytes.toString(UTF_8);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  private static boolean isEncoded(String text, int at) {
    return at + 2 < text.length()
        && HexFormat.isHexDigit(text.charAt(at + 1))
        && HexFormat.isHexDigit(text.charAt(at + 2));
  }
}
