package io.windhover.rpc.grpc;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.UnderflowException;
import io.windhover.http2.Http2Stream;
import io.windhover.http2.StreamException;
import io.windhover.http2.frame.ErrorCode;
import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.ReplyMetadata;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.transport.CallEnding;
import io.windhover.rpc.transport.ServedCall;
import io.windhover.thrift.ThriftProtocolException;
import io.windhover.thrift.call.Result;
import org.jspecify.annotations.Nullable;

/// One call: its request is gathered on the poller, and all else is done by a virtual thread of its
/// own once that is whole.
///
/// ```
///   GATHERING --the whole request--> RUNNING --the reply is written--> LEAVING --all left--> ended
///   GATHERING --a fault, or the client is gone--> ended
///   LEAVING --the deadline passes--> ended
/// ```
final class UnaryExchange implements Exchange {

  private static final ReplyMetadata NO_METADATA = new ReplyMetadata();

  private final GrpcConnection connection;
  private final RequestFields request;
  private final Http2Stream stream;
  private final MessageReader reader; // the poller's, then that of the call's thread
  private volatile CompressionPolicy compression;
  private volatile boolean wasCompressed; // the request
  private @Nullable ReplyMetadata header; // guarded by this; made when it is asked for
  private boolean gathering = true; // the poller's own
  private final long arrivalNanos = System.nanoTime();
  private boolean unwritable; // the call's thread's own: the reply as it was to be
  private volatile boolean cancelled;
  private volatile boolean replied;
  private volatile @Nullable ServedCall call; // null until the request is whole

  UnaryExchange(GrpcConnection connection, RequestFields request, Http2Stream stream) {
    this.connection = connection;
    this.request = request;
    this.stream = stream;
    this.compression = connection.options().compression();
    this.reader =
        new MessageReader(
            request.encoding(), connection.calls().maxMessageBytes(), connection::hold);
  }

  // ---- on the poller

  void begin() {
    if (stream.isInputDone()) {
      end(missing());
    } else {
      stream.listener(this);
    }
  }

  private static ApplicationException missing() {
    return new GrpcException(GrpcCode.INTERNAL, "a request without a message, or half of one");
  }

  @Override
  public void readable(Http2Stream stream) {
    var data = stream.poll();
    if (!gathering) {
      if (data != null) {
        data.release();
      }
      return;
    }
    if (data != null) {
      reader.add(data);
    }
    try {
      gathered();
    } catch (ApplicationException e) {
      end(e);
    } catch (MalformedMessageException e) {
      end(new GrpcException(GrpcCode.INTERNAL, e.getMessage()));
    }
  }

  private void gathered() {
    int whole = reader.wholeBytes();
    if (whole > 0 && reader.heldBytes() > whole) {
      throw new GrpcException(GrpcCode.INTERNAL, "a request of more than one message");
    }
    if (!stream.isInputDone()) {
      reader.charge();
      return;
    }
    if (whole == 0) {
      throw missing();
    }
    run(whole);
  }

  private void run(int whole) {
    var remote = stream.connection().connection().remoteAddress();
    long passedNanos = System.nanoTime() - arrivalNanos;
    var begun = connection.calls().begin(request.head(remote, whole, passedNanos));
    reader.refund();
    gathering = false;
    call = begun;
    if (cancelled) { // which may have missed it
      begun.cancel();
    }
    try {
      stream.start("windhover-call", () -> run(begun));
    } catch (RuntimeException | Error e) { // no thread could be had
      begun.close();
      throw e;
    }
  }

  /// The client's deadline counts from the head on, whenever the rest comes, and until it has taken
  /// the reply.
  @Override
  public void swept() {
    if (gathering && request.isLate(arrivalNanos)) {
      end(
          new GrpcException(
              GrpcCode.DEADLINE_EXCEEDED, "the deadline passed before the request had come"));
    }
    var begun = call;
    if (replied && begun != null && begun.invocation().deadline().hasPassed()) {
      stream.reset(ErrorCode.CANCEL);
    }
  }

  /// Ends what becomes no call.
  private void end(ApplicationException error) {
    drop();
    try {
      stream.sendHead(
          connection.responses().only(request.content(), error, connection.maxListBytes()), true);
    } catch (StreamException e) {
      GrpcConnection.gone(e);
    }
  }

  private void drop() {
    if (gathering) {
      gathering = false;
      reader.release();
    }
  }

  // ---- on a thread of the call's own

  private void run(ServedCall call) {
    try (call) {
      Object message;
      try {
        message = isPointless(call) ? Result.NOTHING : read(call);
      } catch (RuntimeException e) {
        send(failed(readFailure(e)));
        return;
      }
      ScopedValue.where(CURRENT, this).run(() -> call.run(message, ending -> reply(call, ending)));
    } catch (RuntimeException | Error e) {
      connection.log().warn(() -> name() + " got no reply", e);
      stream.reset(ErrorCode.INTERNAL_ERROR);
    } finally {
      reader.release();
      replied = true;
    }
  }

  /// Whether the call is late, or given up: then it will not run, and need not be read.
  private boolean isPointless(ServedCall call) {
    if (cancelled) {
      call.cancel(); // for sure before it is run
    }
    return cancelled || call.invocation().deadline().hasPassed();
  }

  private Object read(ServedCall call) {
    var message = reader.next();
    if (message == null) {
      throw missing();
    }
    wasCompressed = reader.wasCompressed();
    try (message) {
      return new MessageBudget(call.objects())
          .read(message, reader.wireBytes(), MessageCodecs.request(call.method()));
    }
  }

  private ApplicationException readFailure(RuntimeException e) {
    return switch (e) {
      case ApplicationException told -> told;
      case MalformedMessageException _, ThriftProtocolException _, UnderflowException _ ->
          new GrpcException(GrpcCode.INTERNAL, "malformed message: " + e.getMessage());
      default -> {
        connection.log().warn(() -> "a request for " + name() + " could not be read", e);
        yield new GrpcException(GrpcCode.INTERNAL, "the request could not be read");
      }
    };
  }

  private String name() {
    return request.service() + "/" + request.method();
  }

  private static CallEnding failed(ApplicationException error) {
    return new CallEnding.Failed(error);
  }

  /// @return how many bytes the reply has
  private int reply(ServedCall call, CallEnding ending) {
    var metadata = unwritable ? NO_METADATA : call.invocation().replyMetadata();
    try {
      return ending instanceof CallEnding.Returned returned
          ? send(call, returned, metadata)
          : send(ending, metadata);
    } catch (StreamException e) {
      GrpcConnection.gone(e);
      return 0;
    } catch (RuntimeException e) {
      if (e instanceof GrpcException) { // for all others the server does
        connection.log().warn(() -> "the reply of " + name() + " cannot be written", e);
      }
      unwritable = true;
      throw e;
    }
  }

  private int send(ServedCall call, CallEnding.Returned ending, ReplyMetadata metadata) {
    var encoding = encoding(call, ending.result());
    int maxListBytes = connection.maxListBytes();
    var head = connection.responses().head(request.content(), encoding, saidBefore(), maxListBytes);
    var trailers = ResponseFields.trailers(ending, metadata, maxListBytes);
    var out = new LinkBuffer();
    try (out) { // empty once it has been sent
      if (call.method().oneway()) {
        writeNothing(out);
      } else {
        var codec = MessageCodecs.response(call.method());
        int maxBytes = connection.calls().maxMessageBytes();
        new MessageWriter(codec, maxBytes).write(ending.result(), encoding, out);
      }
      int bytes = out.size();
      stream.respond(head, out, trailers);
      return bytes;
    }
  }

  private Encoding encoding(ServedCall call, Object result) {
    var policy = compression;
    if (policy.equals(CompressionPolicy.NEVER)) {
      return Encoding.IDENTITY;
    }
    var may = connection.responses().encodings().firstIn(request.accepted());
    return may != Encoding.IDENTITY && policy.compresses(call.invocation(), result)
        ? may
        : Encoding.IDENTITY;
  }

  private synchronized ReplyMetadata saidBefore() {
    return header == null ? NO_METADATA : header;
  }

  /// gRPC has no calls without a reply: an empty struct of Thrift is one.
  private static void writeNothing(LinkBuffer out) {
    out.writeByte(MessageWriter.PLAIN);
    out.writeInt(1);
    out.writeByte(0);
  }

  private int send(CallEnding ending) {
    try {
      return send(ending, NO_METADATA);
    } catch (StreamException e) {
      GrpcConnection.gone(e);
      return 0;
    }
  }

  private int send(CallEnding ending, ReplyMetadata metadata) {
    var before = metadata == NO_METADATA ? NO_METADATA : saidBefore();
    int maxListBytes = connection.maxListBytes();
    if (before.values().isEmpty()) {
      var fields = connection.responses().only(request.content(), ending, metadata, maxListBytes);
      stream.sendHead(fields, true);
      return ResponseFields.bytes(fields);
    }
    var head =
        connection.responses().head(request.content(), Encoding.IDENTITY, before, maxListBytes);
    var trailers = ResponseFields.trailers(ending, metadata, maxListBytes);
    stream.respond(head, new LinkBuffer(), trailers);
    return ResponseFields.bytes(head) + ResponseFields.bytes(trailers);
  }

  // ---- the handler

  @Override
  public synchronized ReplyMetadata header() {
    if (header == null) {
      header = new ReplyMetadata();
    }
    return header;
  }

  @Override
  public boolean isRequestCompressed() {
    return wasCompressed;
  }

  @Override
  public void compress(boolean compress) {
    compression = (_, _) -> compress;
  }

  // ---- any thread

  @Override
  public void failed(Http2Stream stream, StreamException cause) {
    drop(); // while it gathers, this comes on the poller
    cancelHandler();
  }

  @Override
  public void cancelHandler() {
    cancelled = true;
    var begun = call;
    if (begun != null) {
      begun.cancel();
    }
  }
}
