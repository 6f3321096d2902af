package io.windhover.rpc.connection;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A pool for each address that a client calls: its own, and those that single calls name. Each is
/// made when it is asked for. No lock is held around a pool, or around what makes one: both may be
/// code of the user's.
final class Pools<P extends AddressPool> {

  /// Addresses beyond that are forgotten when they have no connection left, and nobody waits for
  /// one.
  private static final int MANY = 64;

  private static final String CLOSED = "this client is closed";

  private final SocketAddress own;
  private final Function<SocketAddress, ? extends P> maker;
  private final AtomicReference<@Nullable P> ownPool = new AtomicReference<>();
  private final ConcurrentHashMap<SocketAddress, P> others = new ConcurrentHashMap<>();
  private volatile boolean closed;

  Pools(SocketAddress own, Function<SocketAddress, ? extends P> maker) {
    this.own = own;
    this.maker = maker;
  }

  /// Returns the pool of this address. It may be forgotten before anything is asked of it: who gets
  /// a [ForgottenException] for that asks for the next pool.
  P of(SocketAddress address) {
    var pool = own.equals(address) ? ownPool.get() : others.get(address);
    return pool != null ? pool : make(address);
  }

  private P make(SocketAddress address) {
    if (others.size() >= MANY) {
      others.forEach(this::forgetIfUnused);
    }
    P made = maker.apply(address);
    var first =
        own.equals(address)
            ? ownPool.compareAndExchange(null, made)
            : others.putIfAbsent(address, made);
    if (first != null) {
      made.forget(); // nobody else has it
      return first;
    }
    if (closed) { // close may have missed it
      made.close(CLOSED);
    }
    return made;
  }

  private void forgetIfUnused(SocketAddress address, P pool) {
    if (pool.isUnused() && others.remove(address, pool)) {
      pool.forget();
    }
  }

  /// Closes the pool of this address; a call that names it again makes a new one.
  void remove(SocketAddress address) {
    var pool = own.equals(address) ? ownPool.getAndSet(null) : others.remove(address);
    if (pool != null) {
      pool.remove();
    }
  }

  int openConnections() {
    return all().stream().mapToInt(AddressPool::openConnections).sum();
  }

  /// Returns those that there are: that of the client's own address first.
  List<P> all() {
    var all = new ArrayList<P>();
    var pool = ownPool.get();
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
    all().forEach(pool -> pool.close(CLOSED));
  }
}
