package io.windhover.rpc;

import io.windhover.rpc.log.LogGate;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Tells several listeners; one that throws harms neither the call nor the others. Each event has
/// its loop, so that none costs an object.
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

  @Override
  public void started(Invocation call) {
    for (int i = 0; i < listeners.length; i++) {
      try {
        listeners[i].started(call);
      } catch (Throwable e) {
        failed(i, e);
      }
    }
  }

  @Override
  public void attempting(Invocation call) {
    for (int i = 0; i < listeners.length; i++) {
      try {
        listeners[i].attempting(call);
      } catch (Throwable e) {
        failed(i, e);
      }
    }
  }

  @Override
  public void connected(Invocation call) {
    for (int i = 0; i < listeners.length; i++) {
      try {
        listeners[i].connected(call);
      } catch (Throwable e) {
        failed(i, e);
      }
    }
  }

  @Override
  public void sent(Invocation call, int bytes) {
    for (int i = 0; i < listeners.length; i++) {
      try {
        listeners[i].sent(call, bytes);
      } catch (Throwable e) {
        failed(i, e);
      }
    }
  }

  @Override
  public void received(Invocation call, int bytes) {
    for (int i = 0; i < listeners.length; i++) {
      try {
        listeners[i].received(call, bytes);
      } catch (Throwable e) {
        failed(i, e);
      }
    }
  }

  @Override
  public void handling(Invocation call) {
    for (int i = 0; i < listeners.length; i++) {
      try {
        listeners[i].handling(call);
      } catch (Throwable e) {
        failed(i, e);
      }
    }
  }

  @Override
  public void handled(Invocation call, @Nullable Throwable failure) {
    for (int i = 0; i < listeners.length; i++) {
      try {
        listeners[i].handled(call, failure);
      } catch (Throwable e) {
        failed(i, e);
      }
    }
  }

  @Override
  public void ended(Invocation call, @Nullable Throwable failure) {
    for (int i = 0; i < listeners.length; i++) {
      try {
        listeners[i].ended(call, failure);
      } catch (Throwable e) {
        failed(i, e);
      }
    }
  }

  /// @param failure of any kind: Errors too, such as a class that is missing
  private void failed(int listener, Throwable failure) {
    var name = listeners[listener].getClass().getName();
    gates[listener].warn(() -> "the call listener " + name + " failed; the call goes on", failure);
  }
}
