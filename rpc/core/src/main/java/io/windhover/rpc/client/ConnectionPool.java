package io.windhover.rpc.client;

import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.PollerGroup;
import io.windhover.rpc.Deadline;
import java.io.IOException;
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
final class ConnectionPool {

  private final ClientOptions options;
  private final PollerGroup pollers;
  private final ConnectionOptions connectionOptions;

  private final ReentrantLock lock = new ReentrantLock(); // guards all below
  private final Condition released = lock.newCondition();
  private final ArrayDeque<ClientConnection> idle = new ArrayDeque<>();
  private int open; // idle, lent, or being dialled
  private boolean closed;

  ConnectionPool(ClientOptions options, PollerGroup pollers) {
    this.options = options;
    this.pollers = pollers;
    this.connectionOptions = ConnectionOptions.builder().idleTimeout(options.idleTimeout()).build();
  }

  /// Returns a live connection for the caller's sole use until [#release].
  ///
  /// @throws IOException if a new one could not be had
  /// @throws TimeoutException if all are in use until the deadline
  ClientConnection borrow(Deadline deadline)
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
    return dial(deadline);
  }

  private ClientConnection dial(Deadline deadline) throws IOException {
    var connection = new ClientConnection(options.limits(), this::forget);
    try {
      pollers.dial(
          options.address(),
          Duration.ofNanos(
              Math.min(
                  TimeUnit.NANOSECONDS.convert(options.connectTimeout()),
                  Math.max(1, deadline.remainingNanos()))),
          connectionOptions,
          connection);
      return connection;
    } catch (IOException | RuntimeException | Error e) {
      forget(connection);
      throw e;
    }
  }

  /// Takes back a connection whose last exchange left nothing behind.
  void release(ClientConnection connection) {
    lock.lock();
    try {
      if (!closed && connection.isOpen()) {
        idle.addFirst(connection);
        released.signal();
        return;
      }
    } finally {
      lock.unlock();
    }
    connection.close();
  }

  /// A connection has closed, or could not be opened. Called once for each.
  private void forget(ClientConnection connection) {
    lock.lock();
    try {
      open--;
      idle.remove(connection);
      released.signal();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  int openConnections() {
    lock.lock();
    try {
      return open;
    } finally {
      lock.unlock();
    }
  }

  void close() {
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
