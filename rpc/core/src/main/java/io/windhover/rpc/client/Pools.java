package io.windhover.rpc.client;

import java.net.SocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// A pool for each address that a client calls: its own, and those that single calls name.
final class Pools {

  /// Addresses beyond that are forgotten when they have no connection left. One that gets its first
  /// at that moment keeps it until it is idle for too long.
  private static final int MANY = 64;

  private final SocketAddress own;
  private final Pool ownPool;
  private final Function<SocketAddress, Pool> maker;
  private final ConcurrentHashMap<SocketAddress, Pool> others = new ConcurrentHashMap<>();
  private volatile boolean closed;

  Pools(SocketAddress own, Function<SocketAddress, Pool> maker) {
    this.own = own;
    this.ownPool = maker.apply(own);
    this.maker = maker;
  }

  Pool of(SocketAddress address) {
    return own.equals(address) ? ownPool : another(address);
  }

  private Pool another(SocketAddress address) {
    var pool = others.get(address);
    if (pool == null) {
      if (others.size() >= MANY) {
        others.values().removeIf(other -> other.openConnections() == 0);
      }
      pool = others.computeIfAbsent(address, maker);
      if (closed) { // close may have missed it
        pool.close();
      }
    }
    return pool;
  }

  int openConnections() {
    int open = ownPool.openConnections();
    for (var pool : others.values()) {
      open += pool.openConnections();
    }
    return open;
  }

  long droppedReplies() {
    long dropped = ownPool.droppedReplies();
    for (var pool : others.values()) {
      dropped += pool.droppedReplies();
    }
    return dropped;
  }

  void close() {
    closed = true;
    ownPool.close();
    others.values().forEach(Pool::close);
  }
}
