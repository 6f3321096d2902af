package io.windhover.rpc.grpc;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.UnderflowException;
import io.windhover.http2.Http2Stream;
import io.windhover.http2.StreamException;
import io.windhover.http2.StreamListener;
import io.windhover.http2.frame.ErrorCode;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.RpcException.Stage;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.transport.NotBegunException;
import io.windhover.thrift.ThriftProtocolException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One call of a client: its request leaves in one go, and its thread is woken when all of the
/// reply is here.
///
/// ```
///   UNDER_WAY --end of the response--> DONE
///   UNDER_WAY --the stream fails, the caller gives up, too much comes--> DONE
/// ```
///
/// The poller keeps what arrives, without copies, so that the server may go on sending; who ends
/// the call takes it over, or drops it.
final class GrpcCall implements StreamListener {

  /// Of an answer that is not gRPC, so much is kept for the error's text.
  private static final int FOREIGN_BYTES = 1 << 10;

  private final GrpcClientConnection connection;
  private final Invocation invocation;
  private final int maxBytes;
  private final Thread caller = Thread.currentThread();

  private final LinkBuffer body = new LinkBuffer(); // guarded by this
  private int held; // guarded by this: what the connection counts of it
  private @Nullable GrpcClientResponse response; // guarded by this
  private @Nullable StreamException cause; // guarded by this
  private volatile boolean done;

  GrpcCall(GrpcClientConnection connection, Invocation invocation) {
    this.connection = connection;
    this.invocation = invocation;
    this.maxBytes = connection.use().maxMessageBytes();
  }

  /// Carries the call, on its thread.
  Object exchange(Object request) throws NotBegunException, TimeoutException, InterruptedException {
    var messages = new GrpcClientMessages(connection, invocation);
    var encoding = messages.encoding(request);
    var head = messages.head(encoding);
    var message = messages.write(request, encoding);
    boolean hasLeft = false;
    try {
      var stream =
          connection.open(invocation, head, message, this, GrpcClientConnection.left(invocation));
      hasLeft = true;
      await(stream);
      if (stream.isOpen()) {
        stream.close(); // a server may answer before it has all of the request
      }
      return result(stream, messages);
    } catch (StreamException e) {
      throw failed(e, hasLeft);
    } catch (GrpcException e) { // too large; no cause, since a status is the server's
      throw fail(GrpcClientMessages.unreadable(e));
    } catch (MalformedMessageException
        | ThriftProtocolException
        | UnderflowException
        | CodecFailedException e) {
      throw GrpcClientMessages.unreadable(e).rpcException(invocation, Stage.READ_REPLY, e);
    } finally {
      end();
    }
  }

  private RuntimeException failed(StreamException e, boolean hasLeft) throws NotBegunException {
    GrpcClientConnection.failIfNotBegun(e, hasLeft);
    boolean isLate = invocation.deadline().hasPassed();
    return GrpcClientFailure.of(e, isLate).exception(invocation, Stage.AWAIT_REPLY);
  }

  private void await(Http2Stream stream) throws TimeoutException, InterruptedException {
    var deadline = invocation.deadline();
    while (!done) {
      if (Thread.interrupted()) {
        stream.reset(ErrorCode.CANCEL);
        throw new InterruptedException();
      }
      if (deadline.hasPassed()) {
        stream.reset(ErrorCode.CANCEL);
        throw new TimeoutException();
      }
      deadline.park(this);
    }
  }

  /// Nobody wants more.
  private synchronized void end() {
    done = true;
    connection.hold(-held);
    body.release();
  }

  /// All is there, and nobody else touches it.
  private Object result(Http2Stream stream, GrpcClientMessages messages) {
    if (cause != null) {
      throw cause;
    }
    var head = response;
    if (head == null) {
      throw new AssertionError("done without a response");
    }
    if (!head.isGrpc()) {
      int count = Math.min(body.size(), FOREIGN_BYTES);
      throw fail(head.notGrpc(body.readUtf8(count)));
    }
    if (isTooMuch()) {
      throw fail(messages.tooLarge());
    }
    var end = head.end(stream);
    MetadataFields.read(head.header(), invocation.replyMetadata());
    MetadataFields.read(end, invocation.replyMetadata());
    var failure = head.failure(end);
    if (failure != null) {
      throw fail(failure);
    }
    return messages.readOnly(head.encoding(), body);
  }

  private RuntimeException fail(GrpcClientFailure failure) {
    return failure.exception(invocation, Stage.READ_REPLY);
  }

  // ---- on the poller

  @Override
  public synchronized void headArrived(Http2Stream stream) {
    var asked = ContentType.of(invocation.method());
    response =
        GrpcClientResponse.of(stream.response().orElseThrow(), asked, connection.encodings());
  }

  @Override
  public synchronized void readable(Http2Stream stream) {
    if (done) {
      return;
    }
    for (var data = stream.poll(); data != null; data = stream.poll()) {
      held += data.size();
      connection.hold(data.size());
      MessageReader.gather(data, body);
      data.release();
    }
    if (stream.isInputDone()) {
      wake(stream);
    } else if (isTooMuch()) {
      wake(stream);
      stream.reset(ErrorCode.CANCEL);
    }
  }

  /// Whether the rest of the response can be of no use.
  private boolean isTooMuch() {
    int size = body.size();
    if (response != null && !response.isGrpc()) {
      return size > FOREIGN_BYTES;
    }
    return size >= MessageWriter.PREFIX_BYTES
        && (Integer.toUnsignedLong(body.getInt(1)) > maxBytes
            || size - MessageWriter.PREFIX_BYTES > maxBytes);
  }

  @Override
  public synchronized void failed(Http2Stream stream, StreamException cause) {
    if (!done) {
      this.cause = cause;
      wake(stream);
    }
  }

  private void wake(Http2Stream stream) {
    done = true;
    stream.resume(caller);
  }
}
