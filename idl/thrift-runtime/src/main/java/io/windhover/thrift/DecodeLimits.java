package io.windhover.thrift;

/// How much a reader believes.
///
/// @param maxDepth how deeply structs and containers may nest
/// @param maxMessageBytes the longest message that may arrive without a frame that tells its length
public record DecodeLimits(int maxDepth, int maxMessageBytes) {

  /// 64 levels, as Thrift and Kitex have it, and 16 MiB.
  public static final DecodeLimits DEFAULT = new DecodeLimits(64, 16 << 20);

  public DecodeLimits {
    if (maxDepth < 1 || maxDepth > 1000) {
      throw new IllegalArgumentException("maxDepth: " + maxDepth + " (expected: 1..1000)");
    }
    if (maxMessageBytes < 1) {
      throw new IllegalArgumentException(
          "maxMessageBytes: " + maxMessageBytes + " (expected: >= 1)");
    }
  }
}
