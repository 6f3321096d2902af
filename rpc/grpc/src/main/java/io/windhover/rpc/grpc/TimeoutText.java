package io.windhover.rpc.grpc;

import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.wire.PeerText;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/// The text of `grpc-timeout`: up to eight digits and a unit, such as `250m` of 250 ms.
final class TimeoutText {

  private static final int MAX_DIGITS = 8;
  private static final long MAX_COUNT = 99_999_999;

  /// The finest first.
  private static final String UNITS = "numSMH";

  private static final long[] UNIT_NANOS = {
    1, 1_000, 1_000_000, 1_000_000_000, 60_000_000_000L, 3_600_000_000_000L
  };

  private TimeoutText() {}

  /// @throws MalformedMessageException if it is none
  static Duration read(String text) {
    int digits = text.length() - 1;
    if (digits < 1 || digits > MAX_DIGITS) {
      throw malformed(text);
    }
    long count = 0;
    for (int i = 0; i < digits; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        throw malformed(text);
      }
      count = 10 * count + (c - '0');
    }
    return switch (text.charAt(digits)) {
      case 'n' -> Duration.ofNanos(count);
      case 'u' -> Duration.of(count, ChronoUnit.MICROS);
      case 'm' -> Duration.ofMillis(count);
      case 'S' -> Duration.ofSeconds(count);
      case 'M' -> Duration.ofMinutes(count);
      case 'H' -> Duration.ofHours(count);
      default -> throw malformed(text);
    };
  }

  private static MalformedMessageException malformed(String text) {
    return new MalformedMessageException(
        "grpc-timeout: %s (expected: 1 to 8 digits and one of H M S m u n)"
            .formatted(PeerText.shortened(text)));
  }

  /// Returns the text of what is left, in the finest unit that fits, rounded up; `0n` if nothing
  /// is.
  static String write(long nanos) {
    if (nanos <= 0) {
      return "0n";
    }
    int unit = 0;
    while (unit < UNIT_NANOS.length - 1 && count(nanos, unit) > MAX_COUNT) {
      unit++;
    }
    return Math.min(count(nanos, unit), MAX_COUNT) + UNITS.substring(unit, unit + 1);
  }

  private static long count(long nanos, int unit) {
    return Math.ceilDiv(nanos, UNIT_NANOS[unit]);
  }
}
