package io.windhover.rpc.stream;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.ReplyMetadata;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.stream.StreamState.Event;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.FrameType;
import io.windhover.rpc.wire.ReplyHeader;
import io.windhover.rpc.wire.RequestObjects;
import io.windhover.rpc.wire.WireException;
import io.windhover.thrift.ApplicationError;
import io.windhover.thrift.BinaryReader;
import io.windhover.thrift.StructCodec;
import io.windhover.thrift.call.CallCodec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A server's side of a stream. Ends when its handler returns.
final class AcceptedStream extends WireStream implements ServedStream {

  /// What a client is told if neither its handler's end nor anything else has ended its stream.
  static final ApplicationError UNENDED =
      new ApplicationError(
          ErrorCode.INTERNAL_ERROR.number(), "the server failed to end the stream");

  private final boolean grants;
  private final RequestObjects objects;
  private final ReplyMetadata header = new ReplyMetadata();
  private final Nested nested = new Nested();
  private boolean headerSent; // guarded by sending
  private long heldBytes; // of objects, of the last message; the receiving thread's

  /// @param clientWindow what the client lets come at first; negative if it knows of no windows
  AcceptedStream(
      StreamConnection connection,
      int id,
      Invocation invocation,
      CallCodec codec,
      long clientWindow,
      RequestObjects objects) {
    super(
        connection,
        id,
        invocation,
        clientWindow < 0 ? SendWindow.expecting(-1) : SendWindow.of(clientWindow),
        codec.response(),
        codec.request());
    this.grants = clientWindow >= 0;
    this.objects = objects;
  }

  /// Tells a client that knows about windows how large the one of this stream is.
  void begin() {
    if (grants) {
      var limits = connection.options().limits();
      connection.writeQuietly(
          frame(FrameType.META, window(connection.options().windowBytes())).write(limits));
    }
  }

  /// Returns the streams that the handler has opened, which end with this one.
  Nested nested() {
    return nested;
  }

  /// The objects of a message count until the next one is asked for, or the stream ends.
  @Override
  Object read(StructCodec<Object> codec, LinkBuffer payload) {
    giveBackObjects();
    var reader = new BinaryReader(payload, objects);
    try {
      return codec.read(reader);
    } finally {
      heldBytes = reader.takenBytes();
    }
  }

  /// The handler has returned.
  void giveBackObjects() {
    objects.giveBack(heldBytes);
    heldBytes = 0;
  }

  @Override
  public ReplyMetadata header() {
    return header;
  }

  @Override
  boolean grants() {
    return grants;
  }

  @Override
  void writeMessage(LinkBuffer frame) {
    connection.connection().write(withHeader(frame));
  }

  private LinkBuffer withHeader(LinkBuffer frame) {
    return withHeader(frame, header.values());
  }

  private LinkBuffer withHeader(LinkBuffer frame, Map<String, String> metadata) {
    if (headerSent) {
      return frame;
    }
    try (frame) {
      var frames = frame(FrameType.HEADER, metadata).write(connection.options().limits());
      headerSent = true;
      frames.append(frame);
      return frames;
    }
  }

  /// The handler's return ends this side.
  @Override
  public void end() {}

  @Override
  public void cancel() {
    consumed(queue.fail(null)); // the client may be waiting for room
    connection.wake(queue.receiver());
  }

  @Override
  public Invocation invocation() {
    return invocation;
  }

  @Override
  public void finish(@Nullable ApplicationException failure, @Nullable BusinessException business) {
    var error = failure == null ? null : new ApplicationError(failure.code(), failure.text());
    sending.lock();
    try {
      var frames = lastFrames(error, business);
      if (end(Event.FINISHED, null, true) == StreamState.CLOSED) {
        frames.release();
      } else {
        connection.writeQuietly(frames);
      }
    } finally {
      sending.unlock();
    }
  }

  /// Ends the stream if something else has failed than its handler, so that nothing else did.
  void abandon() {
    if (state() != StreamState.CLOSED) {
      reset(UNENDED, StreamFailure.of(Kind.CANCELLED, UNENDED.message()));
    }
  }

  private LinkBuffer lastFrames(
      @Nullable ApplicationError error, @Nullable BusinessException business) {
    try {
      return withHeader(trailer(error, business));
    } catch (WireException e) { // more metadata, or a longer status, than a frame holds
      var unwritable =
          new ApplicationError(
              ErrorCode.PROTOCOL_ERROR.number(),
              "the end of the stream cannot be written: " + e.getMessage());
      var trailer = frame(FrameType.TRAILER, Map.of());
      return withHeader(trailer.write(connection.options().limits(), unwritable), Map.of());
    }
  }

  private LinkBuffer trailer(
      @Nullable ApplicationError error, @Nullable BusinessException business) {
    var trailer = frame(FrameType.TRAILER, ReplyHeader.trailer(trailer().values(), business));
    var limits = connection.options().limits();
    if (error == null) {
      return trailer.write(limits);
    }
    try {
      return trailer.write(limits, error);
    } catch (WireException e) { // too large: the number alone has to do
      return trailer.write(limits, new ApplicationError(error.type(), e.getMessage()));
    }
  }

  @Override
  void reset(StreamCode code, StreamFailure failure) {
    reset(new ApplicationError(code.number(), code.text()), failure);
  }

  private void reset(ApplicationError error, StreamFailure failure) {
    if (end(Event.RESET, failure, true) != StreamState.CLOSED) {
      connection.writeAside(
          frame(FrameType.RST, Map.of()).write(connection.options().limits(), error));
    }
  }

  /// The client has no more messages.
  void endArrived() {
    if (halfEnd(Event.END_RECEIVED)) {
      queue.finish(null);
      connection.wake(queue.receiver());
    }
  }

  /// A second header frame of this stream's id.
  void headerArrived() {
    reset(
        StreamCode.UNEXPECTED_HEADER,
        StreamFailure.of(Kind.PROTOCOL, StreamCode.UNEXPECTED_HEADER.text()));
  }

  /// The client is told which limit that is, and that it is the server's.
  @Override
  void tooLargeArrived(WireException why) {
    reset(new ApplicationError(why.code().number(), why.getMessage()), connection.unreadable(why));
  }

  @Override
  void resetArrived(ApplicationError error, String path) {
    nested.becauseOf(new Nested.Reset(error, path));
    end(Event.RESET, StreamFailure.reset(error, path), true);
    nested.cancelAll();
  }

  @Override
  void ended(@Nullable StreamFailure failure) {
    if (failure != null) {
      invocation.cancellation().cancel();
    }
  }
}
