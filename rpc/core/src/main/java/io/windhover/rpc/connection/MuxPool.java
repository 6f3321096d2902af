package io.windhover.rpc.connection;

import io.windhover.rpc.Deadline;
import io.windhover.rpc.pool.PoolState;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/// A [SharedPool] for calls: each gets a share of a connection. All connections are dialled as soon
/// as there are calls for them. How many calls are under way is bounded by what they can carry
/// together; a call beyond waits.
final class MuxPool implements CallPool<MuxCall> {

  private final SharedPool<MuxConnection> connections;
  private final LongAdder droppedReplies = new LongAdder();

  MuxPool(SocketAddress address, PoolParts parts) {
    var spec = parts.spec();
    var kind =
        new SharedPool.Kind<MuxConnection>(
            PoolState.Use.CALLS,
            spec.multiplexed(),
            0,
            MuxConnection.MAX_CALLS,
            onClosed -> new MuxConnection(spec.limits(), 1, droppedReplies, onClosed));
    this.connections = new SharedPool<>(kind, address, parts);
  }

  @Override
  public MuxCall borrow(Deadline deadline, Duration connectTimeout)
      throws IOException, TimeoutException, InterruptedException {
    while (true) {
      var call = connections.find(deadline, connectTimeout).begin();
      if (call != null) { // else it was filled or lost just now
        return call;
      }
    }
  }

  @Override
  public void release(MuxCall call, Outcome outcome) {
    call.abandon();
    if (outcome == Outcome.LEAVING) {
      call.shared().leave();
    }
    connections.hasRoom();
  }

  @Override
  public Optional<IOException> addSpare(int enough, Deadline deadline) {
    return connections.addSpare(enough, deadline);
  }

  @Override
  public void awaitReachable(Deadline deadline) throws IOException, InterruptedException {
    connections.awaitReachable(deadline);
  }

  @Override
  public int openConnections() {
    return connections.openConnections();
  }

  @Override
  public boolean isUnused() {
    return connections.isUnused();
  }

  @Override
  public long droppedReplies() {
    return droppedReplies.sum();
  }

  @Override
  public Optional<PoolState> state() {
    return Optional.of(connections.state());
  }

  @Override
  public void close(String because) {
    connections.close(because);
  }

  @Override
  public void remove() {
    connections.remove();
  }

  @Override
  public void forget() {
    connections.forget();
  }
}
