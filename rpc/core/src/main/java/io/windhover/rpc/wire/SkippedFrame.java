package io.windhover.rpc.wire;

import io.windhover.buffer.LinkBuffer;

/// A frame that is larger than the limit, on a connection that others share: its bytes are dropped
/// as they come, and the connection goes on behind it. None of them is kept.
///
/// One for each connection, used on its poller only.
public final class SkippedFrame {

  private int left;

  /// Whether there is one, of which bytes are yet to come.
  public boolean isUnderWay() {
    return left > 0;
  }

  /// Begins with the frame at the head of `input`, of TTHeader.
  ///
  /// @return false if it would be larger than any frame may be, so that its length is not to be
  ///   trusted: then the connection is lost
  public boolean begin(LinkBuffer input) {
    long bytes = Integer.BYTES + (long) input.getInt(0);
    if (bytes < FramePrefix.BYTES || bytes > WireLimits.HARD_MAX_MESSAGE_BYTES) {
      return false;
    }
    left = (int) bytes;
    return true;
  }

  /// Returns how much of `input` belongs to it: a piece, to be cut off as a frame is.
  public int pieceBytes(LinkBuffer input) {
    return Math.min(left, input.size());
  }

  /// Releases a piece.
  public void drop(LinkBuffer piece) {
    left -= piece.size();
    piece.release();
  }
}
