package io.windhover.rpc.client;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.ConnectionClosedException;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.Endpoint;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Method;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Stage;
import io.windhover.rpc.connection.BuiltInConnections;
import io.windhover.rpc.connection.CompressingConnection;
import io.windhover.rpc.connection.ForgottenException;
import io.windhover.rpc.pool.ClientConnection;
import io.windhover.rpc.pool.ConnectionLostException;
import io.windhover.rpc.pool.Pool;
import io.windhover.rpc.pool.Pool.Outcome;
import io.windhover.rpc.pool.PoolState;
import io.windhover.rpc.wire.Envelope;
import io.windhover.rpc.wire.ExtensionFailedException;
import io.windhover.rpc.wire.FrameWriter;
import io.windhover.rpc.wire.GuardedPayloadCodec;
import io.windhover.rpc.wire.MetadataHandlers;
import io.windhover.rpc.wire.PayloadCompression;
import io.windhover.rpc.wire.PayloadForm;
import io.windhover.rpc.wire.RequestHeader;
import io.windhover.rpc.wire.TTHeader;
import io.windhover.rpc.wire.WireException;
import io.windhover.thrift.MessageHeader;
import io.windhover.thrift.ThriftProtocolException;
import io.windhover.thrift.call.CallCodec;
import io.windhover.thrift.call.Result;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The innermost endpoint of a client: writes the request to a borrowed connection and reads the
/// reply. Every way in which that fails leaves here as an [RpcException].
final class Exchange implements Endpoint {

  /// Of connections that turn out dead before a byte is written; each is as good as any other.
  static final int MAX_TRIES = 4;

  private final ClientOptions options;
  private final BuiltInConnections connections;
  private final CallListener listener;
  private final @Nullable MetadataHandlers metadata;
  private final ReplyReader replies;
  private final @Nullable GuardedPayloadCodec payload; // null for Thrift's binary protocol
  private final boolean guarded; // whether a codec of the user's has a part in requests

  /// @param metadata what reads and writes keys of the user's; null if nothing does
  Exchange(
      ClientOptions options,
      BuiltInConnections connections,
      CallListener listener,
      @Nullable MetadataHandlers metadata) {
    this.options = options;
    this.connections = connections;
    this.listener = listener;
    this.metadata = metadata;
    this.replies =
        new ReplyReader(options.limits(), options.formats(), options.payloads(), metadata);
    this.payload = options.formats().written();
    this.guarded = payload != null || options.formats().frame() != null;
  }

  @Override
  public Object call(Invocation invocation, Object request) {
    var method = checkedMethod(invocation);
    var attempt = Attempt.begin(invocation);
    var pool = pool(attempt);
    if (attempt.isLate()) {
      throw Failures.deadlinePassed(attempt);
    }
    listener.attempting(invocation);
    return callUntilSent(attempt, method, request, pool);
  }

  private <C extends CompressingConnection> Object callUntilSent(
      Attempt attempt, Method<?> method, Object request, Pool<C> pool) {
    for (int tries = 1; ; tries++) {
      var connection = borrow(attempt, pool);
      if (connection == null) {
        return callUntilSent(attempt, method, request, pool(attempt));
      }
      listener.connected(attempt.invocation());
      try {
        return call(attempt, method, request, pool, connection);
      } catch (ConnectionClosedException e) { // it died after it was lent, before the first byte
        if (tries == MAX_TRIES) {
          throw Failures.notSent(attempt, e);
        }
      }
    }
  }

  private Pool<? extends CompressingConnection> pool(Attempt attempt) {
    try {
      return connections.forCalls(attempt.invocation().remoteAddress());
    } catch (IOException e) {
      throw Failures.notConnected(attempt, e);
    }
  }

  /// @throws ConnectionClosedException if no byte of the request was sent
  private <C extends CompressingConnection> Object call(
      Attempt attempt, Method<?> method, Object request, Pool<C> pool, C connection) {
    var outcome = Outcome.CLEAN; // until a byte is written
    try {
      int sequenceId = sequenceId(attempt, connection);
      var frame = write(attempt, method, connection, sequenceId, request);
      outcome = Outcome.SPOILT;
      listener.sent(attempt.invocation(), frame.size());
      if (method.oneway()) {
        send(attempt, connection, frame);
        // Not reused: a server that takes the method for an ordinary one would still answer.
        outcome = Outcome.FLUSH;
        return Result.NOTHING;
      }
      try (var reply = exchange(attempt, connection, frame)) {
        listener.received(attempt.invocation(), reply.size());
        var result = replies.read(reply, attempt, method, sequenceId, connection);
        outcome = result.outcome();
        return result.valueOrThrow();
      }
    } catch (ConnectionLostException e) {
      throw connections.isClosed() ? Failures.closedMeanwhile(attempt) : Failures.lost(attempt, e);
    } finally {
      pool.release(connection, outcome);
    }
  }

  private static int sequenceId(Attempt attempt, CompressingConnection connection) {
    try {
      return connection.nextSequenceId();
    } catch (ExtensionFailedException e) {
      throw Failures.notSent(attempt, e);
    }
  }

  private Method<?> checkedMethod(Invocation invocation) {
    var method = invocation.method();
    if (payload == null && !(method.codec() instanceof CallCodec)) {
      throw new IllegalArgumentException(
          invocation.name()
              + " is not a Thrift method (expected: one, or a payloadCodec(...) of the client that"
              + " carries it)");
    }
    if (payload != null && !payload.carries(method)) {
      throw new IllegalArgumentException(
          "%s is not a method that %s carries".formatted(invocation.name(), payload.name()));
    }
    return method;
  }

  /// @return null if there may be one now: the pool has been forgotten just before, or the call has
  ///   waited
  private <C extends CompressingConnection> @Nullable C borrow(Attempt attempt, Pool<C> pool) {
    var invocation = attempt.invocation();
    try {
      return pool.borrow(invocation.deadline(), attempt.connectTimeout());
    } catch (ForgottenException e) {
      return null;
    } catch (IOException | TimeoutException | InterruptedException e) {
      Readiness.awaitOrFail(attempt, e, connections, PoolState.Use.CALLS);
      return null;
    }
  }

  /// Encodes the request, as late as can be: what it says of the time left then holds.
  private LinkBuffer write(
      Attempt attempt,
      Method<?> method,
      CompressingConnection connection,
      int sequenceId,
      Object request) {
    int type = method.oneway() ? MessageHeader.ONEWAY : MessageHeader.CALL;
    var message = new MessageHeader(type, method.name(), sequenceId);
    var form = connection.takesCompressed() ? options.payloads() : options.payloads().with(null);
    try {
      if (guarded) {
        return writeGuarded(attempt, method, message, form, request);
      }
      return FrameWriter.write(
          new Envelope(options.protocol(), header(attempt.invocation(), sequenceId)),
          form,
          message,
          ((CallCodec) method.codec()).request(),
          request,
          options.limits());
    } catch (ThriftProtocolException | WireException | ExtensionFailedException e) {
      throw Failures.unwritable(attempt, e);
    }
  }

  /// The same if the payload or what lies around it is of a codec of others.
  private LinkBuffer writeGuarded(
      Attempt attempt, Method<?> method, MessageHeader message, PayloadForm form, Object request) {
    var header = guardedHeader(attempt.invocation(), message.sequenceId());
    var told =
        header == null || payload == null ? header : header.withPayloadId(payload.protocolId());
    var bytes =
        payload == null
            ? FrameWriter.writeBare(
                message, ((CallCodec) method.codec()).request(), request, options.limits())
            : payload.writeRequest(message, method, request);
    return options
        .formats()
        .wrap(new Envelope(options.protocol(), told), form, bytes, options.limits());
  }

  private @Nullable TTHeader guardedHeader(Invocation invocation, int sequenceId) {
    var frame = options.formats().frame();
    if (frame == null) {
      return header(invocation, sequenceId);
    }
    return frame.hasHeader()
        ? handled(invocation, RequestHeader.of(invocation, 0, sequenceId, false))
        : null;
  }

  private TTHeader handled(Invocation invocation, TTHeader header) {
    return metadata == null ? header : metadata.writeRequest(invocation, header);
  }

  private @Nullable TTHeader header(Invocation invocation, int sequenceId) {
    int flags = options.multiplexed() > 0 ? TTHeader.OUT_OF_ORDER : 0;
    var header =
        switch (options.protocol()) {
          case BUFFERED, FRAMED -> null;
          case TTHEADER -> RequestHeader.of(invocation, flags, sequenceId, false);
          case TTHEADER_FRAMED -> RequestHeader.of(invocation, flags, sequenceId, true);
        };
    if (header == null) {
      return null;
    }
    var all = handled(invocation, header);
    var compression = options.payloads().compression();
    return compression == null ? all : PayloadCompression.announce(all, compression);
  }

  private static void send(Attempt attempt, ClientConnection connection, LinkBuffer frame) {
    try {
      connection.send(frame, attempt.invocation().deadline());
    } catch (TimeoutException e) {
      throw Failures.timedOut(attempt);
    } catch (InterruptedException e) {
      throw Failures.interrupted(attempt, Stage.SEND);
    }
  }

  private LinkBuffer exchange(Attempt attempt, ClientConnection connection, LinkBuffer frame) {
    try {
      return connection.exchange(frame, attempt.invocation().deadline());
    } catch (TimeoutException e) {
      throw Failures.timedOut(attempt);
    } catch (InterruptedException e) {
      throw Failures.interrupted(attempt, Stage.AWAIT_REPLY);
    }
  }
}
