package io.windhover.rpc.client;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// A pool for each address that a client calls: its own, and those that single calls name. Each is
/// made when it is asked for.
final class Pools<P> {

  /// What is done with any kind of pool.
  ///
  /// @param openConnections of one
  /// @param closer of one, which is told why
  record Kind<P>(
      Function<SocketAddress, P> maker,
      ToIntFunction<P> openConnections,
      BiConsumer<P, String> closer) {}

  /// Addresses beyond that are forgotten when they have no connection left. One that gets its first
  /// at that moment keeps it until it is idle for too long.
  private static final int MANY = 64;

  private static final String CLOSED = "this client is closed";

  private final SocketAddress own;
  private final Kind<P> kind;
  private final ConcurrentHashMap<SocketAddress, P> others = new ConcurrentHashMap<>();
  private volatile @Nullable P ownPool; // set by its lock, which is this
  private volatile boolean closed;

  Pools(SocketAddress own, Kind<P> kind) {
    this.own = own;
    this.kind = kind;
  }

  P of(SocketAddress address) {
    if (!own.equals(address)) {
      return another(address);
    }
    var pool = ownPool;
    return pool != null ? pool : makeOwn();
  }

  private synchronized P makeOwn() {
    var pool = ownPool;
    if (pool == null) {
      pool = kind.maker.apply(own);
      ownPool = pool;
      if (closed) { // close may have missed it
        kind.closer.accept(pool, CLOSED);
      }
    }
    return pool;
  }

  private P another(SocketAddress address) {
    var pool = others.get(address);
    if (pool == null) {
      if (others.size() >= MANY) {
        others.keySet().forEach(this::forgetIfUnused);
      }
      pool = others.computeIfAbsent(address, kind.maker);
      if (closed) { // close may have missed it
        kind.closer.accept(pool, CLOSED);
      }
    }
    return pool;
  }

  private void forgetIfUnused(SocketAddress address) {
    others.computeIfPresent(
        address,
        (_, pool) -> {
          if (kind.openConnections.applyAsInt(pool) > 0) {
            return pool;
          }
          kind.closer.accept(pool, "there are too many addresses");
          return null;
        });
  }

  /// Closes the pool of this address; a call that names it again makes a new one.
  void remove(SocketAddress address) {
    var pool = own.equals(address) ? takeOwn() : others.remove(address);
    if (pool != null) {
      kind.closer.accept(pool, "the address was removed from this client");
    }
  }

  private synchronized @Nullable P takeOwn() {
    var pool = ownPool;
    ownPool = null;
    return pool;
  }

  int openConnections() {
    return all().stream().mapToInt(kind.openConnections).sum();
  }

  /// Returns those that there are: that of the client's own address first.
  List<P> all() {
    var all = new ArrayList<P>();
    var pool = ownPool;
    if (pool != null) {
      all.add(pool);
    }
    all.addAll(others.values());
    return all;
  }

  boolean isClosed() {
    return closed;
  }

  void close() {
    closed = true;
    all().forEach(pool -> kind.closer.accept(pool, CLOSED));
  }
}
