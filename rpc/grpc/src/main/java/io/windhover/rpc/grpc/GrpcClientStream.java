package io.windhover.rpc.grpc;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.UnderflowException;
import io.windhover.http2.Http2Stream;
import io.windhover.http2.StreamException;
import io.windhover.http2.StreamListener;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.MessageStream;
import io.windhover.rpc.ReplyMetadata;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.transport.NotBegunException;
import io.windhover.thrift.ThriftProtocolException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A client's side of a stream.
///
/// What arrives stays in the stream of HTTP/2 until somebody receives, so that a server waits for
/// who is slow. Of a method with one request nothing leaves until that can leave whole.
///
/// What the server has surely not begun goes on elsewhere, unseen: see [GrpcClientOutput]. Whatever
/// waits here looks at the stream of HTTP/2 anew when it is woken, which may be another one by
/// then.
final class GrpcClientStream implements MessageStream, StreamListener {

  private static final GrpcClientFailure CLOSED =
      GrpcClientFailure.of(Kind.CANCELLED, "the stream was closed before its end", null);
  private static final GrpcClientFailure NOT_OPENED =
      GrpcClientFailure.of(Kind.NOT_SENT, "the stream could not be opened before", null);
  private static final GrpcClientFailure INTERRUPTED =
      GrpcClientFailure.of(Kind.CANCELLED, "the thread was interrupted", null);
  private static final GrpcClientFailure LATE =
      GrpcClientFailure.of(Kind.TIMEOUT, "the deadline of the stream has passed", null);
  private static final GrpcClientFailure ENDED =
      GrpcClientFailure.of(Kind.CANCELLED, "the server has ended the stream", null);

  private final Invocation invocation;
  private final GrpcClientMessages messages;
  private final ReplyMetadata header = new ReplyMetadata();
  private final Arrivals arrivals = new Arrivals();
  private final Set<Thread> awaitingHead = ConcurrentHashMap.newKeySet();
  private volatile @Nullable GrpcClientFailure failure; // the first that is known
  private volatile boolean endedHere; // this side sends no more

  private final GrpcClientOutput output;
  private final GrpcClientInput input;

  GrpcClientStream(GrpcClientConnection connection, Invocation invocation) {
    this.invocation = invocation;
    this.messages = new GrpcClientMessages(connection, invocation);
    this.output = new GrpcClientOutput(invocation, messages, this);
    this.input = new GrpcClientInput(messages, header, invocation.replyMetadata());
  }

  /// Opens it, unless there is something to wait for.
  void begin() throws NotBegunException, InterruptedException {
    try {
      output.begin();
    } catch (StreamException e) {
      throw failed(e, Stage.SEND);
    }
  }

  /// Opens it on another connection, for the thread that has asked for that.
  void beginAgainOn(GrpcClientConnection connection)
      throws NotBegunException, InterruptedException {
    try {
      output.openOn(connection);
    } catch (StreamException e) {
      throw failed(e, Stage.SEND);
    }
  }

  // ---- sending

  @Override
  public void send(Object message) {
    if (endedHere) {
      throw new IllegalStateException("this side of the stream has ended: it sends no more");
    }
    failIfKnown(Stage.SEND);
    if (invocation.deadline().hasPassed()) {
      throw giveUp(LATE, Stage.SEND);
    }
    leave(messages.write(message), false);
  }

  @Override
  public void end() {
    if (!endedHere) {
      endedHere = true;
      if (failure == null) {
        leave(new LinkBuffer(), true);
      }
    }
  }

  /// @param bytes taken over
  /// @param last whether nothing follows
  private void leave(LinkBuffer bytes, boolean last) {
    try {
      output.send(bytes, last);
    } catch (StreamException e) {
      if (!last || output.stream() == null) {
        throw failed(e, Stage.SEND);
      } // else receiving tells, which may find what has come before
    } catch (TimeoutException e) {
      throw giveUp(LATE, Stage.SEND);
    } catch (InterruptedException e) {
      throw interrupted(Stage.SEND);
    }
  }

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
      return Optional.ofNullable(await(until));
    } catch (StreamException e) {
      throw failed(e, Stage.AWAIT_MESSAGE);
    } catch (GrpcException
        | MalformedMessageException
        | ThriftProtocolException
        | UnderflowException e) {
      throw giveUp(GrpcClientMessages.unreadable(e), Stage.AWAIT_MESSAGE);
    } catch (CodecFailedException e) {
      var because = GrpcClientMessages.unreadable(e);
      reset(because);
      throw because.rpcException(invocation, Stage.AWAIT_MESSAGE, e);
    } catch (TimeoutException e) {
      if (timeout == null) {
        throw giveUp(LATE, Stage.AWAIT_MESSAGE);
      }
      throw GrpcClientFailure.of(
              Kind.TIMEOUT, "no message within %s; the stream goes on".formatted(timeout), null)
          .exception(invocation, Stage.AWAIT_MESSAGE);
    } catch (InterruptedException e) {
      throw interrupted(Stage.AWAIT_MESSAGE);
    }
  }

  /// Returns the stream, opened now at the latest.
  private Http2Stream begun() throws InterruptedException {
    var opened = output.stream();
    if (opened == null) {
      failIfKnown(Stage.AWAIT_MESSAGE);
      opened = output.open();
    }
    if (opened == null) {
      throw (failure == null ? NOT_OPENED : failure).exception(invocation, Stage.AWAIT_MESSAGE);
    }
    return opened;
  }

  /// Returns the next message; null at the end.
  private @Nullable Object await(Deadline until) throws TimeoutException, InterruptedException {
    arrivals.enter();
    try {
      while (true) {
        int seen = arrivals.count();
        var message = next();
        if (message != null || input.hasEnded()) {
          return message;
        }
        arrivals.await(seen, until);
      }
    } finally {
      arrivals.leave();
    }
  }

  /// Returns the next message if it is here; null if it is not, and at the end.
  private @Nullable Object next() throws InterruptedException {
    var opened = begun();
    failIfKnown(Stage.AWAIT_MESSAGE);
    var message = cut(opened);
    if (message != null) {
      try (message) {
        return messages.read(message, input.wireBytes());
      }
    }
    if (input.hasEnded()) {
      ended(opened);
    }
    return null;
  }

  private @Nullable LinkBuffer cut(Http2Stream opened) throws InterruptedException {
    try {
      return input.next(opened);
    } catch (StreamException e) {
      if (output.reopened(opened, e)) {
        return cut(begun()); // what arrives there may have been counted already
      }
      throw e;
    }
  }

  private void ended(Http2Stream opened) {
    var found = input.failure();
    if (found != null) {
      throw giveUp(found, Stage.AWAIT_MESSAGE);
    }
    if (!endedHere) {
      opened.close(); // the server takes nothing more
    }
  }

  // ---- metadata

  @Override
  public ReplyMetadata header() {
    try {
      input.head(awaitHead());
      return header;
    } catch (StreamException e) {
      throw failed(e, Stage.AWAIT_MESSAGE);
    } catch (MalformedMessageException e) {
      throw giveUp(GrpcClientMessages.unreadable(e), Stage.AWAIT_MESSAGE);
    } catch (TimeoutException e) {
      throw giveUp(LATE, Stage.AWAIT_MESSAGE);
    } catch (InterruptedException e) {
      throw interrupted(Stage.AWAIT_MESSAGE);
    }
  }

  /// For any number of threads, beside the one that receives.
  ///
  /// @return the stream that has it
  private Http2Stream awaitHead() throws TimeoutException, InterruptedException {
    awaitingHead.add(Thread.currentThread());
    try {
      while (true) {
        int seen = arrivals.count();
        var opened = begun();
        if (opened.response().isPresent()) {
          return opened;
        }
        failIfKnown(Stage.AWAIT_MESSAGE);
        var cause = opened.failure();
        if (cause.isEmpty()) {
          arrivals.await(seen, invocation.deadline());
        } else if (!output.reopened(opened, cause.get())) {
          throw cause.get();
        }
      }
    } finally {
      awaitingHead.remove(Thread.currentThread());
    }
  }

  @Override
  public ReplyMetadata trailer() {
    return invocation.replyMetadata();
  }

  // ---- the end

  @Override
  public void cancel() {
    if (!input.hasEnded()) {
      reset(CLOSED);
    }
  }

  private void reset(GrpcClientFailure because) {
    if (failure == null) {
      failure = because;
    }
    output.giveUp();
    input.drop();
  }

  private RuntimeException giveUp(GrpcClientFailure because, Stage stage) {
    reset(because);
    return because.exception(invocation, stage);
  }

  private RuntimeException interrupted(Stage stage) {
    Thread.currentThread().interrupt();
    return giveUp(INTERRUPTED, stage);
  }

  private void failIfKnown(Stage stage) {
    var known = failure;
    if (known != null) {
      throw known.exception(invocation, stage);
    }
  }

  /// What the server said of the end counts, and not how it closed the stream after that.
  private RuntimeException failed(StreamException e, Stage stage) {
    failIfKnown(stage);
    var opened = output.stream();
    var said = opened == null ? null : saidAtEnd(opened);
    boolean isLate = invocation.deadline().hasPassed();
    var found = said != null ? said : GrpcClientFailure.of(e, isLate);
    if (said == null) { // else what has come before is still to be received
      failure = found;
    }
    return found.exception(invocation, stage);
  }

  /// Returns how the server ended the stream; null if it did not.
  private @Nullable GrpcClientFailure saidAtEnd(Http2Stream opened) {
    var end = input.end(opened);
    if (end == null) {
      return null;
    }
    var found = GrpcClientFailure.of(end);
    return found == null ? ENDED : found;
  }

  // ---- on the poller, or whoever ends it

  @Override
  public void headArrived(Http2Stream stream) {
    output.keepNoMore();
    wake(stream);
  }

  private void wake(Http2Stream stream) {
    arrivals.arrived(stream);
    awaitingHead.forEach(stream::resume);
  }

  @Override
  public void readable(Http2Stream stream) {
    arrivals.arrived(stream);
  }

  /// Nothing more comes, and nobody may ever ask for what has come. Of a stream that the server has
  /// not begun nothing has, and by now what comes may be of the one in its place.
  @Override
  public void failed(Http2Stream stream, StreamException cause) {
    if (!cause.isNotProcessed()) {
      output.keepNoMore();
      if (stream.trailers().isEmpty()) {
        input.dropUnlessInUse();
      }
    }
    wake(stream);
  }
}
