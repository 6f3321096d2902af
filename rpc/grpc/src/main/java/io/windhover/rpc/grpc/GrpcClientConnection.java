package io.windhover.rpc.grpc;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.Http2Client;
import io.windhover.http2.Http2Stream;
import io.windhover.http2.KeepAliveInterval;
import io.windhover.http2.StreamException;
import io.windhover.http2.StreamException.Reason;
import io.windhover.http2.StreamListener;
import io.windhover.http2.frame.Http2Exception;
import io.windhover.http2.hpack.HeaderField;
import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.Connection;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.MessageStream;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.transport.CallingConnection;
import io.windhover.rpc.transport.ClientTransport.Use;
import io.windhover.rpc.transport.NotBegunException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// A client's end of one connection: HTTP/2, and a stream of it for each call.
final class GrpcClientConnection implements CallingConnection {

  private static final GrpcClientFailure ALL_TAKEN =
      GrpcClientFailure.of(
          Kind.NOT_SENT,
          "the server allows no more calls on this connection, and none has ended in time",
          "Give the client more streamConnections(...), or the server more streams at once");

  private final GrpcClientOptions options;
  private final Encodings encodings;
  private final Use use;
  private final Http2Client http2;
  private final IntConsumer held = this::hold;
  private volatile GrpcClientPeer peer = GrpcClientPeer.SILENT; // written by the poller
  private volatile @Nullable GrpcClientHeads heads; // set once it is open
  private @Nullable Http2Exception fault; // the poller's own: why no frame can be found

  /// @param keepAlive shared with the other connections of the transport
  GrpcClientConnection(
      GrpcClientOptions options, Encodings encodings, KeepAliveInterval keepAlive, Use use) {
    this.options = options;
    this.encodings = encodings;
    this.use = use;
    this.http2 = new Http2Client(options.http2(), keepAlive);
  }

  Use use() {
    return use;
  }

  CompressionPolicy compression() {
    return options.compression();
  }

  Encodings encodings() {
    return encodings;
  }

  /// Counts what waits for the rest of its message among what the connection holds, which is so
  /// much as its callers have asked for.
  ///
  /// @param more bytes or, below 0, fewer
  void hold(int more) {
    long _ = http2.held(more);
  }

  /// Returns the same for a [MessageReader].
  IntConsumer held() {
    return held;
  }

  /// By the server's settings, which come first and by themselves.
  @Override
  public void awaitReady(Duration timeout) throws IOException, InterruptedException {
    try {
      if (!http2.awaitSettings(timeout)) {
        throw GrpcClientPeer.late();
      }
    } catch (StreamException e) {
      throw peer.notServed(e);
    }
  }

  @Override
  public boolean isOpen() {
    return heads != null && http2.takesStreams();
  }

  @Override
  public int load() {
    return http2.load();
  }

  @Override
  public int room() {
    return http2.maxStreams();
  }

  @Override
  public void leave() {
    http2.drain();
  }

  // ---- calls and streams

  @Override
  public Object call(Invocation invocation, Object request)
      throws NotBegunException, TimeoutException, InterruptedException {
    return new GrpcCall(this, invocation).exchange(request);
  }

  @Override
  public MessageStream open(Invocation invocation) throws NotBegunException, InterruptedException {
    var stream = new GrpcClientStream(this, invocation);
    stream.begin();
    return stream;
  }

  @Override
  public void reopen(MessageStream stream) throws NotBegunException, InterruptedException {
    ((GrpcClientStream) stream).beginAgainOn(this);
  }

  /// Returns the head of a request.
  ///
  /// @param encoding that it announces
  /// @throws MalformedMessageException if something of its metadata can be no field
  List<HeaderField> head(Invocation invocation, Encoding encoding) {
    var known = heads;
    if (known == null) {
      throw new IllegalStateException("not connected");
    }
    return known.of(invocation, encoding);
  }

  /// Opens a stream of HTTP/2, as soon as the server allows one more.
  ///
  /// @param head without how long the caller waits, which is added then
  /// @param message all that is to be sent, taken over whatever the outcome; null if more may
  ///   follow
  /// @param wait at most, for the server to allow it
  /// @throws StreamException if it cannot be opened
  /// @throws RpcException if the server allows none in that time, or a name of what is called can
  ///   be in no head
  Http2Stream open(
      Invocation invocation,
      List<HeaderField> head,
      @Nullable LinkBuffer message,
      StreamListener listener,
      Duration wait)
      throws InterruptedException {
    try {
      return http2.open(
          () -> withTimeout(head, invocation.deadline()), message, message != null, listener, wait);
    } catch (TimeoutException e) {
      throw ALL_TAKEN.exception(invocation, Stage.SEND);
    } catch (IllegalArgumentException e) {
      throw GrpcClientFailure.protocol("the request cannot be written: " + e.getMessage())
          .rpcException(invocation, Stage.SEND, e);
    }
  }

  /// Returns what is left of the time of a call or stream.
  static Duration left(Invocation invocation) {
    return Duration.ofNanos(Math.max(0, invocation.deadline().remainingNanos()));
  }

  /// Waiting for the server to allow the call was part of its time.
  private static List<HeaderField> withTimeout(List<HeaderField> head, Deadline deadline) {
    var timeout = GrpcClientHeads.timeout(deadline);
    if (timeout != null) {
      head.add(timeout);
    }
    return head;
  }

  /// @param hasLeft whether the server may have seen it
  /// @throws NotBegunException if the server has surely not begun with what has ended so, nor is
  ///   another connection to it in vain
  static void failIfNotBegun(StreamException e, boolean hasLeft) throws NotBegunException {
    if (e.isNotProcessed() && e.reason() != Reason.OVERLOADED) {
      throw new NotBegunException(GrpcClientFailure.text(e), hasLeft);
    }
  }

  // ---- on the poller

  @Override
  public void opened(Connection connection) {
    http2.opened(connection);
    heads = new GrpcClientHeads(options, encodings, connection.tls().isPresent());
  }

  @Override
  public int frameBytes(Connection connection, LinkBuffer input) {
    if (peer == GrpcClientPeer.SILENT) {
      var found = GrpcClientPeer.of(input);
      if (found != null) {
        peer = found;
      }
    }
    if (peer.isForeign()) {
      throw new MalformedMessageException(peer.what());
    }
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

  @Override
  public void inputEnded(Connection connection, @Nullable RuntimeException cause) {
    http2.inputEnded(connection, fault != null ? fault : cause);
  }

  @Override
  public void closed(Connection connection, CloseReason reason) {
    if (reason == CloseReason.TLS_FAILED && peer == GrpcClientPeer.SILENT) {
      peer = GrpcClientPeer.REFUSES_TLS;
    }
    http2.closed(connection, reason);
  }
}
