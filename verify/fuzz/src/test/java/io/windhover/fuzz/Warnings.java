package io.windhover.fuzz;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// What Windhover warns of in its log, but for what is forgiven.
final class Warnings extends Handler {

  private static final Logger LOGGER = Logger.getLogger("io.windhover"); // or it is forgotten

  private final ConcurrentLinkedQueue<String> warnings = new ConcurrentLinkedQueue<>();
  private final Predicate<LogRecord> isForgiven;

  private Warnings(Predicate<LogRecord> isForgiven) {
    this.isForgiven = isForgiven;
  }

  static Warnings gather(Predicate<LogRecord> isForgiven) {
    var gathered = new Warnings(isForgiven);
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
    if (record.getLevel().intValue() >= Level.WARNING.intValue() && !isForgiven.test(record)) {
      warnings.add(record.getMessage() + " " + record.getThrown());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
