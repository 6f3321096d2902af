package io.windhover.http2.hpack;

/// The fields that every connection knows from its first block on: RFC 7541, appendix A.
///
/// Indexes count from 1; 0 says that there is none.
final class StaticTable {

  private static final HeaderField[] FIELDS = {
    new HeaderField(":authority", ""),
    new HeaderField(":method", "GET"),
    new HeaderField(":method", "POST"),
    new HeaderField(":path", "/"),
    new HeaderField(":path", "/index.html"),
    new HeaderField(":scheme", "http"),
    new HeaderField(":scheme", "https"),
    new HeaderField(":status", "200"),
    new HeaderField(":status", "204"),
    new HeaderField(":status", "206"),
    new HeaderField(":status", "304"),
    new HeaderField(":status", "400"),
    new HeaderField(":status", "404"),
    new HeaderField(":status", "500"),
    new HeaderField("accept-charset", ""),
    new HeaderField("accept-encoding", "gzip, deflate"),
    new HeaderField("accept-language", ""),
    new HeaderField("accept-ranges", ""),
    new HeaderField("accept", ""),
    new HeaderField("access-control-allow-origin", ""),
    new HeaderField("age", ""),
    new HeaderField("allow", ""),
    new HeaderField("authorization", ""),
    new HeaderField("cache-control", ""),
    new HeaderField("content-disposition", ""),
    new HeaderField("content-encoding", ""),
    new HeaderField("content-language", ""),
    new HeaderField("content-length", ""),
    new HeaderField("content-location", ""),
    new HeaderField("content-range", ""),
    new HeaderField("content-type", ""),
    new HeaderField("cookie", ""),
    new HeaderField("date", ""),
    new HeaderField("etag", ""),
    new HeaderField("expect", ""),
    new HeaderField("expires", ""),
    new HeaderField("from", ""),
    new HeaderField("host", ""),
    new HeaderField("if-match", ""),
    new HeaderField("if-modified-since", ""),
    new HeaderField("if-none-match", ""),
    new HeaderField("if-range", ""),
    new HeaderField("if-unmodified-since", ""),
    new HeaderField("last-modified", ""),
    new HeaderField("link", ""),
    new HeaderField("location", ""),
    new HeaderField("max-forwards", ""),
    new HeaderField("proxy-authenticate", ""),
    new HeaderField("proxy-authorization", ""),
    new HeaderField("range", ""),
    new HeaderField("referer", ""),
    new HeaderField("refresh", ""),
    new HeaderField("retry-after", ""),
    new HeaderField("server", ""),
    new HeaderField("set-cookie", ""),
    new HeaderField("strict-transport-security", ""),
    new HeaderField("transfer-encoding", ""),
    new HeaderField("user-agent", ""),
    new HeaderField("vary", ""),
    new HeaderField("via", ""),
    new HeaderField("www-authenticate", "")
  };

  /// How many fields there are, which is the index of the last.
  static final int SIZE = FIELDS.length;

  private static final int SLOTS = 256; // a power of two, most of them empty

  private static final byte[] BY_FIELD = new byte[SLOTS]; // indexes, at the place of their hash
  private static final byte[] BY_NAME = new byte[SLOTS]; // the first index of each name

  static {
    for (int index = 1; index <= SIZE; index++) {
      var field = get(index);
      BY_FIELD[freeSlot(BY_FIELD, field.hash())] = (byte) index;
      if (indexOf(field.name()) == 0) {
        BY_NAME[freeSlot(BY_NAME, field.name().hashCode())] = (byte) index;
      }
    }
  }

  private StaticTable() {}

  private static int freeSlot(byte[] slots, int hash) {
    int slot = hash & (SLOTS - 1);
    while (slots[slot] != 0) {
      slot = (slot + 1) & (SLOTS - 1);
    }
    return slot;
  }

  /// @param index 1 to [#SIZE]
  static HeaderField get(int index) {
    return FIELDS[index - 1];
  }

  /// Returns the index of a name and value, or 0.
  static int indexOf(HeaderField field, int hash) {
    for (int slot = hash & (SLOTS - 1); BY_FIELD[slot] != 0; slot = (slot + 1) & (SLOTS - 1)) {
      if (get(BY_FIELD[slot]).sameText(field)) {
        return BY_FIELD[slot];
      }
    }
    return 0;
  }

  /// Returns the index of the first field of a name, or 0.
  static int indexOf(String name) {
    int start = name.hashCode() & (SLOTS - 1);
    for (int slot = start; BY_NAME[slot] != 0; slot = (slot + 1) & (SLOTS - 1)) {
      if (get(BY_NAME[slot]).name().equals(name)) {
        return BY_NAME[slot];
      }
    }
    return 0;
  }
}
