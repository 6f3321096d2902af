package io.windhover.netpoll;

import org.jspecify.annotations.Nullable;

/// Answers what can be no frame before it closes.
final class SaysNo extends Recorder {
  @Override
  public void inputEnded(Connection connection, @Nullable RuntimeException cause) {
    connection.write(Frames.of("no: " + (cause == null ? "" : cause.getMessage())));
    super.inputEnded(connection, cause);
  }
}
