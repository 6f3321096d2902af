package io.windhover.rpc.client;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.ConnectionClosedException;
import io.windhover.rpc.Endpoint;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Method;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import io.windhover.rpc.wire.Envelope;
import io.windhover.rpc.wire.FrameWriter;
import io.windhover.rpc.wire.HeaderKey;
import io.windhover.rpc.wire.TTHeader;
import io.windhover.rpc.wire.WireException;
import io.windhover.thrift.MessageHeader;
import io.windhover.thrift.ThriftProtocolException;
import io.windhover.thrift.call.CallCodec;
import io.windhover.thrift.call.Result;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The innermost endpoint of a client: writes the request to a borrowed connection and reads the
/// reply. Every way in which that fails leaves here as an [RpcException].
final class Exchange implements Endpoint {

  private final ClientOptions options;
  private final ConnectionPool pool;
  private final ReplyReader replies;
  private final AtomicInteger sequenceIds = new AtomicInteger();

  Exchange(ClientOptions options, ConnectionPool pool) {
    this.options = options;
    this.pool = pool;
    this.replies = new ReplyReader(options.limits());
  }

  @Override
  public Object call(Invocation invocation, Object request) {
    var method = thriftMethod(invocation);
    int sequenceId = nextSequenceId();
    var connection = borrow(invocation);
    var frame = write(invocation, method, sequenceId, request, connection);
    if (method.oneway()) {
      send(invocation, connection, frame);
      return Result.NOTHING;
    }
    boolean reusable = false;
    try (var reply = exchange(invocation, connection, frame)) {
      var result = replies.read(reply, invocation, method, sequenceId);
      reusable = result.connectionReusable();
      return result.valueOrThrow();
    } finally {
      if (reusable) {
        pool.release(connection);
      } else {
        connection.abort();
      }
    }
  }

  @SuppressWarnings("unchecked") // the codec is checked here
  private static Method<CallCodec> thriftMethod(Invocation invocation) {
    if (!(invocation.method().codec() instanceof CallCodec)) {
      throw new IllegalArgumentException(invocation.name() + " is not a Thrift method");
    }
    return (Method<CallCodec>) invocation.method();
  }

  /// Zero stays unused: Kitex reserves it.
  private int nextSequenceId() {
    int id = sequenceIds.incrementAndGet();
    return id != 0 ? id : sequenceIds.incrementAndGet();
  }

  private ClientConnection borrow(Invocation invocation) {
    if (invocation.deadline().hasPassed()) {
      throw Failures.deadlinePassed(invocation);
    }
    try {
      return pool.borrow(invocation.deadline());
    } catch (TimeoutException e) {
      throw Failures.poolExhausted(invocation, e);
    } catch (SocketTimeoutException e) { // which is an InterruptedIOException, too
      throw Failures.notConnected(invocation, e);
    } catch (InterruptedException | InterruptedIOException e) {
      throw Failures.interrupted(invocation, Stage.CONNECT);
    } catch (IOException e) {
      throw pool.isClosed()
          ? Failures.clientClosed(invocation)
          : Failures.notConnected(invocation, e);
    }
  }

  /// Encodes the request, as late as can be: what it says of the time left then holds. If that
  /// fails, the connection goes back.
  private LinkBuffer write(
      Invocation invocation,
      Method<CallCodec> method,
      int sequenceId,
      Object request,
      ClientConnection connection) {
    boolean written = false;
    try {
      var frame = write(invocation, method, sequenceId, request);
      written = true;
      return frame;
    } finally {
      if (!written) {
        pool.release(connection);
      }
    }
  }

  private LinkBuffer write(
      Invocation invocation, Method<CallCodec> method, int sequenceId, Object request) {
    int type = method.oneway() ? MessageHeader.ONEWAY : MessageHeader.CALL;
    try {
      return FrameWriter.write(
          new Envelope(options.protocol(), header(invocation, type, sequenceId)),
          new MessageHeader(type, method.name(), sequenceId),
          method.codec().request(),
          request,
          options.limits());
    } catch (ThriftProtocolException | WireException e) {
      throw Failures.of(
              invocation,
              Kind.PROTOCOL,
              Stage.SEND,
              "the request cannot be written: " + e.getMessage())
          .cause(e)
          .build();
    }
  }

  private @Nullable TTHeader header(Invocation invocation, int type, int sequenceId) {
    return switch (options.protocol()) {
      case BUFFERED, FRAMED -> null;
      case TTHEADER, TTHEADER_FRAMED -> {
        var ints = new LinkedHashMap<Integer, String>();
        ints.put(
            HeaderKey.TRANSPORT_TYPE,
            options.protocol() == Protocol.TTHEADER ? "unframed" : "framed");
        ints.put(HeaderKey.FROM_SERVICE, options.name());
        ints.put(HeaderKey.TO_SERVICE, invocation.service());
        ints.put(HeaderKey.TO_METHOD, invocation.method().name());
        ints.put(HeaderKey.RPC_TIMEOUT, Long.toString(remainingMillis(invocation)));
        ints.put(HeaderKey.MESSAGE_TYPE, Integer.toString(type));
        yield new TTHeader(sequenceId, ints, Map.of(HeaderKey.IDL_SERVICE, invocation.service()));
      }
    };
  }

  private static long remainingMillis(Invocation invocation) {
    long millis = TimeUnit.NANOSECONDS.toMillis(invocation.deadline().remainingNanos());
    return Math.clamp(millis, 1, Integer.MAX_VALUE);
  }

  private static void send(Invocation invocation, ClientConnection connection, LinkBuffer frame) {
    try {
      connection.send(frame);
    } catch (ConnectionClosedException e) {
      throw Failures.notSent(invocation, e);
    } finally {
      // Not reused: a server that takes the method for an ordinary one would still answer.
      connection.close();
    }
  }

  private LinkBuffer exchange(
      Invocation invocation, ClientConnection connection, LinkBuffer frame) {
    try {
      return connection.exchange(frame, invocation.deadline());
    } catch (ConnectionClosedException e) {
      throw Failures.notSent(invocation, e);
    } catch (ConnectionLostException e) {
      throw pool.isClosed() ? Failures.closedMeanwhile(invocation) : Failures.lost(invocation, e);
    } catch (TimeoutException e) {
      throw Failures.timedOut(invocation);
    } catch (InterruptedException e) {
      throw Failures.interrupted(invocation, Stage.AWAIT_REPLY);
    }
  }
}
