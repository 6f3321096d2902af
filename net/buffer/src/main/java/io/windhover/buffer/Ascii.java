package io.windhover.buffer;

/// Strings of ASCII are most strings, and need no encoder.
final class Ascii {

  private static final int NOT_ASCII = ~0x7f;

  private Ascii() {}

  /// Copies `text` to `target` from `offset` on, where there is room for it.
  ///
  /// @return whether all of it was ASCII; if not, what was copied means nothing
  static boolean copy(String text, byte[] target, int offset) {
    int seen = 0;
    for (int i = 0, length = text.length(); i < length; i++) {
      char c = text.charAt(i);
      target[offset + i] = (byte) c;
      seen |= c;
    }
    return (seen & NOT_ASCII) == 0;
  }
}
