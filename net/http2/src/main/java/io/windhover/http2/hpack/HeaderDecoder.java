package io.windhover.http2.hpack;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.Scratch;
import java.util.Objects;
import java.util.function.Consumer;

/// Header blocks of one connection, read in the order in which they arrive.
///
/// ```
///   1  index (7+)                                          a field of a table
///   01 index (6+) [name] value                             a field, and add it to the table
///   001 size (5+)                                          the table's new size; first in a block
///   0001 index (4+) [name] value                           a field that no table may have
///   0000 index (4+) [name] value                           a field
/// ```
///
/// `(n+)` is an integer whose first octet has n bits for it; a name is there if the index is 0.
/// Source: RFC 7541, section 6.
///
/// A block changes the table of the connection, so every block has to be decoded, to its end, even
/// if nobody wants the list. A list over the limit costs no more memory than the limit, and no more
/// work than [four times][#EXCESS] of it.
///
/// Not safe for use by two threads: it is the reader's of its connection.
public final class HeaderDecoder {

  /// So many times the limit of a list is read to keep the table right; then the connection ends.
  static final int EXCESS = 4;

  private static final int INDEXED = 0x80;
  private static final int INDEXED_BITS = 7;
  private static final int ADDED = 0x40;
  private static final int ADDED_BITS = 6;
  private static final int RESIZED = 0x20;
  private static final int RESIZED_MASK = 0xe0;
  private static final int RESIZED_BITS = 5;
  private static final int NEVER_INDEXED = 0x10;
  private static final int LITERAL_BITS = 4;

  private static final int MAX_SIZE_UPDATES = 2; // of a block: RFC 7541, section 4.2

  private final HeaderLimits limits;
  private final long maxWorkBytes;
  private final DecoderTable table = new DecoderTable(HeaderLimits.DEFAULT_TABLE_BYTES);
  private final BlockReader in;
  private int maxTableBytes;

  private long listBytes; // of the list that is being read
  private int fields;

  /// Makes a decoder for a new connection.
  public HeaderDecoder(HeaderLimits limits) {
    this.limits = limits;
    maxWorkBytes = (long) EXCESS * limits.listBytes();
    in = new BlockReader((int) maxWorkBytes);
    maxTableBytes = Math.max(limits.tableBytes(), HeaderLimits.DEFAULT_TABLE_BYTES);
  }

  /// Tells that the peer has acknowledged SETTINGS that have [HeaderLimits#tableBytes]: if that is
  /// less than the default, its next block has to say that it keeps to it.
  public void tableBytesAcknowledged() {
    maxTableBytes = limits.tableBytes();
  }

  /// Reads one whole block, the fragments of CONTINUATION frames joined, and consumes it.
  ///
  /// Fields that a table has are given as that very object.
  ///
  /// @param length how many bytes of `block` are the header block
  /// @param to told of each field in order, up to the limits; it does not use `block`, and if it
  ///   throws, the connection cannot go on
  /// @return false if the list is over the limits. `to` has a part of it, then; the connection goes
  ///   on all the same
  /// @throws HpackException if the block cannot be read; the connection cannot go on
  public boolean decode(LinkBuffer block, int length, Consumer<? super HeaderField> to) {
    Objects.checkIndex(length, block.size() + 1);
    byte[] head = block.headArray();
    if (length <= block.headCount()) {
      try {
        return decode(head, block.headOffset(), length, to);
      } finally {
        block.skip(length);
      }
    }
    try (var whole = Scratch.of(length)) {
      block.readBytes(whole.bytes(), 0, length);
      return decode(whole.bytes(), 0, length, to);
    }
  }

  private boolean decode(byte[] bytes, int from, int length, Consumer<? super HeaderField> to) {
    in.start(bytes, from, length);
    listBytes = 0;
    fields = 0;
    try {
      readTableSize();
      while (in.hasMore()) {
        readField(to);
      }
      return isWithinLimits();
    } finally {
      in.end();
    }
  }

  private void readTableSize() {
    for (int updates = 0; in.hasMore() && (in.peek() & RESIZED_MASK) == RESIZED; updates++) {
      int bytes = in.integer(in.octet(), RESIZED_BITS);
      if (updates == MAX_SIZE_UPDATES) {
        throw HpackException.malformed("updates of the table's size: more than two in a block");
      }
      if (bytes > maxTableBytes) {
        throw HpackException.malformed(
            "update of the table's size: %d (expected: 0..%d)".formatted(bytes, maxTableBytes));
      }
      table.resize(bytes);
    }
    if (table.maxBytes() > maxTableBytes) {
      throw HpackException.malformed(
          "update of the table's size: none (expected: one to 0..%d, as acknowledged)"
              .formatted(maxTableBytes));
    }
  }

  private void readField(Consumer<? super HeaderField> to) {
    int first = in.octet();
    if (first >= INDEXED) {
      var field = at(in.integer(first, INDEXED_BITS));
      if (count(field.size())) {
        to.accept(field);
      }
    } else if (first >= ADDED) {
      readLiteral(in.integer(first, ADDED_BITS), true, false, to);
    } else if (first >= RESIZED) {
      throw HpackException.malformed(
          "update of the table's size: behind a field (expected: at the start of a block)");
    } else {
      readLiteral(in.integer(first, LITERAL_BITS), false, first >= NEVER_INDEXED, to);
    }
  }

  private void readLiteral(
      int nameIndex, boolean added, boolean neverIndexed, Consumer<? super HeaderField> to) {
    var name = nameIndex == 0 ? in.text() : at(nameIndex).name();
    var value = in.text();
    var field = new HeaderField(name, value, neverIndexed);
    boolean isWithinLimits = count(field.size());
    if (added) {
      table.add(field);
    }
    if (isWithinLimits) {
      to.accept(field);
    }
  }

  private HeaderField at(int index) {
    if (index > 0 && index <= StaticTable.SIZE) {
      return StaticTable.get(index);
    }
    int place = index - StaticTable.SIZE - 1;
    if (place < 0 || place >= table.count()) {
      throw HpackException.malformed(
          "index: %d (expected: 1..%d)".formatted(index, StaticTable.SIZE + table.count()));
    }
    return table.get(place);
  }

  /// Counts a field.
  ///
  /// @return whether the list is within the limits with it
  private boolean count(int size) {
    listBytes += size;
    fields++;
    if (listBytes > maxWorkBytes) {
      throw HpackException.excessive("header list", maxWorkBytes);
    }
    return isWithinLimits();
  }

  private boolean isWithinLimits() {
    return listBytes <= limits.listBytes() && fields <= limits.fields();
  }
}
