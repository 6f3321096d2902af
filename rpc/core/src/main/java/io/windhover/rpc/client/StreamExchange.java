package io.windhover.rpc.client;

import io.windhover.netpoll.ConnectionClosedException;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.MessageStream;
import io.windhover.rpc.Method;
import io.windhover.rpc.RpcException.Stage;
import io.windhover.rpc.StreamOpener;
import io.windhover.rpc.stream.StreamPool;
import io.windhover.rpc.wire.WireException;
import io.windhover.thrift.call.CallCodec;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// The innermost opener of a client: opens streams on the connections that it has for them, which
/// carry no calls.
final class StreamExchange implements StreamOpener {

  private final Function<SocketAddress, StreamPool> maker;
  private final CallListener listener;
  private final ConcurrentHashMap<SocketAddress, StreamPool> pools = new ConcurrentHashMap<>();
  private volatile boolean closed;

  StreamExchange(Function<SocketAddress, StreamPool> maker, CallListener listener) {
    this.maker = maker;
    this.listener = listener;
  }

  @Override
  public MessageStream open(Invocation invocation) {
    var method = thriftMethod(invocation);
    var attempt = Attempt.begin(invocation);
    if (closed) {
      throw Failures.clientClosed(attempt);
    }
    if (attempt.isLate()) {
      throw Failures.deadlinePassed(attempt);
    }
    listener.attempting(invocation);
    var pool = pool(invocation.remoteAddress());
    var connectTimeout = invocation.options().connectTimeout();
    try {
      var stream =
          pool.open(invocation, method, connectTimeout.orElse(ClientOptions.CONNECT_TIMEOUT));
      listener.connected(invocation);
      return stream;
    } catch (WireException e) { // more metadata than a header holds
      throw Failures.unwritable(attempt, e);
    } catch (ConnectionClosedException e) {
      throw Failures.notSent(attempt, e);
    } catch (SocketTimeoutException e) { // which is an InterruptedIOException, too
      throw Failures.notConnected(attempt, e);
    } catch (InterruptedIOException e) {
      throw Failures.interrupted(attempt, Stage.CONNECT);
    } catch (IOException e) {
      throw closed ? Failures.clientClosed(attempt) : Failures.notConnected(attempt, e);
    }
  }

  private StreamPool pool(SocketAddress address) {
    var pool = pools.get(address);
    if (pool == null) {
      if (pools.size() >= Pools.MANY) {
        pools.forEach((known, _) -> forgetIfUnused(known));
      }
      pool = pools.computeIfAbsent(address, maker);
      if (closed) { // close may have missed it
        pool.close();
      }
    }
    return pool;
  }

  private void forgetIfUnused(SocketAddress address) {
    pools.computeIfPresent(
        address,
        (_, pool) -> {
          if (pool.openConnections() > 0) {
            return pool;
          }
          pool.close();
          return null;
        });
  }

  /// Closes the connections to this address that have no streams, and opens no more on the others.
  void remove(SocketAddress address) {
    var pool = pools.remove(address);
    if (pool != null) {
      pool.close();
    }
  }

  @SuppressWarnings("unchecked") // the codec is checked here
  private static Method<CallCodec> thriftMethod(Invocation invocation) {
    var method = invocation.method();
    if (!method.kind().isStream() || !(method.codec() instanceof CallCodec)) {
      throw new IllegalArgumentException(invocation.name() + " is not a Thrift method of streams");
    }
    return (Method<CallCodec>) method;
  }

  int openConnections() {
    return pools.values().stream().mapToInt(StreamPool::openConnections).sum();
  }

  void close() {
    closed = true;
    pools.values().forEach(StreamPool::close);
  }
}
