package io.windhover.http2.hpack;

/// How much a peer's headers may ask us to hold.
///
/// @param tableBytes of the table that a decoder keeps for its connection:
///   SETTINGS_HEADER_TABLE_SIZE
/// @param listBytes of one list, as RFC 9113, section 6.5.2, counts them: octets of names and
///   values, and 32 a field; SETTINGS_MAX_HEADER_LIST_SIZE
/// @param fields how many fields a list may have
public record HeaderLimits(int tableBytes, int listBytes, int fields) {

  /// The size of both ends' tables until SETTINGS say another: RFC 9113, section 6.5.2.
  public static final int DEFAULT_TABLE_BYTES = 4_096;

  /// What servers and clients of gRPC take by default.
  public static final HeaderLimits GRPC = new HeaderLimits(DEFAULT_TABLE_BYTES, 8 << 10, 100);

  /// What servers and clients of HTTP take by default.
  public static final HeaderLimits HTTP = new HeaderLimits(DEFAULT_TABLE_BYTES, 16 << 10, 100);

  private static final int MAX_TABLE_BYTES = 1 << 20;
  private static final int MAX_LIST_BYTES = 16 << 20;

  public HeaderLimits {
    checkTableBytes("tableBytes", tableBytes);
    check("listBytes", listBytes, HeaderField.OVERHEAD_BYTES, MAX_LIST_BYTES);
    check("fields", fields, 1, MAX_LIST_BYTES / HeaderField.OVERHEAD_BYTES);
  }

  static void checkTableBytes(String name, int value) {
    check(name, value, 0, MAX_TABLE_BYTES);
  }

  private static void check(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "%s: %d (expected: %d..%d)".formatted(name, value, min, max));
    }
  }
}
