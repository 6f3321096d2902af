package io.windhover.rpc.client;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// A pool for each address that a client calls: its own, and those that single calls name.
final class Pools {

  /// Addresses beyond that are forgotten when they have no connection left. One that gets its first
  /// at that moment keeps it until it is idle for too long.
  static final int MANY = 64;

  private static final String CLOSED = "this client is closed";

  private final SocketAddress own;
  private final Function<SocketAddress, Pool> maker;
  private final ConcurrentHashMap<SocketAddress, Pool> others = new ConcurrentHashMap<>();
  private volatile Pool ownPool;
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
        others.keySet().forEach(this::forgetIfUnused);
      }
      pool = others.computeIfAbsent(address, maker);
      if (closed) { // close may have missed it
        pool.close(CLOSED);
      }
    }
    return pool;
  }

  private void forgetIfUnused(SocketAddress address) {
    others.computeIfPresent(
        address,
        (_, pool) -> {
          if (pool.openConnections() > 0) {
            return pool;
          }
          pool.close("there are too many addresses");
          return null;
        });
  }

  /// Closes the pool of this address; a call that names it again makes a new one.
  void remove(SocketAddress address) {
    var because = "the address was removed from this client";
    if (own.equals(address)) {
      replaceOwn(because);
      return;
    }
    var pool = others.remove(address);
    if (pool != null) {
      pool.close(because);
    }
  }

  private synchronized void replaceOwn(String because) {
    var old = ownPool;
    ownPool = maker.apply(own);
    old.close(because);
    if (closed) { // close may have missed it
      ownPool.close(CLOSED);
    }
  }

  int openConnections() {
    return all().stream().mapToInt(Pool::openConnections).sum();
  }

  List<PoolState> states() {
    return all().stream().flatMap(pool -> pool.state().stream()).toList();
  }

  private List<Pool> all() {
    var all = new ArrayList<Pool>();
    all.add(ownPool);
    all.addAll(others.values());
    return all;
  }

  boolean isClosed() {
    return closed;
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
    all().forEach(pool -> pool.close(CLOSED));
  }
}
