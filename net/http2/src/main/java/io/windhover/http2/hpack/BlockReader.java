package io.windhover.http2.hpack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/// The octets of a header block and where in them a decoder is: integers and texts of RFC 7541,
/// section 5.
final class BlockReader {

  private static final int HUFFMAN = 0x80; // of the first octet of a text
  private static final int LENGTH_BITS = 7;
  private static final int KEPT_BYTES = 256;

  private final int maxTextBytes;
  private final byte[] kept = new byte[KEPT_BYTES]; // where short texts are decoded

  private byte[] bytes = kept;
  private int pos;
  private int limit;

  /// @param maxTextBytes of one name or value; a longer one is excessive
  BlockReader(int maxTextBytes) {
    this.maxTextBytes = maxTextBytes;
  }

  /// Starts a block. Nothing else changes the bytes before [#end].
  void start(byte[] bytes, int from, int count) {
    this.bytes = bytes;
    pos = from;
    limit = from + count;
  }

  /// Lets go of the block.
  void end() {
    bytes = kept;
    pos = 0;
    limit = 0;
  }

  boolean hasMore() {
    return pos < limit;
  }

  /// Returns the next octet and does not consume it; there is one.
  int peek() {
    return Byte.toUnsignedInt(bytes[pos]);
  }

  int octet() {
    if (pos == limit) {
      throw HpackException.malformed("header block: ends within a field");
    }
    return Byte.toUnsignedInt(bytes[pos++]);
  }

  /// Reads an integer whose first octet is `first`.
  ///
  /// @param prefixBits how many bits of `first` are its own
  int integer(int first, int prefixBits) {
    int ones = (1 << prefixBits) - 1;
    int prefix = first & ones;
    return prefix < ones ? prefix : integerAbove(ones);
  }

  private int integerAbove(int ones) {
    long value = ones;
    for (int i = 0; i < PrefixInteger.MAX_MORE_OCTETS; i++) {
      int octet = octet();
      value += (long) (octet & 0x7f) << (7 * i);
      if (octet < 0x80) {
        if (value > Integer.MAX_VALUE) {
          throw HpackException.malformed(
              "integer: %d (expected: 0..%d)".formatted(value, Integer.MAX_VALUE));
        }
        return (int) value;
      }
    }
    throw HpackException.malformed(
        "integer: does not end (expected: up to %d octets behind the first)"
            .formatted(PrefixInteger.MAX_MORE_OCTETS));
  }

  /// Reads a name or a value.
  String text() {
    int first = octet();
    int length = integer(first, LENGTH_BITS);
    if (length > limit - pos) {
      throw HpackException.malformed(
          "text of %d octets (expected: 0..%d, which the block has left)"
              .formatted(length, limit - pos));
    }
    if (length == 0) {
      return "";
    }
    int from = pos;
    pos += length;
    if ((first & HUFFMAN) != 0) {
      return huffman(from);
    }
    if (length > maxTextBytes) {
      throw HpackException.excessive("name or value", maxTextBytes);
    }
    return new String(bytes, from, length, ISO_8859_1);
  }

  private String huffman(int from) {
    int room = (int) Math.min(HuffmanDecoder.maxOctets(pos - from), maxTextBytes);
    byte[] target = room <= kept.length ? kept : new byte[room];
    int octets = HuffmanDecoder.decode(bytes, from, pos, target);
    if (octets < 0 || octets > maxTextBytes) {
      throw HpackException.excessive("name or value", maxTextBytes);
    }
    return new String(target, 0, octets, ISO_8859_1);
  }
}
