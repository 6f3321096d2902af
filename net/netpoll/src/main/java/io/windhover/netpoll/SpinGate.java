package io.windhover.netpoll;

import org.jspecify.annotations.Nullable;

/// Decides whether a poller with nothing to do looks again at once, or sleeps.
///
/// To spin pays when one connection has the poller for itself and its next message is nearer than a
/// sleep and a wake-up: a caller that waits for each reply before it asks again. With several, the
/// next message finds the poller awake anyway, and the core is needed by those that answer. So it
/// spins only after [#ALONE] messages of one connection in a row, and not again after a spin in
/// vain until a wait has been short.
///
/// One poller's own; it is for its thread only.
final class SpinGate {

  static final int ALONE = 16;

  private final long spinNanos;
  private PolledSocket.@Nullable Owner talking;
  private int inARow;
  private boolean shortWaits;

  /// @param spinNanos 0 for never
  SpinGate(long spinNanos) {
    this.spinNanos = spinNanos;
  }

  boolean isOpen() {
    return shortWaits && inARow >= ALONE;
  }

  long spinNanos() {
    return spinNanos;
  }

  /// Something has come for `owner`.
  @SuppressWarnings("ReferenceEquality") // the very same
  void told(PolledSocket.Owner owner) {
    if (owner == talking) {
      inARow++;
    } else {
      talking = owner;
      inARow = 0;
    }
  }

  /// Nothing came during a spin.
  void spunInVain() {
    shortWaits = false;
    talking = null; // which may be closed by now
    inARow = 0;
  }

  /// Something came after a wait of `nanos`, of which waking up took a part.
  void waited(long nanos) {
    shortWaits = nanos < spinNanos + spinNanos / 2;
  }
}
