package io.windhover.rpc.connection;

import io.windhover.rpc.Deadline;
import io.windhover.rpc.pool.PoolOptions;
import io.windhover.rpc.pool.PoolState;
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
/// Whoever finds that another connection is wanted dials it, while the rest use those that are
/// there; without any, one dials and the rest wait. As long as none is wanted, nothing is locked on
/// the way to a connection.
final class SharedPool<C extends SharedConnection> implements AddressPool {

  /// How many connections are compared for the least load.
  private static final int COMPARED = 4;

  /// What differs between connections for calls and those for streams.
  ///
  /// @param most connections to one address
  /// @param enough load of each connection at which another one is wanted
  /// @param room load at which a connection takes no more
  /// @param maker of a connection, which is to call what it is given once it has closed
  record Kind<C>(
      PoolState.Use use, int most, int enough, int room, Function<Consumer<C>, C> maker) {}

  private record Member<C extends SharedConnection>(C connection, Lifetime lifetime) {

    boolean isOld(long nowNanos) {
      return lifetime.isOver(nowNanos);
    }
  }

  private final Kind<C> kind;
  private final SocketAddress address;
  private final PoolOptions limits;
  private final PoolParts parts;
  private final AtomicInteger turn = new AtomicInteger();
  private final LongAdder borrowed = new LongAdder();

  private final ReentrantLock lock = new ReentrantLock(); // guards all below
  private final List<Member<C>> open = new ArrayList<>(); // taking and leaving
  private final WaitingLine waiting = new WaitingLine(lock);
  private final Reconnect reconnect;
  private final PoolCounters counters = new PoolCounters();
  private int dialling;
  private @Nullable String closedBecause;
  private volatile List<Member<C>> taking = List.of(); // of those open; read without the lock
  private volatile boolean isAwaited; // whether somebody waits; read without the lock

  SharedPool(Kind<C> kind, SocketAddress address, PoolParts parts) {
    this.kind = kind;
    this.address = address;
    this.limits = parts.spec().pool();
    this.parts = parts;
    this.reconnect = new Reconnect(limits.maxBackoff(), parts.random());
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

  /// Returns the one with the least load of the next few.
  ///
  /// @return null if another connection is wanted, or there is no room
  private @Nullable C choose() {
    var all = taking;
    int size = all.size();
    if (size == 0) {
      return null;
    }
    long now = parts.time().nanoTime();
    int first = size == 1 ? 0 : Math.floorMod(turn.getAndIncrement(), size);
    C best = null;
    int least = kind.room;
    for (int i = 0; i < Math.min(size, COMPARED) && least > 0; i++) {
      var member = all.get((first + i) % size);
      if (member.isOld(now) || !member.connection.isOpen()) {
        return null;
      }
      int load = member.connection.load();
      if (load < least) {
        best = member.connection;
        least = load;
      }
    }
    return least >= kind.enough && size < kind.most ? null : best;
  }

  /// Returns a connection with room, or takes the right to dial one.
  ///
  /// @return null for the latter
  private @Nullable C takeTurn(Deadline deadline)
      throws IOException, TimeoutException, InterruptedException {
    lock.lockInterruptibly();
    boolean inLine = false;
    try {
      while (true) {
        failIfClosed();
        failIfLate(deadline);
        if (isAnotherWanted() && mayDial()) {
          dialling++;
          return null;
        }
        var found = leastLoaded();
        if (found != null) {
          return found;
        }
        failIfUnreachable();
        if (inLine) {
          awaitChange(deadline);
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

  private void awaitChange(Deadline deadline) throws InterruptedException {
    long pause = reconnect.pauseLeftNanos(parts.time().nanoTime());
    long left = deadline.remainingNanos();
    waiting.await(deadline.time(), pause > 0 ? Math.min(pause, left) : left);
  }

  private boolean isAnotherWanted() {
    long now = parts.time().nanoTime();
    int fresh = 0;
    for (var member : taking) {
      if (member.connection.isOpen() && !member.isOld(now)) {
        if (member.connection.load() < kind.enough) {
          return false;
        }
        fresh++;
      }
    }
    return fresh + dialling < kind.most;
  }

  private boolean mayDial() {
    int atOnce = reconnect.isProbing() || !isAnyTaking() ? 1 : limits.maxDials();
    return dialling < atOnce && reconnect.pauseLeftNanos(parts.time().nanoTime()) <= 0;
  }

  private boolean isAnyTaking() {
    return taking.stream().anyMatch(member -> member.connection.isOpen());
  }

  /// Those that are too old come last: they serve until they are replaced.
  private @Nullable C leastLoaded() {
    long now = parts.time().nanoTime();
    return taking.stream()
        .filter(member -> member.connection.isOpen() && member.connection.load() < kind.room)
        .min(
            Comparator.<Member<C>, Boolean>comparing(member -> member.isOld(now))
                .thenComparingInt(member -> member.connection.load()))
        .map(Member::connection)
        .orElse(null);
  }

  private void failIfClosed() throws IOException {
    if (closedBecause != null) {
      throw new IOException(closedBecause);
    }
  }

  private void failIfLate(Deadline deadline) throws TimeoutException, SocketTimeoutException {
    if (!deadline.hasPassed()) {
      return;
    }
    if (isAnyTaking() && leastLoaded() == null) {
      throw new TimeoutException(
          "all %d shared connections carry %d %s each"
              .formatted(taking.size(), kind.room, kind.use.name().toLowerCase(Locale.ROOT)));
    }
    throw new SocketTimeoutException(
        "no connection yet, with %d dials under way".formatted(dialling));
  }

  /// With no connection that could be waited for, a caller learns at once that there will be none.
  private void failIfUnreachable() throws UnreachableException {
    if (reconnect.isProbing() && !isAnyTaking()) {
      counters.refused++;
      throw reconnect.unreachable(parts.time().nanoTime());
    }
  }

  private void failIfAlone(IOException failure) throws IOException {
    boolean interrupted =
        failure instanceof InterruptedIOException && !(failure instanceof SocketTimeoutException);
    if (interrupted || !isAnyTaking()) {
      throw failure;
    }
  }

  private C dial(Deadline deadline, Duration connectTimeout) throws IOException {
    long now = parts.time().nanoTime();
    var connection = kind.maker.apply(this::closed);
    var member = new Member<>(connection, Lifetime.of(limits, now, parts.random()));
    long timeout = PoolParts.timeoutNanos(deadline, connectTimeout);
    IOException failure = null;
    boolean connected = false;
    try {
      parts.dial(address, timeout, connection);
      connected = true;
    } catch (IOException e) {
      failure = Reconnect.tellsOfServer(e, timeout, connectTimeout) ? e : null;
      throw e;
    } finally {
      dialled(member, connected, failure);
    }
    return connection;
  }

  /// @throws IOException if this pool was closed meanwhile
  private void dialled(Member<C> member, boolean connected, @Nullable IOException failure)
      throws IOException {
    C leaving = null;
    lock.lock();
    try {
      dialling--;
      waiting.wakeAll();
      if (failure != null) {
        reconnect.failed(failure, parts.time().nanoTime());
      }
      if (!connected) {
        counters.dialsFailed++;
        return;
      }
      counters.dialled++;
      reconnect.succeeded();
      if (member.connection.isOpen()) { // else it is forgotten already
        open.add(member);
        leaving = closedBecause != null ? member.connection : replacedBy(member);
        takeFrom(leaving);
      }
      failIfClosed();
    } finally {
      lock.unlock();
      if (leaving != null) {
        leaving.leave();
      }
    }
  }

  /// Returns the connection that a new one takes the place of, if there is one.
  private @Nullable C replacedBy(Member<C> member) {
    for (var other : taking) {
      if (other.isOld(member.lifetime.bornNanos())) {
        counters.closedOld++;
        return other.connection;
      }
    }
    return null;
  }

  /// Sets which connections take more: of the open ones those that say so, but for one.
  private void takeFrom(@Nullable C leaving) {
    taking =
        closedBecause != null
            ? List.of()
            : open.stream()
                .filter(member -> member.connection.isOpen() && !member.connection.equals(leaving))
                .toList();
  }

  /// A connection has closed. On its poller.
  private void closed(C connection) {
    lock.lock();
    try {
      open.removeIf(member -> member.connection.equals(connection));
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
    lock.lock();
    try {
      failIfClosed();
      if (open.size() + dialling >= Math.min(enough, kind.most)) {
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
    try {
      var _ = dial(deadline, parts.spec().spareTimeout());
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
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

  PoolState state() {
    lock.lock();
    try {
      long now = parts.time().nanoTime();
      var ages =
          open.stream()
              .map(member -> member.lifetime.age(now))
              .sorted(Comparator.reverseOrder())
              .toList();
      int idle = (int) open.stream().filter(member -> member.connection.load() == 0).count();
      counters.borrowed = borrowed.sum();
      return new PoolState(
          address,
          kind.use,
          open.size(),
          idle,
          dialling,
          waiting.length(),
          ages,
          counters.snapshot());
    } finally {
      lock.unlock();
    }
  }

  /// Takes no more and closes what is unused; the others, when their calls or streams end.
  @Override
  public void close(String because) {
    List<Member<C>> leaving;
    lock.lock();
    try {
      closedBecause = because;
      leaving = List.copyOf(open);
      takeFrom(null);
      waiting.wakeAll();
    } finally {
      lock.unlock();
    }
    leaving.forEach(member -> member.connection.leave());
  }
}
