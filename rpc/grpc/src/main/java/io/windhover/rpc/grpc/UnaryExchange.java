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
import io.windhover.rpc.transport.CallHead;
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
final class UnaryExchange extends GatheredRequest implements Exchange {

  private static final ReplyMetadata NO_METADATA = new ReplyMetadata();

  private volatile CompressionPolicy compression;
  private volatile boolean wasCompressed; // the request
  private @Nullable ReplyMetadata header; // guarded by this; made when it is asked for
  private boolean unwritable; // the call's thread's own: the reply as it was to be
  private volatile boolean replied;
  private volatile @Nullable ServedCall call; // null until the request is whole

  UnaryExchange(GrpcConnection connection, RequestFields request, Http2Stream stream) {
    super(connection, request, stream);
    this.compression = connection.options().compression();
  }

  // ---- on the poller

  @Override
  void run(CallHead head) {
    var begun = connection.calls().begin(head);
    reader.refund();
    handedOn();
    call = begun;
    if (isCancelled()) { // which may have missed it
      begun.cancel();
    }
    try {
      stream.start("windhover-call", () -> run(begun));
    } catch (RuntimeException | Error e) { // no thread could be had
      reader.release();
      begun.close();
      throw e;
    }
  }

  /// The client's deadline counts until it has taken the reply.
  @Override
  public void swept() {
    super.swept();
    var begun = call;
    if (replied && begun != null && begun.invocation().deadline().hasPassed()) {
      stream.reset(ErrorCode.CANCEL);
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
    boolean cancelled = isCancelled();
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
  public void cancelHandler() {
    super.cancelHandler();
    var begun = call;
    if (begun != null) {
      begun.cancel();
    }
  }
}
