package io.windhover.rpc.connection;

import io.windhover.rpc.Deadline;
import io.windhover.rpc.pool.PoolOptions;
import io.windhover.rpc.pool.PoolState;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Connections to one address, each lent to one call at a time.
///
/// ```
///   dialling --connected--> lent --release--> idle --borrow--> lent
///   dialling --failed--> gone
///   lent --release, when too old or enough are idle, or spoilt--> gone
///   idle --unused for too long, or the peer closes, or the address is removed--> gone
/// ```
///
/// The most recently used goes out first, so that those beyond need grow idle and are closed by
/// their poller. That also sees a peer's close when it happens: a dead connection is known without
/// a read, and never handed out. Who comes when the cap is reached waits; all are served in the
/// order in which they came.
final class ExclusivePool implements CallPool<PooledConnection>, PooledConnection.Owner {

  private static final long UNKEPT_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /// A spare connection was closed at once: by the server, or for want of room.
  private static final class UnkeptException extends IOException {
    private static final long serialVersionUID = 1;

    UnkeptException() {
      super(
          "a connection was made, and could not be kept: the server closed it, or there is no room"
              + " for unused ones");
    }
  }

  private final PoolOptions limits;
  private final SocketAddress address;
  private final PoolParts parts;

  private final SequenceIds sequenceIds = new SequenceIds();
  private final ReentrantLock lock = new ReentrantLock(); // guards all below
  private final ArrayDeque<PooledConnection> idle = new ArrayDeque<>(); // the last used first
  private final Set<PooledConnection> open = new HashSet<>(); // idle or lent
  private final WaitingLine waiting = new WaitingLine(lock); // callers
  private final WaitingLine pausing = new WaitingLine(lock); // the thread that keeps it warm
  private final Reconnect reconnect;
  private final PoolCounters counters = new PoolCounters();
  private int dialling;
  private boolean keepingWarm;
  private @Nullable String closedBecause;

  ExclusivePool(SocketAddress address, PoolParts parts) {
    this.limits = parts.spec().pool();
    this.address = address;
    this.parts = parts;
    this.reconnect = new Reconnect(limits.maxBackoff(), parts.random());
  }

  @Override
  public PooledConnection borrow(Deadline deadline, Duration connectTimeout)
      throws IOException, TimeoutException, InterruptedException {
    while (true) {
      var spare = takeTurn(deadline);
      if (spare == null) {
        return dial(deadline, connectTimeout);
      }
      if (spare.isOpen()) { // else it has just died
        return spare;
      }
    }
  }

  /// Takes an idle connection, or the right to dial one.
  ///
  /// @return null for the latter
  private @Nullable PooledConnection takeTurn(Deadline deadline)
      throws IOException, TimeoutException, InterruptedException {
    lock.lockInterruptibly();
    try {
      failIfClosed();
      if (!waiting.isEmpty() || !isAvailable()) {
        awaitTurn(deadline);
      }
      var spare = idle.pollFirst();
      if (spare == null) {
        dialling++;
      } else {
        parts.idleBudget().giveBack(1);
        counters.borrowed++;
      }
      keepWarm();
      return spare;
    } finally {
      wakeNext();
      lock.unlock();
    }
  }

  private void awaitTurn(Deadline deadline)
      throws IOException, TimeoutException, InterruptedException {
    waiting.enter();
    counters.waited++;
    try {
      while (!waiting.isFirst() || !isAvailable()) {
        failIfUnreachable();
        failIfLate(deadline);
        long pause = reconnect.pauseLeftNanos(parts.time().nanoTime());
        long left = deadline.remainingNanos();
        waiting.await(deadline.time(), pause > 0 ? Math.min(pause, left) : left);
        failIfClosed();
      }
    } finally {
      waiting.leave();
    }
  }

  private void failIfLate(Deadline deadline) throws TimeoutException, SocketTimeoutException {
    if (!deadline.hasPassed()) {
      return;
    }
    if (open.size() >= limits.maxConnections()) {
      throw new TimeoutException("all %d connections are in use".formatted(open.size()));
    }
    throw new SocketTimeoutException(
        "no connection yet, with %d dials under way".formatted(dialling));
  }

  private boolean isAvailable() {
    return !idle.isEmpty() || mayDial();
  }

  private boolean mayDial() {
    int atOnce = reconnect.isProbing() ? 1 : limits.maxDials();
    return open.size() + dialling < limits.maxConnections()
        && dialling < atOnce
        && reconnect.pauseLeftNanos(parts.time().nanoTime()) <= 0;
  }

  private void failIfClosed() throws IOException {
    if (closedBecause != null) {
      throw new IOException(closedBecause);
    }
  }

  /// With no connection that could be waited for, a call learns at once that there will be none.
  private void failIfUnreachable() throws UnreachableException {
    if (open.isEmpty() && reconnect.isProbing()) {
      counters.refused++;
      throw reconnect.unreachable(parts.time().nanoTime());
    }
  }

  private void wakeNext() {
    if (isAvailable()) {
      waiting.wakeFirst();
    }
  }

  private PooledConnection dial(Deadline deadline, Duration connectTimeout) throws IOException {
    long now = parts.time().nanoTime();
    var lifetime = Lifetime.of(limits, now, parts.random());
    var spec = parts.spec();
    var connection = new PooledConnection(spec.limits(), spec.formats(), lifetime, this);
    long timeout = PoolParts.timeoutNanos(deadline, connectTimeout);
    IOException failure = null;
    boolean connected = false;
    try {
      parts.dial(address, timeout, connection);
      connected = true;
      return connection;
    } catch (IOException e) {
      failure = Reconnect.tellsOfServer(e, timeout, connectTimeout) ? e : null;
      throw e;
    } finally {
      dialled(connection, connected, failure);
    }
  }

  private void dialled(
      PooledConnection connection, boolean connected, @Nullable IOException failure) {
    lock.lock();
    try {
      dialling--;
      if (connected) {
        counters.dialled++;
        reconnect.succeeded();
        if (connection.isOpen()) { // else it is forgotten already
          open.add(connection);
        }
      } else {
        counters.dialsFailed++;
      }
      if (failure != null) {
        reconnect.failed(failure, parts.time().nanoTime());
        waiting.wakeAll(); // for none of them there may be another
      }
      wakeNext();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void release(PooledConnection connection, Outcome outcome) {
    switch (outcome) {
      case CLEAN -> {
        var surplus = keep(connection);
        if (surplus != null) {
          surplus.close();
        }
      }
      case FLUSH -> connection.close();
      case SPOILT, LEAVING -> connection.abort();
    }
  }

  /// @return a connection to close, which may be another one
  private @Nullable PooledConnection keep(PooledConnection connection) {
    lock.lock();
    try {
      if (closedBecause != null || !connection.isOpen()) {
        return connection;
      }
      if (connection.lifetime().isOver(parts.time().nanoTime())) {
        counters.closedOld++;
        return connection;
      }
      if (limits.maxIdle() == 0 || !parts.idleBudget().take()) {
        counters.closedSurplus++;
        return connection;
      }
      idle.addFirst(connection);
      PooledConnection surplus = null;
      if (idle.size() > limits.maxIdle()) {
        surplus = idle.pollLast();
        parts.idleBudget().giveBack(1);
        counters.closedSurplus++;
      }
      wakeNext();
      return surplus;
    } finally {
      lock.unlock();
    }
  }

  /// A connection has closed.
  @Override
  public void closed(PooledConnection connection) {
    lock.lock();
    try {
      open.remove(connection);
      if (idle.remove(connection)) {
        parts.idleBudget().giveBack(1);
      }
      keepWarm();
      wakeNext();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int nextSequenceId() {
    return sequenceIds.next();
  }

  @Override
  public boolean keepsUnused(PooledConnection connection) {
    if (limits.minIdle() == 0) {
      return false;
    }
    lock.lock();
    try {
      return !connection.lifetime().isOver(parts.time().nanoTime())
          && idle.stream().limit(limits.minIdle()).anyMatch(connection::equals);
    } finally {
      lock.unlock();
    }
  }

  /// Starts the thread that dials spare connections, if some are missing and it does not run.
  private void keepWarm() {
    if (!keepingWarm && isShortOfSpares()) {
      keepingWarm = true;
      Thread.ofVirtual()
          .name("windhover-pool")
          .inheritInheritableThreadLocals(false)
          .start(this::dialSpares);
    }
  }

  private boolean isShortOfSpares() {
    return closedBecause == null
        && idle.size() < limits.minIdle()
        && open.size() + dialling < limits.maxConnections();
  }

  private void dialSpares() {
    boolean ended = false;
    try {
      while (awaitNeedOfSpare()) {
        if (dialSpare(Deadline.after(parts.spec().spareTimeout(), parts.time()))
            instanceof UnkeptException) {
          pauseSpares();
        }
      }
      ended = true;
    } catch (InterruptedException e) {
      throw new AssertionError("nobody knows this thread", e);
    } finally {
      if (!ended) { // a dialler's mistake: the next connection that closes begins anew
        stopKeepingWarm();
      }
    }
  }

  /// A peer that accepts and closes is not dialled as fast as it can do so.
  private void pauseSpares() throws InterruptedException {
    lock.lock();
    try {
      long end = parts.time().nanoTime() + UNKEPT_PAUSE_NANOS;
      for (long left = UNKEPT_PAUSE_NANOS;
          closedBecause == null && left > 0;
          left = end - parts.time().nanoTime()) {
        pause(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private void pause(long nanos) throws InterruptedException {
    pausing.enter();
    try {
      pausing.await(parts.time(), nanos);
    } finally {
      pausing.leave();
    }
  }

  private void stopKeepingWarm() {
    lock.lock();
    try {
      keepingWarm = false;
    } finally {
      lock.unlock();
    }
  }

  /// @return whether the right to dial one was taken; if not, this thread ends
  private boolean awaitNeedOfSpare() throws InterruptedException {
    lock.lock();
    try {
      while (isShortOfSpares()) {
        long pause = reconnect.pauseLeftNanos(parts.time().nanoTime());
        if (pause <= 0) {
          dialling++;
          return true;
        }
        pause(pause);
      }
      keepingWarm = false;
      return false;
    } finally {
      lock.unlock();
    }
  }

  /// @return why it failed; null if it did not
  private @Nullable IOException dialSpare(Deadline deadline) {
    try {
      var connection = dial(deadline, parts.spec().spareTimeout());
      var surplus = keep(connection);
      if (surplus != null) {
        surplus.close();
      }
      return connection.equals(surplus) ? new UnkeptException() : null;
    } catch (IOException e) { // counted; the pause before the next dial follows from it
      return e;
    }
  }

  @Override
  public Optional<IOException> addSpare(int enough, Deadline deadline) {
    lock.lock();
    try {
      failIfClosed();
      if (open.size() + dialling >= Math.min(enough, limits.maxConnections())) {
        return Optional.empty();
      }
      long now = parts.time().nanoTime();
      if (reconnect.pauseLeftNanos(now) > 0) {
        return Optional.of(reconnect.unreachable(now));
      }
      dialling++;
    } catch (IOException e) {
      return Optional.of(e);
    } finally {
      lock.unlock();
    }
    return Optional.ofNullable(dialSpare(deadline));
  }

  @Override
  public Optional<PoolState> state() {
    lock.lock();
    try {
      long now = parts.time().nanoTime();
      var ages =
          open.stream()
              .map(connection -> connection.lifetime().age(now))
              .sorted(Comparator.reverseOrder())
              .toList();
      return Optional.of(
          new PoolState(
              address,
              PoolState.Use.CALLS,
              open.size(),
              idle.size(),
              dialling,
              waiting.length(),
              ages,
              counters.snapshot()));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int openConnections() {
    lock.lock();
    try {
      return open.size() + dialling;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close(String because) {
    List<PooledConnection> unused;
    lock.lock();
    try {
      closedBecause = because;
      unused = List.copyOf(idle);
      idle.clear();
      parts.idleBudget().giveBack(unused.size());
      waiting.wakeAll();
      pausing.wakeAll();
    } finally {
      lock.unlock();
    }
    unused.forEach(PooledConnection::close);
  }
}
