package io.windhover.rpc.connection;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.ConnectionClosedException;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.pool.ClientConnection;
import io.windhover.rpc.pool.ConnectionLostException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// What a foreign pool has lent, for one call: what it throws that it should not is a loss.
record ForeignConnection<C extends ClientConnection>(C connection)
    implements CompressingConnection {

  @Override
  public int nextSequenceId() {
    try {
      return connection.nextSequenceId();
    } catch (RuntimeException e) { // nothing is sent yet
      throw new ConnectionClosedException("the connection failed: " + e);
    }
  }

  @Override
  public LinkBuffer exchange(LinkBuffer request, Deadline deadline)
      throws TimeoutException, InterruptedException {
    @Nullable LinkBuffer reply;
    try {
      reply = connection.exchange(request, deadline);
    } catch (RuntimeException e) {
      throw expected(e);
    }
    if (reply == null) {
      throw new ConnectionLostException("the connection returned no reply", null);
    }
    return reply;
  }

  @Override
  public void send(LinkBuffer request, Deadline deadline)
      throws TimeoutException, InterruptedException {
    try {
      connection.send(request, deadline);
    } catch (RuntimeException e) {
      throw expected(e);
    }
  }

  private static RuntimeException expected(RuntimeException e) {
    return e instanceof ConnectionClosedException
            || e instanceof ConnectionLostException
            || e instanceof RpcException
        ? e
        : new ConnectionLostException("the connection failed: " + e, e);
  }

  @Override
  public boolean takesCompressed() {
    return connection instanceof CompressingConnection own && own.takesCompressed();
  }

  @Override
  public void takeCompressed() {
    if (connection instanceof CompressingConnection own) {
      own.takeCompressed();
    }
  }
}
