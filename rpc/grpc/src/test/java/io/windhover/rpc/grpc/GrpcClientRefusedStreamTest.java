package io.windhover.rpc.grpc;

import static io.windhover.rpc.grpc.ScriptedServer.ENDED_WELL;
import static io.windhover.rpc.grpc.ScriptedServer.LIMIT;
import static io.windhover.rpc.grpc.ScriptedServer.OK;
import static io.windhover.rpc.grpc.ScriptedServer.message;
import static io.windhover.rpc.grpc.ScriptedServer.with;
import static io.windhover.rpc.grpc.Words.CHAT;
import static io.windhover.rpc.grpc.Words.JOIN;
import static io.windhover.rpc.grpc.Words.SPLIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.windhover.buffer.NodePool;
import io.windhover.http2.Http2Options;
import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.FramePrefix;
import io.windhover.http2.frame.FrameType;
import io.windhover.http2.frame.Setting;
import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.testing.LeakCheck;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.MessageStream;
import io.windhover.rpc.Method;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.client.ClientBuilder;
import io.windhover.rpc.grpc.RawServer.Got;
import io.windhover.rpc.grpc.RawServer.Peer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Streams with which a server surely does not begin: they begin elsewhere, and nobody sees it.
@Timeout(30)
final class GrpcClientRefusedStreamTest {

  private static final String SERVICE = "test.Words";

  private final LeakCheck leaks = LeakCheck.begin();
  private final ArrayDeque<AutoCloseable> toClose = new ArrayDeque<>();

  @AfterEach
  void closeAll() throws Exception {
    for (var closeable : toClose) {
      closeable.close();
    }
    leaks.end(LIMIT);
  }

  enum Refusal {
    RESET,
    LEAVES,
    LEAVES_AND_CLOSES;

    /// Refuses a stream.
    ///
    /// @return whether the connection goes on
    boolean of(Peer peer, int id) throws IOException {
      if (this == RESET) {
        peer.reset(id, ErrorCode.REFUSED_STREAM);
        return true;
      }
      peer.goAway(0, ErrorCode.NO_ERROR);
      if (this == LEAVES) {
        peer.awaitEnd();
      }
      return false;
    }
  }

  record Case(Method<?> method, Refusal refusal) {
    @Override
    public String toString() {
      return method.name() + " " + refusal;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(SPLIT, JOIN, CHAT)
        .flatMap(method -> Stream.of(Refusal.values()).map(it -> new Case(method, it)));
  }

  /// Rows 38 and 38b.
  @ParameterizedTest
  @MethodSource("cases")
  void sendsAllOfItElsewhere(Case tried) throws Exception {
    var refused = new AtomicInteger();
    var server =
        new RawServer(
            (peer, _) -> {
              peer.welcome();
              while (true) {
                var request = Request.of(peer);
                if (refused.getAndIncrement() > 0) {
                  peer.send(peer.answer(request.id, request.texts));
                } else if (!tried.refusal.of(peer, request.id)) {
                  return;
                }
              }
            });
    var events = new Events();
    var stream = client(server, it -> it.listener(events)).open(SERVICE, tried.method);

    boolean hasOneRequest = tried.method.equals(SPLIT);

    stream.send("a");
    if (!hasOneRequest) {
      stream.send("b");
    }
    stream.end();

    assertThat(stream.receive()).contains(hasOneRequest ? "a" : "ab");
    assertThat(stream.receive()).isEmpty();
    assertThat(refused).hasValue(2);
    assertThat(events.connected).hasValue(2);
    assertThat(events.attempting).hasValue(1);
  }

  private static final class Events implements CallListener {
    private final AtomicInteger attempting = new AtomicInteger();
    private final AtomicInteger connected = new AtomicInteger();

    @Override
    public void attempting(Invocation call) {
      attempting.incrementAndGet();
    }

    @Override
    public void connected(Invocation call) {
      connected.incrementAndGet();
    }
  }

  /// What comes after that goes where it has begun.
  @ParameterizedTest
  @EnumSource
  void goesOnElsewhereAfterARefusalInTheMiddle(Refusal refusal) throws Exception {
    var server = refusingAtFirst(refusal);
    var stream = client(server).open(SERVICE, CHAT);

    for (int i = 0; i < 3; i++) {
      stream.send("text " + i);
      assertThat(stream.receive()).contains("text " + i + "!");
    }
    assertThat(stream.header().values()).containsEntry("x-first", "1");
    stream.end();
    assertThat(stream.receive()).isEmpty();
  }

  @Test
  void hasTheHeadersOfTheServerThatTakesIt() throws Exception {
    var stream = client(refusingAtFirst(Refusal.LEAVES)).open(SERVICE, CHAT);

    assertThat(stream.header().values()).containsEntry("x-first", "1");

    stream.cancel();
  }

  /// One that refuses the first stream at its head, and answers each message of others.
  private static RawServer refusingAtFirst(Refusal refusal) throws IOException {
    var refused = new AtomicInteger();
    return new RawServer(
        (peer, _) -> {
          peer.welcome();
          int id = head(peer);
          if (refused.getAndIncrement() == 0) {
            if (!refusal.of(peer, id)) {
              return;
            }
            id = head(peer);
          }
          peer.send(peer.headers(id, false, with(OK, "x-first", "1")));
          while (true) {
            var got = peer.next();
            if (got.payload().length > 0 && got.is(FrameType.DATA)) {
              peer.send(Peer.data(id, false, message(texts(got.payload()) + "!")));
            }
            if (got.is(FrameType.DATA) && got.has(FramePrefix.END_STREAM)) {
              peer.send(peer.headers(id, true, ENDED_WELL));
            }
          }
        });
  }

  /// Waits for the head of a request.
  private static int head(Peer peer) throws IOException {
    return await(peer, FrameType.HEADERS).streamId();
  }

  /// Waits for the first data.
  private static int data(Peer peer) throws IOException {
    return await(peer, FrameType.DATA).streamId();
  }

  private static Got await(Peer peer, FrameType type) throws IOException {
    while (true) {
      var got = peer.next();
      if (got.is(type)) {
        return got;
      }
    }
  }

  private static String texts(byte[] bytes) {
    var texts = new StringBuilder();
    try (var all = ScriptedServer.data(bytes)) {
      while (all.size() > 0) {
        all.skip(1);
        texts.append(all.readUtf8(all.readInt()));
      }
    }
    return texts.toString();
  }

  /// A whole request.
  private record Request(int id, String texts) {
    static Request of(Peer peer) throws IOException {
      var texts = new StringBuilder();
      while (true) {
        var got = peer.next();
        if (got.is(FrameType.DATA)) {
          texts.append(GrpcClientRefusedStreamTest.texts(got.payload()));
        }
        if (got.has(FramePrefix.END_STREAM)
            && (got.is(FrameType.DATA) || got.is(FrameType.HEADERS))) {
          return new Request(got.streamId(), texts.toString());
        }
      }
    }
  }

  /// gRPC's proposal A6: once.
  @ParameterizedTest
  @MethodSource("methods")
  void believesAServerThatRefusesAgain(Method<?> method) throws Exception {
    var refused = new AtomicInteger();
    var server =
        new RawServer(
            (peer, _) -> {
              peer.welcome();
              while (true) {
                int id = peer.request();
                refused.incrementAndGet();
                peer.reset(id, ErrorCode.REFUSED_STREAM);
              }
            });
    var stream = client(server).open(SERVICE, method);
    stream.send("a");
    stream.end();

    for (int i = 0; i < 2; i++) {
      var failure = catchThrowableOfType(RpcException.class, stream::receive);
      assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
      assertThat(failure.isSafeToRetry()).isTrue();
    }
    assertThat(refused).hasValue(2);
  }

  static List<Method<?>> methods() {
    return List.of(SPLIT, JOIN, CHAT);
  }

  /// Of a method with one request nothing has left until its end, and by then the server has gone.
  @Test
  void opensElsewhereIfTheServerLeavesBeforeItsRequestIsWhole() throws Exception {
    var leave = new CountDownLatch(1);
    var server =
        new RawServer(
            (peer, number) -> {
              peer.welcome();
              if (number == 1) {
                await(leave);
                peer.goAway(0, ErrorCode.NO_ERROR);
                peer.awaitEnd();
              } else {
                peer.answerAll("elsewhere");
              }
            });
    var client = client(server);
    var stream = client.open(SERVICE, SPLIT);
    stream.send("a");
    leave.countDown();
    until(() -> client.openConnections() == 0);

    stream.end();

    assertThat(stream.receive()).contains("elsewhere");
    assertThat(stream.receive()).isEmpty();
  }

  /// More than is kept: 256 KiB.
  @ParameterizedTest
  @MethodSource("methods")
  void failsIfItIsTooLargeToBeKept(Method<?> method) throws Exception {
    var requests = new AtomicInteger();
    var server =
        new RawServer(
            (peer, _) -> {
              peer.welcome();
              int id = data(peer);
              requests.incrementAndGet();
              peer.reset(id, ErrorCode.REFUSED_STREAM);
              peer.awaitEnd();
            });
    var stream = client(server).open(SERVICE, method);
    Thread.ofVirtual().start(() -> sendLarge(stream));

    var failure = catchThrowableOfType(RpcException.class, stream::receive);

    assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
    assertThat(requests).hasValue(1);
  }

  private static void sendLarge(MessageStream stream) {
    try {
      stream.send("x".repeat(300 << 10));
      stream.end();
    } catch (RpcException e) { // told to who receives, too
    }
  }

  /// Both wait when it is refused: one for the server to read, the other for an answer.
  @Test
  void wakesWhoSendsAndWhoReceives() throws Exception {
    var refuse = new CountDownLatch(1);
    var begun = new AtomicInteger();
    var narrow = Http2Options.builder().streamWindowBytes(16 << 10).maxPendingBytes(1).build();
    var server =
        new ScriptedServer(
            narrow,
            ConnectionOptions.DEFAULT,
            (stream, _) -> {
              if (begun.getAndIncrement() == 0) {
                refuse.await();
                stream.reset(ErrorCode.REFUSED_STREAM);
                return;
              }
              try (var requests = new ScriptedServer.Requests(stream)) {
                int count = 0;
                for (var text = requests.next(); text != null; text = requests.next()) {
                  assertThat(text).startsWith("" + count++);
                }
                stream.respond(OK, ScriptedServer.data(message("" + count)), ENDED_WELL);
              }
            });
    toClose.push(server);
    var options = GrpcClientOptions.DEFAULT.withHttp2(narrow);
    var client = client(server.port(), it -> it.transport(GrpcClientTransport.create(options)));
    var stream = client.open(SERVICE, CHAT);
    var sender =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; i < 100; i++) {
                    stream.send(i + "x".repeat(5_000));
                  }
                  stream.end();
                });
    var received = new CompletableFuture<Object>();
    var receiver =
        Thread.ofVirtual().start(() -> received.complete(stream.receive().orElseThrow()));
    awaitWaiting(sender);
    awaitWaiting(receiver);

    refuse.countDown();

    assertThat(received.get(10, TimeUnit.SECONDS)).isEqualTo("100");
    assertThat(stream.receive()).isEmpty();
    assertThat(begun).hasValue(2);
  }

  /// The server there hears nothing of it, and who waits for it is told.
  @Test
  void isClosedWhileItIsOpenedElsewhere() throws Exception {
    var dialling = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var heard = new CompletableFuture<String>();
    var server =
        new RawServer(
            (peer, number) -> {
              peer.welcome();
              if (number == 1) {
                Refusal.LEAVES.of(peer, data(peer));
              } else {
                heard.complete(Request.of(peer).texts());
              }
            });
    var dials = new AtomicInteger();
    var client =
        client(
            server,
            it ->
                it.connectTimeout(Duration.ofSeconds(20))
                    .dialler(
                        own ->
                            (address, timeout, options, handler) -> {
                              if (dials.incrementAndGet() > 1) {
                                dialling.countDown();
                                await(goOn);
                              }
                              own.dial(address, timeout, options, handler);
                            }));
    var stream = client.open(SERVICE, CHAT);
    stream.send("a");
    var failed = new CompletableFuture<RpcException>();
    Thread.ofVirtual()
        .start(() -> failed.complete(catchThrowableOfType(RpcException.class, stream::receive)));
    await(dialling);

    stream.cancel();
    goOn.countDown();

    assertThat(failed.get(10, TimeUnit.SECONDS).kind()).isEqualTo(Kind.CANCELLED);
    assertThat(catchThrowableOfType(RpcException.class, () -> stream.send("b")).kind())
        .isEqualTo(Kind.CANCELLED);
    var next = client.open(SERVICE, CHAT);
    next.send("c");
    next.end();
    assertThat(heard.get(10, TimeUnit.SECONDS)).isEqualTo("c");
  }

  @Test
  void isNotOpenedElsewhereOnceItIsClosed() throws Exception {
    var refuse = new CountDownLatch(1);
    var server =
        new RawServer(
            (peer, _) -> {
              peer.welcome();
              int id = head(peer);
              await(refuse);
              Refusal.LEAVES.of(peer, id);
            });
    var client = client(server);
    var stream = client.open(SERVICE, CHAT);
    stream.send("a");

    stream.cancel();
    refuse.countDown();

    until(() -> client.openConnections() == 0);
    assertThat(catchThrowableOfType(RpcException.class, stream::receive).kind())
        .isEqualTo(Kind.CANCELLED);
    assertThat(server.connections).hasValue(1);
  }

  @Test
  void saysThatNobodyTakesIt() throws Exception {
    var server =
        new RawServer(
            (peer, _) -> {
              peer.welcome();
              Refusal.LEAVES.of(peer, head(peer));
            });
    var stream = clientOfOneDial(server).open(SERVICE, CHAT);

    var failure = catchThrowableOfType(RpcException.class, stream::receive);

    assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
    assertThat(failure).hasMessageContaining("no route");
    assertThat(catchThrowableOfType(RpcException.class, stream::receive).kind())
        .isEqualTo(Kind.NOT_SENT);
  }

  /// Or a receiver would wait for a place for longer than it may.
  @Test
  void doesNotWaitForAPlaceAgain() throws Exception {
    var server =
        new RawServer(
            (peer, _) -> {
              peer.welcome(new Setting(Setting.MAX_CONCURRENT_STREAMS, 1));
              peer.reset(head(peer), ErrorCode.REFUSED_STREAM);
              peer.awaitEnd();
            });
    var client = client(server, it -> it.streamConnections(1));
    var refused = client.open(SERVICE, CHAT);
    client.open(SERVICE, CHAT); // as soon as the first one has gone

    var failure = catchThrowableOfType(RpcException.class, refused::receive);

    assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
  }

  private Client clientOfOneDial(RawServer server) {
    var dials = new AtomicInteger();
    return client(
        server,
        it ->
            it.dialler(
                own ->
                    (address, timeout, options, handler) -> {
                      if (dials.incrementAndGet() > 1) {
                        throw new IOException("no route");
                      }
                      own.dial(address, timeout, options, handler);
                    }));
  }

  @Test
  void saysThatNobodyTakesItsRequestOnceThatIsWhole() throws Exception {
    var leave = new CountDownLatch(1);
    var server =
        new RawServer(
            (peer, _) -> {
              peer.welcome();
              await(leave);
              peer.goAway(0, ErrorCode.NO_ERROR);
              peer.awaitEnd();
            });
    var client = clientOfOneDial(server);
    var stream = client.open(SERVICE, SPLIT);
    stream.send("a");
    leave.countDown();
    until(() -> client.openConnections() == 0);

    var failure = catchThrowableOfType(RpcException.class, stream::end);

    assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
    assertThat(failure).hasMessageContaining("no route");
    assertThat(catchThrowableOfType(RpcException.class, stream::receive).kind())
        .isEqualTo(Kind.NOT_SENT);
  }

  /// What was sent is kept no longer than until the server begins.
  @Test
  void givesMemoryBackWhenTheHeadComes() throws Exception {
    var arrived = new CountDownLatch(1);
    var answer = new CountDownLatch(1);
    var server =
        new RawServer(
            (peer, _) -> {
              peer.welcome();
              int id = data(peer);
              arrived.countDown();
              await(answer);
              peer.send(peer.headers(id, false, OK));
              peer.awaitEnd();
            });
    long before = NodePool.shared().heldBytes();
    var stream = client(server).open(SERVICE, CHAT);
    stream.send("x".repeat(1000));
    await(arrived);
    assertThat(NodePool.shared().heldBytes()).isGreaterThan(before);

    answer.countDown();
    stream.header();

    until(() -> NodePool.shared().heldBytes() <= before);
    stream.cancel();
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void awaitWaiting(Thread thread) {
    until(
        () ->
            thread.getState() == Thread.State.WAITING
                || thread.getState() == Thread.State.TIMED_WAITING);
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).isNegative();
      LockSupport.parkNanos(1_000_000);
    }
  }

  private Client client(RawServer server) {
    return client(server, it -> it);
  }

  private Client client(RawServer server, UnaryOperator<ClientBuilder> options) {
    toClose.push(server);
    return client(server.port(), options);
  }

  private Client client(int port, UnaryOperator<ClientBuilder> options) {
    var builder =
        Client.builder("localhost:" + port)
            .transport(GrpcClientTransport.create())
            .streamConnections(1)
            .timeout(Duration.ofSeconds(20));
    var client = options.apply(builder).build();
    toClose.push(client);
    return client;
  }
}
