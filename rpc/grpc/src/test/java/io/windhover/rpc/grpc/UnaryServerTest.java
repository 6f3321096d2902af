package io.windhover.rpc.grpc;

import static io.windhover.rpc.grpc.RawClient.field;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.Http2Options;
import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.Setting;
import io.windhover.http2.hpack.HeaderField;
import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.Method;
import io.windhover.rpc.Operation;
import io.windhover.rpc.Origin;
import io.windhover.rpc.Service;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.rpc.codec.MessageCodec;
import io.windhover.rpc.server.ServerBuilder;
import io.windhover.thrift.Binary;
import io.windhover.thrift.ObjectBudget;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Calls over a real socket, from a client that may send anything.
@Timeout(60)
final class UnaryServerTest {

  private static final String ECHO = "/test.Words/Echo";
  private static final HeaderField GZIP = field("grpc-encoding", "gzip");
  private static final HeaderField THRIFT = field("content-type", "application/grpc+thrift");

  /// A stop that takes so long has waited for a handler.
  private static final Duration LONG = Duration.ofSeconds(20);

  private final Words.Handlers handlers = new Words.Handlers();
  private @Nullable GrpcFixture started;

  private RawClient client() throws IOException {
    return client(GrpcOptions.DEFAULT, _ -> {});
  }

  private RawClient client(GrpcOptions options, Consumer<ServerBuilder> more, Setting... settings)
      throws IOException {
    var fixture = new GrpcFixture(handlers, options, more);
    started = fixture;
    return fixture.client(settings);
  }

  @AfterEach
  void stop() throws IOException {
    if (started != null) {
      started.close();
      started = null;
    }
  }

  @Test
  void answersWithHeadMessageAndTrailers() throws Exception {
    var response = client().call(1, ECHO, "hi");

    assertThat(response.head)
        .containsExactly(
            field(":status", "200"),
            field("content-type", "application/grpc"),
            field("grpc-accept-encoding", "identity,gzip"));
    assertThat(response.messages()).containsExactly("hi!");
    assertThat(response.trailers).containsExactly(field("grpc-status", "0"));
    assertThat(response.reset).isNull();
  }

  @Test
  void answersManyCallsOfOneConnection() throws Exception {
    var client = client();
    for (int id = 1; id < 200; id += 2) {
      client.request(id, false, ECHO);
      client.messages(id, true, "call " + id);
    }

    for (int id = 1; id < 200; id += 2) {
      assertThat(client.response(id).messages()).containsExactly("call " + id + "!");
    }
  }

  @Test
  void takesARequestInPiecesOfAnySize() throws Exception {
    var client = client();
    var message = RawClient.message("hello".getBytes(UTF_8));
    client.request(1, false, ECHO);
    for (var one : message) {
      client.data(1, false, new byte[] {one});
    }
    client.data(1, true, new byte[0]);

    assertThat(client.response(1).messages()).containsExactly("hello!");
  }

  @Test
  void takesARequestLargerThanTheWindow() throws Exception {
    var client = client();
    var text = "x".repeat(1 << 20);
    var message = RawClient.message(text.getBytes(UTF_8));
    handlers.echo = sent -> Integer.toString(sent.length());
    client.request(1, false, ECHO);
    for (int at = 0; at < message.length; at += 16384) {
      if (at == 16384 * 8) {
        client.call(3, ECHO, "so far"); // all that was sent before has been read
      }
      client.data(1, false, Arrays.copyOfRange(message, at, Math.min(at + 16384, message.length)));
    }
    client.data(1, true, new byte[0]);

    assertThat(client.response(1).messages()).containsExactly("1048576");
  }

  @Test
  void sendsAReplyLargerThanTheWindowAsTheClientTakesIt() throws Exception {
    handlers.echo = _ -> "x".repeat(200_000);
    var client = client();
    client.request(1, false, ECHO);
    client.messages(1, true, "hi");
    client.awaitData(1, 65535);
    client.window(0, 200_000);
    client.window(1, 200_000);

    var response = client.response(1);

    assertThat(response.messages()).containsExactly("x".repeat(200_000));
    assertThat(response.status()).isEqualTo("OK");
  }

  @Test
  void sharesItsPortWithThrift() throws Exception {
    var client = client();
    try (var thrift = Client.to("127.0.0.1:" + requireNonNull(started).server.port())) {
      assertThat(thrift.call("Notes", Words.NOTE, "hi")).isEqualTo("hi!");
      assertThat(client.call(1, ECHO, "hi").messages()).containsExactly("hi!");
    }
  }

  // ---- errors

  @ParameterizedTest
  @CsvSource({
    "/test.Words/Nope, unknown method Nope of service test.Words",
    "/Nope/Echo, unknown service Nope",
    "/Words/Echo, unknown service Words",
    "/test.Words/Echo?a=b, unknown method Echo?a=b",
    "//test.Words/Echo, unknown service /test.Words",
    "/Echo, path: /Echo"
  })
  void row32AnswersWhatItDoesNotHaveAsUnimplemented(String path, String message) throws Exception {
    var response = client().call(1, path, "hi");

    assertThat(response.isTrailersOnly()).isTrue();
    assertThat(response.status()).startsWith("UNIMPLEMENTED: " + message);
  }

  @Test
  void row33AnswersAMetadataValueThatIsNoBase64() throws Exception {
    var client = client();

    var response = client.call(1, ECHO, "hi", field("x-bin", "*"));

    assertThat(response.status()).startsWith("INTERNAL: x-bin: 1 characters that are no base64");
    assertThat(client.call(3, ECHO, "on").messages()).containsExactly("on!");
  }

  @Test
  void takesMetadataOfNoValuesForNone() throws Exception {
    handlers.echo = text -> Invocation.current().orElseThrow().metadata() + text;

    var response = client().call(1, ECHO, "hi", field("x-bin", ","));

    assertThat(response.messages()).containsExactly(Metadata.NONE + "hi");
  }

  @Test
  void row34AnswersAMessageThatCannotBeRead() throws Exception {
    var client = client();

    assertThat(client.call(1, ECHO, "!").status())
        .isEqualTo("INTERNAL: malformed message: no text");
    assertThat(client.call(3, ECHO, "on").messages()).containsExactly("on!");
  }

  @Test
  void row34AnswersAStructThatCannotBeRead() throws Exception {
    var client = client();

    assertThat(client.call(1, "/Notes/note", "\u000b\0\1", THRIFT).status())
        .startsWith("INTERNAL: malformed message: ");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, (1 << 20) + 1})
  void row39bRefusesAMessageOverTheLimitBeforeItHasCome(int length) throws Exception {
    var client = client(GrpcOptions.DEFAULT, builder -> builder.maxMessageBytes(1 << 20));
    client.request(1, false, ECHO);
    try (var prefix = new LinkBuffer()) {
      prefix.writeByte(0);
      prefix.writeInt(length);
      var bytes = new byte[prefix.size()];
      prefix.readBytes(bytes, 0, bytes.length);
      client.data(1, false, bytes);
    }

    assertThat(client.response(1).status())
        .startsWith(
            "RESOURCE_EXHAUSTED: a message of " + Integer.toUnsignedString(length) + " bytes");
    GrpcFixture.resetIsNoError(client, 1);
    assertThat(client.call(3, ECHO, "on").messages()).containsExactly("on!");
  }

  @Test
  void servesThoughFramesAreLargerThanMessagesMayBe() throws Exception {
    var client = client(GrpcOptions.DEFAULT, builder -> builder.maxMessageBytes(1 << 10));
    client.request(1, false, ECHO);
    client.padded(1, true, RawClient.message("x".repeat(900).getBytes(UTF_8)));
    client.request(3, false, ECHO);
    client.data(3, true, new byte[16384]); // the largest frame: empty messages

    assertThat(client.response(1).messages()).containsExactly("x".repeat(900) + "!");
    assertThat(client.response(3).status()).startsWith("INTERNAL: a request of more than one");
  }

  @Test
  void row39cRefusesACompressedMessageWithoutAnEncoding() throws Exception {
    var client = client();
    var message = RawClient.message("hi".getBytes(UTF_8));
    message[0] = 1;
    client.request(1, false, ECHO);
    client.data(1, true, message);

    assertThat(client.response(1).status())
        .isEqualTo("INTERNAL: a compressed message without a grpc-encoding");
  }

  @Test
  void row39cRefusesAnUnknownFlag() throws Exception {
    var client = client();
    var message = RawClient.message("hi".getBytes(UTF_8));
    message[0] = 2;
    client.request(1, false, ECHO, GZIP);
    client.data(1, true, message);

    assertThat(client.response(1).status()).startsWith("INTERNAL: a message with the flag 2");
  }

  @Test
  void row39cTellsWhichEncodingsItReads() throws Exception {
    var response = client().call(1, ECHO, "hi", field("grpc-encoding", "br"));

    assertThat(response.status()).startsWith("UNIMPLEMENTED: grpc-encoding: br");
    assertThat(response.field("grpc-accept-encoding")).isEqualTo("identity,gzip");
  }

  @Test
  void row39cReadsAndTellsOfTheEncodingsOfTheUser() throws Exception {
    handlers.echo = text -> text;
    var client = client(GrpcOptions.DEFAULT.withEncoding(new Deflate()), _ -> {});

    var response = client.call(1, ECHO, "hi", field("grpc-encoding", "br"));
    assertThat(response.status()).startsWith("UNIMPLEMENTED: grpc-encoding: br");
    assertThat(response.field("grpc-accept-encoding")).isEqualTo("identity,gzip,deflate");

    var known = client.call(3, ECHO, "hi", field("grpc-encoding", "deflate"));
    assertThat(known.messages()).containsExactly("hi");
  }

  @ParameterizedTest
  @ValueSource(strings = {"9999999999H", "-1S", "1x", "n"})
  void row39dRefusesATimeoutThatIsNone(String timeout) throws Exception {
    var response = client().call(1, ECHO, "hi", field("grpc-timeout", timeout));

    assertThat(response.field(":status")).isEqualTo("400");
    assertThat(response.status()).startsWith("INTERNAL: grpc-timeout: " + timeout);
  }

  @Test
  void row39dRunsNoHandlerOnceTheDeadlineHasPassed() throws Exception {
    var runs = new AtomicInteger();
    handlers.echo = text -> text + runs.incrementAndGet();

    var response = client().call(1, ECHO, "hi", field("grpc-timeout", "0n"));

    assertThat(response.status()).startsWith("DEADLINE_EXCEEDED: the deadline had passed");
    assertThat(runs).hasValue(0);
  }

  @Test
  void readsNoRequestThatIsLate() throws Exception {
    var reads = new AtomicInteger();
    var counting =
        new MessageCodec<Object>() {
          @Override
          public Object read(LinkBuffer in, ObjectBudget objects) {
            return reads.incrementAndGet();
          }

          @Override
          public void write(Object message, LinkBuffer out) {
            throw new AssertionError("never called");
          }
        };
    var method = new Method<>("Take", false, new MessageCall<>(counting, Words.TEXT));
    var service =
        new Service("test.Counting", List.of(new Operation(method, (_, read) -> "" + read)));
    var client = client(GrpcOptions.DEFAULT, builder -> builder.service(service));

    assertThat(client.call(1, "/test.Counting/Take", "hi", field("grpc-timeout", "0n")).status())
        .startsWith("DEADLINE_EXCEEDED: the deadline had passed");
    assertThat(client.call(3, "/test.Counting/Take", "hi").messages()).containsExactly("1");
  }

  @ParameterizedTest
  @CsvSource({
    "content-type, application/json, 415",
    "content-type, application/grpc+json, 415",
    "content-type, '', 415",
    "te, '', 400",
    ":method, PUT, 405"
  })
  void row39eRefusesWhatIsNoRequestOfGrpc(String name, String value, String httpStatus)
      throws Exception {
    var client = client();

    var response = client.call(1, ECHO, "hi", field(name, value));

    assertThat(response.field(":status")).isEqualTo(httpStatus);
    assertThat(response.status()).startsWith("INTERNAL: ");
    assertThat(client.call(3, ECHO, "on").messages()).containsExactly("on!");
  }

  @Test
  void row39eRefusesAMethodInAnotherContent() throws Exception {
    var client = client();

    assertThat(client.call(1, ECHO, "hi", THRIFT).status())
        .startsWith("UNIMPLEMENTED: unknown service Words");
    assertThat(client.call(3, "/Notes/note", "hi").status())
        .startsWith("UNIMPLEMENTED: Notes/note does not travel as application/grpc (");
  }

  /// What answers unknown methods by bytes is for those of Thrift.
  @Test
  void answersUnknownMethodsOfProtobufAsUnimplementedWhateverAnswersThoseOfThrift()
      throws Exception {
    var client = client(GrpcOptions.DEFAULT, it -> it.unknown((call, arguments) -> arguments));

    assertThat(client.call(1, "/test.Words/Nope", "hi").status())
        .startsWith("UNIMPLEMENTED: unknown method Nope of service test.Words");
    assertThat(client.call(3, "/Nope/Echo", "hi").status())
        .startsWith("UNIMPLEMENTED: unknown method Echo of service Nope");
    assertThat(client.call(5, "/Nope/note", "\0", THRIFT).messages()).containsExactly("\0");
  }

  /// Its option is for the built-in protocols.
  @Test
  void runsHandlersOnVirtualThreadsInAnyCase() throws Exception {
    handlers.echo = _ -> Thread.currentThread().isVirtual() ? "virtual" : "poller";

    var client = client(GrpcOptions.DEFAULT, it -> it.runOnPollers(true));

    assertThat(client.call(1, ECHO, "hi").messages()).containsExactly("virtual");
  }

  @Test
  void row39fRefusesTwoMessages() throws Exception {
    var client = client();
    client.request(1, false, ECHO);
    client.messages(1, true, "one", "two");

    assertThat(client.response(1).status())
        .isEqualTo("INTERNAL: a request of more than one message");
  }

  @Test
  void row39fRefusesNoMessageAndHalfOfOne() throws Exception {
    var client = client();
    client.request(1, true, ECHO);
    client.request(3, false, ECHO);
    client.data(3, true, new byte[0]);
    client.request(5, false, ECHO);
    client.data(5, true, new byte[] {0, 0, 0, 0, 9, 'h', 'i'});

    for (int id : List.of(1, 3, 5)) {
      assertThat(client.response(id).status())
          .isEqualTo("INTERNAL: a request without a message, or half of one");
    }
  }

  @Test
  void row39gEndsAHandlerAtTheDeadline() throws Exception {
    var interrupted = new CountDownLatch(1);
    handlers.echo = _ -> awaitInterrupt(interrupted);

    var response = client().call(1, ECHO, "hi", field("grpc-timeout", "200m"));

    assertThat(response.status())
        .isEqualTo("DEADLINE_EXCEEDED: the deadline passed while test.Words/Echo ran");
    assertThat(response.isTrailersOnly()).isTrue();
    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void row39gEndsARequestThatHasNotComeByTheDeadline() throws Exception {
    var client = client();
    client.request(1, false, ECHO, field("grpc-timeout", "200m"));
    client.data(1, false, new byte[] {0, 0});

    assertThat(client.response(1).status())
        .isEqualTo("DEADLINE_EXCEEDED: the deadline passed before the request had come");
    GrpcFixture.resetIsNoError(client, 1);
    assertThat(client.call(3, ECHO, "on").messages()).containsExactly("on!");
  }

  @Test
  void row39gGivesUpAReplyThatIsNotTakenByTheDeadline() throws Exception {
    handlers.echo = _ -> "x".repeat(1 << 20);
    var client = client();
    client.request(1, false, ECHO, field("grpc-timeout", "2S"));
    client.messages(1, true, "hi");

    client.awaitReset(1, ErrorCode.CANCEL);
    assertThat(client.on(1).data.size()).isEqualTo(65535);
  }

  private static String awaitInterrupt(CountDownLatch interrupted) {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interrupted.countDown();
    }
    return "interrupted";
  }

  @Test
  void row39iForgetsCallsThatAreCancelledAtAnyPoint() throws Exception {
    var begun = new Semaphore(0);
    var ended = new Semaphore(0);
    handlers.echo =
        text -> {
          if (text.equals("on")) {
            return text;
          }
          begun.release();
          awaitInterrupt(new CountDownLatch(1));
          ended.release();
          return text;
        };
    var client = client(GrpcOptions.DEFAULT, builder -> builder.stopTimeout(LONG));
    for (int id = 1; id < 200; id += 4) {
      client.request(id, false, ECHO); // cancelled within its message
      client.request(id + 2, false, ECHO); // cancelled as it runs, or before
      client.data(id, false, new byte[] {0, 0});
      client.messages(id + 2, true, "hi");
      client.reset(id, ErrorCode.CANCEL);
    }
    assertThat(begun.tryAcquire(10, TimeUnit.SECONDS)).isTrue(); // one at least runs
    for (int id = 3; id < 200; id += 4) {
      client.reset(id, ErrorCode.CANCEL);
    }
    assertThat(client.call(301, ECHO, "on").messages()).containsExactly("on");
    long start = System.nanoTime();
    stop();

    assertThat(System.nanoTime() - start).isLessThan(LONG.toNanos());
    int others = begun.drainPermits();
    assertThat(ended.tryAcquire(1 + others, 10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void beginsFewCallsThatAreResetAlready() throws Exception {
    var begun = new AtomicInteger();
    handlers.echo =
        text -> {
          begun.incrementAndGet();
          return text;
        };
    var client = client();
    client.cork();
    for (int id = 1; id < 200; id += 2) {
      client.request(id, false, ECHO);
      client.messages(id, true, "hi");
      client.reset(id, ErrorCode.CANCEL);
    }
    client.request(201, false, ECHO);
    client.messages(201, true, "on");

    client.uncork();

    assertThat(client.response(201).messages()).containsExactly("on");
    assertThat(begun.get()).isBetween(1, 30);
  }

  @Test
  void row39jHoldsNoMoreOfAConnectionThanItMay() throws Exception {
    int size = 1 << 20;
    int calls = 4;
    handlers.echo = text -> Integer.toString(text.length());
    var http2 = Http2Options.builder().maxHeldBytes(calls * size - 1).build();
    var client =
        client(GrpcOptions.DEFAULT.withHttp2(http2), builder -> builder.maxMessageBytes(size));
    var half = Arrays.copyOf(RawClient.message(new byte[size]), size);
    for (int i = 0; i < calls; i++) {
      client.request(2 * i + 1, false, ECHO);
      for (int at = 0; at < size; at += 16384) {
        client.data(2 * i + 1, false, Arrays.copyOfRange(half, at, at + 16384));
      }
    }
    int last = 2 * calls - 1;

    assertThat(client.response(last).status()).startsWith("RESOURCE_EXHAUSTED: no room: ");
    client.data(1, true, new byte[MessageWriter.PREFIX_BYTES]);
    assertThat(client.response(1).messages()).containsExactly(Integer.toString(size));
    assertThat(client.call(last + 2, ECHO, "on").messages()).containsExactly("2");
  }

  @Test
  void row39jHasRoomForOneMessageThatIsWithinItsLimit() throws Exception {
    int size = 1 << 20;
    handlers.echo = text -> Integer.toString(text.length());
    var http2 = Http2Options.builder().maxHeldBytes(1 << 10).build();
    var client =
        client(GrpcOptions.DEFAULT.withHttp2(http2), builder -> builder.maxMessageBytes(size));

    var message = RawClient.message(new byte[size]);
    client.request(1, false, ECHO);
    for (int at = 0; at < message.length; at += 16384) {
      int end = Math.min(at + 16384, message.length);
      client.data(1, end == message.length, Arrays.copyOfRange(message, at, end));
    }

    assertThat(client.response(1).messages()).containsExactly(Integer.toString(size));
  }

  @Test
  void tellsOfAFailedHandlerByAnErrorId() throws Exception {
    handlers.echo =
        _ -> {
          throw new IllegalStateException("secret");
        };

    var response = client().call(1, ECHO, "hi");

    assertThat(response.status())
        .matches("INTERNAL: test.Words/Echo failed in its handler, error id [0-9a-f]{8}: .*")
        .doesNotContain("secret");
  }

  @Test
  void shortensTheTextOfAStatusToWhatTheClientTakes() throws Exception {
    handlers.echo =
        _ -> {
          throw new GrpcException(GrpcCode.ABORTED, "gr\u00fcn ".repeat(300));
        };
    var client =
        client(GrpcOptions.DEFAULT, _ -> {}, new Setting(Setting.MAX_HEADER_LIST_SIZE, 400));

    var response = client.call(1, ECHO, "hi");

    assertThat(response.status()).startsWith("ABORTED: gr\u00fcn gr\u00fcn ");
    assertThat(response.head.stream().mapToInt(HeaderField::size).sum()).isBetween(380, 400);
  }

  @Test
  void bringsTheStatusOfAHandlerWithItsDetails() throws Exception {
    var status = new GrpcStatus(GrpcCode.ABORTED, "gr\u00fcn", Binary.of(new byte[] {1, 2, 3}));
    handlers.echo =
        _ -> {
          throw new GrpcException(status);
        };

    var response = client().call(1, ECHO, "hi");

    assertThat(Trailers.read(response.head).status()).isEqualTo(status);
    assertThat(response.field("wh-error")).isEmpty();
  }

  /// What does not fit into the 8 KiB that peers take would cost them the status.
  @Test
  void leavesOutDetailsThatDoNotFit() throws Exception {
    var details = Binary.of(new byte[7000]);
    handlers.echo =
        text -> {
          if (text.equals("metadata")) {
            Invocation.current().orElseThrow().replyMetadata().put("x-large", "x".repeat(8000));
          }
          throw new GrpcException(new GrpcStatus(GrpcCode.ABORTED, "not now", details));
        };
    var client = client();

    for (var text : List.of("hi", "metadata")) {
      var response = client.call(text.equals("hi") ? 1 : 3, ECHO, text);

      assertThat(response.status()).isEqualTo("ABORTED: (7000 bytes of details left out) not now");
      assertThat(response.field("x-large")).isEmpty();
    }
  }

  @Test
  void refusesReplyMetadataThatDoesNotFit() throws Exception {
    handlers.echo =
        text -> {
          Invocation.current().orElseThrow().replyMetadata().put("x-large", "x".repeat(8200));
          return text;
        };

    assertThat(client().call(1, ECHO, "hi").status())
        .startsWith("INTERNAL: the reply cannot be written: reply metadata makes 82");
  }

  @Test
  void keepsTheNumberOfAnErrorBesideItsStatus() throws Exception {
    handlers.echo =
        _ -> {
          throw new ApplicationException(4711, "not you");
        };

    var response = client().call(1, ECHO, "hi");

    assertThat(response.status()).isEqualTo("UNKNOWN: not you");
    assertThat(response.field("wh-error")).isEqualTo("4711");
  }

  @Test
  void bringsABusinessStatus() throws Exception {
    handlers.echo =
        _ -> {
          throw new BusinessException(404, "none", Map.of("a", "b"));
        };

    var response = client().call(1, ECHO, "hi");

    assertThat(response.status()).isEqualTo("INTERNAL: none");
    assertThat(response.field("biz-status")).isEqualTo("404");
    assertThat(response.field("biz-extra")).isEqualTo("{\"a\":\"b\"}");
  }

  @Test
  void refusesAReplyOverTheLimit() throws Exception {
    handlers.echo = _ -> "x".repeat(2000);
    var ended = new LinkedBlockingQueue<String>();
    var client =
        client(GrpcOptions.DEFAULT, builder -> builder.maxMessageBytes(1024).listener(ends(ended)));

    assertThat(client.call(1, ECHO, "hi").status())
        .startsWith("RESOURCE_EXHAUSTED: a message of 2000 bytes is to be sent");
    assertThat(ended.poll(10, TimeUnit.SECONDS)).contains("a message of 2000 bytes");
  }

  /// Puts into a queue how each call ends.
  static CallListener ends(LinkedBlockingQueue<String> ended) {
    return new CallListener() {
      @Override
      public void ended(Invocation call, @Nullable Throwable failure) {
        ended.add(String.valueOf(failure));
      }
    };
  }

  @Test
  void keepsToItselfWhyAReplyCannotBeWritten() throws Exception {
    var wrong =
        new Service(
            "test.Wrong",
            List.of(
                new Operation(
                    new Method<>("List", false, new MessageCall<>(Words.TEXT, Words.TEXT)),
                    (_, _) -> List.of("not", "a", "text"))));
    var client = client(GrpcOptions.DEFAULT, builder -> builder.service(wrong));

    assertThat(client.call(1, "/test.Wrong/List", "hi").status())
        .matches("INTERNAL: test.Wrong/List failed in its handler, error id [0-9a-f]{8}: .*")
        .doesNotContain("cast");
  }

  @Test
  void refusesMoreCallsThanMayRun() throws Exception {
    var running = new CountDownLatch(1);
    var free = new CountDownLatch(1);
    handlers.echo =
        text -> {
          running.countDown();
          await(free);
          return text;
        };
    var client = client(GrpcOptions.DEFAULT, builder -> builder.maxCalls(1));
    client.request(1, false, ECHO);
    client.messages(1, true, "one");
    assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();

    var second = client.call(3, ECHO, "two");

    assertThat(second.status()).startsWith("RESOURCE_EXHAUSTED: ");
    assertThat(second.field("wh-error")).isEqualTo("1938274529");
    free.countDown();
    assertThat(client.response(1).messages()).containsExactly("one");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  // ---- beside the message

  @Test
  void showsHandlersMetadataAndOriginAndDeadline() throws Exception {
    var seen = new LinkedBlockingQueue<Invocation>();
    handlers.echo =
        text -> {
          seen.add(Invocation.current().orElseThrow());
          return text;
        };

    client()
        .call(
            1,
            ECHO,
            "hi",
            field("x-tenant", "blue"),
            field("rpc-persist-log-id", "7"),
            field("source-service", "shop"),
            field("user-agent", "test"),
            field("grpc-timeout", "20S"));

    var invocation = seen.remove();
    assertThat(invocation.name()).isEqualTo("test.Words/Echo");
    assertThat(invocation.metadata())
        .isEqualTo(new Metadata(Map.of("x-tenant", "blue"), Map.of("LOG_ID", "7")));
    assertThat(invocation.origin()).isEqualTo(new Origin("shop", ""));
    assertThat(TimeUnit.NANOSECONDS.toSeconds(invocation.deadline().remainingNanos()))
        .isBetween(1L, 20L);
  }

  @Test
  void sendsReplyMetadataWithTheTrailers() throws Exception {
    handlers.echo =
        text -> {
          var reply = Invocation.current().orElseThrow().replyMetadata();
          reply.put("x-order", "7");
          if (text.equals("no")) {
            throw new GrpcException(GrpcCode.NOT_FOUND, "none");
          }
          return text;
        };
    var client = client();

    assertThat(client.call(1, ECHO, "hi").trailers).contains(field("x-order", "7"));
    assertThat(client.call(3, ECHO, "no").head).contains(field("x-order", "7"));
  }

  @Test
  void sendsTheHeaderOfAHandlerBeforeItsReply() throws Exception {
    handlers.echo =
        text -> {
          GrpcExchange.current().orElseThrow().header().put("x-shard", "3");
          if (text.equals("no")) {
            throw new GrpcException(GrpcCode.NOT_FOUND, "none");
          }
          return text;
        };
    var client = client();

    var well = client.call(1, ECHO, "hi");
    var ill = client.call(3, ECHO, "no");

    assertThat(well.head).contains(field("x-shard", "3"));
    assertThat(well.trailers).containsExactly(field("grpc-status", "0"));
    assertThat(ill.head).contains(field("x-shard", "3"));
    assertThat(ill.trailers).contains(field("grpc-status", "5"));
  }

  @Test
  void refusesReplyMetadataThatCanBeNoField() throws Exception {
    handlers.echo =
        text -> {
          Invocation.current().orElseThrow().replyMetadata().put("x-order", "gr\u00fcn");
          return text;
        };

    assertThat(client().call(1, ECHO, "hi").status())
        .startsWith("INTERNAL: the reply cannot be written: metadata value of x-order");
  }

  // ---- compression

  @Test
  void readsCompressedRequests() throws Exception {
    var client = client();
    client.request(1, false, ECHO, GZIP);
    client.data(1, true, compressed("hello ".repeat(100)));

    assertThat(client.response(1).messages()).containsExactly("hello ".repeat(100) + "!");
  }

  private static byte[] compressed(String text) {
    try (var out = new LinkBuffer()) {
      new MessageWriter(Words.TEXT, 1 << 20).write(text, Encoding.GZIP, out);
      var bytes = new byte[out.size()];
      out.readBytes(bytes, 0, bytes.length);
      return bytes;
    }
  }

  @Test
  void refusesWhatHasNoRoomOnceDecompressed() throws Exception {
    handlers.echo = text -> Integer.toString(text.length());
    var running = new CountDownLatch(1);
    var free = new CountDownLatch(1);
    var hog =
        new Service(
            "test.Hog",
            List.of(
                new Operation(
                    new Method<>("Take", false, new MessageCall<>(HOG, Words.TEXT)),
                    (_, text) -> {
                      running.countDown();
                      await(free);
                      return text;
                    })));
    var client = client(GrpcOptions.DEFAULT, builder -> builder.service(hog));
    client.request(1, false, "/test.Hog/Take");
    client.messages(1, true, "all but 64 KiB");
    assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();

    client.request(3, false, ECHO, GZIP);
    client.data(3, true, compressed("hello ".repeat(20_000)));

    assertThat(client.response(3).status())
        .startsWith("RESOURCE_EXHAUSTED: decompressed, the message of 120000 bytes has no room");
    free.countDown();
    assertThat(client.response(1).messages()).containsExactly("all but 64 KiB");
    int id = 5;
    var last = "";
    for (long end = System.nanoTime() + GrpcFixture.LIMIT.toNanos();
        !last.equals("OK") && System.nanoTime() - end < 0; // until all is given back
        id += 2) {
      client.request(id, false, ECHO, GZIP);
      client.data(id, true, compressed("hello ".repeat(20_000)));
      last = client.response(id).status();
    }
    assertThat(last).isEqualTo("OK");
  }

  /// A text that takes what room there is for objects but for 64 KiB.
  private static final MessageCodec<Object> HOG =
      new MessageCodec<>() {
        @Override
        public Object read(LinkBuffer in, ObjectBudget objects) {
          for (long step = Long.MAX_VALUE / 4; step >= 64 << 10; step /= 2) {
            while (objects.take(step, 0)) {}
          }
          return in.readUtf8(in.size());
        }

        @Override
        public void write(Object message, LinkBuffer out) {
          throw new AssertionError("never called");
        }
      };

  @Test
  void compressesRepliesForThoseWhoReadThem() throws Exception {
    handlers.echo = _ -> "hello ".repeat(1000);
    var client = client(GrpcOptions.DEFAULT.withCompression(true), _ -> {});

    var compressed = client.call(1, ECHO, "hi", field("grpc-accept-encoding", "identity, gzip"));
    var plain = client.call(3, ECHO, "hi");

    assertThat(compressed.field("grpc-encoding")).isEqualTo("gzip");
    assertThat(compressed.data.size()).isLessThan(200);
    var reader = new MessageReader(Encoding.GZIP, 1 << 20, _ -> 1 << 20, _ -> {});
    reader.add(LinkBuffer.wrap(compressed.data.toByteArray()));
    try (var message = requireNonNull(reader.next())) {
      assertThat(message.readUtf8(message.size())).isEqualTo("hello ".repeat(1000));
    }
    reader.release();
    assertThat(plain.field("grpc-encoding")).isEmpty();
    assertThat(plain.messages()).containsExactly("hello ".repeat(1000));
  }

  @Test
  void compressesAReplyAsItsHandlerSays() throws Exception {
    handlers.echo =
        text -> {
          GrpcExchange.current().orElseThrow().compress(text.startsWith("compressed"));
          return text;
        };
    var client = client(GrpcOptions.DEFAULT.withCompression(true), _ -> {});
    var readsGzip = field("grpc-accept-encoding", "gzip");

    var compressed = client.call(1, ECHO, "compressed ".repeat(100), readsGzip);
    var plain = client.call(3, ECHO, "plain", readsGzip);
    var unread = client.call(5, ECHO, "compressed");

    assertThat(compressed.field("grpc-encoding")).isEqualTo("gzip");
    assertThat(compressed.data.toByteArray()[0]).isEqualTo((byte) 1);
    assertThat(plain.field("grpc-encoding")).isEmpty();
    assertThat(plain.messages()).containsExactly("plain");
    assertThat(unread.messages()).containsExactly("compressed");
  }

  @Test
  void tellsAHandlerWhetherItsRequestWasCompressed() throws Exception {
    handlers.echo = _ -> "" + GrpcExchange.current().orElseThrow().isRequestCompressed();
    var client = client();
    client.request(1, false, ECHO, GZIP);
    client.data(1, true, compressed("hi".repeat(100)));

    assertThat(client.response(1).messages()).containsExactly("true");
    assertThat(client.call(3, ECHO, "hi", GZIP).messages()).containsExactly("false");
  }

  @Test
  void knowsOfNoExchangeOutsideOfAHandler() {
    assertThat(GrpcExchange.current()).isEmpty();
  }

  // ---- Thrift

  @Test
  void servesMethodsOfThriftWithAndWithoutAPackage() throws Exception {
    var client = client();

    for (int id : IntStream.of(1, 3).toArray()) {
      client.request(id, false, id == 1 ? "/Notes/note" : "/shop.Notes/note", THRIFT);
      client.data(id, true, RawClient.message(struct("hi")));
      var response = client.response(id);

      assertThat(response.field("content-type")).isEqualTo("application/grpc+thrift");
      assertThat(response.data.toByteArray()).isEqualTo(RawClient.message(struct("hi!")));
      assertThat(response.status()).isEqualTo("OK");
    }
  }

  /// One string under id 1, in the binary protocol.
  static byte[] struct(String text) {
    try (var out = new LinkBuffer()) {
      out.writeByte(11);
      out.writeShort(1);
      out.writeSizedUtf8(text);
      out.writeByte(0);
      var bytes = new byte[out.size()];
      out.readBytes(bytes, 0, bytes.length);
      return bytes;
    }
  }

  @Test
  void answersAOnewayMethodWithAnEmptyStruct() throws Exception {
    var client = client();
    client.request(1, false, "/Notes/tell", THRIFT);
    client.data(1, true, RawClient.message(struct("hi")));

    assertThat(client.response(1).data.toByteArray()).isEqualTo(RawClient.message(new byte[1]));
  }

  // ---- the connection

  @Test
  void row11AnswersHeadersThatAreTooLarge() throws Exception {
    var client = client();

    var response = client.call(1, ECHO, "hi", field("x-large", "x".repeat(9000)));

    assertThat(response.field(":status")).isEqualTo("200");
    assertThat(response.status()).startsWith("RESOURCE_EXHAUSTED: header fields of more than 8192");
    assertThat(client.call(3, ECHO, "on").messages()).containsExactly("on!");
  }

  @Test
  void tellsWhatIsWrongWithAFrame() throws Exception {
    var client = client();
    assertThat(client.call(1, ECHO, "hi").messages()).containsExactly("hi!");
    client.send(new byte[] {0x7f, 0, 0, 0, 0, 0, 0, 0, 1});

    assertThat(client.awaitGoAway()).isEqualTo(1);
    client.awaitEnd();
  }
}
