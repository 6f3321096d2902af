package io.windhover.rpc;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tells several listeners; one that throws harms neither the call nor the others.
final class GuardedListeners implements CallListener {

  private static final System.Logger LOG = System.getLogger(CallListener.class.getName());

  private final CallListener[] listeners;

  GuardedListeners(List<CallListener> listeners) {
    this.listeners = listeners.toArray(CallListener[]::new);
  }

  private void tell(Consumer<CallListener> event) {
    for (var listener : listeners) {
      try {
        event.accept(listener);
      } catch (Throwable e) { // Errors too, such as a class that is missing
        LOG.log(Level.WARNING, "a call listener failed; the call goes on", e);
      }
    }
  }

  @Override
  public void started(Invocation call) {
    tell(listener -> listener.started(call));
  }

  @Override
  public void attempting(Invocation call) {
    tell(listener -> listener.attempting(call));
  }

  @Override
  public void connected(Invocation call) {
    tell(listener -> listener.connected(call));
  }

  @Override
  public void sent(Invocation call, int bytes) {
    tell(listener -> listener.sent(call, bytes));
  }

  @Override
  public void received(Invocation call, int bytes) {
    tell(listener -> listener.received(call, bytes));
  }

  @Override
  public void handling(Invocation call) {
    tell(listener -> listener.handling(call));
  }

  @Override
  public void handled(Invocation call, @Nullable Throwable failure) {
    tell(listener -> listener.handled(call, failure));
  }

  @Override
  public void ended(Invocation call, @Nullable Throwable failure) {
    tell(listener -> listener.ended(call, failure));
  }
}
