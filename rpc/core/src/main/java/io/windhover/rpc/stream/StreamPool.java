package io.windhover.rpc.stream;

import io.windhover.netpoll.ConnectionClosedException;
import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.FrameHandler;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.MessageStream;
import io.windhover.rpc.Method;
import io.windhover.thrift.call.CallCodec;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A few connections of a client to one address, each with many streams.
///
/// A new stream goes to the connection with the fewest. Once each has [#MANY_STREAMS], one more
/// connection is dialled, up to the limit: another poller, and another socket's buffers.
public final class StreamPool {

  private static final int MANY_STREAMS = 16;

  /// Connects, and tells the handler before it returns.
  @FunctionalInterface
  public interface Dialling {
    void dial(
        SocketAddress address, Duration timeout, ConnectionOptions options, FrameHandler handler)
        throws IOException;
  }

  private final Dialling dialler;
  private final SocketAddress address;
  private final ConnectionOptions connectionOptions;
  private final StreamOptions options;
  private final int maxConnections;

  private final ReentrantLock lock = new ReentrantLock(); // guards all below
  private final Condition changed = lock.newCondition();
  private final List<OpenedStreams> connections = new ArrayList<>();
  private int dialling;
  private boolean closed;

  public StreamPool(
      Dialling dialler,
      SocketAddress address,
      ConnectionOptions connectionOptions,
      StreamOptions options,
      int maxConnections) {
    this.dialler = dialler;
    this.address = address;
    this.connectionOptions = connectionOptions;
    this.options = options;
    this.maxConnections = maxConnections;
  }

  /// Opens a stream.
  ///
  /// @param connectTimeout how much of the time until the deadline connecting may take
  /// @throws IOException if no connection could be had, or the pool is closed
  /// @throws ConnectionClosedException if the connection ended at that moment
  public MessageStream open(
      Invocation invocation, Method<CallCodec> method, Duration connectTimeout) throws IOException {
    return connection(invocation.deadline(), connectTimeout).open(invocation, method);
  }

  private OpenedStreams connection(Deadline deadline, Duration connectTimeout) throws IOException {
    long nanos =
        Math.min(
            TimeUnit.NANOSECONDS.convert(connectTimeout), Math.max(1, deadline.remainingNanos()));
    var existing = existing(nanos);
    return existing != null ? existing : dial(nanos);
  }

  /// @return null if one is to be dialled
  private @Nullable OpenedStreams existing(long nanos) throws IOException {
    lock.lock();
    try {
      while (true) {
        if (closed) {
          throw new IOException("this client is closed");
        }
        var least =
            connections.stream()
                .filter(OpenedStreams::isOpen)
                .min(Comparator.comparingInt(OpenedStreams::openStreams))
                .orElse(null);
        boolean mayDial = connections.size() + dialling < maxConnections;
        if (least != null && (least.openStreams() < MANY_STREAMS || !mayDial)) {
          return least;
        }
        if (mayDial && (least != null || dialling == 0)) {
          dialling++;
          return null;
        }
        nanos = changed.awaitNanos(nanos); // another thread dials the first one
        if (nanos <= 0) {
          throw new SocketTimeoutException("another stream is still connecting");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a connection");
    } finally {
      lock.unlock();
    }
  }

  private OpenedStreams dial(long nanos) throws IOException {
    var connection = new OpenedStreams(options, this::forget);
    boolean dialled = false;
    try {
      dialler.dial(address, Duration.ofNanos(nanos), connectionOptions, connection);
      if (!connection.isConnected()) {
        throw new IOException("the dialler returned, and has told its handler of no connection");
      }
      dialled = true;
      return connection;
    } finally {
      dialled(dialled ? connection : null);
    }
  }

  private void dialled(@Nullable OpenedStreams connection) {
    lock.lock();
    try {
      dialling--;
      if (connection != null && connection.isOpen()) {
        connections.add(connection);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void forget(OpenedStreams connection) {
    lock.lock();
    try {
      connections.remove(connection);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  public int openConnections() {
    lock.lock();
    try {
      return connections.size() + dialling;
    } finally {
      lock.unlock();
    }
  }

  /// Opens no more streams, and closes the connections without any; those that are open go on until
  /// their connections are closed.
  public void close() {
    List<OpenedStreams> unused;
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      unused = connections.stream().filter(connection -> connection.openStreams() == 0).toList();
    } finally {
      lock.unlock();
    }
    unused.forEach(connection -> connection.connection().close());
  }
}
