package io.windhover.http2.hpack;

import java.util.Arrays;

/// Texts read in the code of [Huffman], a look-up for each eight bits or symbol.
///
/// ```
///   the next 8 bits --> table 0 --> a symbol, and how many of the bits are its own
///                               \-> another table, for the 8 bits after these
/// ```
///
/// Codes have up to 30 bits, so there are tables behind tables, four deep.
final class HuffmanDecoder {

  private static final int WINDOW = 8; // bits that a look-up sees
  private static final int ENTRIES = 1 << WINDOW;
  private static final int ALL = ENTRIES - 1;
  private static final int SYMBOL_BITS = 9; // the end of a string is one
  private static final int SYMBOL = (1 << SYMBOL_BITS) - 1;

  /// Table behind table. An entry above 0 is bits of the symbol, then the symbol; below 0 it is the
  /// number of another table.
  private static final short[] TABLES = tables();

  private HuffmanDecoder() {}

  private static short[] tables() {
    var tables = new short[ENTRIES];
    for (int symbol = 0; symbol <= Huffman.EOS; symbol++) {
      int code = Huffman.code(symbol);
      int left = Huffman.bits(symbol);
      int table = 0;
      while (left > WINDOW) {
        left -= WINDOW;
        int entry = table * ENTRIES + (code >>> left & ALL);
        if (tables[entry] == 0) {
          tables[entry] = (short) -(tables.length / ENTRIES);
          tables = Arrays.copyOf(tables, tables.length + ENTRIES);
        }
        table = -tables[entry];
      }
      int first = table * ENTRIES + (code << (WINDOW - left) & ALL);
      int count = 1 << (WINDOW - left); // whatever follows the symbol
      Arrays.fill(tables, first, first + count, (short) (left << SYMBOL_BITS | symbol));
    }
    return tables;
  }

  /// Returns how many octets a text of `octets` in this code may have at most.
  static long maxOctets(int octets) {
    return (long) octets * Byte.SIZE / Huffman.MIN_BITS;
  }

  /// Reads the text that is `source` from `from` to `to`.
  ///
  /// @return how many octets of `target` it has taken, or -1 if it does not fit
  /// @throws HpackException if it has the end of a string in it, or ends in other than up to seven
  ///   ones
  static int decode(byte[] source, int from, int to, byte[] target) {
    int pos = from;
    int bits = 0; // the low `count` are not decoded yet
    int count = 0;
    int table = 0;
    int written = 0;
    while (true) {
      if (count < WINDOW && pos < to) {
        bits = bits << Byte.SIZE | Byte.toUnsignedInt(source[pos++]);
        count += Byte.SIZE;
      }
      int window =
          count < WINDOW ? bits << (WINDOW - count) | ALL >>> count : bits >>> (count - WINDOW);
      int entry = TABLES[table * ENTRIES + (window & ALL)];
      int length = entry < 0 ? WINDOW : entry >>> SYMBOL_BITS;
      if (length > count) {
        break; // the bits left over are no symbol
      }
      count -= length;
      if (entry < 0) {
        table = -entry;
        continue;
      }
      int symbol = entry & SYMBOL;
      if (symbol == Huffman.EOS) {
        throw HpackException.malformed("Huffman code: has the symbol EOS in it");
      }
      if (written == target.length) {
        return -1;
      }
      target[written++] = (byte) symbol;
      table = 0;
    }
    if (table != 0 || (~bits & (1 << count) - 1) != 0) {
      throw HpackException.malformed("Huffman code: padding (expected: 0..7 bits, all ones)");
    }
    return written;
  }
}
