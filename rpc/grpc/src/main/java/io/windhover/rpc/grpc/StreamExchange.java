package io.windhover.rpc.grpc;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.UnderflowException;
import io.windhover.http2.Http2Stream;
import io.windhover.http2.StreamException;
import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.hpack.HeaderField;
import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.MessageStream;
import io.windhover.rpc.ReplyMetadata;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.transport.CallEnding;
import io.windhover.rpc.transport.ServedStreamCall;
import io.windhover.thrift.ThriftProtocolException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A server's side of a stream. Its handler runs on a virtual thread of its own and waits there for
/// messages, and for the client to take them; its return ends the stream.
final class StreamExchange implements Exchange, MessageStream {

  private final GrpcConnection connection;
  private final RequestFields request;
  private final Http2Stream stream;
  private final ServedStreamCall call;
  private final Invocation invocation;
  private final ServedInput input;
  private final MessageWriter outgoing;
  private final ReplyMetadata header = new ReplyMetadata();
  private final AtomicBoolean headSent = new AtomicBoolean();
  private volatile CompressionPolicy compression;
  private volatile @Nullable Encoding
      announced; // by the head; null before its first use, set under this

  private volatile @Nullable ApplicationException fault; // of what the client has sent
  private volatile boolean ended; // the handler has, and its client may not have taken all
  private boolean untold; // the stream's thread's own: the end as it was
  private boolean putOff; // the poller's own, and before there is a thread

  /// @param reader of what the client sends, with all of that if the method takes one message
  StreamExchange(
      GrpcConnection connection,
      RequestFields request,
      Http2Stream stream,
      ServedStreamCall call,
      MessageReader reader) {
    this.connection = connection;
    this.request = request;
    this.stream = stream;
    this.call = call;
    this.invocation = call.invocation();
    this.input = new ServedInput(stream, call, reader);
    int maxBytes = connection.calls().maxMessageBytes();
    this.compression = connection.options().compression();
    this.outgoing = new MessageWriter(MessageCodecs.response(call.method()), maxBytes);
  }

  /// On the poller.
  void begin() {
    stream.listener(this);
    putOff = stream.putsOff();
    if (!putOff) {
      start();
    }
  }

  /// The client, who resets many, has not reset this one yet.
  @Override
  public void settled(Http2Stream stream) {
    if (putOff) {
      putOff = false;
      start();
    }
  }

  private void start() {
    try {
      stream.start("windhover-stream", this::run);
    } catch (RuntimeException | Error e) { // no thread could be had
      input.release();
      call.close();
      throw e;
    }
  }

  private void run() {
    try (call) {
      ScopedValue.where(CURRENT, this).run(() -> call.run(this, this::finish));
    } catch (RuntimeException | Error e) {
      connection.log().warn(() -> "the end of " + invocation.name() + " was not told", e);
      stream.reset(ErrorCode.INTERNAL_ERROR);
    } finally {
      input.release();
      ended = true;
    }
  }

  // ---- what arrives, on the poller

  @Override
  public void readable(Http2Stream stream) {
    input.arrived();
  }

  /// While the handler runs, its deadline is the call's to watch.
  @Override
  public void swept() {
    if (ended && invocation.deadline().hasPassed()) {
      stream.reset(ErrorCode.CANCEL);
    }
  }

  /// On any thread; on the poller if it is put off, and its place among the server's calls is for
  /// others then.
  @Override
  public void failed(Http2Stream stream, StreamException cause) {
    if (putOff) {
      putOff = false;
      input.release();
      call.close();
    } else {
      call.cancel();
      input.failed();
    }
  }

  @Override
  public ReplyMetadata header() {
    return header;
  }

  @Override
  public ReplyMetadata trailer() {
    return invocation.replyMetadata();
  }

  // ---- sending

  @Override
  public void send(Object message) {
    var out = write(message);
    try {
      var left = Duration.ofNanos(invocation.deadline().remainingNanos());
      if (!left.isPositive()) { // though the client's word that it has gone may not be here yet
        throw new TimeoutException();
      }
      var head = headSent.get() ? null : head();
      call.sent(out.size());
      if (head != null && headSent.compareAndSet(false, true)) {
        stream.write(head, out, false, left);
      } else {
        stream.write(out, false, left);
      }
    } catch (StreamException e) {
      throw lost(e, Stage.SEND);
    } catch (TimeoutException e) {
      throw failure(Kind.TIMEOUT, Stage.SEND, "the deadline of the stream has passed");
    } catch (InterruptedException e) {
      throw interrupted(Stage.SEND);
    } catch (MalformedMessageException e) {
      throw failed(Kind.PROTOCOL, Stage.SEND, e.getMessage(), e);
    } finally {
      out.release(); // nothing of it is left, unless it was not sent
    }
  }

  private LinkBuffer write(Object message) {
    var out = new LinkBuffer();
    try {
      outgoing.write(message, encoding(message), out);
      return out;
    } catch (GrpcException | MalformedMessageException | ThriftProtocolException e) {
      out.release();
      throw failed(
          Kind.PROTOCOL, Stage.SEND, "the message cannot be written: " + e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      out.release();
      throw e;
    }
  }

  private Encoding encoding(Object message) {
    var may = announced();
    return may != Encoding.IDENTITY && compression.compresses(invocation, message)
        ? may
        : Encoding.IDENTITY;
  }

  /// Decided once, by the first message or the head.
  private Encoding announced() {
    var known = announced;
    return known == null ? announce() : known;
  }

  private synchronized Encoding announce() {
    var known = announced;
    if (known == null) {
      known =
          compression.equals(CompressionPolicy.NEVER)
              ? Encoding.IDENTITY
              : connection.responses().encodings().firstIn(request.accepted());
      announced = known;
    }
    return known;
  }

  @Override
  public void compress(boolean compress) {
    compression = (_, _) -> compress; // never NEVER: the head says that messages may be compressed
  }

  private List<HeaderField> head() {
    return connection
        .responses()
        .head(request.content(), announced(), header, connection.maxListBytes());
  }

  /// The handler's return ends this side.
  @Override
  public void end() {}

  // ---- receiving

  @Override
  public Optional<Object> receive() {
    return receive(invocation.deadline(), null);
  }

  @Override
  public Optional<Object> receive(Duration timeout) {
    var deadline = invocation.deadline();
    var until = Deadline.after(timeout, deadline.time()).orEarlier(deadline);
    return receive(until, until.equals(deadline) ? null : timeout);
  }

  /// @param timeout for this message alone, which ends at `until`; null if that is the stream's end
  private Optional<Object> receive(Deadline until, @Nullable Duration timeout) {
    try {
      return Optional.ofNullable(input.next(until));
    } catch (StreamException e) {
      throw lost(e, Stage.AWAIT_MESSAGE);
    } catch (TimeoutException e) {
      throw failure(
          Kind.TIMEOUT,
          Stage.AWAIT_MESSAGE,
          timeout == null
              ? "the deadline of the stream has passed"
              : "no message within %s; the stream goes on".formatted(timeout));
    } catch (InterruptedException e) {
      throw interrupted(Stage.AWAIT_MESSAGE);
    } catch (GrpcException e) {
      fault = e;
      if (input.isOfOneMessage()) { // its handler has not begun, and has nothing to do with it
        throw e;
      }
      throw failed(Kind.PROTOCOL, Stage.AWAIT_MESSAGE, e.status().message(), e);
    } catch (MalformedMessageException | ThriftProtocolException | UnderflowException e) {
      var what = "a message cannot be read: " + e.getMessage();
      fault = new GrpcException(GrpcCode.INTERNAL, what);
      throw failed(Kind.PROTOCOL, Stage.AWAIT_MESSAGE, what, e);
    }
  }

  @Override
  public boolean isRequestCompressed() {
    return input.wasCompressed();
  }

  /// The client may still send, and all of that is dropped.
  @Override
  public void cancel() {
    input.giveUp();
  }

  // ---- the end

  /// What is wrong with what the client has sent counts, whatever its handler made of that.
  private void finish(CallEnding ending) {
    var wrong = fault;
    try {
      if (untold) {
        sendAlone(ending);
      } else if (wrong != null) {
        throw wrong;
      } else {
        send(ending);
      }
    } catch (StreamException e) {
      GrpcConnection.gone(e);
    } catch (RuntimeException e) {
      untold = true;
      throw e;
    }
    if (invocation.deadline().hasPassed()) { // and so what the client has not taken is in vain
      stream.reset(ErrorCode.CANCEL);
    }
  }

  private void send(CallEnding ending) {
    int maxListBytes = connection.maxListBytes();
    var trailers = ResponseFields.trailers(ending, trailer(), maxListBytes);
    if (headSent.get()) {
      stream.sendTrailers(trailers);
    } else if (ending instanceof CallEnding.Returned || !header.values().isEmpty()) {
      stream.respond(head(), new LinkBuffer(), trailers);
    } else {
      stream.sendHead(
          connection.responses().only(request.content(), ending, trailer(), maxListBytes), true);
    }
  }

  /// Without metadata, which may be why it could not be told.
  private void sendAlone(CallEnding ending) {
    var none = new ReplyMetadata();
    int maxListBytes = connection.maxListBytes();
    if (headSent.get()) {
      stream.sendTrailers(ResponseFields.trailers(ending, none, maxListBytes));
    } else {
      stream.sendHead(
          connection.responses().only(request.content(), ending, none, maxListBytes), true);
    }
  }

  @Override
  public void cancelHandler() {
    call.cancel();
  }

  // ---- failures

  private RpcException lost(StreamException e, Stage stage) {
    if (invocation.deadline().hasPassed()) {
      return failure(Kind.TIMEOUT, stage, "the deadline of the stream has passed");
    }
    var kind =
        e.reason() == StreamException.Reason.CONNECTION_LOST ? Kind.DISCONNECTED : Kind.CANCELLED;
    return failed(kind, stage, "the stream was lost: " + e.getMessage(), e);
  }

  /// If the handler's call is cancelled, its end ends the stream and says why.
  private RpcException interrupted(Stage stage) {
    Thread.currentThread().interrupt();
    return failure(Kind.CANCELLED, stage, "the thread was interrupted");
  }

  private RpcException failure(Kind kind, Stage stage, String what) {
    return describe(kind, stage, what).build();
  }

  private RpcException failed(Kind kind, Stage stage, String what, Throwable cause) {
    return describe(kind, stage, what).cause(cause).build();
  }

  private RpcException.Builder describe(Kind kind, Stage stage, String what) {
    return RpcException.builder(kind, stage, what)
        .calling(invocation.name())
        .at(invocation.remoteAddress());
  }
}
