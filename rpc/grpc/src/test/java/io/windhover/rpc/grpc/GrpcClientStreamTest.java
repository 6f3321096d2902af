package io.windhover.rpc.grpc;

import static io.windhover.rpc.grpc.ScriptedServer.ENDED_WELL;
import static io.windhover.rpc.grpc.ScriptedServer.LIMIT;
import static io.windhover.rpc.grpc.ScriptedServer.OK;
import static io.windhover.rpc.grpc.ScriptedServer.data;
import static io.windhover.rpc.grpc.ScriptedServer.fields;
import static io.windhover.rpc.grpc.ScriptedServer.head;
import static io.windhover.rpc.grpc.ScriptedServer.message;
import static io.windhover.rpc.grpc.ScriptedServer.send;
import static io.windhover.rpc.grpc.ScriptedServer.with;
import static io.windhover.rpc.grpc.Words.CHAT;
import static io.windhover.rpc.grpc.Words.JOIN;
import static io.windhover.rpc.grpc.Words.SPLIT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.windhover.http2.Http2Options;
import io.windhover.http2.frame.ErrorCode;
import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.testing.LeakCheck;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.MessageStream;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.Streams;
import io.windhover.rpc.TimeSource;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.client.ClientBuilder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Streams to a server that does as a test says.
@Timeout(30)
final class GrpcClientStreamTest {

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

  // ---- the kinds

  @Test
  void answersARequestWithMessages() throws Exception {
    var client =
        client(
            new ScriptedServer(
                (stream, _) -> {
                  var text = ScriptedServer.request(stream);
                  stream.sendHead(OK, false);
                  for (int i = 0; i < 3; i++) {
                    send(stream, text + i);
                  }
                  stream.sendTrailers(ENDED_WELL);
                }));

    var received = new ArrayList<>();
    try (var list = Streams.<String>serverStream(client.open(SERVICE, SPLIT), "a")) {
      list.forEach(received::add);
    }

    assertThat(received).containsExactly("a0", "a1", "a2");
  }

  @Test
  void answersMessagesOnce() throws Exception {
    var client =
        client(
            new ScriptedServer(
                (stream, _) -> {
                  var all = new StringBuilder();
                  try (var requests = new ScriptedServer.Requests(stream)) {
                    for (var text = requests.next(); text != null; text = requests.next()) {
                      all.append(text);
                    }
                  }
                  stream.respond(OK, data(message(all.toString())), ENDED_WELL);
                }));

    var collect = Streams.<String, String>clientStream(client.open(SERVICE, JOIN));
    collect.send("a");
    collect.send("b");

    assertThat(collect.finish()).isEqualTo("ab");
  }

  @Test
  void goesToAndFro() throws Exception {
    var client = client(echoing());
    try (var chat = Streams.<String, String>bidiStream(client.open(SERVICE, CHAT))) {
      for (int i = 0; i < 100; i++) {
        chat.send("text " + i);
        assertThat(chat.receive()).contains("text " + i + "!");
      }
      chat.end();
      assertThat(chat.receive()).isEmpty();
      assertThat(chat.receive()).isEmpty();
    }
  }

  /// A wait for a lock between the look and the wait takes the permit of a wake-up.
  @Test
  void missesNothingThatComesBetweenItsLookAndItsWait() throws Exception {
    var goOn = new CountDownLatch(1);
    var time = new InterposedTime(goOn);
    var client =
        client(
            new ScriptedServer(
                (stream, _) -> {
                  stream.sendHead(OK, false);
                  goOn.await();
                  send(stream, "a");
                }),
            it -> it.time(time));
    var stream = client.open(SERVICE, CHAT);
    stream.header();
    var received = new CompletableFuture<Object>();
    var receiver =
        Thread.ofVirtual().unstarted(() -> received.complete(stream.receive().orElseThrow()));
    time.taking = receiver;
    receiver.start();

    assertThat(received.get(10, TimeUnit.SECONDS)).isEqualTo("a");
    stream.cancel();
  }

  /// A time at whose first look a message comes, and takes the permit of that.
  private static final class InterposedTime implements TimeSource {
    private final CountDownLatch goOn;
    private volatile @Nullable Thread taking;

    InterposedTime(CountDownLatch goOn) {
      this.goOn = goOn;
    }

    @Override
    public long nanoTime() {
      if (Thread.currentThread().equals(taking)) {
        taking = null;
        goOn.countDown();
        LockSupport.parkNanos(this, LIMIT.toNanos());
      }
      return TimeSource.SYSTEM.nanoTime();
    }

    @Override
    public void park(Object blocker, long nanos) {
      TimeSource.SYSTEM.park(blocker, nanos);
    }
  }

  @Test
  void mayReceiveBeforeItSends() throws Exception {
    var client =
        client(
            new ScriptedServer(
                (stream, _) -> {
                  stream.sendHead(OK, false);
                  send(stream, "welcome");
                }));

    assertThat(client.open(SERVICE, CHAT).receive()).contains("welcome");
  }

  // ---- metadata

  @Test
  void hasTheServersHeadersBeforeAnyMessageAndItsTrailersAtTheEnd() throws Exception {
    var go = new CountDownLatch(1);
    var client =
        client(
            new ScriptedServer(
                (stream, _) -> {
                  stream.sendHead(with(OK, "x-first", "1"), false);
                  go.await();
                  send(stream, "a");
                  stream.sendTrailers(with(ENDED_WELL, "x-last", "2"));
                }));
    var stream = client.open(SERVICE, CHAT);

    assertThat(stream.header().values()).containsExactly(Map.entry("x-first", "1"));
    go.countDown();
    assertThat(stream.receive()).contains("a");
    assertThat(stream.receive()).isEmpty();
    assertThat(stream.trailer().values()).containsExactly(Map.entry("x-last", "2"));
  }

  @Test
  void waitsForHeadersOnlyUntilTheStreamFails() throws Exception {
    var client = client(new ScriptedServer((stream, _) -> stream.reset(ErrorCode.INTERNAL_ERROR)));

    assertThatThrownBy(client.open(SERVICE, CHAT)::header)
        .isInstanceOf(RpcException.class)
        .hasMessageContaining("the peer reset the stream: INTERNAL_ERROR");
  }

  // ---- the end

  @Test
  void receivesWhatCameBeforeAnError() throws Exception {
    var client =
        client(
            new ScriptedServer(
                (stream, _) -> {
                  ScriptedServer.all(stream).release();
                  stream.respond(
                      OK,
                      data(message("a"), message("b")),
                      fields("grpc-status", "5", "grpc-message", "no more"));
                }));
    var stream = client.open(SERVICE, SPLIT);
    stream.send("go");
    stream.end();

    assertThat(stream.receive()).contains("a");
    assertThat(stream.receive()).contains("b");
    for (int i = 0; i < 2; i++) {
      var failure = catchThrowableOfType(RpcException.class, stream::receive);
      assertThat(GrpcStatus.of(failure)).contains(new GrpcStatus(GrpcCode.NOT_FOUND, "no more"));
    }
  }

  @Test
  void endsWithABusinessStatus() throws Exception {
    var client =
        client(
            ScriptedServer.answering(
                OK, fields("grpc-status", "13", "biz-status", "7", "grpc-message", "no")));
    var stream = client.open(SERVICE, SPLIT);
    stream.send("go");
    stream.end();

    assertThatThrownBy(stream::receive)
        .isInstanceOfSatisfying(BusinessException.class, e -> assertThat(e.code()).isEqualTo(7));
  }

  @Test
  void tellsWhoSendsHowTheServerHasEndedTheStream() throws Exception {
    var client =
        client(
            new ScriptedServer(
                (stream, _) -> stream.respond(OK, data(), fields("grpc-status", "7"))));
    var stream = client.open(SERVICE, CHAT);

    var failure = catchThrowableOfType(RpcException.class, () -> sendForever(stream));

    assertThat(GrpcStatus.of(failure).orElseThrow().code()).isEqualTo(GrpcCode.PERMISSION_DENIED);
  }

  private static void sendForever(MessageStream stream) {
    while (true) {
      stream.send("more");
    }
  }

  @Test
  void endsInTheMiddleOfAMessage() throws Exception {
    var client = client(ScriptedServer.answering(OK, ENDED_WELL, new byte[] {0, 0, 0, 0, 9, 'h'}));
    var stream = client.open(SERVICE, SPLIT);
    stream.send("go");
    stream.end();

    assertThatThrownBy(stream::receive)
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PROTOCOL))
        .hasMessageContaining("in the middle of a message");
  }

  @Test
  void endsWithAMessageThatCannotBeRead() throws Exception {
    var server =
        new ScriptedServer(
            (stream, _) -> {
              stream.sendHead(OK, false);
              send(stream, "!malformed");
            });
    var stream = client(server).open(SERVICE, CHAT);

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(stream::receive).hasMessageContaining("cannot be read: no text");
    }
    assertThat(next(server.failures).code()).isEqualTo(ErrorCode.CANCEL);
  }

  /// That the test's end finds no buffer is the point.
  @Test
  void endsIfTheServerCompressesByWhatWasNotOffered() throws Exception {
    var head = with(OK, "grpc-encoding", "snappy");
    var stream =
        client(ScriptedServer.answering(head, ENDED_WELL, message("x"))).open(SERVICE, CHAT);
    stream.end();

    assertThatThrownBy(stream::receive)
        .hasMessageContaining("what was not offered (offered: identity,gzip)");
  }

  @Test
  void refusesMessagesThatAreTooLarge() throws Exception {
    var server =
        new ScriptedServer(
            (stream, _) -> {
              stream.sendHead(OK, false);
              send(stream, "x".repeat(1025));
            });
    var stream = client(server, it -> it.maxMessageBytes(1024)).open(SERVICE, CHAT);

    assertThatThrownBy(stream::receive)
        .hasMessageContaining("a message of 1025 bytes")
        .hasMessageContaining("maxMessageBytes(...)");
    assertThat(next(server.failures).code()).isEqualTo(ErrorCode.CANCEL);
  }

  @Test
  void tellsOfAnAnswerThatIsNotGrpc() throws Exception {
    var client =
        client(
            ScriptedServer.answering(
                head(502, "content-type", "text/plain"), List.of(), "bad gateway".getBytes(UTF_8)));
    var stream = client.open(SERVICE, SPLIT);
    stream.send("go");
    stream.end();

    var failure = catchThrowableOfType(RpcException.class, stream::receive);

    assertThat(GrpcStatus.of(failure).orElseThrow().code()).isEqualTo(GrpcCode.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("HTTP status 502");
  }

  @Test
  void isClosedByThisSide() throws Exception {
    var server = echoing();
    var client = client(server);
    var stream = client.open(SERVICE, CHAT);
    stream.send("a");
    assertThat(stream.receive()).contains("a!");

    stream.cancel();

    assertThat(next(server.failures).code()).isEqualTo(ErrorCode.CANCEL);
    assertThatThrownBy(stream::receive)
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CANCELLED))
        .hasMessageContaining("closed before its end");
    assertThatThrownBy(() -> stream.send("b")).hasMessageContaining("closed before its end");
  }

  @Test
  void wakesWhoReceivesWhenItIsClosed() throws Exception {
    var stream = client(echoing()).open(SERVICE, CHAT);
    stream.header();
    var failed = new CompletableFuture<RpcException>();
    var receiver =
        Thread.ofVirtual()
            .start(
                () -> failed.complete(catchThrowableOfType(RpcException.class, stream::receive)));
    awaitWaiting(receiver);

    stream.cancel();

    assertThat(failed.get(10, TimeUnit.SECONDS).kind()).isEqualTo(Kind.CANCELLED);
  }

  /// Any number may wait for the headers beside it.
  @Test
  void refusesASecondThreadThatReceives() throws Exception {
    var goOn = new CountDownLatch(1);
    var stream =
        client(
                new ScriptedServer(
                    (opened, _) -> {
                      goOn.await();
                      opened.respond(with(OK, "x-first", "1"), data(message("late")), ENDED_WELL);
                    }))
            .open(SERVICE, CHAT);
    var received = new CompletableFuture<Object>();
    var headers = new LinkedBlockingQueue<Map<String, String>>();
    awaitWaiting(Thread.ofVirtual().start(() -> received.complete(stream.receive().orElseThrow())));
    for (int i = 0; i < 2; i++) {
      awaitWaiting(Thread.ofVirtual().start(() -> headers.add(stream.header().values())));
    }

    assertThatThrownBy(stream::receive)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("two threads receive from one stream");
    goOn.countDown();
    assertThat(received.get(10, TimeUnit.SECONDS)).isEqualTo("late");
    assertThat(next(headers)).isEqualTo(Map.of("x-first", "1"));
    assertThat(next(headers)).isEqualTo(Map.of("x-first", "1"));
    stream.cancel();
  }

  @Test
  void isNeverOpenedIfItIsClosedBeforeItsRequest() throws Exception {
    var server = echoing();
    var client = client(server, it -> it.streamConnections(1));
    var stream = client.open(SERVICE, SPLIT);

    stream.send("a");
    stream.cancel();

    assertThatThrownBy(stream::receive).hasMessageContaining("closed before its end");
    assertThatThrownBy(() -> stream.send("b")).hasMessageContaining("closed before its end");
    client.open(SERVICE, CHAT).cancel();
    assertThat(next(server.heads).path()).isEqualTo("/test.Words/Chat");
  }

  @Test
  void sendsNothingAfterItsEnd() throws Exception {
    var stream = client(echoing()).open(SERVICE, CHAT);

    stream.end();

    assertThatThrownBy(() -> stream.send("a")).isInstanceOf(IllegalStateException.class);
    assertThat(stream.receive()).isEmpty();
  }

  @Test
  void endsAtItsDeadline() throws Exception {
    var server = echoing();
    var client = client(server);
    var options = CallOptions.builder().timeout(Duration.ofMillis(300)).build();
    var stream = client.with(options).open(SERVICE, CHAT);

    var failure = catchThrowableOfType(RpcException.class, stream::receive);

    assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
    assertThat(value(server)).isNotNull();
    assertThat(next(server.failures).code()).isEqualTo(ErrorCode.CANCEL);
  }

  private static String value(ScriptedServer server) throws InterruptedException {
    return next(server.heads).fields().stream()
        .filter(field -> field.name().equals("grpc-timeout"))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void hasNoTimeoutIfNobodyGaveOne() throws Exception {
    var server = echoing();
    client(server).open(SERVICE, CHAT);

    assertThat(next(server.heads).fields()).noneMatch(it -> it.name().equals("grpc-timeout"));
  }

  @Test
  void goesOnAfterATimeoutOfOneMessage() throws Exception {
    var stream = client(echoing()).open(SERVICE, CHAT);

    assertThatThrownBy(() -> stream.receive(Duration.ofMillis(200)))
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT))
        .hasMessageContaining("the stream goes on");
    stream.send("a");

    assertThat(stream.receive(LIMIT)).contains("a!");
  }

  @Test
  void endsIfTheReceivingThreadIsInterrupted() throws Exception {
    var server = echoing();
    var stream = client(server).open(SERVICE, CHAT);
    Thread.currentThread().interrupt();

    assertThatThrownBy(stream::receive)
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CANCELLED));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(next(server.failures).code()).isEqualTo(ErrorCode.CANCEL);
  }

  // ---- back-pressure

  @Test
  void makesAServerWaitForWhoDoesNotReceive() throws Exception {
    var sent = new AtomicInteger();
    var blocked = new CountDownLatch(1);
    var text = "x".repeat(10_000);
    var client =
        client(
            new ScriptedServer(
                (stream, _) -> {
                  stream.sendHead(OK, false);
                  for (int i = 0; i < 1000; i++) {
                    try {
                      stream.write(data(message(text)), false, Duration.ofMillis(500));
                    } catch (TimeoutException e) { // what was written leaves later
                      blocked.countDown();
                    }
                    sent.incrementAndGet();
                  }
                  stream.sendTrailers(ENDED_WELL);
                }));
    var stream = client.open(SERVICE, CHAT);
    stream.header();

    assertThat(stream.receive()).contains(text);
    assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(sent.get()).isLessThan(900);
    for (int i = 1; i < 1000; i++) {
      assertThat(stream.receive()).contains(text);
    }
    assertThat(stream.receive()).isEmpty();
  }

  @Test
  void waitsForAServerThatDoesNotRead() throws Exception {
    var go = new CountDownLatch(1);
    var client =
        client(
            new ScriptedServer(
                (stream, _) -> {
                  go.await();
                  int count = 0;
                  try (var requests = new ScriptedServer.Requests(stream)) {
                    while (requests.next() != null) {
                      count++;
                    }
                  }
                  stream.respond(OK, data(message("" + count)), ENDED_WELL);
                }));
    var stream = client.open(SERVICE, JOIN);
    var sent = new AtomicInteger();
    var text = "x".repeat(10_000);
    var sender =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; i < 1000; i++) {
                    stream.send(text);
                    sent.incrementAndGet();
                  }
                  stream.end();
                });
    awaitWaiting(sender);
    assertThat(sent.get()).isLessThan(900);

    go.countDown();

    assertThat(stream.receive()).contains("1000");
    assertThat(stream.receive()).isEmpty();
  }

  @Test
  void givesUpSendingAtTheDeadline() throws Exception {
    var client = client(new ScriptedServer((stream, _) -> {}));
    var options = CallOptions.builder().timeout(Duration.ofMillis(500)).build();
    var stream = client.with(options).open(SERVICE, JOIN);
    var text = "x".repeat(100_000);

    var failure =
        catchThrowableOfType(
            RpcException.class,
            () -> {
              while (true) {
                stream.send(text);
              }
            });

    assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
  }

  @Test
  void waitsForItsTurnWhereAServerTakesFewStreams() throws Exception {
    var server =
        new ScriptedServer(
            Http2Options.builder().maxStreams(1).build(),
            ConnectionOptions.DEFAULT,
            (stream, _) -> {
              try (var requests = new ScriptedServer.Requests(stream)) {
                stream.sendHead(OK, false);
                for (var text = requests.next(); text != null; text = requests.next()) {
                  send(stream, text + "!");
                }
                stream.sendTrailers(ENDED_WELL);
              }
            });
    var client = client(server, it -> it.streamConnections(1));
    var first = client.open(SERVICE, CHAT);
    first.send("a");
    assertThat(first.receive()).contains("a!");
    var options = CallOptions.builder().timeout(Duration.ofMillis(300)).build();

    assertThatThrownBy(() -> client.with(options).open(SERVICE, CHAT))
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_SENT))
        .hasMessageContaining("streamConnections(...)");
    first.end();
    assertThat(first.receive()).isEmpty();
    assertThat(echo(client.open(SERVICE, CHAT))).isEqualTo("b!");
  }

  private static Object echo(MessageStream stream) {
    stream.send("b");
    var reply = stream.receive().orElseThrow();
    stream.cancel();
    return reply;
  }

  private static ScriptedServer echoing() throws Exception {
    return new ScriptedServer(
        (stream, _) -> {
          stream.sendHead(OK, false);
          try (var requests = new ScriptedServer.Requests(stream)) {
            for (var text = requests.next(); text != null; text = requests.next()) {
              send(stream, text + "!");
            }
          }
          stream.sendTrailers(ENDED_WELL);
        });
  }

  private static void awaitWaiting(Thread thread) {
    var end = System.nanoTime() + LIMIT.toNanos();
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      assertThat(System.nanoTime() - end).isNegative();
      LockSupport.parkNanos(1_000_000);
    }
  }

  private Client client(ScriptedServer server) {
    return client(server, it -> it);
  }

  private Client client(ScriptedServer server, UnaryOperator<ClientBuilder> options) {
    toClose.push(server);
    var builder =
        Client.builder("localhost:" + server.port())
            .transport(GrpcClientTransport.create())
            .timeout(Duration.ofSeconds(20));
    var client = options.apply(builder).build();
    toClose.push(client);
    return client;
  }

  private static <T> T next(LinkedBlockingQueue<T> queue) throws InterruptedException {
    var next = queue.poll(10, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }
}
