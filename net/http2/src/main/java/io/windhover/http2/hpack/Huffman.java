package io.windhover.http2.hpack;

import io.windhover.buffer.LinkBuffer;

/// The Huffman code of RFC 7541, appendix B, and texts written in it.
///
/// The code is canonical: codes of one length count up in the order of their symbols, and the first
/// of a length follows the last of the length before. So the lengths are all that there is to say.
final class Huffman {

  /// The symbol behind the 256 octets, the end of a string. No string has it.
  static final int EOS = 256;

  static final int OCTETS = 256;

  /// How many bits each symbol has: a row for 16 of them.
  private static final byte[] LENGTHS = {
    13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28,
    28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
    6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6,
    5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
    13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
    7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
    15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5,
    6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
    20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23,
    24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
    22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23,
    21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
    26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25,
    19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
    20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23,
    26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
    30
  };

  static final int MIN_BITS = 5; // of a symbol
  private static final int MAX_BITS = 30;

  private static final int[] CODES = codes();

  private Huffman() {}

  private static int[] codes() {
    int[] codes = new int[LENGTHS.length];
    int next = 0;
    for (int length = 1; length <= MAX_BITS; length++) {
      next <<= 1;
      for (int symbol = 0; symbol < LENGTHS.length; symbol++) {
        if (LENGTHS[symbol] == length) {
          codes[symbol] = next++;
        }
      }
    }
    return codes;
  }

  /// Returns the bits of a symbol, the last of them lowest.
  static int code(int symbol) {
    return CODES[symbol];
  }

  /// Returns how many bits a symbol has.
  static int bits(int symbol) {
    return LENGTHS[symbol];
  }

  /// Returns how many octets `text` takes in this code.
  static int octets(String text) {
    long bits = 0;
    for (int i = 0; i < text.length(); i++) {
      bits += LENGTHS[octet(text, i)];
    }
    return (int) ((bits + Byte.SIZE - 1) / Byte.SIZE);
  }

  /// Appends `text` in this code, filled up to whole octets with ones.
  static void write(String text, LinkBuffer out) {
    long bits = 0; // the low `count` are not written yet
    int count = 0; // below 32 between two symbols
    for (int i = 0; i < text.length(); i++) {
      int symbol = octet(text, i);
      bits = bits << LENGTHS[symbol] | CODES[symbol];
      count += LENGTHS[symbol];
      if (count >= Integer.SIZE) {
        count -= Integer.SIZE;
        out.writeInt((int) (bits >>> count));
      }
    }
    if (count > 0) {
      int padding = -count & (Byte.SIZE - 1);
      out.writeBits(bits << padding | (1 << padding) - 1, (count + padding) / Byte.SIZE);
    }
  }

  /// Returns an octet of a text; as in [String#getBytes], `?` for what is none.
  static int octet(String text, int at) {
    char octet = text.charAt(at);
    return octet < OCTETS ? octet : '?';
  }
}
