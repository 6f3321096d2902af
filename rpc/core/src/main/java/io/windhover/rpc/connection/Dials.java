package io.windhover.rpc.connection;

import io.windhover.rpc.Deadline;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The dials of one pool: whether one may begin, how many are under way, and what came of them.
///
/// Who dials first takes the right to, by [#begin], together with the look that tells that a
/// connection is missing: so there are never more of them than there may be, whether a call waits
/// for what is dialled or it is a spare. Guarded by the pool's lock, which is not held while a dial
/// is under way; what takes the lock by itself says so.
final class Dials {

  /// Makes a connection that no call waits for, with a right that was taken.
  @FunctionalInterface
  interface Spare {
    void dial(Deadline deadline) throws IOException;
  }

  /// Calls that wait for one address to be reachable.
  private static final int MAX_WAITING = 1_000;

  private final SocketAddress address;
  private final PoolParts parts;
  private final ReentrantLock lock;
  private final WaitingLine waiting;
  private final WaitingLine waitingSpares; // who is to dial one, and may not yet
  private final WaitingLine waitingCalls; // until the address can be reached
  private final PoolCounters counters;
  private final Reconnect reconnect;
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile @Nullable Supplier<IOException> closed;

  /// @param lock the pool's
  /// @param waiting who waits for a connection, dialled or given back
  Dials(
      SocketAddress address,
      PoolParts parts,
      ReentrantLock lock,
      WaitingLine waiting,
      PoolCounters counters) {
    this.address = address;
    this.parts = parts;
    this.lock = lock;
    this.waiting = waiting;
    this.waitingSpares = new WaitingLine(lock);
    this.waitingCalls = new WaitingLine(lock);
    this.counters = counters;
    this.reconnect = new Reconnect(parts.spec().pool().maxBackoff(), parts.random());
  }

  /// Any thread, with or without the lock.
  int underWay() {
    return underWay.get();
  }

  /// Whether one more may begin. Without the lock, that was so a moment ago.
  ///
  /// @param atOnce how many may be under way while the address can be reached
  boolean mayBegin(int atOnce) {
    return underWay.get() < (reconnect.isProbing() ? 1 : atOnce) && pauseLeftNanos() <= 0;
  }

  /// Takes the right to dial once, which ends with the dial.
  ///
  /// @param atOnce how many may be under way while the address can be reached
  /// @return whether there was one
  boolean begin(int atOnce) {
    if (!mayBegin(atOnce)) {
      return false;
    }
    underWay.incrementAndGet();
    return true;
  }

  /// Returns how long nobody may dial; 0 or less if somebody may.
  long pauseLeftNanos() {
    return reconnect.pauseLeftNanos(parts.time().nanoTime());
  }

  /// Connects, with the right that was taken. Takes the lock once that has ended.
  ///
  /// @param connectTimeout how much of the time until the deadline it may take
  /// @param connected called with the lock held
  /// @return what `connected` has
  /// @throws IOException if that fails, or the pool was closed meanwhile
  <T> T dial(
      DialledConnection connection,
      Deadline deadline,
      Duration connectTimeout,
      Supplier<T> connected)
      throws IOException {
    long timeout = PoolParts.timeoutNanos(deadline, connectTimeout);
    IOException reason = null;
    boolean isConnected = false;
    try {
      boolean isOfCall = !Reconnect.hasNearlyAll(timeout, connectTimeout);
      parts.dialler().dial(address, timeout, isOfCall, connection);
      isConnected = true;
    } catch (IOException e) {
      if (Reconnect.tellsOfServer(e, timeout, connectTimeout)) {
        reason = e;
        failIfClosed(); // which comes before: nobody is to wait for that server
      }
      throw e;
    } finally {
      if (!isConnected) {
        failed(reason);
      }
    }
    return succeeded(connected);
  }

  private <T> T succeeded(Supplier<T> connected) {
    lock.lock();
    try {
      underWay.decrementAndGet();
      counters.dialled++;
      reconnect.succeeded();
      waitingSpares.wakeAll();
      waitingCalls.wakeAll();
      return connected.get();
    } finally {
      lock.unlock();
    }
  }

  /// The right that was taken ends with a failure. Takes the lock.
  ///
  /// @param reason null if it tells nothing of the server
  void failed(@Nullable IOException reason) {
    lock.lock();
    try {
      underWay.decrementAndGet();
      counters.dialsFailed++;
      waitingSpares.wakeAll();
      waitingCalls.wakeAll();
      if (reason == null) {
        waiting.wakeFirst();
      } else {
        reconnect.failed(reason, parts.time().nanoTime());
        waiting.wakeAll(); // for none of them there may be another
      }
    } finally {
      lock.unlock();
    }
  }

  /// Dials a spare unless there are `enough` connections; waits while as many dials as may be are
  /// under way. Takes the lock.
  ///
  /// @param open how many there are, those under way left out; called with the lock held
  /// @return why it failed; empty if it did not
  Optional<IOException> addSpare(IntSupplier open, int enough, Deadline deadline, Spare spare) {
    try {
      if (beginSpare(open, enough, deadline)) {
        spare.dial(deadline);
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(new InterruptedIOException("interrupted before a spare was dialled"));
    }
  }

  private boolean beginSpare(IntSupplier open, int enough, Deadline deadline)
      throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        failIfClosed();
        if (open.getAsInt() + underWay() >= enough) {
          return false;
        }
        if (pauseLeftNanos() > 0) {
          throw reconnect.unreachable(parts.time().nanoTime());
        }
        if (beginSpare()) {
          return true;
        }
        if (deadline.hasPassed()) {
          throw tooLate();
        }
        awaitSpare(deadline);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Takes the right to dial a spare, if there is one.
  boolean beginSpare() {
    return begin(parts.spec().pool().maxDials());
  }

  /// Waits until a dial has ended or may begin, this pool is closed, or until the deadline; may
  /// return for no reason. For who is to dial a spare: it is in no caller's way.
  void awaitSpare(Deadline deadline) throws InterruptedException {
    waitingSpares.enter();
    try {
      awaitChange(waitingSpares, deadline);
    } finally {
      waitingSpares.leave();
    }
  }

  /// Waits while the address cannot be reached and no connection is open, until the deadline. Of
  /// those who wait one at a time dials, when that may be. Takes the lock.
  ///
  /// @param isAnyOpen called with the lock held
  /// @throws IOException if too many wait, the pool is closed meanwhile, or the thread was
  ///   interrupted while it dialled
  void awaitReachable(BooleanSupplier isAnyOpen, Deadline deadline, Spare spare)
      throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      failIfTooMany(waitingCalls.length());
      waitingCalls.enter();
      counters.waited++;
      try {
        while (reconnect.isProbing()
            && !isAnyOpen.getAsBoolean()
            && !isClosed()
            && !deadline.hasPassed()) {
          if (begin(1)) {
            probe(deadline, spare);
          } else {
            awaitChange(waitingCalls, deadline);
          }
        }
      } finally {
        waitingCalls.leave();
      }
      failIfClosed();
    } finally {
      lock.unlock();
    }
  }

  /// @param waiting how many calls wait already
  static void failIfTooMany(int waiting) throws IOException {
    if (waiting >= MAX_WAITING) {
      throw new IOException(
          "%d calls wait for the server to be reachable already".formatted(MAX_WAITING));
    }
  }

  /// Lets the lock go while it dials.
  private void probe(Deadline deadline, Spare spare) throws InterruptedIOException {
    lock.unlock();
    try {
      spare.dial(deadline);
    } catch (IOException e) {
      if (e instanceof InterruptedIOException interrupted
          && !(e instanceof SocketTimeoutException)) {
        throw interrupted;
      } // all else is counted, and makes the next pause
    } finally {
      lock.lock();
    }
  }

  /// Returns how many calls wait, be it for a connection or for the address to be reachable.
  int waiting() {
    return waiting.length() + waitingCalls.length();
  }

  /// Returns how many connections the pool has, those that are dialled included. Takes the lock.
  ///
  /// @param open how many there are, those under way left out; called with the lock held
  int openConnections(IntSupplier open) {
    lock.lock();
    try {
      return open.getAsInt() + underWay();
    } finally {
      lock.unlock();
    }
  }

  /// Whether the pool has no connection, and nobody waits for one. Takes the lock.
  ///
  /// @param open as above
  boolean isUnused(IntSupplier open) {
    lock.lock();
    try {
      return open.getAsInt() + underWay() + waiting() == 0;
    } finally {
      lock.unlock();
    }
  }

  /// Starts a thread that dials spares.
  static void startThread(Runnable dialling) {
    Thread.ofVirtual().name("windhover-pool").inheritInheritableThreadLocals(false).start(dialling);
  }

  /// Returns until when a spare that is begun now is to be there.
  Deadline spareDeadline() {
    return Deadline.after(parts.spec().spareTimeout(), parts.time());
  }

  /// Waits in the line until woken, until a dial may begin, or until the deadline.
  void awaitChange(Deadline deadline) throws InterruptedException {
    awaitChange(waiting, deadline);
  }

  private void awaitChange(WaitingLine line, Deadline deadline) throws InterruptedException {
    long pause = pauseLeftNanos();
    long left = deadline.remainingNanos();
    line.await(deadline.time(), pause > 0 ? Math.min(pause, left) : left);
  }

  /// With no connection that could be waited for, a caller learns at once that there will be none.
  void failIfUnreachable(boolean isAnyOpen) throws UnreachableException {
    if (!isAnyOpen && reconnect.isProbing()) {
      counters.refused++;
      throw reconnect.unreachable(parts.time().nanoTime());
    }
  }

  /// Returns what to tell a caller whose deadline passes while it waits for a dial.
  SocketTimeoutException tooLate() {
    return new SocketTimeoutException(
        "no connection yet, with %d dials under way".formatted(underWay()));
  }

  /// The pool is closed: nobody is to dial or wait any more.
  ///
  /// @param reason what they get instead
  void close(Supplier<IOException> reason) {
    closed = reason;
    waiting.wakeAll();
    waitingSpares.wakeAll();
    waitingCalls.wakeAll();
  }

  boolean isClosed() {
    return closed != null;
  }

  /// Any thread, with or without the lock.
  void failIfClosed() throws IOException {
    var reason = closed;
    if (reason != null) {
      throw reason.get();
    }
  }
}
