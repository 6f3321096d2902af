package io.windhover.rpc.client;

import io.windhover.netpoll.ConnectionClosedException;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.MessageStream;
import io.windhover.rpc.Method;
import io.windhover.rpc.RpcException.Stage;
import io.windhover.rpc.StreamOpener;
import io.windhover.rpc.connection.BuiltInConnections;
import io.windhover.rpc.pool.PoolState;
import io.windhover.rpc.stream.OpenedStreams;
import io.windhover.rpc.wire.WireException;
import io.windhover.thrift.call.CallCodec;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/// The innermost opener of a client: opens streams on the connections that it has for them, which
/// carry no calls.
final class StreamExchange implements StreamOpener {

  private final BuiltInConnections connections;
  private final CallListener listener;

  StreamExchange(BuiltInConnections connections, CallListener listener) {
    this.connections = connections;
    this.listener = listener;
  }

  @Override
  public MessageStream open(Invocation invocation) {
    var method = thriftMethod(invocation);
    var attempt = Attempt.begin(invocation);
    if (attempt.isLate()) {
      throw Failures.deadlinePassed(attempt);
    }
    listener.attempting(invocation);
    for (int tries = 1; ; tries++) {
      var connection = connection(attempt);
      try {
        var stream = connection.open(invocation, method);
        listener.connected(invocation);
        return stream;
      } catch (WireException e) { // more metadata than a header holds
        throw Failures.unwritable(attempt, e);
      } catch (TimeoutException e) {
        throw Failures.notSent(attempt, e);
      } catch (InterruptedException e) {
        throw Failures.interrupted(attempt, Stage.SEND);
      } catch (ConnectionClosedException e) { // it died just now, before the first byte
        if (tries == Exchange.MAX_TRIES) {
          throw Failures.notSent(attempt, e);
        }
      }
    }
  }

  private OpenedStreams connection(Attempt attempt) {
    var invocation = attempt.invocation();
    while (true) {
      try {
        return connections.forStream(
            invocation.remoteAddress(), invocation.deadline(), attempt.connectTimeout());
      } catch (IOException | TimeoutException | InterruptedException e) {
        Readiness.awaitOrFail(attempt, e, connections, PoolState.Use.STREAMS);
      }
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
}
