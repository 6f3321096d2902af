package io.windhover.rpc.stream;

import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.Connection;
import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.Listener;
import io.windhover.netpoll.PollerGroup;
import io.windhover.rpc.BidiStream;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.ClientStream;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.MessageStream;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.Method;
import io.windhover.rpc.Origin;
import io.windhover.rpc.ReplyMetadata;
import io.windhover.rpc.Service;
import io.windhover.rpc.StreamOperation;
import io.windhover.rpc.StreamReceiver;
import io.windhover.rpc.StreamSender;
import io.windhover.rpc.Streams;
import io.windhover.rpc.fixture.Text;
import io.windhover.rpc.server.dispatch.TestStreamHandlers;
import io.windhover.rpc.wire.RequestObjects;
import io.windhover.rpc.wire.WireLimits;
import io.windhover.thrift.call.CallCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A server with one method of each kind of streams, and a client of it, over loopback.
final class Loopback implements AutoCloseable {

  static final Method<CallCodec> CHAT = new Method<>("chat", Method.Kind.BIDI_STREAM, Text.CALL);
  static final Method<CallCodec> JOIN = new Method<>("join", Method.Kind.CLIENT_STREAM, Text.CALL);
  static final Method<CallCodec> COUNT =
      new Method<>("count", Method.Kind.SERVER_STREAM, Text.CALL);

  static final StreamOptions OPTIONS =
      new StreamOptions(WireLimits.ofMessageBytes(1 << 20), 16 << 10, 64);

  private final PollerGroup pollers = PollerGroup.start();
  private final Set<AcceptedStreams> accepted = ConcurrentHashMap.newKeySet();
  private final @Nullable Listener listener; // null if the server is another
  private final SocketAddress server;
  private final StreamOptions options;
  private final AtomicInteger open = new AtomicInteger();
  private @Nullable OpenedStreams opened; // the client's connection, made when it is needed

  Loopback(StreamOperation... operations) throws IOException {
    this(OPTIONS, operations);
  }

  Loopback(StreamOptions options, StreamOperation... operations) throws IOException {
    this(options, RequestObjects.ofHeap(), operations);
  }

  Loopback(StreamOptions options, RequestObjects objects, StreamOperation... operations)
      throws IOException {
    this(
        options,
        objects,
        TestStreamHandlers.of(new Service("Notes", List.of(), List.of(operations))));
  }

  Loopback(StreamOptions options, StreamHandlers handlers) throws IOException {
    this(options, RequestObjects.ofHeap(), handlers);
  }

  private Loopback(StreamOptions options, RequestObjects objects, StreamHandlers handlers)
      throws IOException {
    listener =
        pollers.listen(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            ConnectionOptions.DEFAULT,
            () -> {
              var connection = new AcceptedStreams(options, handlers, objects) {};
              accepted.add(connection);
              return connection;
            });
    this.options = options;
    server = address();
  }

  /// A client of another server.
  static Loopback client(SocketAddress address) throws IOException {
    return new Loopback(address);
  }

  private Loopback(SocketAddress address) {
    listener = null;
    options = OPTIONS;
    server = address;
  }

  private synchronized OpenedStreams opened() throws IOException {
    var current = opened;
    if (current == null || !current.isOpen()) {
      current =
          new OpenedStreams(options, CallListener.NONE) {
            @Override
            public void closed(Connection connection, CloseReason reason) {
              super.closed(connection, reason);
              open.decrementAndGet();
            }
          };
      open.incrementAndGet();
      var _ = pollers.dial(server, Duration.ofSeconds(1), ConnectionOptions.DEFAULT, current);
      opened = current;
    }
    return current;
  }

  static StreamOperation chat(BiConsumer<StreamReceiver<Text>, StreamSender<Text>> handler) {
    return StreamOperation.bidiStream(CHAT, handler);
  }

  static StreamOperation join(Function<StreamReceiver<Text>, Text> handler) {
    return StreamOperation.clientStream(JOIN, handler);
  }

  static StreamOperation count(BiConsumer<Text, StreamSender<Text>> handler) {
    return StreamOperation.serverStream(COUNT, handler);
  }

  BidiStream<Text, Text> chat() {
    return Streams.bidiStream(open(CHAT));
  }

  BidiStream<Text, Text> chat(Duration timeout) {
    return Streams.bidiStream(open("Notes", CHAT, Deadline.after(timeout)));
  }

  ClientStream<Text, Text> join() {
    return Streams.clientStream(open(JOIN));
  }

  StreamReceiver<Text> count(String request) {
    return Streams.serverStream(open(COUNT), new Text(request));
  }

  MessageStream open(Method<CallCodec> method) {
    return open("Notes", method, Deadline.after(Duration.ofSeconds(30)));
  }

  MessageStream open(String service, Method<CallCodec> method, Deadline deadline) {
    return open(service, method, deadline, Metadata.NONE, "tests");
  }

  MessageStream open(
      String service,
      Method<CallCodec> method,
      Deadline deadline,
      Metadata metadata,
      String clientName) {
    var invocation =
        new Invocation(
            service,
            method,
            deadline,
            InetSocketAddress.createUnresolved("server", 1),
            metadata,
            new Origin(clientName, ""),
            new ReplyMetadata(),
            CallOptions.NONE);
    try {
      return opened().open(invocation, method);
    } catch (IOException | InterruptedException | TimeoutException e) {
      throw new AssertionError("no connection", e);
    }
  }

  SocketAddress address() {
    return Objects.requireNonNull(listener, "listener").address();
  }

  int openConnections() {
    return open.get();
  }

  /// Returns how many streams the client has open.
  synchronized int openedStreams() {
    return opened == null ? 0 : opened.openStreams();
  }

  synchronized int clientHeldBytes() {
    return opened == null ? 0 : opened.heldBytes();
  }

  /// Returns how many streams the server has open.
  int servedStreams() {
    return accepted.stream().mapToInt(AcceptedStreams::openStreams).sum();
  }

  int serverHeldBytes() {
    return accepted.stream().mapToInt(AcceptedStreams::heldBytes).sum();
  }

  void abortServerConnections() {
    accepted.forEach(connection -> connection.connection().abort());
  }

  synchronized void abortClientConnection() {
    Objects.requireNonNull(opened, "opened").abort();
  }

  void drainServer() {
    accepted.forEach(AcceptedStreams::drain);
  }

  @Override
  public void close() {
    pollers.close();
  }
}
