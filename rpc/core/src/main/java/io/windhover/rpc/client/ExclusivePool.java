package io.windhover.rpc.client;

import io.windhover.netpoll.PollerGroup;
import io.windhover.rpc.Deadline;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Keep-alive connections to one address, each lent to one call at a time.
///
/// The most recently used goes out first, so that those beyond need grow idle and are closed by
/// their poller. That also sees a peer's close when it happens: a dead connection is known without
/// a read, and never handed out. The count of open connections has a cap; who comes when it is
/// reached waits.
final class ExclusivePool implements Pool {

  private final ClientOptions options;
  private final SocketAddress address;
  private final PollerGroup pollers;

  private final ReentrantLock lock = new ReentrantLock(); // guards all below
  private final Condition released = lock.newCondition();
  private final ArrayDeque<PooledConnection> idle = new ArrayDeque<>();
  private int open; // idle, lent, or being dialled
  private boolean closed;

  ExclusivePool(ClientOptions options, SocketAddress address, PollerGroup pollers) {
    this.options = options;
    this.address = address;
    this.pollers = pollers;
  }

  @Override
  public ClientConnection borrow(Deadline deadline, Duration connectTimeout)
      throws IOException, TimeoutException, InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        if (closed) {
          throw new IOException("this client is closed");
        }
        var connection = idle.pollFirst();
        if (connection != null) {
          if (connection.isOpen()) {
            return connection;
          }
        } else if (open < options.maxConnections()) {
          open++;
          break;
        } else if (released.awaitNanos(deadline.remainingNanos()) <= 0) {
          released.signal(); // one that came with the timeout is for the next who waits
          throw new TimeoutException(
              "all %d connections are in use".formatted(options.maxConnections()));
        }
      }
    } finally {
      lock.unlock();
    }
    return dial(deadline, connectTimeout);
  }

  private PooledConnection dial(Deadline deadline, Duration connectTimeout) throws IOException {
    var connection = new PooledConnection(options.limits(), this::forget);
    try {
      pollers.dial(
          address,
          Duration.ofNanos(
              Math.min(
                  TimeUnit.NANOSECONDS.convert(connectTimeout),
                  Math.max(1, deadline.remainingNanos()))),
          options.connection(),
          connection);
      return connection;
    } catch (IOException | RuntimeException | Error e) {
      forget(connection);
      throw e;
    }
  }

  @Override
  public void release(ClientConnection borrowed, Outcome outcome) {
    var connection = (PooledConnection) borrowed;
    switch (outcome) {
      case CLEAN -> {
        if (!keep(connection)) {
          connection.close();
        }
      }
      case FLUSH -> connection.close();
      case SPOILT, LEAVING -> connection.abort();
    }
  }

  private boolean keep(PooledConnection connection) {
    lock.lock();
    try {
      if (closed || !connection.isOpen()) {
        return false;
      }
      idle.addFirst(connection);
      released.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// A connection has closed, or could not be opened. Called once for each.
  private void forget(PooledConnection connection) {
    lock.lock();
    try {
      open--;
      idle.remove(connection);
      released.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int openConnections() {
    lock.lock();
    try {
      return open;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      idle.clear();
      released.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
