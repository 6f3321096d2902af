package io.windhover.rpc.client;

import io.windhover.rpc.Deadline;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A few connections to one address that all calls share, in turns.
///
/// Each has a place, and is dialled when its turn comes and there is none, or the one there takes
/// no more calls. While one is being dialled, calls whose turn it would be take another, if there
/// is one. How many calls are under way is bounded by what all connections together can carry; a
/// call beyond waits.
final class MuxPool implements Pool {

  /// How long a call waits before it looks for room again.
  private static final long ROOM_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /// Where a connection is, or will be.
  private static final class Place {
    private final ReentrantLock dialling = new ReentrantLock(); // held by the call that dials
    private volatile @Nullable MuxConnection connection; // the last one that was dialled
    private volatile long bornNanos;
    private volatile long oldNanos; // when another is to take its place

    boolean isUsable(long nowNanos) {
      var current = connection;
      return current != null && current.isOpen() && nowNanos - oldNanos < 0;
    }
  }

  private final ClientOptions options;
  private final SocketAddress address;
  private final PoolParts parts;
  private final Place[] places;
  private final Semaphore permits; // one for each call under way
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final LongAdder droppedReplies = new LongAdder();
  private final LongAdder borrowed = new LongAdder();
  private final Reconnect reconnect; // guards itself and the counters
  private final PoolCounters counters = new PoolCounters();
  private volatile @Nullable String closedBecause;

  MuxPool(ClientOptions options, SocketAddress address, PoolParts parts) {
    this.options = options;
    this.address = address;
    this.parts = parts;
    this.reconnect = new Reconnect(options.pool().maxBackoff(), parts.random());
    this.places = new Place[options.multiplexed()];
    for (int i = 0; i < places.length; i++) {
      places[i] = new Place();
    }
    this.permits = new Semaphore(places.length * MuxConnection.MAX_CALLS);
  }

  @Override
  public ClientConnection borrow(Deadline deadline, Duration connectTimeout)
      throws IOException, TimeoutException, InterruptedException {
    if (!permits.tryAcquire()
        && !permits.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
      throw new TimeoutException(
          "all %d multiplexed connections have %d calls under way"
              .formatted(places.length, MuxConnection.MAX_CALLS));
    }
    try {
      var call = begin(deadline, connectTimeout);
      borrowed.increment();
      return call;
    } catch (IOException | TimeoutException | InterruptedException | RuntimeException | Error e) {
      permits.release();
      throw e;
    }
  }

  private MuxCall begin(Deadline deadline, Duration connectTimeout)
      throws IOException, TimeoutException, InterruptedException {
    while (!deadline.hasPassed()) {
      if (closedBecause != null) {
        throw new IOException(closedBecause);
      }
      var place = places[Math.floorMod(turn.getAndIncrement(), places.length)];
      var connection = place.connection;
      if (connection == null || !place.isUsable(parts.nanoClock().getAsLong())) {
        connection = connection(place, deadline, connectTimeout);
      }
      var call = connection == null ? null : connection.begin();
      if (call == null) { // it is full, was lost just now, or is still being dialled
        call = beginAnywhere();
      }
      if (call != null) {
        return call;
      }
      awaitDial(place, deadline, connectTimeout);
    }
    throw new TimeoutException("no multiplexed connection in time");
  }

  /// Returns a new connection; null if another call dials it, or if others can do without it.
  private @Nullable MuxConnection connection(
      Place place, Deadline deadline, Duration connectTimeout) throws IOException {
    if (!place.dialling.tryLock()) {
      return null;
    }
    try {
      return dialled(place, dialNanos(deadline, connectTimeout), connectTimeout);
    } catch (IOException e) {
      if (!isAnyOpen() || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return null;
    } finally {
      place.dialling.unlock();
    }
  }

  private static long dialNanos(Deadline deadline, Duration connectTimeout) {
    long nanos = Math.min(TimeUnit.NANOSECONDS.convert(connectTimeout), deadline.remainingNanos());
    return Math.max(1, nanos);
  }

  private boolean isAnyOpen() {
    for (var place : places) {
      var connection = place.connection;
      if (connection != null && connection.isOpen()) {
        return true;
      }
    }
    return false;
  }

  private @Nullable MuxCall beginAnywhere() {
    for (var place : places) {
      var connection = place.connection;
      var call = connection == null || !connection.isOpen() ? null : connection.begin();
      if (call != null) {
        return call;
      }
    }
    return null;
  }

  /// Waits for the call that dials; if none does, there will be room in a moment, since there are
  /// no more permits than places for calls.
  private static void awaitDial(Place place, Deadline deadline, Duration connectTimeout)
      throws IOException, InterruptedException {
    if (!place.dialling.isLocked()) {
      LockSupport.parkNanos(ROOM_NANOS);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    } else if (place.dialling.tryLock(dialNanos(deadline, connectTimeout), TimeUnit.NANOSECONDS)) {
      place.dialling.unlock();
    } else {
      throw new SocketTimeoutException("another call is still connecting");
    }
  }

  private MuxConnection dialled(Place place, long nanos, Duration connectTimeout)
      throws IOException {
    long now = parts.nanoClock().getAsLong();
    var before = place.connection;
    if (before != null && place.isUsable(now)) { // since the lock was asked for
      return before;
    }
    failIfUnreachable(now);
    var connection = new MuxConnection(options.limits(), 1, droppedReplies, open::decrementAndGet);
    open.incrementAndGet();
    try {
      parts.dialler().dial(address, Duration.ofNanos(nanos), options.connection(), connection);
      connection.failIfNotConnected();
    } catch (IOException | RuntimeException | Error e) {
      open.decrementAndGet();
      connection.giveUp();
      failed(e, nanos >= TimeUnit.NANOSECONDS.convert(connectTimeout));
      throw e;
    }
    succeeded();
    place.bornNanos = now;
    place.oldNanos = options.pool().endOfLifeNanos(now, parts.random());
    place.connection = connection;
    if (before != null) {
      before.leave();
    }
    if (closedBecause != null) { // close may have missed it
      connection.leave();
      throw new IOException(closedBecause);
    }
    return connection;
  }

  private void failIfUnreachable(long nowNanos) throws UnreachableException {
    synchronized (reconnect) {
      if (reconnect.pauseLeftNanos(nowNanos) > 0) {
        counters.refused++;
        throw reconnect.unreachable(nowNanos);
      }
    }
  }

  /// @param inFullTime whether it had all of the connect timeout: a call's own end tells nothing of
  ///   the server
  private void failed(Throwable cause, boolean inFullTime) {
    synchronized (reconnect) {
      counters.dialsFailed++;
      if (cause instanceof SocketTimeoutException && inFullTime
          || cause instanceof IOException && !(cause instanceof InterruptedIOException)) {
        reconnect.failed((IOException) cause, parts.nanoClock().getAsLong());
      }
    }
  }

  private void succeeded() {
    synchronized (reconnect) {
      counters.dialled++;
      reconnect.succeeded();
    }
  }

  @Override
  public Optional<IOException> addSpare(int enough, Deadline deadline) {
    for (var place : places) {
      if (open.get() >= enough) {
        return Optional.empty();
      }
      if (!place.isUsable(parts.nanoClock().getAsLong()) && place.dialling.tryLock()) {
        try {
          var _ = dialled(place, dialNanos(deadline, parts.spareTimeout()), parts.spareTimeout());
          return Optional.empty();
        } catch (IOException e) {
          return Optional.of(e);
        } finally {
          place.dialling.unlock();
        }
      }
    }
    return Optional.empty(); // the others are being dialled
  }

  @Override
  public void release(ClientConnection borrowed, Outcome outcome) {
    var call = (MuxCall) borrowed;
    call.abandon();
    if (outcome == Outcome.LEAVING) {
      call.shared().leave();
    }
    permits.release();
  }

  @Override
  public int openConnections() {
    return open.get();
  }

  @Override
  public long droppedReplies() {
    return droppedReplies.sum();
  }

  @Override
  public Optional<PoolState> state() {
    long now = parts.nanoClock().getAsLong();
    var ages = new ArrayList<Duration>();
    int idle = 0;
    int dialling = 0;
    for (var place : places) {
      var connection = place.connection;
      if (connection != null && connection.isOpen()) {
        ages.add(Duration.ofNanos(now - place.bornNanos));
        idle += connection.isBusy() ? 0 : 1;
      }
      dialling += place.dialling.isLocked() ? 1 : 0;
    }
    ages.sort(Comparator.reverseOrder());
    PoolState.Counters sums;
    synchronized (reconnect) {
      counters.borrowed = borrowed.sum();
      sums = counters.snapshot();
    }
    int waiting = permits.getQueueLength();
    return Optional.of(new PoolState(address, ages.size(), idle, dialling, waiting, ages, sums));
  }

  @Override
  public void close(String because) {
    closedBecause = because;
    for (var place : places) {
      var connection = place.connection;
      if (connection != null && connection.isOpen()) {
        connection.leave();
      }
    }
  }
}
