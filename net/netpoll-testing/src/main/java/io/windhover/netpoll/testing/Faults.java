package io.windhover.netpoll.testing;

import java.time.Duration;

/// What a [FaultProxy] does to a connection. [#NONE] is the start; each `with` adds one fault.
///
/// @param latency that each piece is held back
/// @param jitter at most so much more, at random
/// @param maxPieceBytes bytes pass in pieces of at most so many
/// @param flipOneIn of so many bytes, at random, one gets a bit flipped; 0 for none
/// @param end what happens after `endAfterBytes` in one direction
/// @param endAfterBytes counted in each direction by itself
public record Faults(
    Duration latency,
    Duration jitter,
    int maxPieceBytes,
    int flipOneIn,
    End end,
    long endAfterBytes) {

  /// How a connection ends before its peers want it to.
  public enum End {
    /// It does not.
    NONE,
    /// Both peers get a reset.
    RESET,
    /// Both peers get an end of stream.
    CLOSE,
    /// The receiver gets an end of stream; the other direction goes on.
    HALF_CLOSE,
    /// It stays open, and nothing passes in this direction any more.
    BLACK_HOLE
  }

  /// Bytes pass as they come.
  public static final Faults NONE =
      new Faults(Duration.ZERO, Duration.ZERO, Integer.MAX_VALUE, 0, End.NONE, Long.MAX_VALUE);

  public Faults {
    if (latency.isNegative() || jitter.isNegative()) {
      throw new IllegalArgumentException(
          "latency: %s, jitter: %s (expected: >= 0)".formatted(latency, jitter));
    }
    if (maxPieceBytes < 1) {
      throw new IllegalArgumentException("maxPieceBytes: " + maxPieceBytes + " (expected: >= 1)");
    }
    if (flipOneIn < 0 || endAfterBytes < 0) {
      throw new IllegalArgumentException(
          "flipOneIn: %d, endAfterBytes: %d (expected: >= 0)".formatted(flipOneIn, endAfterBytes));
    }
  }

  public Faults withLatency(Duration latency, Duration jitter) {
    return new Faults(latency, jitter, maxPieceBytes, flipOneIn, end, endAfterBytes);
  }

  /// @param maxPieceBytes 1 for single bytes
  public Faults withPieces(int maxPieceBytes) {
    return new Faults(latency, jitter, maxPieceBytes, flipOneIn, end, endAfterBytes);
  }

  /// @param flipOneIn about one byte in so many is damaged
  public Faults withFlips(int flipOneIn) {
    return new Faults(latency, jitter, maxPieceBytes, flipOneIn, end, endAfterBytes);
  }

  public Faults withEnd(End end, long afterBytes) {
    return new Faults(latency, jitter, maxPieceBytes, flipOneIn, end, afterBytes);
  }
}
