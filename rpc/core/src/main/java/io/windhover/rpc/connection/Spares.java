package io.windhover.rpc.connection;

import io.windhover.rpc.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// Keeps unused connections ready in a pool: a virtual thread dials them while some are missing,
/// and ends when none is. Guarded by the pool's lock, which is not held while that thread dials.
final class Spares {

  /// A spare connection was closed at once: by the server, or for want of room.
  static final class UnkeptException extends IOException {
    private static final long serialVersionUID = 1;

    UnkeptException() {
      super(
          "a connection was made, and could not be kept: the server closed it, or there is no room"
              + " for unused ones");
    }
  }

  private static final Duration UNKEPT_PAUSE = Duration.ofSeconds(1);

  private final ReentrantLock lock;
  private final PoolParts parts;
  private final Dials dials;
  private final BooleanSupplier isShort;
  private final Dials.Spare spare;
  private boolean running;

  /// @param lock the pool's
  /// @param isShort whether one is missing, and there may be one more
  /// @param spare throws [UnkeptException] if the pool has no use for what was dialled
  Spares(
      ReentrantLock lock,
      PoolParts parts,
      Dials dials,
      BooleanSupplier isShort,
      Dials.Spare spare) {
    this.lock = lock;
    this.parts = parts;
    this.dials = dials;
    this.isShort = isShort;
    this.spare = spare;
  }

  /// Starts the thread that dials, if some are missing and it does not run.
  void keep() {
    if (!running && isShort.getAsBoolean()) {
      running = true;
      Dials.startThread(this::dialAll);
    }
  }

  private void dialAll() {
    boolean ended = false;
    try {
      while (beginWhenNeeded()) {
        dial();
      }
      ended = true;
    } catch (InterruptedException e) {
      throw new AssertionError("nobody knows this thread", e);
    } finally {
      if (!ended) { // out of memory: the next connection that closes begins anew
        stop();
      }
    }
  }

  /// @return whether the right to dial one was taken; if not, this thread ends
  private boolean beginWhenNeeded() throws InterruptedException {
    lock.lock();
    try {
      while (isShort.getAsBoolean()) {
        if (dials.beginSpare()) {
          return true;
        }
        dials.awaitSpare(dials.spareDeadline());
      }
      running = false;
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void dial() throws InterruptedException {
    try {
      spare.dial(dials.spareDeadline());
    } catch (UnkeptException e) {
      pauseUnkept();
    } catch (IOException e) { // counted; the pause before the next dial follows from it
    }
  }

  /// A peer that accepts and closes is not dialled as fast as it can do so.
  private void pauseUnkept() throws InterruptedException {
    lock.lock();
    try {
      var end = Deadline.after(UNKEPT_PAUSE, parts.time());
      while (!dials.isClosed() && !end.hasPassed()) {
        dials.awaitSpare(end);
      }
    } finally {
      lock.unlock();
    }
  }

  private void stop() {
    lock.lock();
    try {
      running = false;
    } finally {
      lock.unlock();
    }
  }
}
