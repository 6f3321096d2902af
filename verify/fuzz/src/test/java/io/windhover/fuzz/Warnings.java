package io.windhover.fuzz;

import io.windhover.rpc.RpcException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// What Windhover warns of in its log, but for what a stream's handler let through.
final class Warnings extends Handler {

  private static final Logger LOGGER = Logger.getLogger("io.windhover"); // or it is forgotten

  private final ConcurrentLinkedQueue<String> warnings = new ConcurrentLinkedQueue<>();

  private Warnings() {}

  static Warnings gather() {
    var gathered = new Warnings();
    LOGGER.addHandler(gathered);
    return gathered;
  }

  void requireNone() {
    if (!warnings.isEmpty()) {
      throw new IllegalStateException("logged: " + warnings);
    }
  }

  @Override
  public void publish(LogRecord record) {
    if (record.getLevel().intValue() >= Level.WARNING.intValue()
        && !(record.getThrown() instanceof RpcException)) {
      warnings.add(record.getMessage() + " " + record.getThrown());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
