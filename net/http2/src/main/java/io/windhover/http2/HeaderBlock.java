package io.windhover.http2;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.frame.Frame.Headers;

/// A header block on its way: the fragments of a HEADERS frame and of the CONTINUATION frames that
/// follow it, bounded in bytes and in frames. The poller's own.
final class HeaderBlock {

  final int streamId;
  final boolean endStream;
  final boolean dependsOnItself;
  private final LinkBuffer fragments;
  private final int maxBytes;
  private final int maxContinuations;
  private int continuations;

  /// @param first whose fragment is taken over
  /// @param maxBytes of all fragments
  HeaderBlock(Headers first, int maxBytes, int maxContinuations) {
    this.streamId = first.streamId();
    this.endStream = first.endStream();
    this.dependsOnItself = first.dependsOnItself();
    this.fragments = first.fragment();
    this.maxBytes = maxBytes;
    this.maxContinuations = maxContinuations;
  }

  /// @param fragment taken over, whatever the outcome
  /// @throws io.windhover.http2.frame.Http2Exception if that is too much; frames without any bytes
  ///   count, too
  void add(LinkBuffer fragment) {
    try (fragment) {
      if (++continuations > maxContinuations) {
        throw FloodGuard.tooMuch("too many CONTINUATION frames");
      }
      if (fragments.size() + fragment.size() > maxBytes) {
        throw FloodGuard.tooMuch("header block of more than " + maxBytes + " bytes");
      }
      fragments.append(fragment);
    }
  }

  /// Returns all fragments, as far as they are there.
  LinkBuffer fragments() {
    return fragments;
  }

  void release() {
    fragments.release();
  }
}
