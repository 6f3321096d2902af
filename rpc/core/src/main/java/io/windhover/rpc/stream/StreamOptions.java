package io.windhover.rpc.stream;

import io.windhover.rpc.wire.WireLimits;

/// What holds for all streams of a client or a server.
///
/// @param limits of single frames
/// @param windowBytes of messages of one stream that wait here to be received: of a peer that knows
///   about windows no more come, and one message at most goes beyond; of another, the whole
///   connection is made to wait
/// @param maxStreams open at once on a connection
public record StreamOptions(WireLimits limits, int windowBytes, int maxStreams) {

  public static final int DEFAULT_WINDOW_BYTES = 128 << 10;
  public static final int DEFAULT_MAX_STREAMS = 256;

  private static final int MIN_WINDOW_BYTES = 1 << 10;
  private static final int MAX_WINDOW_BYTES = 64 << 20;

  public StreamOptions {
    if (windowBytes < MIN_WINDOW_BYTES || windowBytes > MAX_WINDOW_BYTES) {
      throw new IllegalArgumentException(
          "streamWindowBytes: %d (expected: %d..%d)"
              .formatted(windowBytes, MIN_WINDOW_BYTES, MAX_WINDOW_BYTES));
    }
    if (maxStreams < 1) {
      throw new IllegalArgumentException("maxStreams: " + maxStreams + " (expected: > 0)");
    }
  }
}
