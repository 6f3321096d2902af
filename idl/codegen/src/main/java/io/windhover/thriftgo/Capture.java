package io.windhover.thriftgo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// Reads what a process writes, on a thread of its own, so that neither waits for the other.
final class Capture {
  private static final int CHUNK_BYTES = 1 << 16;
  private static final int SHOWN_BYTES = 4 << 10;

  private final int maxBytes;
  private final Runnable onOverflow;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final Thread thread;
  private volatile boolean overflows;

  private Capture(InputStream in, int maxBytes, Runnable onOverflow) {
    this.maxBytes = maxBytes;
    this.onOverflow = onOverflow;
    this.thread = Thread.ofVirtual().name("windhover-plugin-output").unstarted(() -> read(in));
  }

  /// @param maxBytes how much is kept; the rest is read and dropped
  /// @param onOverflow run once if there is more
  static Capture start(InputStream in, int maxBytes, Runnable onOverflow) {
    var capture = new Capture(in, maxBytes, onOverflow);
    capture.thread.start();
    return capture;
  }

  private void read(InputStream in) {
    var chunk = new byte[CHUNK_BYTES];
    try (in) {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        int room = Math.min(count, maxBytes - kept.size());
        kept.write(chunk, 0, room);
        if (room < count && !overflows) {
          overflows = true;
          onOverflow.run();
        }
      }
    } catch (IOException _) {
      // the process is gone; what there was has been kept
    }
  }

  /// Waits for the end of the stream.
  ///
  /// @return whether it has come
  boolean await(Duration patience) throws InterruptedException {
    return thread.join(patience);
  }

  boolean overflows() {
    return overflows;
  }

  /// Returns what has been read; for the time after [#await].
  byte[] bytes() {
    return kept.toByteArray();
  }

  /// Returns the beginning as a text for people, if there is anything but blanks.
  Optional<String> text() {
    var bytes = kept.toByteArray();
    int shown = Math.min(bytes.length, SHOWN_BYTES);
    var text = new String(bytes, 0, shown, StandardCharsets.UTF_8).strip();
    text = printable(text);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    int rest = bytes.length - shown;
    return Optional.of(rest == 0 ? text : "%s\n(and %d bytes more)".formatted(text, rest));
  }

  /// Returns a text of a plugin without what could confuse a terminal.
  static String printable(String text) {
    return text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "?");
  }
}
