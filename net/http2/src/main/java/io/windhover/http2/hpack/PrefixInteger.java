package io.windhover.http2.hpack;

import io.windhover.buffer.LinkBuffer;

/// Integers of RFC 7541, section 5.1: what of the first octet is left, and if that is not enough,
/// seven bits an octet, the lowest first.
///
/// ```
///     0   1   2   3   4   5   6   7
///   +---+---+---+---+---+---+---+---+
///   | what else   |  value, or ones |
///   +-------------+-----------------+
///   | 1 |  bits 0 to 6 of the rest  |
///   +---+---------------------------+
///   | 0 |  bits 7 to 13             |
///   +---+---------------------------+
/// ```
final class PrefixInteger {

  static final int MAX_MORE_OCTETS = 5; // 35 bits, for numbers of 31

  private PrefixInteger() {}

  /// @param first the first octet, zeros in the place of the value
  /// @param prefixBits how many of its bits are the value's
  static void write(int first, int prefixBits, int value, LinkBuffer out) {
    int ones = (1 << prefixBits) - 1;
    if (value < ones) {
      out.writeByte(first | value);
    } else {
      out.writeByte(first | ones);
      out.writeVarint(value - ones);
    }
  }
}
