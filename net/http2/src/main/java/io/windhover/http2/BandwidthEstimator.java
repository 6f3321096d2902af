package io.windhover.http2;

/// How large a window must be so that it never keeps the peer waiting: twice what arrives in a
/// round trip, the way gRPC finds it.
///
/// A PING leaves when so much data arrives that the window may matter, and what arrives until its
/// answer is a sample of the connection's bandwidth times its delay. Small calls bring none. A
/// sample that fills two thirds of the window, with more bandwidth than ever before, says that the
/// window may be what holds the peer back.
///
/// The poller's own.
final class BandwidthEstimator {

  /// Between two PINGs at least: on a fast network each datum would bring one.
  static final long MIN_INTERVAL_NANOS = 100_000_000;

  private static final double FULL = 2.0 / 3;

  /// Of the window, in that interval, asks.
  private static final double MUCH = 1.0 / 3;

  private final int maxBytes;
  private int windowBytes;
  private boolean pinging;
  private boolean hasPinged;
  private long pingedNanos;
  private long burstBytes; // since burstNanos
  private long burstNanos;
  private long sampleBytes;
  private double maxBandwidth;

  /// @param windowBytes to begin with
  /// @param maxBytes that the window may have
  BandwidthEstimator(int windowBytes, int maxBytes) {
    this.windowBytes = windowBytes;
    this.maxBytes = maxBytes;
  }

  /// Data has arrived.
  ///
  /// @return whether a PING is to be sent
  boolean arrived(int bytes, long nowNanos) {
    if (pinging) {
      sampleBytes += bytes;
      return false;
    }
    if (windowBytes >= maxBytes || (hasPinged && nowNanos - pingedNanos < MIN_INTERVAL_NANOS)) {
      return false;
    }
    if (burstBytes == 0 || nowNanos - burstNanos >= MIN_INTERVAL_NANOS) {
      burstBytes = 0;
      burstNanos = nowNanos;
    }
    burstBytes += bytes;
    if (burstBytes < windowBytes * MUCH) {
      return false;
    }
    burstBytes = 0;
    pinging = true;
    hasPinged = true;
    pingedNanos = nowNanos;
    sampleBytes = bytes;
    return true;
  }

  /// So large a stream's window is, whatever was found: less of it may be had later.
  void windowIs(int bytes) {
    if (bytes < windowBytes) {
      maxBandwidth = 0; // what was measured once is no reason against another growth
    }
    windowBytes = bytes;
  }

  /// Whether the answer to a PING is awaited.
  boolean isMeasuring() {
    return pinging;
  }

  /// The answer to that PING has arrived.
  ///
  /// @return how large a stream's window is to be
  int answered(long nowNanos) {
    if (!pinging) {
      return windowBytes;
    }
    pinging = false;
    double bandwidth = sampleBytes / (double) Math.max(1, nowNanos - pingedNanos);
    if (bandwidth > maxBandwidth) {
      maxBandwidth = bandwidth;
      if (sampleBytes >= windowBytes * FULL) {
        windowBytes = (int) Math.min(maxBytes, 2 * sampleBytes);
      }
    }
    return windowBytes;
  }
}
