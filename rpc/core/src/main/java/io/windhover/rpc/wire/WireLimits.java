package io.windhover.rpc.wire;

/// How much a peer may ask us to hold.
///
/// What a message is decoded to is bounded apart from these, by the heap: see
/// [io.windhover.thrift.ObjectBudget].
///
/// @param maxMessageBytes largest whole message, TTHeader included
/// @param maxHeaderBytes largest header area of a TTHeader frame
/// @param maxHeaderTextBytes largest key or value in it
public record WireLimits(int maxMessageBytes, int maxHeaderBytes, int maxHeaderTextBytes) {

  /// The largest [#maxMessageBytes] that may be set.
  public static final int HARD_MAX_MESSAGE_BYTES = 256 << 20;

  /// The default of [#maxHeaderTextBytes], and the most that we write: what our own peers refuse,
  /// we do not send.
  static final int HEADER_TEXT_BYTES = 16 << 10;

  public WireLimits {
    if (maxMessageBytes < 1024 || maxMessageBytes > HARD_MAX_MESSAGE_BYTES) {
      throw new IllegalArgumentException(
          "maxMessageBytes: %d (expected: 1024..%d)"
              .formatted(maxMessageBytes, HARD_MAX_MESSAGE_BYTES));
    }
  }

  /// The default header limits with a message limit of the user's choice.
  public static WireLimits ofMessageBytes(int maxMessageBytes) {
    return new WireLimits(maxMessageBytes, 64 << 10, HEADER_TEXT_BYTES);
  }
}
