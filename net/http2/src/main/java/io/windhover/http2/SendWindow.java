package io.windhover.http2;

/// How much this side may send before the peer allows more (RFC 9113, section 6.9): of one stream,
/// or of all together. Guarded by whoever owns it.
final class SendWindow {

  /// What each window has at first.
  static final int DEFAULT_BYTES = 65_535;

  private long bytes;

  SendWindow(int bytes) {
    this.bytes = bytes;
  }

  /// Returns how much may be sent; never below 0.
  int available() {
    return (int) Math.max(0, bytes);
  }

  void take(int count) {
    bytes -= count;
  }

  /// The peer allows more, or, with a new initial size in its settings, less; the window may be
  /// below 0 then.
  ///
  /// @return false if it would be over 2^31-1, which is an error of flow control
  boolean add(int count) {
    if (bytes + count > Integer.MAX_VALUE) {
      return false;
    }
    bytes += count;
    return true;
  }
}
