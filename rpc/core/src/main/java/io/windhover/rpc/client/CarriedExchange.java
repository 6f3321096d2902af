package io.windhover.rpc.client;

import io.windhover.rpc.CallListener;
import io.windhover.rpc.Endpoint;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.MessageStream;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import io.windhover.rpc.StreamOpener;
import io.windhover.rpc.connection.ConnectionSpec;
import io.windhover.rpc.connection.TransportConnections;
import io.windhover.rpc.pool.ConnectionLostException;
import io.windhover.rpc.pool.Dialler;
import io.windhover.rpc.pool.PoolState;
import io.windhover.rpc.transport.CallingConnection;
import io.windhover.rpc.transport.ClientTransport;
import io.windhover.rpc.transport.NotBegunException;
import io.windhover.rpc.transport.Reopener;
import io.windhover.rpc.wire.ExtensionFailedException;
import io.windhover.rpc.wire.Guard;
import io.windhover.rpc.wire.WireException;
import io.windhover.thrift.ThriftProtocolException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The innermost endpoint and opener of a client with a [ClientTransport]: finds a connection with
/// room, and lets it carry the call or the stream.
final class CarriedExchange implements Endpoint, StreamOpener, Reopener {

  private final ClientTransport transport;
  private final Guard guard; // of the transport
  private final TransportConnections connections;
  private final CallListener listener;

  /// @param dialler the client's own
  /// @param given what its user has made of that; null if it stays
  CarriedExchange(
      ClientTransport transport,
      ConnectionSpec spec,
      Dialler dialler,
      @Nullable UnaryOperator<Dialler> given,
      int maxMessageBytes,
      CallListener listener) {
    this.transport = transport;
    this.guard = new Guard("transport " + transport.name());
    this.listener = listener;
    var use = new ClientTransport.Use(maxMessageBytes, listener, this);
    this.connections =
        new TransportConnections(spec, dialler, given, guard, () -> transport.connection(use));
  }

  TransportConnections connections() {
    return connections;
  }

  @Override
  public Object call(Invocation invocation, Object request) {
    return carry(invocation, connection -> connection.call(invocation, request));
  }

  @Override
  public MessageStream open(Invocation invocation) {
    return carry(invocation, connection -> connection.open(invocation));
  }

  /// Its first try was on the connection that has opened the stream.
  @Override
  public void reopen(Invocation invocation, MessageStream stream, NotBegunException why) {
    carry(
        Attempt.begin(invocation),
        2,
        why.isRefused(),
        connection -> {
          connection.reopen(stream);
          return stream;
        });
  }

  @FunctionalInterface
  private interface Carried<T> {
    T by(CallingConnection connection)
        throws NotBegunException, TimeoutException, InterruptedException;
  }

  private <T> T carry(Invocation invocation, Carried<T> carried) {
    var attempt = Attempt.begin(invocation);
    checkMethod(attempt);
    if (attempt.isLate()) {
      throw Failures.deadlinePassed(attempt);
    }
    listener.attempting(invocation);
    return carry(attempt, 1, false, carried);
  }

  /// @param first which try the next one is
  /// @param wasRefused whether the server has refused one before
  private <T> T carry(Attempt attempt, int first, boolean wasRefused, Carried<T> carried) {
    boolean refused = wasRefused;
    for (int tries = first; ; tries++) {
      var connection = connection(attempt);
      listener.connected(attempt.invocation());
      try {
        return carried.by(connection);
      } catch (TimeoutException e) {
        throw Failures.timedOut(attempt);
      } catch (InterruptedException e) {
        throw Failures.interrupted(attempt, Stage.AWAIT_REPLY);
      } catch (NotBegunException e) {
        if (tries == Exchange.MAX_TRIES || (refused && e.isRefused())) {
          throw Failures.notSent(attempt, e);
        }
        refused |= e.isRefused();
      } catch (ConnectionLostException e) {
        throw Failures.lost(attempt, e);
      } catch (WireException | ThriftProtocolException e) {
        throw Failures.unreadable(attempt, e);
      } catch (ExtensionFailedException e) {
        throw Failures.transportFailed(attempt, Kind.DISCONNECTED, Stage.AWAIT_REPLY, e);
      }
    }
  }

  private void checkMethod(Attempt attempt) {
    var invocation = attempt.invocation();
    boolean isCarried;
    try {
      isCarried = transport.carries(invocation.method());
    } catch (Throwable e) {
      throw Failures.transportFailed(
          attempt, Kind.NOT_SENT, Stage.CONNECT, guard.failed("carries", e));
    }
    if (!isCarried) {
      throw new IllegalArgumentException(
          "%s is not a method that %s carries".formatted(invocation.name(), transport.name()));
    }
  }

  private CallingConnection connection(Attempt attempt) {
    var invocation = attempt.invocation();
    while (true) {
      try {
        return connections.find(
            invocation.remoteAddress(), invocation.deadline(), attempt.connectTimeout());
      } catch (IOException | TimeoutException | InterruptedException e) {
        Readiness.awaitOrFail(attempt, e, connections, PoolState.Use.CALLS);
      }
    }
  }
}
