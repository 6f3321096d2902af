package io.windhover.rpc.connection;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.ConnectionClosedException;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.pool.ClientConnection;
import io.windhover.rpc.pool.ConnectionLostException;
import io.windhover.rpc.wire.Guard;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// What a pool of the user's has lent, for one call: what it throws that it should not is a loss.
record GuardedConnection<C extends ClientConnection>(C connection)
    implements CompressingConnection {

  @Override
  public int nextSequenceId() {
    try {
      return connection.nextSequenceId();
    } catch (RpcException | ConnectionClosedException e) {
      throw e;
    } catch (Throwable e) {
      throw guard().failed("nextSequenceId", e);
    }
  }

  @Override
  public LinkBuffer exchange(LinkBuffer request, Deadline deadline)
      throws TimeoutException, InterruptedException {
    @Nullable LinkBuffer reply;
    try {
      reply = connection.exchange(request, deadline);
    } catch (TimeoutException | InterruptedException e) {
      throw e;
    } catch (Throwable e) {
      throw expected("exchange", e);
    }
    if (reply == null) {
      throw new ConnectionLostException(guard().mistake("returned no reply").getMessage(), null);
    }
    return reply;
  }

  @Override
  public void send(LinkBuffer request, Deadline deadline)
      throws TimeoutException, InterruptedException {
    try {
      connection.send(request, deadline);
    } catch (TimeoutException | InterruptedException e) {
      throw e;
    } catch (Throwable e) {
      throw expected("send", e);
    }
  }

  private RuntimeException expected(String where, Throwable e) {
    return switch (e) {
      case ConnectionClosedException closed -> closed;
      case ConnectionLostException lost -> lost;
      case RpcException own -> own;
      default -> new ConnectionLostException(message(where, e), e);
    };
  }

  private String message(String where, Throwable e) {
    return guard().failed(where, e).getMessage();
  }

  private Guard guard() {
    return Guard.of("connection", connection);
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
