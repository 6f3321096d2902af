package io.windhover.rpc.grpc;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.Http2Server;
import io.windhover.http2.Http2Stream;
import io.windhover.http2.RequestHead;
import io.windhover.http2.StreamException;
import io.windhover.http2.StreamHandler;
import io.windhover.http2.frame.Http2Exception;
import io.windhover.http2.hpack.HeaderField;
import io.windhover.http2.hpack.HeaderLimits;
import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.Connection;
import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.Method;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.log.LogGate;
import io.windhover.rpc.transport.ServedConnection;
import io.windhover.rpc.transport.ServerCalls;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.PeerText;
import io.windhover.thrift.call.RawCall;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// The server's end of one connection: opens a call or a stream for each request, and ends with the
/// server. All that HTTP/2 has to say is [Http2Server]'s.
final class GrpcConnection implements ServedConnection {

  private static final System.Logger LOG = System.getLogger(GrpcConnection.class.getName());

  private final GrpcOptions options;
  private final ResponseFields responses;
  private final ServerCalls calls;
  private final LogGate log;
  private final Http2Server http2;
  private final int maxHeldBytes;
  private final IntConsumer held = this::hold;
  private @Nullable Http2Exception fault; // the poller's own: why no frame can be found

  /// @param log for what is wrong with this side's code
  GrpcConnection(GrpcOptions options, ResponseFields responses, ServerCalls calls, LogGate log) {
    this.options = options;
    this.responses = responses;
    this.calls = calls;
    this.log = log;
    this.http2 = new Http2Server(options.http2(), new Requests());
    this.maxHeldBytes =
        Math.max(
            options.http2().maxHeldBytes(), MessageWriter.PREFIX_BYTES + calls.maxMessageBytes());
  }

  ServerCalls calls() {
    return calls;
  }

  LogGate log() {
    return log;
  }

  GrpcOptions options() {
    return options;
  }

  ResponseFields responses() {
    return responses;
  }

  /// Returns how large a list of header fields may be that is sent here: as the client has said, or
  /// 8 KiB, which is what gRPC's peers take that say nothing, and proxies behind this one.
  int maxListBytes() {
    return Math.min(HeaderLimits.GRPC.listBytes(), http2.peerMaxHeaderListBytes());
  }

  /// Counts what waits for the rest of its message among what the connection holds.
  ///
  /// @param more bytes or, below 0, fewer
  /// @throws GrpcException if it holds too much then; the change counts all the same
  void hold(int more) {
    if (http2.held(more) > maxHeldBytes && more > 0) {
      throw new GrpcException(
          GrpcCode.RESOURCE_EXHAUSTED,
          "no room: of what has come on this connection more than %d bytes are not used yet"
              .formatted(maxHeldBytes));
    }
  }

  // ---- requests; on the poller

  private final class Requests implements StreamHandler {

    @Override
    public void opened(Http2Stream stream, RequestHead head) {
      RequestFields request;
      try {
        request = RequestFields.read(head, responses.encodings());
      } catch (BadRequestException e) {
        LOG.log(Level.DEBUG, () -> "a request is refused: " + e.getMessage());
        stream.sendHead(responses.of(e), true);
        return;
      }
      try {
        open(stream, request);
      } catch (ApplicationException e) {
        stream.sendHead(responses.only(request.content(), e, maxListBytes()), true);
      }
    }

    @Override
    public List<HeaderField> tooLargeHead() {
      return responses.only(
          ContentType.PROTO,
          new GrpcException(
              GrpcCode.RESOURCE_EXHAUSTED,
              "header fields of more than %d bytes, or too many of them"
                  .formatted(options.http2().headers().listBytes())),
          maxListBytes());
    }
  }

  /// @throws ApplicationException if it becomes no call
  private void open(Http2Stream stream, RequestFields request) {
    var method = calls.find(request.service(), request.method());
    check(request, method);
    switch (method.kind()) {
      case UNARY, ONEWAY -> new UnaryExchange(this, request, stream).begin();
      case SERVER_STREAM -> new GatheredStream(this, request, stream).begin();
      case CLIENT_STREAM, BIDI_STREAM -> {
        var remote = stream.connection().connection().remoteAddress();
        var call = calls.open(request.head(remote, 0, 0));
        new StreamExchange(this, request, stream, call, reader(request)).begin();
      }
    }
  }

  /// Returns what cuts the data of a request.
  MessageReader reader(RequestFields request) {
    var encoding = request.encoding();
    return new MessageReader(encoding, calls.maxMessageBytes(), encoding.requestLimit(), held);
  }

  private static void check(RequestFields request, Method<?> method) {
    var content = ContentType.of(method);
    if (content != request.content()) {
      if (method.codec() instanceof RawCall) { // what answers unknown ones takes only Thrift
        throw ErrorCode.UNKNOWN_METHOD.because(
            "unknown method %s of service %s"
                .formatted(
                    PeerText.shortened(method.name()), PeerText.shortened(request.service())));
      }
      throw new GrpcException(
          GrpcCode.UNIMPLEMENTED,
          "%s/%s does not travel as %s (expected: %s)"
              .formatted(
                  request.service(),
                  method.name(),
                  request.content().text(),
                  content == null ? "another protocol" : content.text()));
    }
  }

  // ---- the connection

  @Override
  public void opened(Connection connection) {
    http2.opened(connection);
  }

  @Override
  public int frameBytes(Connection connection, LinkBuffer input) {
    try {
      return http2.frameBytes(connection, input);
    } catch (Http2Exception e) {
      fault = e;
      throw new MalformedMessageException(e.code() + ": " + e.getMessage());
    }
  }

  @Override
  public void received(Connection connection, LinkBuffer frame) {
    http2.received(connection, frame);
  }

  @Override
  public void roomMade(Connection connection) {
    http2.roomMade(connection);
  }

  @Override
  public void swept(Connection connection, long nowNanos) {
    http2.swept(connection, nowNanos);
    forEach(Serving::swept);
  }

  @Override
  public int heldBytes() {
    return http2.heldBytes();
  }

  @Override
  public boolean isBusy() {
    return http2.isBusy();
  }

  @Override
  public boolean leavesIdle(Connection connection) {
    return http2.leavesIdle(connection);
  }

  /// The client is told what was wrong with its frames in HTTP/2's words.
  @Override
  public void inputEnded(Connection connection, @Nullable RuntimeException cause) {
    http2.inputEnded(connection, fault != null ? fault : cause);
  }

  @Override
  public void closed(Connection connection, CloseReason reason) {
    http2.closed(connection, reason);
  }

  // ---- the server stops

  /// A client of gRPC waits for no word before it is told to go: [#drain] does.
  @Override
  public void finish() {}

  @Override
  public void drain() {
    http2.drain();
  }

  @Override
  public void cancel() {
    forEach(Serving::cancelHandler);
  }

  /// What has ended, or lost its stream, is none of them.
  private void forEach(Consumer<Serving> step) {
    http2.forEachStream(
        stream -> {
          if (stream.listener() instanceof Serving serving) {
            step.accept(serving);
          }
        });
  }

  /// Logs that the client has gone before it was told how its call ended.
  static void gone(StreamException e) {
    LOG.log(Level.DEBUG, () -> "nobody waits for a reply any more: " + e.getMessage());
  }
}
