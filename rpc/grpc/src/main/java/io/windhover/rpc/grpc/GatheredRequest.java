package io.windhover.rpc.grpc;

import io.windhover.http2.Http2Stream;
import io.windhover.http2.StreamException;
import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.transport.CallHead;

/// A request of one message while it comes: gathered on the poller, before a thread, or a place
/// among the server's calls, is taken for it.
///
/// ```
///   GATHERING --the whole request--> handed on
///   GATHERING --a fault, the deadline, or the client is gone--> ended
/// ```
abstract sealed class GatheredRequest implements Serving permits UnaryExchange, GatheredStream {

  final GrpcConnection connection;
  final RequestFields request;
  final Http2Stream stream;
  final MessageReader reader; // the poller's, then theirs who take the request over
  private final long arrivalNanos = System.nanoTime();
  private boolean gathering = true; // the poller's own
  private boolean settled; // the poller's own
  private volatile boolean cancelled;

  GatheredRequest(GrpcConnection connection, RequestFields request, Http2Stream stream) {
    this.connection = connection;
    this.request = request;
    this.stream = stream;
    this.reader = connection.reader(request);
  }

  // ---- on the poller

  final void begin() {
    if (stream.isInputDone()) {
      end(missing());
    } else {
      stream.listener(this);
    }
  }

  static ApplicationException missing() {
    return new GrpcException(GrpcCode.INTERNAL, "a request without a message, or half of one");
  }

  @Override
  public final void readable(Http2Stream stream) {
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
    gather();
  }

  /// The client, who resets many, has not reset this one yet.
  @Override
  public final void settled(Http2Stream stream) {
    if (gathering) {
      settled = true;
      gather();
    }
  }

  private void gather() {
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
    if (settled || !stream.putsOff()) {
      var remote = stream.connection().connection().remoteAddress();
      run(request.head(remote, whole, System.nanoTime() - arrivalNanos));
    } else {
      reader.charge();
    }
  }

  /// The request is whole: has it run. Says [#handedOn] once it has a place.
  ///
  /// @throws ApplicationException if it becomes no call
  abstract void run(CallHead head);

  /// Somebody else has the request from now on, and sees to what it holds.
  final void handedOn() {
    gathering = false;
  }

  /// The client's deadline counts from the head on, whenever the rest comes.
  @Override
  public void swept() {
    if (gathering && request.isLate(arrivalNanos)) {
      end(
          new GrpcException(
              GrpcCode.DEADLINE_EXCEEDED, "the deadline passed before the request had come"));
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

  // ---- any thread

  @Override
  public final void failed(Http2Stream stream, StreamException cause) {
    drop(); // while it gathers, this comes on the poller
    cancelHandler();
  }

  @Override
  public void cancelHandler() {
    cancelled = true;
  }

  final boolean isCancelled() {
    return cancelled;
  }
}
