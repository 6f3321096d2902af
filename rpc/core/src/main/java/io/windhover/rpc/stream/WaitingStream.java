package io.windhover.rpc.stream;

import io.windhover.rpc.Deadline;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.MessageStream;
import io.windhover.rpc.ReplyMetadata;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One side of one stream: how its user's threads wait, by the time of the stream's deadline, and
/// what they get when that fails. Where the other side is, and how messages go there, subclasses
/// know.
abstract class WaitingStream implements MessageStream {

  static final StreamFailure ENDED =
      StreamFailure.of(Kind.CANCELLED, "the other side has ended the stream");

  final Invocation invocation;

  WaitingStream(Invocation invocation) {
    this.invocation = invocation;
  }

  /// Returns how long ago the stream was opened.
  final Duration elapsed() {
    return Duration.ofNanos(invocation.elapsedNanos());
  }

  final RuntimeException exception(StreamFailure failure, Stage stage) {
    return failure.exception(invocation, stage, elapsed());
  }

  @Override
  public final ReplyMetadata trailer() {
    return invocation.replyMetadata();
  }

  @Override
  public final void send(Object message) {
    if (hasEndedHere()) {
      throw new IllegalStateException("this side of the stream has ended: it sends no more");
    }
    try {
      put(message);
    } catch (TimeoutException e) {
      throw deadlinePassed(Stage.SEND);
    } catch (InterruptedException e) {
      throw interrupted(Stage.SEND);
    } catch (StreamFailedException e) {
      throw exception(e.failure(), Stage.SEND);
    }
  }

  /// Whether this side has said that it sends no more.
  abstract boolean hasEndedHere();

  /// Sends a message once the other side has room for it, and no later than the deadline.
  ///
  /// @throws StreamFailedException if the stream has ended
  abstract void put(Object message) throws InterruptedException, TimeoutException;

  @Override
  public final Optional<Object> receive() {
    return receive(invocation.deadline(), null);
  }

  @Override
  public final Optional<Object> receive(Duration timeout) {
    var deadline = invocation.deadline();
    var until = Deadline.after(timeout, deadline.time()).orEarlier(deadline);
    return receive(until, until.equals(deadline) ? null : timeout);
  }

  /// @param timeout for this message alone, which ends at `until`; null if that is the stream's end
  private Optional<Object> receive(Deadline until, @Nullable Duration timeout) {
    beforeReceiving();
    try {
      return Optional.ofNullable(take(until));
    } catch (TimeoutException e) {
      if (timeout == null) {
        throw deadlinePassed(Stage.AWAIT_MESSAGE);
      }
      var failure =
          StreamFailure.of(
              Kind.TIMEOUT,
              "no message within %d ms; the stream goes on".formatted(timeout.toMillis()));
      throw exception(failure, Stage.AWAIT_MESSAGE);
    } catch (InterruptedException e) {
      throw interrupted(Stage.AWAIT_MESSAGE);
    } catch (StreamFailedException e) {
      throw exception(e.failure(), Stage.AWAIT_MESSAGE);
    }
  }

  /// What is held back leaves now at the latest.
  void beforeReceiving() {}

  /// Waits for the next message and takes it.
  ///
  /// @return null at the end
  /// @throws StreamFailedException if the stream ended otherwise
  abstract @Nullable Object take(Deadline until) throws InterruptedException, TimeoutException;

  /// Waits on a client for what the server says first.
  ///
  /// @param gate that opens when that is here, or when the stream has ended
  final void awaitHeader(Gate gate) {
    beforeReceiving();
    try {
      if (!gate.await(invocation.deadline())) {
        throw deadlinePassed(Stage.AWAIT_MESSAGE);
      }
    } catch (InterruptedException e) {
      throw interrupted(Stage.AWAIT_MESSAGE);
    }
  }

  /// Ends the stream, unless it has ended, and tells the other side why.
  abstract void reset(StreamCode code, StreamFailure failure);

  final RuntimeException deadlinePassed(Stage stage) {
    var failure =
        StreamFailure.of(Kind.TIMEOUT, "the deadline of the stream has passed")
            .withHint("If the stream may take longer, open it with a longer timeout(...)");
    reset(StreamCode.STREAM_TIMEOUT, failure);
    return exception(failure, stage);
  }

  /// The thread was interrupted. If it is a handler's whose call is cancelled, the end of the
  /// handler ends the stream and says why; otherwise the stream ends here.
  final RuntimeException interrupted(Stage stage) {
    Thread.currentThread().interrupt();
    var failure = StreamFailure.of(Kind.CANCELLED, "the thread was interrupted");
    if (!invocation.isCancelled()) {
      reset(StreamCode.CANCELLED, failure);
    }
    return exception(failure, stage);
  }

  final void giveUp() {
    reset(
        StreamCode.CANCELLED,
        StreamFailure.of(Kind.CANCELLED, "the stream was closed before its end"));
  }
}
