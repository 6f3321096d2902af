package io.windhover.rpc;

import io.windhover.rpc.log.LogGate;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Tells several listeners; one that throws harms neither the call nor the others.
final class GuardedListeners implements CallListener {

  private static final System.Logger LOG = System.getLogger(CallListener.class.getName());

  private final CallListener[] listeners;
  private final LogGate[] gates; // one for each listener

  GuardedListeners(List<CallListener> listeners) {
    this(listeners, LOG, System::nanoTime);
  }

  GuardedListeners(List<CallListener> listeners, System.Logger log, LongSupplier nanoClock) {
    this.listeners = listeners.toArray(CallListener[]::new);
    this.gates = listeners.stream().map(_ -> new LogGate(log, nanoClock)).toArray(LogGate[]::new);
  }

  private void tell(Consumer<CallListener> event) {
    for (int i = 0; i < listeners.length; i++) {
      try {
        event.accept(listeners[i]);
      } catch (Throwable failure) { // Errors too, such as a class that is missing
        var name = listeners[i].getClass().getName();
        gates[i].warn(() -> "the call listener " + name + " failed; the call goes on", failure);
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
