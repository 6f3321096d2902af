package io.windhover.rpc.connection;

import io.windhover.rpc.CallListener;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.pool.Dialler;
import io.windhover.rpc.pool.Pool;
import io.windhover.rpc.pool.PoolFactory;
import io.windhover.rpc.pool.PoolState;
import io.windhover.rpc.stream.OpenedStreams;
import io.windhover.rpc.wire.ExtensionFailedException;
import io.windhover.rpc.wire.Guard;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The connections of a client that speaks what is built in: for each address that it calls, a pool
/// for calls and one for streams.
public final class BuiltInConnections implements Connections {

  private final SocketAddress own;
  private final Pools<CallPool<?>> calls;
  private final Pools<SharedPool<SharedStreams>> streams;

  /// @param dialler the client's own
  /// @param given what its user has made of that; null if it stays
  /// @param pools of the user's, for calls; null if those are to be the client's own
  /// @param listener told of each message of a stream
  public BuiltInConnections(
      ConnectionSpec spec,
      Dialler dialler,
      @Nullable UnaryOperator<Dialler> given,
      @Nullable PoolFactory pools,
      CallListener listener) {
    var parts = PoolParts.of(spec, GuardedDialler.of(dialler, given, spec.socket()));
    this.own = spec.address();
    this.calls = new Pools<>(own, pools == null ? ownPools(spec, parts) : givenPools(pools, parts));
    this.streams = new Pools<>(own, address -> SharedStreams.pool(address, parts, listener));
  }

  private static Function<SocketAddress, CallPool<?>> ownPools(
      ConnectionSpec spec, PoolParts parts) {
    return spec.multiplexed() > 0
        ? address -> new MuxPool(address, parts)
        : address -> new ExclusivePool(address, parts);
  }

  private static Function<SocketAddress, CallPool<?>> givenPools(
      PoolFactory pools, PoolParts parts) {
    var guard = Guard.of("pool factory", pools);
    var dialler = new OrdinaryDialler(parts);
    return address -> {
      @Nullable Pool<?> pool;
      try {
        pool = pools.pool(address, dialler);
      } catch (Throwable e) {
        throw guard.failed("pool", e);
      }
      if (pool == null) {
        throw guard.mistake("has made no pool");
      }
      return new GuardedPool<>(pool);
    };
  }

  /// Returns what lends connections for calls to this address: a [ForgottenException] of it is no
  /// failure, and asks for the next one.
  ///
  /// @throws IOException if the user's factory of pools fails
  public Pool<? extends CompressingConnection> forCalls(SocketAddress address) throws IOException {
    return poolForCalls(address);
  }

  private CallPool<?> poolForCalls(SocketAddress address) throws IOException {
    try {
      return calls.of(address);
    } catch (ExtensionFailedException e) {
      throw new GuardedException(e);
    }
  }

  /// Returns a connection that takes one more stream, as far as is known.
  ///
  /// @param connectTimeout how much of the time until the deadline connecting may take
  /// @throws IOException if a new one could not be had, or these are closed
  /// @throws TimeoutException if all are full until the deadline
  public OpenedStreams forStream(SocketAddress address, Deadline deadline, Duration connectTimeout)
      throws IOException, TimeoutException, InterruptedException {
    return SharedPool.find(streams, address, deadline, connectTimeout);
  }

  @Override
  public AddressPool ownForCalls() throws IOException {
    return poolForCalls(own);
  }

  @Override
  public AddressPool ownForStreams() {
    return streams.of(own);
  }

  @Override
  public void awaitReachable(SocketAddress address, PoolState.Use use, Deadline deadline)
      throws IOException, InterruptedException {
    AddressPool pool =
        switch (use) {
          case CALLS -> poolForCalls(address);
          case STREAMS -> streams.of(address);
        };
    pool.awaitReachable(deadline);
  }

  @Override
  public List<PoolState> states() {
    return Stream.concat(
            calls.all().stream().flatMap(pool -> pool.state().stream()),
            streams.all().stream().map(SharedPool::state))
        .toList();
  }

  @Override
  public int open() {
    return calls.openConnections() + streams.openConnections();
  }

  @Override
  public long droppedReplies() {
    return calls.all().stream().mapToLong(Pool::droppedReplies).sum();
  }

  @Override
  public void remove(SocketAddress address) {
    calls.remove(address);
    streams.remove(address);
  }

  @Override
  public boolean isClosed() {
    return calls.isClosed();
  }

  @Override
  public void close() {
    calls.close();
    streams.close();
  }
}
