package io.windhover.http2.hpack;

import io.windhover.buffer.LinkBuffer;
import java.util.List;
import java.util.function.Function;

/// Header lists of one connection, written in the order in which they are sent.
///
/// A field that is in a table takes a byte or two and no allocation. One that is not goes into the
/// table, unless it is a secret, takes more than half of the table, or is different each time: of
/// those the first goes there, for its name. What is different each time is known by its name, or
/// shows: a second value of a name goes there once it comes again. Texts are in the Huffman code
/// where that is shorter. The forms are those of [HeaderDecoder].
///
/// Not safe for use by two threads: blocks are sent in the order in which they are written, so that
/// who writes one has the connection's lock for writing until its frames are queued.
public final class HeaderEncoder {

  private static final int SEEN_PLACES = 64;

  private static final int INDEXED = 0x80;
  private static final int INDEXED_BITS = 7;
  private static final int RESIZED = 0x20;
  private static final int RESIZED_BITS = 5;
  private static final int HUFFMAN = 0x80;
  private static final int LENGTH_BITS = 7;

  private final int maxTableBytes;
  private final Function<HeaderField, Indexing> policy;
  private final boolean doubts;
  private final int[] seen = new int[SEEN_PLACES]; // hashes of fields that were not added
  private final EncoderTable table;

  private int announcedBytes = HeaderLimits.DEFAULT_TABLE_BYTES; // the size that the peer knows
  private int smallestBytes; // since then

  /// Makes an encoder for a new connection.
  ///
  /// @param maxTableBytes of memory for the table, however large the peer's is
  public HeaderEncoder(int maxTableBytes) {
    this(maxTableBytes, Indexing::of, true);
  }

  /// Makes one that adds what `policy` says.
  HeaderEncoder(int maxTableBytes, Function<HeaderField, Indexing> policy) {
    this(maxTableBytes, policy, false);
  }

  private HeaderEncoder(int maxTableBytes, Function<HeaderField, Indexing> policy, boolean doubts) {
    HeaderLimits.checkTableBytes("maxTableBytes", maxTableBytes);
    this.maxTableBytes = maxTableBytes;
    this.policy = policy;
    this.doubts = doubts;
    smallestBytes = Math.min(maxTableBytes, announcedBytes);
    table = new EncoderTable(smallestBytes, maxTableBytes);
  }

  /// Tells the peer's SETTINGS_HEADER_TABLE_SIZE. The next block says how much of it is used.
  ///
  /// @param bytes unsigned, as it is in SETTINGS
  public void peerTableBytes(int bytes) {
    int used = (int) Math.min(Integer.toUnsignedLong(bytes), maxTableBytes);
    smallestBytes = Math.min(smallestBytes, used);
    table.resize(used);
  }

  /// Appends one whole block, which may be split into frames at any byte.
  ///
  /// @param fields in order, with quick access by index: it is used in place of an iterator, which
  ///   would be the one thing to allocate
  public void encode(List<HeaderField> fields, LinkBuffer out) {
    writeTableSize(out);
    for (int i = 0; i < fields.size(); i++) {
      writeField(fields.get(i), out);
    }
  }

  /// Says how large the table was at its smallest, if it was smaller in between, and how large it
  /// is: RFC 7541, section 4.2.
  private void writeTableSize(LinkBuffer out) {
    int used = table.maxBytes();
    if (used == announcedBytes && smallestBytes == announcedBytes) {
      return;
    }
    if (smallestBytes < Math.min(used, announcedBytes)) {
      PrefixInteger.write(RESIZED, RESIZED_BITS, smallestBytes, out);
    }
    PrefixInteger.write(RESIZED, RESIZED_BITS, used, out);
    announcedBytes = used;
    smallestBytes = used;
  }

  private void writeField(HeaderField field, LinkBuffer out) {
    int index = field.neverIndexed() ? 0 : indexOf(field);
    if (index > 0) {
      PrefixInteger.write(INDEXED, INDEXED_BITS, index, out);
    } else {
      writeLiteral(field, out);
    }
  }

  private int indexOf(HeaderField field) {
    int hash = field.hash();
    int index = StaticTable.indexOf(field, hash);
    return index > 0 ? index : table.indexOf(field, hash);
  }

  private void writeLiteral(HeaderField field, LinkBuffer out) {
    int nameIndex = StaticTable.indexOf(field.name());
    int ownIndex = table.indexOf(field.name());
    if (nameIndex == 0) {
      nameIndex = ownIndex;
    }
    var indexing = indexing(field, nameIndex > 0);
    if (indexing == Indexing.ADDED && doubts && ownIndex > 0 && !isSeenAgain(field)) {
      indexing = Indexing.NOT_ADDED;
    }
    PrefixInteger.write(indexing.first, indexing.indexBits, nameIndex, out);
    if (nameIndex == 0) {
      writeText(field.name(), out);
    }
    writeText(field.value(), out);
    if (indexing == Indexing.ADDED) {
      table.add(field);
    }
  }

  private Indexing indexing(HeaderField field, boolean isNameKnown) {
    var indexing = policy.apply(field);
    if (indexing == Indexing.NEVER) {
      return indexing;
    }
    if (field.size() > table.maxBytes() / 2) {
      return Indexing.NOT_ADDED;
    }
    return isNameKnown ? indexing : Indexing.ADDED; // if only for the name
  }

  private boolean isSeenAgain(HeaderField field) {
    int hash = field.hash();
    int place = (hash ^ hash >>> 16) & SEEN_PLACES - 1;
    boolean again = seen[place] == hash;
    seen[place] = hash;
    return again;
  }

  private static void writeText(String text, LinkBuffer out) {
    int octets = Huffman.octets(text);
    if (octets < text.length()) {
      PrefixInteger.write(HUFFMAN, LENGTH_BITS, octets, out);
      Huffman.write(text, out);
    } else {
      PrefixInteger.write(0, LENGTH_BITS, text.length(), out);
      for (int i = 0; i < text.length(); i++) {
        out.writeByte(Huffman.octet(text, i));
      }
    }
  }
}
