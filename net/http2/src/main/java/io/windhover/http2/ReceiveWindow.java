package io.windhover.http2;

/// How much the peer may send, and when it is allowed more: of one stream, or of all together.
/// Guarded by whoever owns it.
///
/// ```
///   size = available   what the peer may still send
///        + held        what has arrived and nobody has taken, as far as it is more than `slack`
///        + owed        what the peer may be allowed anew; it is, once that is half of the size
/// ```
///
/// With a slack, bytes that nobody takes are allowed anew all the same, up to that: so a connection
/// does not stand still because some of its streams do.
final class ReceiveWindow {

  private final int slack;
  private int size;
  private long available;
  private long held;

  ReceiveWindow(int size, int slack) {
    this.size = size;
    this.available = size;
    this.slack = slack;
  }

  /// Bytes have arrived.
  ///
  /// @return false if the peer was not allowed that many
  boolean arrived(int bytes) {
    available -= bytes;
    held += bytes;
    return available >= 0;
  }

  /// Somebody has taken bytes that had arrived, or they were dropped.
  void taken(int bytes) {
    held -= bytes;
  }

  /// Returns by how much to let the peer send more now, which it is told then; 0 if it is to wait.
  int credit() {
    long owed = size - Math.max(0, held - slack) - available;
    if (owed < Math.max(1, size / 2)) {
      return 0;
    }
    available += owed;
    return (int) owed;
  }

  /// Makes the window larger or smaller, by the settings that the peer heeds.
  ///
  /// @return by how much more the peer may send at once, which it is told then, unless the settings
  ///   say it; below 0 if it is less
  int resize(int newSize) {
    int more = newSize - size;
    size = newSize;
    available += more;
    return more;
  }

  int size() {
    return size;
  }

  /// Returns how many bytes have arrived and were not taken.
  long held() {
    return held;
  }
}
