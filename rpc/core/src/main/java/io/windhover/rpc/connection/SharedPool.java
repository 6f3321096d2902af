package io.windhover.rpc.connection;

import io.windhover.rpc.Deadline;
import io.windhover.rpc.connection.SharedMembers.Member;
import io.windhover.rpc.pool.PoolOptions;
import io.windhover.rpc.pool.PoolState;
import io.windhover.rpc.wire.ExtensionFailedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A few connections to one address, each of which carries many calls, or many streams.
///
/// ```
///   dialling --connected--> taking --too old and replaced, the server leaves, removed--> leaving
///   dialling --failed--> gone
///   leaving --its last call or stream ends--> gone
///   taking, leaving --connection closed--> gone
/// ```
///
/// Whoever finds that another connection is wanted has it dialled on a thread of its own, and uses
/// one that is there, unless it would wait there for its turn. If none has room, callers dial, one
/// if none is open and else as many as may dial at once, and the rest wait. As long as one has
/// room, and none is wanted that could be dialled now, nothing is locked on the way to a
/// connection.
final class SharedPool<C extends SharedConnection> implements AddressPool {

  /// How many connections are compared for the least load.
  private static final int COMPARED = 4;

  /// What differs between connections for calls and those for streams.
  ///
  /// @param most connections to one address
  /// @param enough load of each connection at which another one is wanted, if it has
  ///   [room][SharedConnection#room] for that
  /// @param room load at which a connection takes no more
  /// @param maker of a connection, which is to call what it is given once it has closed. If it
  ///   throws, that is an [ExtensionFailedException]
  record Kind<C>(
      PoolState.Use use, int most, int enough, int room, Function<Consumer<C>, C> maker) {}

  private final Kind<C> kind;
  private final SocketAddress address;
  private final PoolOptions limits;
  private final PoolParts parts;
  private final AtomicInteger turn = new AtomicInteger();
  private final LongAdder borrowed = new LongAdder();

  private final ReentrantLock lock = new ReentrantLock(); // guards all below
  private final List<Member<C>> open = new ArrayList<>(); // taking and leaving
  private final WaitingLine waiting = new WaitingLine(lock);
  private final PoolCounters counters = new PoolCounters();
  private final Dials dials;
  private volatile SharedMembers<C> taking =
      SharedMembers.none(); // of those open; read without the lock
  private volatile boolean isAwaited; // whether somebody waits; read without the lock

  SharedPool(Kind<C> kind, SocketAddress address, PoolParts parts) {
    this.kind = kind;
    this.address = address;
    this.limits = parts.spec().pool();
    this.parts = parts;
    this.dials = new Dials(address, parts, lock, waiting, counters);
  }

  /// Finds a connection in the pool of an address, or in the next one if that has been forgotten
  /// just before. Otherwise as below.
  static <C extends SharedConnection> C find(
      Pools<SharedPool<C>> pools, SocketAddress address, Deadline deadline, Duration connectTimeout)
      throws IOException, TimeoutException, InterruptedException {
    while (true) {
      try {
        return pools.of(address).find(deadline, connectTimeout);
      } catch (ForgottenException e) { // the next one may
      }
    }
  }

  /// Returns a connection that takes one more, as far as is known.
  ///
  /// @param connectTimeout how much of the time until the deadline connecting may take
  /// @throws UnreachableException if there is none, and dialling has failed a moment ago
  /// @throws IOException if a new one could not be had, or this pool is closed
  /// @throws TimeoutException if all are full until the deadline
  C find(Deadline deadline, Duration connectTimeout)
      throws IOException, TimeoutException, InterruptedException {
    var found = choose();
    while (found == null) {
      found = takeTurn(deadline);
      if (found == null) {
        try {
          return dial(deadline, connectTimeout);
        } catch (IOException e) {
          failIfAlone(e);
        }
      }
    }
    borrowed.increment();
    return found;
  }

  /// Returns the one with the least load of the next few. Those that are too old serve while no
  /// other can be dialled.
  ///
  /// @return null if another connection is wanted, or none of them has room
  private @Nullable C choose() {
    var all = taking;
    int size = all.size();
    if (size == 0) {
      return null;
    }
    long now = parts.time().nanoTime();
    if (isAnotherWanted(all, now) && dials.mayBegin(limits.maxDials())) {
      return null;
    }
    int first = size == 1 ? 0 : Math.floorMod(turn.getAndIncrement(), size);
    return all.leastLoaded(first, Math.min(size, COMPARED), kind.room, now);
  }

  private boolean isAnotherWanted(SharedMembers<C> all, long nowNanos) {
    int fresh = all.freshIfBusy(kind.enough, kind.most, nowNanos);
    return fresh + dials.underWay() < kind.most;
  }

  /// Returns a connection with room, or takes the right to dial one. Has another dialled if that is
  /// wanted though there is room.
  ///
  /// @return null for the latter
  private @Nullable C takeTurn(Deadline deadline)
      throws IOException, TimeoutException, InterruptedException {
    lock.lockInterruptibly();
    boolean inLine = false;
    try {
      while (true) {
        dials.failIfClosed();
        failIfLate(deadline);
        var found = leastLoaded();
        int atOnce = taking.isAnyOpen() ? limits.maxDials() : 1;
        if (isAnotherWanted(taking, parts.time().nanoTime()) && dials.begin(atOnce)) {
          if (found == null || found.load() >= found.room()) {
            return null;
          }
          dialInBackground();
          return found;
        }
        if (found != null) {
          return found;
        }
        dials.failIfUnreachable(taking.isAnyOpen());
        if (inLine) {
          dials.awaitChange(deadline);
        } else {
          inLine = true;
          enterLine(); // and look again: room may have come just before
        }
      }
    } finally {
      if (inLine) {
        leaveLine();
      }
      lock.unlock();
    }
  }

  private void enterLine() {
    counters.waited++;
    waiting.enter();
    isAwaited = true;
  }

  private void leaveLine() {
    waiting.leave();
    waiting.wakeFirst();
    isAwaited = !waiting.isEmpty();
  }

  private @Nullable C leastLoaded() {
    return taking.leastLoaded(0, taking.size(), kind.room, parts.time().nanoTime());
  }

  private void failIfLate(Deadline deadline) throws TimeoutException, SocketTimeoutException {
    if (!deadline.hasPassed()) {
      return;
    }
    if (taking.isAnyOpen() && leastLoaded() == null) {
      throw new TimeoutException(
          "all %d shared connections carry %d %s each"
              .formatted(taking.size(), kind.room, kind.use.name().toLowerCase(Locale.ROOT)));
    }
    throw dials.tooLate();
  }

  private void failIfAlone(IOException failure) throws IOException {
    boolean interrupted =
        failure instanceof InterruptedIOException && !(failure instanceof SocketTimeoutException);
    if (interrupted || !taking.isAnyOpen()) {
      throw failure;
    }
  }

  private C dial(Deadline deadline, Duration connectTimeout) throws IOException {
    long now = parts.time().nanoTime();
    var connection = make();
    var member = new Member<>(connection, Lifetime.of(limits, now, parts.random()));
    dials
        .dial(connection, deadline, connectTimeout, () -> dialled(member))
        .ifPresent(SharedConnection::leave);
    dials.failIfClosed();
    return connection;
  }

  private C make() throws GuardedException {
    try {
      return kind.maker.apply(this::closed);
    } catch (ExtensionFailedException e) {
      var failure = new GuardedException(e);
      dials.failed(failure);
      throw failure;
    }
  }

  private void dialInBackground() {
    Dials.startThread(
        () -> {
          try {
            dialSpare(dials.spareDeadline());
          } catch (IOException e) { // counted; whoever finds it wanted still tries again
          }
        });
  }

  private void dialSpare(Deadline deadline) throws IOException {
    var _ = dial(deadline, parts.spec().spareTimeout());
  }

  /// @return which connection is to take no more
  private Optional<C> dialled(Member<C> member) {
    var leaving = Optional.<C>empty();
    if (member.connection().isOpen()) { // else it is forgotten already
      open.add(member);
      leaving = dials.isClosed() ? Optional.of(member.connection()) : replacedBy(member);
      takeFrom(leaving.orElse(null));
    }
    waiting.wakeAll();
    return leaving;
  }

  private Optional<C> replacedBy(Member<C> member) {
    var old = taking.firstOld(member.lifetime().bornNanos());
    if (old.isPresent()) {
      counters.closedOld++;
    }
    return old;
  }

  /// Sets which connections take more: of the open ones those that say so, but for one.
  private void takeFrom(@Nullable C leaving) {
    taking =
        dials.isClosed()
            ? SharedMembers.none()
            : new SharedMembers<>(
                open.stream()
                    .filter(it -> it.connection().isOpen() && !it.connection().equals(leaving))
                    .toList());
  }

  /// A connection has closed. On its poller.
  private void closed(C connection) {
    lock.lock();
    try {
      open.removeIf(member -> member.connection().equals(connection));
      takeFrom(null);
      waiting.wakeAll();
    } finally {
      lock.unlock();
    }
  }

  /// A connection may have room again.
  void hasRoom() {
    if (isAwaited) {
      lock.lock();
      try {
        waiting.wakeFirst();
      } finally {
        lock.unlock();
      }
    }
  }

  @Override
  public Optional<IOException> addSpare(int enough, Deadline deadline) {
    return dials.addSpare(open::size, Math.min(enough, kind.most), deadline, this::dialSpare);
  }

  @Override
  public void awaitReachable(Deadline deadline) throws IOException, InterruptedException {
    dials.awaitReachable(() -> taking.isAnyOpen(), deadline, this::dialSpare);
  }

  @Override
  public int openConnections() {
    return dials.openConnections(open::size);
  }

  @Override
  public boolean isUnused() {
    return dials.isUnused(open::size);
  }

  PoolState state() {
    lock.lock();
    try {
      long now = parts.time().nanoTime();
      var ages =
          open.stream()
              .map(member -> member.lifetime().age(now))
              .sorted(Comparator.reverseOrder())
              .toList();
      int idle = (int) open.stream().filter(member -> member.connection().load() == 0).count();
      counters.borrowed = borrowed.sum();
      return new PoolState(
          address,
          kind.use,
          open.size(),
          idle,
          dials.underWay(),
          dials.waiting(),
          ages,
          counters.snapshot());
    } finally {
      lock.unlock();
    }
  }

  /// Takes no more and closes what is unused; the others, when their calls or streams end.
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
    List<Member<C>> leaving;
    lock.lock();
    try {
      dials.close(reason);
      leaving = List.copyOf(open);
      takeFrom(null);
    } finally {
      lock.unlock();
    }
    leaving.forEach(member -> member.connection().leave());
  }
}
