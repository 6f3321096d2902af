package io.windhover.rpc.stream;

import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.MessageStream;
import io.windhover.rpc.ReplyMetadata;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import io.windhover.rpc.stream.StreamState.Event;
import io.windhover.thrift.ApplicationError;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A stream within one process: its two sides hand each other the very messages, and all else is as
/// on a wire.
public final class LocalStream {

  private static final StreamFailure UNENDED = StreamFailure.reset(AcceptedStream.UNENDED, "");

  private final LocalQueue toServer = new LocalQueue();
  private final LocalQueue toClient = new LocalQueue();
  private final Gate headerOrEnd = new Gate();
  private final AtomicReference<StreamState> state =
      new AtomicReference<>(StreamState.OPEN); // as the client sees it
  private final Nested nested = new Nested();
  private final Opened opened;
  private final Served served;

  /// @param client the call as the client sees it
  /// @param server the same as the server sees it, with the same deadline
  /// @param listener of the server
  public LocalStream(Invocation client, Invocation server, CallListener listener) {
    this.opened = new Opened(client);
    this.served = new Served(server, listener);
  }

  /// Returns the client's side, which ends with what this thread handles.
  public MessageStream open() {
    if (opened.within != null) {
      opened.within.add(opened);
      if (state.get() == StreamState.CLOSED) { // before it was added
        opened.within.remove(opened);
      }
    }
    return opened;
  }

  /// Runs the handler, on its thread.
  public void serve(StreamHandlers handlers, StreamRoute route) {
    try {
      nested.runAsCurrent(() -> handlers.serve(served, route));
    } finally {
      end(Event.RESET, UNENDED, UNENDED, false); // if something else has failed than the handler
    }
  }

  /// Ends both sides, unless they have ended: the handler goes on though its server has stopped.
  public void lose() {
    var failure = StreamFailure.of(Kind.DISCONNECTED, "the server has stopped");
    end(Event.RESET, failure, failure, false);
  }

  /// Ends both sides, unless they have ended. The handler is cancelled, unless it ends them well,
  /// and finds itself so when it sees the end.
  ///
  /// @param forClient null if it ends well
  private boolean end(
      Event event, @Nullable StreamFailure forClient, StreamFailure forServer, boolean drops) {
    if (state.getAndUpdate(current -> current.on(event)) == StreamState.CLOSED) {
      return false;
    }
    toServer.end(
        forClient == null ? WaitingStream.ENDED : forClient,
        forServer,
        true,
        event == Event.RESET ? served.invocation.cancellation() : null);
    toClient.end(forServer, forClient, drops);
    headerOrEnd.open();
    if (opened.within != null) {
      opened.within.remove(opened);
    }
    return true;
  }

  /// The client's side.
  private final class Opened extends WaitingStream {

    private final ReplyMetadata header = new ReplyMetadata();
    private final @Nullable Nested within = Nested.current();
    private volatile boolean headerArrived;

    private Opened(Invocation invocation) {
      super(invocation);
    }

    @Override
    public ReplyMetadata header() {
      awaitHeader(headerOrEnd);
      var failure = headerArrived ? null : toClient.failure();
      if (failure != null) {
        throw exception(failure, Stage.AWAIT_MESSAGE);
      }
      return header;
    }

    private void headerArrived(ReplyMetadata values) {
      values.values().forEach(header::put);
      headerArrived = true;
      headerOrEnd.open();
    }

    @Override
    boolean hasEndedHere() {
      return state.get() == StreamState.ENDED_HERE;
    }

    @Override
    void put(Object message) throws InterruptedException, TimeoutException {
      toServer.put(message, invocation.deadline());
    }

    @Override
    @Nullable Object take(Deadline until) throws InterruptedException, TimeoutException {
      return toClient.take(until);
    }

    @Override
    public void end() {
      if (state.getAndUpdate(current -> current.on(Event.END_SENT)) == StreamState.OPEN) {
        toServer.end(null, null, false);
      }
    }

    @Override
    public void cancel() {
      giveUp();
    }

    @Override
    void reset(StreamCode code, StreamFailure failure) {
      var reset = Nested.resetOf(within, code, invocation.origin().name());
      var forServer = StreamFailure.reset(reset.error(), reset.path());
      if (state.get() == StreamState.CLOSED) {
        toClient.drop(failure); // what the handler's end has left
        return;
      }
      nested.becauseOf(reset);
      if (LocalStream.this.end(Event.RESET, failure, forServer, true)) {
        nested.cancelAll();
      }
    }
  }

  /// The server's side.
  private final class Served extends WaitingStream implements ServedStream {

    private final CallListener listener;
    private final ReplyMetadata header = new ReplyMetadata();
    private boolean headerSent; // by the thread that sends

    private Served(Invocation invocation, CallListener listener) {
      super(invocation);
      this.listener = listener;
    }

    @Override
    public Invocation invocation() {
      return invocation;
    }

    @Override
    public ReplyMetadata header() {
      return header;
    }

    private void sendHeader() {
      if (!headerSent) {
        headerSent = true;
        opened.headerArrived(header);
      }
    }

    @Override
    boolean hasEndedHere() {
      return false; // the handler's return ends this side
    }

    @Override
    void put(Object message) throws InterruptedException, TimeoutException {
      listener.sent(invocation, 0);
      sendHeader();
      toClient.put(message, invocation.deadline());
    }

    @Override
    @Nullable Object take(Deadline until) throws InterruptedException, TimeoutException {
      var message = toServer.take(until);
      if (message != null) {
        listener.received(invocation, 0);
      }
      return message;
    }

    @Override
    public void end() {}

    @Override
    public void cancel() {
      toServer.end(null, null, true);
    }

    @Override
    public void finish(@Nullable ApplicationException error, @Nullable BusinessException business) {
      if (state.get() == StreamState.CLOSED) {
        return;
      }
      sendHeader();
      trailer().values().forEach(opened.trailer()::put);
      var failure =
          error != null
              ? StreamFailure.remote(new ApplicationError(error.code(), error.text()))
              : business != null ? StreamFailure.business(business) : null;
      LocalStream.this.end(Event.FINISHED, failure, ENDED, false);
    }

    @Override
    void reset(StreamCode code, StreamFailure failure) {
      var forClient = StreamFailure.reset(new ApplicationError(code.number(), code.text()), "");
      LocalStream.this.end(Event.RESET, forClient, failure, true);
    }
  }
}
