package io.windhover.rpc.client;

import io.windhover.netpoll.PollerGroup;
import io.windhover.rpc.Deadline;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
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
  }

  private final ClientOptions options;
  private final SocketAddress address;
  private final PollerGroup pollers;
  private final Place[] places;
  private final Semaphore permits; // one for each call under way
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final LongAdder droppedReplies = new LongAdder();
  private volatile boolean closed;

  MuxPool(ClientOptions options, SocketAddress address, PollerGroup pollers) {
    this.options = options;
    this.address = address;
    this.pollers = pollers;
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
    if (closed) {
      throw new IOException("this client is closed");
    }
    var place = places[Math.floorMod(turn.getAndIncrement(), places.length)];
    var connection = place.connection;
    if (connection != null && connection.isOpen()) {
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
    var before = place.connection;
    if (before != null && before.isOpen()) { // since the lock was asked for
      return before;
    }
    var connection = new MuxConnection(options.limits(), 1, droppedReplies, open::decrementAndGet);
    open.incrementAndGet();
    try {
      pollers.dial(address, timeout, options.connection(), connection);
    } catch (IOException | RuntimeException | Error e) {
      open.decrementAndGet();
      throw e;
    }
    place.connection = connection;
    return connection;
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
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
  }
}
