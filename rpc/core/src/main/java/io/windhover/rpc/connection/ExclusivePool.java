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
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
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

  private final PoolOptions limits;
  private final SocketAddress address;
  private final PoolParts parts;
  private final SequenceIds sequenceIds = new SequenceIds();
  private final ReentrantLock lock = new ReentrantLock(); // guards all below
  private final ArrayDeque<PooledConnection> idle = new ArrayDeque<>(); // the last used first
  private final Set<PooledConnection> open = new HashSet<>(); // idle or lent
  private final WaitingLine waiting = new WaitingLine(lock); // callers
  private final PoolCounters counters = new PoolCounters();
  private final Dials dials;
  private final Spares spares;

  ExclusivePool(SocketAddress address, PoolParts parts) {
    this.limits = parts.spec().pool();
    this.address = address;
    this.parts = parts;
    this.dials = new Dials(address, parts, lock, waiting, counters);
    this.spares = new Spares(lock, parts, dials, this::isShortOfSpares, this::dialSpare);
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
      dials.failIfClosed();
      if (!waiting.isEmpty() || !isAvailable()) {
        awaitTurn(deadline);
      }
      var spare = idle.pollFirst();
      if (spare != null) {
        parts.idleBudget().giveBack(1);
        counters.borrowed++;
      } else if (!dials.begin(limits.maxDials())) {
        throw new AssertionError("available, and may not be dialled");
      }
      spares.keep();
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
        dials.failIfUnreachable(!open.isEmpty());
        failIfLate(deadline);
        dials.awaitChange(deadline);
        dials.failIfClosed();
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
    throw dials.tooLate();
  }

  private boolean isAvailable() {
    return !idle.isEmpty()
        || open.size() + dials.underWay() < limits.maxConnections()
            && dials.mayBegin(limits.maxDials());
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
    return dials.dial(connection, deadline, connectTimeout, () -> dialled(connection));
  }

  private PooledConnection dialled(PooledConnection connection) {
    if (connection.isOpen()) { // else it is forgotten already
      open.add(connection);
    }
    wakeNext();
    return connection;
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
      if (dials.isClosed() || !connection.isOpen()) {
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
      spares.keep();
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

  private boolean isShortOfSpares() {
    return !dials.isClosed()
        && idle.size() < limits.minIdle()
        && open.size() + dials.underWay() < limits.maxConnections();
  }

  private void dialSpare(Deadline deadline) throws IOException {
    var connection = dial(deadline, parts.spec().spareTimeout());
    var surplus = keep(connection);
    if (surplus != null) {
      surplus.close();
    }
    if (connection.equals(surplus)) {
      throw new Spares.UnkeptException();
    }
  }

  @Override
  public Optional<IOException> addSpare(int enough, Deadline deadline) {
    int most = Math.min(enough, limits.maxConnections());
    return dials.addSpare(open::size, most, deadline, this::dialSpare);
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
              dials.underWay(),
              dials.waiting(),
              ages,
              counters.snapshot()));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void awaitReachable(Deadline deadline) throws IOException, InterruptedException {
    dials.awaitReachable(() -> !open.isEmpty(), deadline, this::dialSpare);
  }

  @Override
  public int openConnections() {
    return dials.openConnections(open::size);
  }

  @Override
  public boolean isUnused() {
    return dials.isUnused(open::size);
  }

  @Override
  public void close(String because) {
    close(() -> new IOException(because));
  }

  @Override
  public void remove() {
    close(RemovedException::new);
  }

  @Override
  public void forget() {
    close(ForgottenException::new);
  }

  private void close(Supplier<IOException> reason) {
    List<PooledConnection> unused;
    lock.lock();
    try {
      dials.close(reason);
      unused = List.copyOf(idle);
      idle.clear();
      parts.idleBudget().giveBack(unused.size());
    } finally {
      lock.unlock();
    }
    unused.forEach(PooledConnection::close);
  }
}
