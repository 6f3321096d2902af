package io.windhover.rpc.wire;

/// Text that a peer sent, made fit for a log or an error message.
public final class PeerText {

  /// Longer text is cut: a peer decides on nobody's log volume.
  private static final int MAX_CHARS = 256;

  private static final String CUT = "...";

  private PeerText() {}

  /// Returns `text` with `?` for every control character, which could forge lines or move a
  /// terminal's cursor, and at most 256 characters of it.
  public static String shortened(String text) {
    int length = Math.min(text.length(), MAX_CHARS);
    var shown = new StringBuilder(length + CUT.length());
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      shown.append(isControl(c) ? '?' : c);
    }
    return length < text.length() ? shown.append(CUT).toString() : shown.toString();
  }

  private static boolean isControl(char c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT // such as marks that turn the direction of writing
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
