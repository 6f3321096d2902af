package io.windhover.rpc.connection;

import io.windhover.rpc.Deadline;
import io.windhover.rpc.pool.Dialler;
import io.windhover.rpc.pool.PoolState;
import io.windhover.rpc.transport.CallingConnection;
import io.windhover.rpc.wire.Guard;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The connections of a client with a transport in the place of what is built in: for each address
/// one pool, for calls and streams alike.
public final class TransportConnections implements Connections {

  private final SocketAddress own;
  private final Pools<SharedPool<SharedCalling>> pools;

  /// @param dialler the client's own
  /// @param given what its user has made of that; null if it stays
  /// @param guard of the transport
  /// @param maker of each connection
  public TransportConnections(
      ConnectionSpec spec,
      Dialler dialler,
      @Nullable UnaryOperator<Dialler> given,
      Guard guard,
      Supplier<CallingConnection> maker) {
    var parts = PoolParts.of(spec, GuardedDialler.of(dialler, given, spec.socket()));
    this.own = spec.address();
    this.pools =
        new Pools<>(
            own,
            address -> SharedCalling.pool(address, spec.streamConnections(), parts, guard, maker));
  }

  /// Returns a connection that takes one more call or stream, as far as is known. What it throws
  /// beyond its contract says [SharedCalling#call].
  ///
  /// @param connectTimeout how much of the time until the deadline connecting may take
  /// @throws IOException if a new one could not be had, or these are closed
  public CallingConnection find(SocketAddress address, Deadline deadline, Duration connectTimeout)
      throws IOException, TimeoutException, InterruptedException {
    return SharedPool.find(pools, address, deadline, connectTimeout);
  }

  @Override
  public AddressPool ownForCalls() {
    return pools.of(own);
  }

  @Override
  public AddressPool ownForStreams() {
    return pools.of(own);
  }

  @Override
  public void awaitReachable(SocketAddress address, PoolState.Use use, Deadline deadline)
      throws IOException, InterruptedException {
    pools.of(address).awaitReachable(deadline);
  }

  @Override
  public List<PoolState> states() {
    return pools.all().stream().map(SharedPool::state).toList();
  }

  @Override
  public int open() {
    return pools.openConnections();
  }

  @Override
  public long droppedReplies() {
    return 0;
  }

  @Override
  public void remove(SocketAddress address) {
    pools.remove(address);
  }

  @Override
  public boolean isClosed() {
    return pools.isClosed();
  }

  @Override
  public void close() {
    pools.close();
  }
}
