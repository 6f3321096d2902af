package io.windhover.thrift.validation;

import io.windhover.thrift.Binary;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Pattern;

/// What rules compute. For generated code.
public final class Functions {

  private static final long NANOS_A_SECOND = 1_000_000_000;

  private Functions() {}

  /// How many bytes a text takes as UTF-8, counted without encoding it. A lone surrogate is one
  /// byte, the `?` that it is written as.
  public static int utf8Bytes(String text) {
    int bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        if (c < 0x800) {
          bytes++;
        } else if (!Character.isSurrogate(c)) {
          bytes += 2;
        } else if (startsPair(text, i)) {
          bytes += 2; // four bytes for two chars
          i++;
        }
      }
    }
    return bytes;
  }

  private static boolean startsPair(String text, int i) {
    return i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
  }

  /// How many code points a text has.
  public static int codePoints(String text) {
    return text.codePointCount(0, text.length());
  }

  /// Whether a pattern finds something in a text. A search that takes too long, or too much stack,
  /// has found nothing: the text may come from a peer that wants it so.
  public static boolean finds(Pattern pattern, String text) {
    try {
      return pattern.matcher(new BoundedText(text)).find();
    } catch (BoundedText.ExhaustedException | StackOverflowError e) {
      return false;
    }
  }

  /// Reads bytes as UTF-8, as patterns do; what is none becomes U+FFFD.
  public static String decoded(Binary bytes) {
    return StandardCharsets.UTF_8.decode(bytes.asReadOnlyByteBuffer()).toString();
  }

  /// The sum, which wraps around beyond 64 bits.
  public static long add(long left, long right) {
    return left + right;
  }

  public static double add(double left, double right) {
    return left + right;
  }

  /// The remainder of a division, with the sign of `dividend`; the dividend itself if the divisor
  /// is 0, which a peer may send.
  public static long mod(long dividend, long divisor) {
    return divisor == 0 ? dividend : dividend % divisor;
  }

  /// Nanoseconds since 1970, by the wall clock.
  public static long nowUnixNanos() {
    var now = Instant.now();
    return now.getEpochSecond() * NANOS_A_SECOND + now.getNano();
  }

  /// Whether a number is equal to one of some others: not-a-number is to none, 0.0 is to -0.0.
  public static boolean isIn(double value, double[] values) {
    for (double each : values) {
      if (value == each) {
        return true;
      }
    }
    return false;
  }
}
