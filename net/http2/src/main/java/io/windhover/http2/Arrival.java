package io.windhover.http2;

/// How much of one stream's content has arrived, against what its head has said and against the
/// time that it takes. The poller's own.
final class Arrival {

  /// What the slowest peer brings.
  private static final int MIN_BYTES_PER_SECOND = 1 << 10;

  private long expectedBytes = -1; // -1 if it is not known
  private long arrivedBytes;
  private boolean watched; // since beganNanos
  private long beganNanos;
  private long seenBytes; // at movedNanos
  private long movedNanos;

  /// @param contentLength -1 if the head does not say
  void expect(long contentLength) {
    expectedBytes = contentLength;
  }

  /// Data has arrived, or the end.
  ///
  /// @return whether that is as the content-length says
  boolean add(int bytes, boolean end) {
    arrivedBytes += bytes;
    return expectedBytes < 0
        || (end ? arrivedBytes == expectedBytes : arrivedBytes <= expectedBytes);
  }

  /// Whether nothing has come for so long, or too little for a time that is longer. Time counts
  /// from the first look.
  boolean isTooSlow(long timeoutNanos, long nowNanos) {
    if (!watched) {
      watched = true;
      beganNanos = nowNanos;
    }
    if (seenBytes != arrivedBytes || beganNanos == nowNanos) {
      seenBytes = arrivedBytes;
      movedNanos = nowNanos;
    }
    double beyond = (nowNanos - beganNanos - timeoutNanos) / 1e9;
    return nowNanos - movedNanos >= timeoutNanos
        || (beyond > 0 && arrivedBytes < beyond * MIN_BYTES_PER_SECOND);
  }
}
