package io.windhover.rpc.wire;

import io.windhover.rpc.Compression;
import org.jspecify.annotations.Nullable;

/// What is done to a payload before it leaves in a TTHeader frame; the other protocols have no room
/// to tell of it.
///
/// @param checksummed whether the header has the payload's checksum
/// @param compression null if it stays as it is
/// @param compressAbove bytes up to which it does so in any case
public record PayloadForm(
    boolean checksummed, @Nullable Compression compression, int compressAbove) {

  /// A [#compressAbove] that no payload reaches.
  public static final int NEVER = Integer.MAX_VALUE;

  /// As it is.
  public static final PayloadForm PLAIN = new PayloadForm(false, null, NEVER);

  /// @throws IllegalArgumentException if `compressAbove` is negative
  public PayloadForm {
    if (compressAbove < 0) {
      throw new IllegalArgumentException(
          "compressAbove: %d (expected: at least 0)".formatted(compressAbove));
    }
  }

  /// Whether this side reads compressed payloads: it does if it may write them.
  boolean readsCompressed() {
    return compression != null || compressAbove != NEVER;
  }

  /// Returns this form with another compression.
  public PayloadForm with(@Nullable Compression compression) {
    return this.compression == compression
        ? this
        : new PayloadForm(checksummed, compression, compressAbove);
  }
}
