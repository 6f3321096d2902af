package io.windhover.rpc.client;

import io.windhover.rpc.Deadline;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A few connections to one address that all calls share, in turns.
///
/// Each has a place, and is dialled when its turn comes and there is none, or the one there takes
/// no more calls. While one is being dialled, calls whose turn it would be take another, if there
/// is one. How many calls are under way is bounded by what all connections together can carry; a
/// call beyond waits.
final class MuxPool implements Pool {

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
      while (true) {
        var call = connection(deadline, connectTimeout).begin();
        if (call != null) {
          borrowed.increment();
          return call;
        } // it is full, or was lost just now
      }
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      permits.release();
      throw e;
    }
  }

  private MuxConnection connection(Deadline deadline, Duration connectTimeout)
      throws IOException, InterruptedException {
    if (closedBecause != null) {
      throw new IOException(closedBecause);
    }
    var place = places[Math.floorMod(turn.getAndIncrement(), places.length)];
    var connection = place.connection;
    if (connection != null && place.isUsable(parts.nanoClock().getAsLong())) {
      return connection;
    }
    long nanos = Math.min(TimeUnit.NANOSECONDS.convert(connectTimeout), deadline.remainingNanos());
    if (!place.dialling.tryLock()) {
      var other = another();
      if (other != null) {
        return other;
      }
      if (!place.dialling.tryLock(nanos, TimeUnit.NANOSECONDS)) {
        throw new SocketTimeoutException("another call is still connecting");
      }
    }
    try {
      return dialled(place, Duration.ofNanos(Math.max(1, nanos)));
    } catch (IOException e) {
      var other = another();
      if (other != null && !Thread.currentThread().isInterrupted()) {
        return other;
      }
      throw e;
    } finally {
      place.dialling.unlock();
    }
  }

  /// Returns any connection that takes calls, if there is one.
  private @Nullable MuxConnection another() {
    for (var place : places) {
      var connection = place.connection;
      if (connection != null && connection.isOpen()) {
        return connection;
      }
    }
    return null;
  }

  private MuxConnection dialled(Place place, Duration timeout) throws IOException {
    long now = parts.nanoClock().getAsLong();
    var before = place.connection;
    if (before != null && place.isUsable(now)) { // since the lock was asked for
      return before;
    }
    failIfUnreachable(now);
    var connection = new MuxConnection(options.limits(), 1, droppedReplies, open::decrementAndGet);
    open.incrementAndGet();
    try {
      parts.dialler().dial(address, timeout, options.connection(), connection);
    } catch (IOException | RuntimeException | Error e) {
      open.decrementAndGet();
      failed(e);
      throw e;
    }
    succeeded();
    place.bornNanos = now;
    place.oldNanos = options.pool().endOfLifeNanos(now, parts.random());
    place.connection = connection;
    if (before != null) {
      before.leave();
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

  private void failed(Throwable cause) {
    synchronized (reconnect) {
      counters.dialsFailed++;
      if (cause instanceof IOException failure && !(cause instanceof InterruptedIOException)) {
        reconnect.failed(failure, parts.nanoClock().getAsLong());
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
  public @Nullable IOException addSpare(int enough, Deadline deadline) {
    for (var place : places) {
      if (open.get() >= enough) {
        return null;
      }
      if (!place.isUsable(parts.nanoClock().getAsLong()) && place.dialling.tryLock()) {
        try {
          var _ = dialled(place, Duration.ofNanos(Math.max(1, deadline.remainingNanos())));
          return null;
        } catch (IOException e) {
          return e;
        } finally {
          place.dialling.unlock();
        }
      }
    }
    return null; // the others are being dialled
  }

  @Override
  public void release(ClientConnection borrowed, Outcome outcome) {
    var call = (MuxCall) borrowed;
    call.shared().end(call);
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
  public PoolState state() {
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
    return new PoolState(address, ages.size(), idle, dialling, waiting, ages, sums);
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
