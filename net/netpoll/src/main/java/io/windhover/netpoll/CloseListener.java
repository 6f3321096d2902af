package io.windhover.netpoll;

import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One who wants to hear of a connection's end, and those who came earlier: a stack without a lock.
final class CloseListener {

  /// Stands where the stack was, once all are told.
  static final CloseListener TOLD = new CloseListener(reason -> {}, null);

  private static final System.Logger LOG = System.getLogger(CloseListener.class.getName());

  final Consumer<CloseReason> consumer;
  final @Nullable CloseListener earlier;

  CloseListener(Consumer<CloseReason> consumer, @Nullable CloseListener earlier) {
    this.consumer = consumer;
    this.earlier = earlier;
  }

  static void tell(Consumer<CloseReason> consumer, CloseReason reason) {
    try {
      consumer.accept(reason);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, "a close listener failed", e);
    }
  }
}
