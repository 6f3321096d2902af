package io.windhover.rpc.grpc;

import static io.windhover.rpc.grpc.RawClient.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.windhover.http2.Http2Options;
import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.hpack.HeaderLimits;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.StreamReceiver;
import io.windhover.rpc.server.ServerBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Streams over a real socket, from a client that may send anything.
@Timeout(60)
final class StreamServerTest {

  private static final String ECHO = "/test.Words/Echo";
  private static final String JOIN = "/test.Words/Join";
  private static final String SPLIT = "/test.Words/Split";
  private static final String CHAT = "/test.Words/Chat";

  private final Words.Handlers handlers = new Words.Handlers();
  private final LinkedBlockingQueue<RpcException> failures = new LinkedBlockingQueue<>();
  private @Nullable GrpcFixture started;

  private RawClient client() throws IOException {
    return client(GrpcOptions.DEFAULT);
  }

  private RawClient client(GrpcOptions options) throws IOException {
    return client(options, _ -> {});
  }

  private RawClient client(GrpcOptions options, Consumer<ServerBuilder> more) throws IOException {
    var fixture = new GrpcFixture(handlers, options, more);
    started = fixture;
    return fixture.client();
  }

  @AfterEach
  void stop() throws IOException {
    if (started != null) {
      started.close();
    }
  }

  @Test
  void servesAStreamFromTheClient() throws Exception {
    var client = client();
    client.request(1, false, JOIN);
    client.messages(1, false, "a", "b");
    client.messages(1, false, "c");
    client.data(1, true, new byte[0]);

    var response = client.response(1);

    assertThat(response.messages()).containsExactly("abc");
    assertThat(response.status()).isEqualTo("OK");
  }

  /// They were put off, since the client resets many, and so hold no thread.
  @Test
  void keepsNoPlacesForStreamsThatAreResetBeforeTheyBegin() throws Exception {
    var client = client(many(Http2Options.builder()), builder -> builder.maxCalls(1));
    client.cork();
    int id = resetMany(client);
    for (int end = id + 20; id < end; id += 2) {
      client.request(id, false, CHAT);
      client.reset(id, ErrorCode.CANCEL);
    }
    client.request(id, false, CHAT);
    client.messages(id, true, "on");

    client.uncork();

    assertThat(client.response(id).messages()).containsExactly("on!");
  }

  @Test
  void countsRequestsThatArePutOffAmongWhatIsHeld() throws Exception {
    handlers.echo = text -> text;
    var client =
        client(many(Http2Options.builder().maxHeldBytes(0)), it -> it.maxMessageBytes(1_024));
    client.cork();
    int first = resetMany(client);
    client.request(first, false, ECHO);
    client.messages(first, true, "a".repeat(600));
    client.request(first + 2, false, ECHO);
    client.messages(first + 2, true, "b".repeat(600));
    client.request(first + 4, false, CHAT);
    client.data(first + 4, true, new byte[0]);

    client.uncork();

    assertThat(client.response(first + 2).status()).startsWith("RESOURCE_EXHAUSTED: no room: ");
    assertThat(client.response(first).messages()).containsExactly("a".repeat(600));
  }

  /// Resets that are not forgotten.
  private static GrpcOptions many(Http2Options.Builder http2) {
    return GrpcOptions.DEFAULT.withHttp2(http2.resetInterval(Duration.ofHours(1)).build());
  }

  /// Of requests that never become calls.
  ///
  /// @return the next stream's id
  private static int resetMany(RawClient client) throws IOException {
    int id = 1;
    for (; id < 2 * 6; id += 2) {
      client.request(id, false, SPLIT);
      client.reset(id, ErrorCode.CANCEL);
    }
    return id;
  }

  @Test
  void servesAStreamFromTheServer() throws Exception {
    var client = client();

    var response = client.call(1, SPLIT, "one two three");

    assertThat(response.messages()).containsExactly("one", "two", "three");
    assertThat(response.trailers).containsExactly(field("grpc-status", "0"));
  }

  /// Its handler has returned by then.
  @Test
  void row39gGivesUpAnEndThatIsNotTakenByTheDeadline() throws Exception {
    var ended = new CompletableFuture<Boolean>();
    handlers.split =
        (_, out) -> {
          out.send("x".repeat(100_000));
          ended.complete(true);
        };
    var client = client();
    client.request(1, false, SPLIT, field("grpc-timeout", "2S"));
    client.messages(1, true, "hi");

    assertThat(ended.get(10, TimeUnit.SECONDS)).isTrue();
    client.awaitReset(1, ErrorCode.CANCEL);
    assertThat(client.on(1).data.size()).isEqualTo(65535);
  }

  @Test
  void servesAStreamInBothDirections() throws Exception {
    var client = client();
    client.request(1, false, CHAT);
    for (int i = 1; i <= 3; i++) { // each is answered before the next one comes
      client.messages(1, false, "t" + i);
      client.awaitData(1, i * RawClient.message(new byte[3]).length);
    }
    client.data(1, true, new byte[0]);

    assertThat(client.response(1).messages()).containsExactly("t1!", "t2!", "t3!");
  }

  @Test
  void servesAStreamOfThrift() throws Exception {
    var client = client();
    client.request(1, false, "/Notes/talk", field("content-type", "application/grpc+thrift"));
    client.data(1, true, RawClient.message(UnaryServerTest.struct("hi")));

    assertThat(client.response(1).data.toByteArray())
        .isEqualTo(RawClient.message(UnaryServerTest.struct("hi!")));
  }

  @Test
  void endsAStreamWithoutMessages() throws Exception {
    var client = client();
    client.request(1, true, CHAT);

    var response = client.response(1);

    assertThat(response.field(":status")).isEqualTo("200");
    assertThat(response.messages()).isEmpty();
    assertThat(response.trailers).containsExactly(field("grpc-status", "0"));
  }

  @Test
  void tellsTheClientToStopIfTheHandlerReturnsEarly() throws Exception {
    handlers.join = in -> in.receive().orElseThrow();
    var client = client();
    client.request(1, false, JOIN);
    client.messages(1, false, "first");

    assertThat(client.response(1).messages()).containsExactly("first");
    GrpcFixture.resetIsNoError(client, 1);
  }

  @Test
  void sendsWhatTheHandlerSaysAroundItsMessages() throws Exception {
    handlers.split =
        (text, out) -> {
          out.header().put("x-first", "1");
          out.trailer().put("x-last", "2");
          if (text.equals("no")) {
            throw new GrpcException(GrpcCode.NOT_FOUND, "none");
          }
          out.send(text);
          out.header().put("x-late", "lost");
        };
    var client = client();

    var well = client.call(1, SPLIT, "hi");
    var ill = client.call(3, SPLIT, "no");

    assertThat(well.head).contains(field("x-first", "1"));
    assertThat(well.head).noneMatch(one -> one.name().equals("x-late"));
    assertThat(well.trailers).contains(field("x-last", "2"));
    assertThat(ill.head).contains(field("x-first", "1"));
    assertThat(ill.trailers).contains(field("x-last", "2"), field("grpc-status", "5"));
  }

  @Test
  void compressesTheMessagesThatItsPolicyPicks() throws Exception {
    CompressionPolicy second = (_, message) -> message.toString().startsWith("b");
    handlers.split = (text, out) -> List.of("a", "b".repeat(100)).forEach(out::send);
    var client = client(GrpcOptions.DEFAULT.withCompression(second));

    var response = client.call(1, SPLIT, "", field("grpc-accept-encoding", "gzip"));
    var unread = client.call(3, SPLIT, "");

    assertThat(response.field("grpc-encoding")).isEqualTo("gzip");
    var bytes = response.data.toByteArray();
    assertThat(bytes).startsWith(0, 0, 0, 0, 1, 'a', 1);
    assertThat(unread.messages()).containsExactly("a", "b".repeat(100));
  }

  @Test
  void endsWithAnErrorAfterMessages() throws Exception {
    handlers.split =
        (text, out) -> {
          out.send(text);
          throw new BusinessException(404, "no more");
        };

    var response = client().call(1, SPLIT, "hi");

    assertThat(response.messages()).containsExactly("hi");
    assertThat(response.field("biz-status")).isEqualTo("404");
    assertThat(response.status()).isEqualTo("INTERNAL: no more");
  }

  @Test
  void answersAnErrorBeforeMessagesInTrailersOnly() throws Exception {
    handlers.split =
        (_, _) -> {
          throw new GrpcException(GrpcCode.NOT_FOUND, "none");
        };

    var response = client().call(1, SPLIT, "hi");

    assertThat(response.isTrailersOnly()).isTrue();
    assertThat(response.status()).isEqualTo("NOT_FOUND: none");
  }

  @Test
  void row34EndsAStreamWithAMessageThatCannotBeRead() throws Exception {
    var client = client();
    client.request(1, false, CHAT);
    client.messages(1, false, "good", "!");

    var response = client.response(1);

    assertThat(response.messages()).containsExactly("good!");
    assertThat(response.status()).isEqualTo("INTERNAL: a message cannot be read: no text");
  }

  @Test
  void row39bEndsAStreamWithAMessageOverTheLimit() throws Exception {
    var client = client();
    client.request(1, false, CHAT);
    client.data(1, false, new byte[] {0, -1, -1, -1, -1});

    assertThat(client.response(1).status())
        .startsWith("RESOURCE_EXHAUSTED: a message of 4294967295 bytes");
  }

  @Test
  void row39fEndsAStreamThatEndsWithinAMessage() throws Exception {
    var client = client();
    client.request(1, false, CHAT);
    client.data(1, true, new byte[] {0, 0, 0, 0, 9, 'h'});

    assertThat(client.response(1).status())
        .isEqualTo("INTERNAL: a message cannot be read: the stream ends within a message");
  }

  @Test
  void row39fRefusesNoRequestAndTwoWhereOneIsDue() throws Exception {
    var client = client();
    client.request(1, true, SPLIT);
    client.request(3, false, SPLIT);
    client.messages(3, true, "one", "two");

    assertThat(client.response(1).status())
        .isEqualTo("INTERNAL: a request without a message, or half of one");
    assertThat(client.response(3).status())
        .isEqualTo("INTERNAL: a request of more than one message");
    assertThat(client.call(5, SPLIT, "on").messages()).containsExactly("on");
  }

  /// Row 7: it takes no thread before, nor a place among the server's calls.
  @Test
  void row7ResetsAStreamWhoseOneRequestDoesNotCome() throws Exception {
    var http2 =
        Http2Options.builder()
            .headers(HeaderLimits.GRPC)
            .receiveStallTimeout(Duration.ofSeconds(1))
            .build();
    var fixture =
        new GrpcFixture(
            handlers, GrpcOptions.DEFAULT.withHttp2(http2), builder -> builder.maxCalls(1));
    started = fixture;
    var client = fixture.client();
    client.request(1, false, SPLIT);
    client.messages(1, false, "no end");

    assertThat(client.call(3, "/test.Words/Echo", "hi").messages()).containsExactly("hi!");
    client.awaitReset(1, ErrorCode.CANCEL);
  }

  @Test
  void row39gEndsAStreamWhoseRequestComesTooLate() throws Exception {
    var client = client();
    client.request(1, false, SPLIT, field("grpc-timeout", "200m"));

    assertThat(client.response(1).status())
        .isEqualTo("DEADLINE_EXCEEDED: the deadline passed before the request had come");
  }

  @Test
  void tellsListenersOfTheEndThatTheClientHears() throws Exception {
    var ended = new LinkedBlockingQueue<String>();
    handlers.chat =
        (in, out) -> {
          if (in.receive().orElseThrow().equals("trailer")) {
            out.trailer().put("x-order", "gr\u00fcn");
          } else {
            failures.add(catchThrowableOfType(RpcException.class, in::receive));
          }
        };
    var fixture =
        new GrpcFixture(
            handlers,
            GrpcOptions.DEFAULT,
            builder -> builder.listener(UnaryServerTest.ends(ended)));
    started = fixture;
    var client = fixture.client();
    client.request(1, false, CHAT);
    client.messages(1, false, "good", "!");
    var ofFault = client.response(1).status();
    var ofTrailer = client.call(3, CHAT, "trailer").status();

    assertThat(ofFault).isEqualTo("INTERNAL: a message cannot be read: no text");
    assertThat(ended.poll(10, TimeUnit.SECONDS)).contains("a message cannot be read: no text");
    assertThat(ofTrailer).startsWith("INTERNAL: the reply cannot be written: metadata value");
    assertThat(ended.poll(10, TimeUnit.SECONDS)).contains("the reply cannot be written");
  }

  @Test
  void refusesASecondThreadThatReceives() throws Exception {
    var thread = new CompletableFuture<Thread>();
    var receiver = new CompletableFuture<StreamReceiver<String>>();
    handlers.chat =
        (in, out) -> {
          receiver.complete(in);
          thread.complete(Thread.currentThread());
          in.forEach(out::send);
        };
    var client = client();
    client.request(1, false, CHAT);
    var in = receiver.get(10, TimeUnit.SECONDS);
    awaitParked(thread.get(10, TimeUnit.SECONDS));

    assertThatThrownBy(in::receive)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("two threads receive from one stream");
    client.messages(1, true, "hi");
    assertThat(client.response(1).messages()).containsExactly("hi");
  }

  @Test
  void interruptsTheHandlerOfAStreamThatIsReset() throws Exception {
    var thread = new CompletableFuture<Thread>();
    var interrupted = new CompletableFuture<Boolean>();
    handlers.chat =
        (in, _) -> {
          in.receive();
          thread.complete(Thread.currentThread());
          failures.add(catchThrowableOfType(RpcException.class, in::receive));
          interrupted.complete(Invocation.current().orElseThrow().isCancelled());
        };
    var client = client();
    client.request(1, false, CHAT);
    client.messages(1, false, "hi");
    awaitParked(thread.get(10, TimeUnit.SECONDS));
    client.reset(1, ErrorCode.CANCEL);

    assertThat(failure().kind()).isEqualTo(Kind.CANCELLED);
    assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(client.call(3, SPLIT, "on").messages()).containsExactly("on");
  }

  /// Waits until a handler waits for a message.
  private static void awaitParked(Thread thread) {
    long start = System.nanoTime();
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(10));
      LockSupport.parkNanos(1_000_000);
    }
  }

  private RpcException failure() throws InterruptedException {
    var failure = failures.poll(10, TimeUnit.SECONDS);
    assertThat(failure).isNotNull();
    return failure;
  }

  @Test
  void interruptsHandlersWhoseConnectionIsGone() throws Exception {
    handlers.chat =
        (in, _) -> failures.add(catchThrowableOfType(RpcException.class, () -> receiveAll(in)));
    var client = client();
    client.request(1, false, CHAT);
    client.messages(1, false, "hi");
    client.call(3, SPLIT, "so the first has begun");
    client.close();

    assertThat(failure().kind()).isIn(Kind.CANCELLED, Kind.DISCONNECTED);
  }

  private static void receiveAll(StreamReceiver<String> in) {
    while (in.receive().isPresent()) {}
  }

  @Test
  void row39gMakesAHandlerWaitForItsClientAndEndsItAtTheDeadline() throws Exception {
    var sent = new AtomicInteger();
    handlers.split =
        (text, out) -> {
          var piece = "x".repeat(32 << 10);
          failures.add(
              catchThrowableOfType(
                  RpcException.class,
                  () -> {
                    while (true) {
                      out.send(piece);
                      sent.incrementAndGet();
                    }
                  }));
        };
    var client = client();
    client.request(1, false, SPLIT, field("grpc-timeout", "1S"));
    client.messages(1, true, "hi");

    client.awaitReset(1, ErrorCode.CANCEL); // what it has not taken is dropped
    assertThat(failure().kind()).isIn(Kind.TIMEOUT, Kind.CANCELLED);
    assertThat(sent.get()).isLessThan(50); // the window, and what may wait
    client.window(0, 1 << 20);
    assertThat(client.call(3, "/test.Words/Echo", "on").messages()).containsExactly("on!");
  }

  @Test
  void goesOnAsTheClientTakes() throws Exception {
    var piece = "x".repeat(32 << 10);
    handlers.split =
        (text, out) -> {
          for (int i = 0; i < 20; i++) {
            out.send(piece);
          }
        };
    var client = client();
    client.request(1, false, SPLIT);
    client.messages(1, true, "hi");
    client.awaitData(1, 65535);
    client.window(0, 1 << 20);
    client.window(1, 1 << 20);

    assertThat(client.response(1).messages()).hasSize(20).containsOnly(piece);
  }

  @Test
  void row39gEndsAStreamAtItsDeadline() throws Exception {
    handlers.chat = (in, _) -> receiveAll(in);
    var client = client();
    client.request(1, false, CHAT, field("grpc-timeout", "200m"));

    assertThat(client.response(1).status()).startsWith("DEADLINE_EXCEEDED: the deadline passed");
  }

  @Test
  void tellsListenersOfEachMessage() throws Exception {
    var told = new LinkedBlockingQueue<String>();
    var fixture =
        new GrpcFixture(
            handlers,
            GrpcOptions.DEFAULT,
            builder ->
                builder.listener(
                    new CallListener() {
                      @Override
                      public void sent(Invocation invocation, int bytes) {
                        told.add("sent " + bytes);
                      }

                      @Override
                      public void received(Invocation invocation, int bytes) {
                        told.add("received " + bytes);
                      }
                    }));
    started = fixture;
    var client = fixture.client();
    client.request(1, false, CHAT);
    client.messages(1, true, "hi");

    assertThat(client.response(1).messages()).containsExactly("hi!");
    assertThat(told).containsExactly("received 7", "sent 8");
  }

  @Test
  void waitsForOneMessageOnlyAsLongAsItIsTold() throws Exception {
    handlers.chat =
        (in, out) -> {
          failures.add(
              catchThrowableOfType(RpcException.class, () -> in.receive(Duration.ofMillis(10))));
          out.send("go on");
          out.send(in.receive().orElseThrow());
        };
    var client = client();
    client.request(1, false, CHAT);
    client.awaitData(1, 5);
    client.messages(1, true, "late");

    assertThat(client.response(1).messages()).containsExactly("go on", "late");
    assertThat(failure().kind()).isEqualTo(Kind.TIMEOUT);
  }

  @Test
  void dropsWhatTheHandlerGivesUp() throws Exception {
    handlers.chat =
        (in, out) -> {
          in.receive();
          in.close();
          out.send(in.receive().isPresent() ? "more" : "end");
        };
    var client = client();
    client.request(1, false, CHAT);
    client.messages(1, false, "one", "two");

    assertThat(client.response(1).messages()).containsExactly("end");
  }
}
