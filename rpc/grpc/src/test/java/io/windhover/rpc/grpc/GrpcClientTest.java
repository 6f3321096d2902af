package io.windhover.rpc.grpc;

import static io.windhover.rpc.grpc.ScriptedServer.ENDED_WELL;
import static io.windhover.rpc.grpc.ScriptedServer.OK;
import static io.windhover.rpc.grpc.ScriptedServer.answering;
import static io.windhover.rpc.grpc.ScriptedServer.data;
import static io.windhover.rpc.grpc.ScriptedServer.fields;
import static io.windhover.rpc.grpc.ScriptedServer.head;
import static io.windhover.rpc.grpc.ScriptedServer.message;
import static io.windhover.rpc.grpc.ScriptedServer.request;
import static io.windhover.rpc.grpc.ScriptedServer.with;
import static io.windhover.rpc.grpc.Words.ECHO;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.Http2Options;
import io.windhover.http2.RequestHead;
import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.hpack.HeaderField;
import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.testing.LeakCheck;
import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.Method;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.TimeSource;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.client.ClientBuilder;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.rpc.codec.MessageCodec;
import io.windhover.thrift.ObjectBudget;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Calls of one request and one reply, of a server that answers as a test says.
@Timeout(30)
final class GrpcClientTest {

  private static final Duration LIMIT = ScriptedServer.LIMIT;

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

  // ---- what leaves

  @Test
  void callsByAPostToThePathOfItsMethod() throws Exception {
    var server = answering(OK, ENDED_WELL, message("hi back"));
    var client = client(server);

    assertThat(echo(client, "hi")).isEqualTo("hi back");

    var head = next(server.heads);
    assertThat(head.method()).isEqualTo("POST");
    assertThat(head.scheme()).isEqualTo("http");
    assertThat(head.path()).isEqualTo("/test.Words/Echo");
    assertThat(head.authority()).isEqualTo("localhost:" + server.port());
    assertThat(value(head, "content-type")).isEqualTo("application/grpc");
    assertThat(value(head, "te")).isEqualTo("trailers");
    assertThat(value(head, "user-agent")).startsWith("windhover");
    assertThat(value(head, "grpc-accept-encoding")).isEqualTo("identity,gzip");
    assertThat(value(head, "grpc-encoding")).isNull();
    assertThat(value(head, "source-service")).isEqualTo("windhover-client");
  }

  @ParameterizedTest
  @CsvSource({"Words, /test.Words/Echo", "Other, /test.Other/Echo", "v2.Words, /v2.Words/Echo"})
  void saysThePackageOfAMethodBeforeItsService(String service, String path) throws Exception {
    var server = answering(OK, ENDED_WELL, message("hi back"));
    var method = new Method<>("Echo", Method.Kind.UNARY, ECHO.codec(), "test");

    assertThat(client(server).call(service, method, "hi")).isEqualTo("hi back");

    assertThat(next(server.heads).path()).isEqualTo(path);
  }

  @Test
  void sendsTheMessageBehindItsPrefix() throws Exception {
    var seen = new CompletableFuture<byte[]>();
    var server =
        new ScriptedServer(
            (stream, _) -> {
              try (var all = ScriptedServer.all(stream)) {
                seen.complete(ScriptedServer.bytes(all));
              }
              stream.respond(OK, data(message("")), ENDED_WELL);
            });

    assertThat(echo(client(server), "hi")).isEmpty();

    assertThat(seen.get()).containsExactly(0, 0, 0, 0, 2, 'h', 'i');
  }

  @Test
  void tellsHowLongTheCallerStillWaits() throws Exception {
    var server = answering(OK, ENDED_WELL, message("x"));

    echo(client(server, it -> it.timeout(Duration.ofSeconds(7))), "hi");

    var timeout = Objects.requireNonNull(value(next(server.heads), "grpc-timeout"));
    assertThat(TimeoutText.read(timeout)).isBetween(Duration.ofMillis(1), Duration.ofSeconds(7));
  }

  @Test
  void takesMetadataToTheServerAndBack() throws Exception {
    var server =
        answering(
            with(OK, "x-one", "1", "x-bytes-bin", "AAE="),
            with(ENDED_WELL, "x-two", "2"),
            message("x"));
    var client = client(server);
    var got = new CompletableFuture<Map<String, String>>();
    var options =
        CallOptions.builder()
            .metadata(Metadata.builder().transientValue("x-tenant", "blue").build())
            .onReplyMetadata(got::complete)
            .build();

    client.with(options).call(SERVICE, ECHO, "hi");

    assertThat(value(next(server.heads), "x-tenant")).isEqualTo("blue");
    assertThat(got).isCompletedWithValue(Map.of("x-one", "1", "x-two", "2", "x-bytes-bin", "AAE"));
  }

  @Test
  void refusesMetadataThatNoFieldCanHave() throws Exception {
    var client =
        client(
            answering(OK, ENDED_WELL, message("x")),
            it -> it.metadata(Metadata.of("authorization", "secret\n")));

    var failure = failure(client);

    assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
    assertThat(failure)
        .hasMessageContaining("metadata value of authorization: U+000A at 6")
        .hasMessageNotContaining("secret");
  }

  @Test
  void leavesOutAnOriginThatNoFieldCanHave() throws Exception {
    var server = answering(OK, ENDED_WELL, message("x"));

    echo(client(server, it -> it.name("Zürich")), "hi");

    assertThat(value(next(server.heads), "source-service")).isNull();
  }

  @Test
  void callsMethodsOfThriftWithBareStructs() throws Exception {
    byte[] struct = {11, 0, 1, 0, 0, 0, 2, 'h', 'i', 0};
    var seen = new CompletableFuture<byte[]>();
    var server =
        new ScriptedServer(
            (stream, _) -> {
              try (var all = ScriptedServer.all(stream)) {
                seen.complete(ScriptedServer.bytes(all));
              }
              stream.respond(OK, data(message(0, struct)), ENDED_WELL);
            });

    assertThat(client(server).call("Notes", Words.NOTE, "hi")).isEqualTo("hi");

    assertThat(seen.get()).isEqualTo(message(0, struct));
    var head = next(server.heads);
    assertThat(head.path()).isEqualTo("/Notes/note");
    assertThat(value(head, "content-type")).isEqualTo("application/grpc+thrift");
  }

  @Test
  void compressesRequestsIfAskedTo() throws Exception {
    var seen = new CompletableFuture<byte[]>();
    var server =
        new ScriptedServer(
            (stream, _) -> {
              try (var all = ScriptedServer.all(stream)) {
                seen.complete(ScriptedServer.bytes(all));
              }
              stream.respond(OK, data(message("x")), ENDED_WELL);
            });
    var client = client(server, GrpcClientOptions.DEFAULT.withCompression(true));

    echo(client, "hi".repeat(1000));

    assertThat(value(next(server.heads), "grpc-encoding")).isEqualTo("gzip");
    assertThat(seen.get()).hasSizeLessThan(100).startsWith(MessageWriter.COMPRESSED);
  }

  @Test
  void compressesTheRequestsThatItsPolicyPicks() throws Exception {
    var server = answering(OK, ENDED_WELL, message("x"));
    CompressionPolicy ofLong = (_, message) -> message.toString().length() > 100;
    var client = client(server, GrpcClientOptions.DEFAULT.withCompression(ofLong));

    echo(client, "hi");
    echo(client, "hi".repeat(1000));

    assertThat(next(server.heads).fields()).noneMatch(it -> it.name().equals("grpc-encoding"));
    assertThat(value(next(server.heads), "grpc-encoding")).isEqualTo("gzip");
  }

  @Test
  void namesWhomRequestsAreForAsItIsTold() throws Exception {
    var server = answering(OK, ENDED_WELL, message("x"));
    var options = GrpcClientOptions.DEFAULT.withAuthority("echo.mesh").withUserAgent("us/1");

    echo(client(server, options), "hi");

    var head = next(server.heads);
    assertThat(head.authority()).isEqualTo("echo.mesh");
    assertThat(value(head, "user-agent")).isEqualTo("us/1");
  }

  @Test
  void refusesRequestsThatAreTooLarge() throws Exception {
    var client = client(answering(OK, ENDED_WELL, message("x")), it -> it.maxMessageBytes(1024));

    var failure = catchThrowableOfType(RpcException.class, () -> echo(client, "x".repeat(1025)));

    assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
    assertThat(failure)
        .hasMessageContaining("1025 bytes")
        .hasMessageEndingWith("Give the client a larger maxMessageBytes(...)");
    assertThat(GrpcStatus.of(failure)).isEmpty();
  }

  @Test
  void refusesRequestsThatCannotBeWritten() throws Exception {
    var client = client(answering(OK, ENDED_WELL, message("x")));

    var unwritable =
        new MessageCodec<Object>() {
          @Override
          public Object read(LinkBuffer in, ObjectBudget objects) {
            throw new AssertionError("never called");
          }

          @Override
          public void write(Object message, LinkBuffer out) {
            throw new MalformedMessageException("not a text");
          }
        };
    var method = new Method<>("Echo", false, new MessageCall<>(unwritable, Words.TEXT));

    assertThatThrownBy(() -> client.call(SERVICE, method, "hi"))
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PROTOCOL))
        .hasMessageContaining("the request cannot be written: not a text");
    assertThat(echo(client, "hi")).isEqualTo("x");
  }

  // ---- what arrives

  @Test
  void readsCompressedReplies() throws Exception {
    try (var plain = data("so much ".repeat(10).getBytes(UTF_8));
        var gzipped = Objects.requireNonNull(Encoding.GZIP.compressed(plain))) {
      var server =
          answering(
              with(OK, "grpc-encoding", "gzip"),
              ENDED_WELL,
              message(1, ScriptedServer.bytes(gzipped)));

      assertThat(echo(client(server), "hi")).isEqualTo("so much ".repeat(10));
    }
  }

  @Test
  void readsRepliesOfManyFrames() throws Exception {
    var text = "0123456789".repeat(400_000);
    var server = answering(OK, ENDED_WELL, message(text));

    assertThat(echo(client(server), "hi")).isEqualTo(text);
  }

  @Test
  void sendsRequestsOfManyFrames() throws Exception {
    var text = "0123456789".repeat(400_000);
    var server =
        new ScriptedServer(
            (stream, _) -> stream.respond(OK, data(message(request(stream))), ENDED_WELL));

    assertThat(echo(client(server), text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "CANCELLED, 1938274001, CANCELLED",
    "UNKNOWN, 0, REMOTE",
    "INVALID_ARGUMENT, 1938274003, REMOTE",
    "DEADLINE_EXCEEDED, 1938274408, TIMEOUT",
    "NOT_FOUND, 1938274005, REMOTE",
    "ALREADY_EXISTS, 1938274006, REMOTE",
    "PERMISSION_DENIED, 1938274007, REMOTE",
    "RESOURCE_EXHAUSTED, 1938274008, REMOTE",
    "FAILED_PRECONDITION, 1938274009, REMOTE",
    "ABORTED, 1938274010, REMOTE",
    "OUT_OF_RANGE, 1938274011, REMOTE",
    "UNIMPLEMENTED, 1, REMOTE",
    "INTERNAL, 6, REMOTE",
    "UNAVAILABLE, 1938274014, REMOTE",
    "DATA_LOSS, 1938274015, REMOTE",
    "UNAUTHENTICATED, 1938274016, REMOTE"
  })
  void throwsTheStatusOfTheServer(GrpcCode code, int number, Kind kind) throws Exception {
    var trailers =
        fields(
            "grpc-status",
            Integer.toString(code.number()),
            "grpc-message",
            "no%20order%207",
            "grpc-status-details-bin",
            "CAU");
    for (var server :
        List.of(
            answering(
                with(OK, trailers.stream().flatMap(GrpcClientTest::both).toArray(String[]::new)),
                List.of()),
            answering(OK, trailers),
            answering(OK, trailers, message("in vain")))) {
      var failure = failure(client(server));

      var status = GrpcStatus.of(failure).orElseThrow();
      assertThat(status.code()).isEqualTo(code);
      assertThat(status.message()).isEqualTo("no order 7");
      assertThat(status.details().toByteArray()).containsExactly(8, 5);
      assertThat(failure.remoteCode()).isEqualTo(number);
      assertThat(failure.kind()).isEqualTo(kind);
      assertThat(failure).hasMessageContaining("the server answered with " + code + ": no order 7");
    }
  }

  private static Stream<String> both(HeaderField field) {
    return Stream.of(field.name(), field.value());
  }

  /// A status before the end is none if another comes there.
  @Test
  void takesTheStatusOfTheEnd() throws Exception {
    var server = answering(with(OK, "grpc-status", "0"), fields("grpc-status", "13"), message("x"));

    assertThat(GrpcStatus.of(failure(client(server))).orElseThrow().code())
        .isEqualTo(GrpcCode.INTERNAL);
  }

  /// Row 33, the client's part: the status counts, and what was asked for.
  @Test
  void leavesOutMetadataThatIsNoBase64() throws Exception {
    var refusing = client(answering(OK, fields("grpc-status", "16", "x-bin", "*", "x-good", "1")));
    var answering = client(answering(with(OK, "x-bin", "*"), ENDED_WELL, message("x")));

    assertThat(GrpcStatus.of(failure(refusing)).orElseThrow().code())
        .isEqualTo(GrpcCode.UNAUTHENTICATED);
    assertThat(echo(answering, "hi")).isEqualTo("x");
  }

  @ParameterizedTest
  @CsvSource({
    "application/grpc-web+proto, not gRPC",
    "application/grpcx, not gRPC",
    "application/grpc+thrift, not what was asked for"
  })
  void refusesAnotherContentThanItAskedFor(String type, String what) throws Exception {
    var failure =
        failure(client(answering(head(200, "content-type", type), List.of(), message("x"))));

    assertThat(failure).hasMessageContaining("content-type " + type + ", which is " + what);
  }

  @Test
  void readsAContentTypeInCapitals() throws Exception {
    var server = answering(head(200, "content-type", "Application/GRPC"), ENDED_WELL, message("x"));

    assertThat(echo(client(server), "hi")).isEqualTo("x");
  }

  @Test
  void knowsOurOwnErrorsByTheirNumbers() throws Exception {
    var overloaded = Integer.toString(ApplicationException.OVERLOADED);
    var server = answering(OK, fields("grpc-status", "8", "wh-error", overloaded));

    var failure = failure(client(server));

    assertThat(failure.remoteCode()).isEqualTo(ApplicationException.OVERLOADED);
    assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
    assertThat(failure.isSafeToRetry()).isTrue();
  }

  @Test
  void throwsTheBusinessStatusOfTheMethod() throws Exception {
    var server =
        answering(
            OK,
            fields(
                "grpc-status",
                "13",
                "grpc-message",
                "none%20left",
                "biz-status",
                "404",
                "biz-extra",
                "{\"a\":\"b\"}"));

    assertThatThrownBy(() -> echo(client(server), "hi"))
        .isInstanceOfSatisfying(
            BusinessException.class,
            e -> {
              assertThat(e.code()).isEqualTo(404);
              assertThat(e.text()).isEqualTo("none left");
              assertThat(e.extra()).containsExactly(Map.entry("a", "b"));
              assertThat(GrpcStatus.of(e)).isEmpty();
            });
  }

  /// Kitex' servers send details of a status beside it, or another code, if a handler says so.
  @ParameterizedTest
  @CsvSource({"13, AQID, INTERNAL, 3", "5, '', NOT_FOUND, 0"})
  void tellsTheStatusBehindABusinessStatus(
      String status, String details, GrpcCode code, int detailBytes) throws Exception {
    var end =
        fields("grpc-status", status, "biz-status", "404", "grpc-status-details-bin", details);

    assertThatThrownBy(() -> echo(client(answering(OK, end)), "hi"))
        .isInstanceOfSatisfying(
            BusinessException.class,
            e -> {
              var told = GrpcStatus.of(e).orElseThrow();
              assertThat(told.code()).isEqualTo(code);
              assertThat(told.details().size()).isEqualTo(detailBytes);
            });
  }

  /// Row 39f.
  @Test
  void takesNoSecondMessage() throws Exception {
    var server = answering(OK, ENDED_WELL, message("one"), message("two"));

    var failure = failure(client(server));

    assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
    assertThat(failure).hasMessageContaining("a second message, which no call has");
  }

  /// Row 39f.
  @Test
  void needsAMessage() throws Exception {
    var failure = failure(client(answering(OK, ENDED_WELL)));

    assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
    assertThat(failure).hasMessageContaining("the call ended well, but without a message");
  }

  @Test
  void needsAWholeMessage() throws Exception {
    var failure = failure(client(answering(OK, ENDED_WELL, new byte[] {0, 0, 0, 0, 2, 'h'})));

    assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
    assertThat(failure).hasMessageContaining("in the middle of a message");
  }

  @Test
  void tellsOfReplyThatCannotBeRead() throws Exception {
    var failure = failure(client(answering(OK, ENDED_WELL, message("!malformed"))));

    assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
    assertThat(failure).hasMessageContaining("the reply cannot be read: no text");
  }

  /// Row 39b: nothing is waited for that is too large anyway.
  @ParameterizedTest
  @ValueSource(ints = {1025, Integer.MAX_VALUE, -1})
  void refusesRepliesThatAreTooLargeByTheirLength(int length) throws Exception {
    var prefix = new LinkBuffer();
    prefix.writeByte(0);
    prefix.writeInt(length);
    byte[] bytes = ScriptedServer.bytes(prefix);
    prefix.release();
    var server =
        new ScriptedServer(
            (stream, _) -> {
              stream.sendHead(OK, false);
              stream.send(data(bytes), false); // and no end
            });

    var failure = failure(client(server, it -> it.maxMessageBytes(1024)));

    assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
    assertThat(failure).hasMessageContaining("larger than maxMessageBytes 1024");
    assertThat(next(server.failures).code()).isEqualTo(ErrorCode.CANCEL);
  }

  /// Row 39c.
  @Test
  void refusesCompressedMessagesWithoutAnEncoding() throws Exception {
    var failure = failure(client(answering(OK, ENDED_WELL, message(1, new byte[] {1, 2}))));

    assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
    assertThat(failure).hasMessageContaining("without a grpc-encoding");
  }

  /// Row 39c.
  @Test
  void refusesFlagsThatNobodyKnows() throws Exception {
    assertThat(failure(client(answering(OK, ENDED_WELL, message(2, new byte[] {1})))))
        .hasMessageContaining("the flag 2");
  }

  /// Row 39c.
  @Test
  void refusesEncodingsThatWereNotOffered() throws Exception {
    var server = answering(with(OK, "grpc-encoding", "snappy"), ENDED_WELL, message("x"));

    assertThat(failure(client(server)))
        .hasMessageContaining("what was not offered (offered: identity,gzip)");
  }

  /// Row 39h.
  @Test
  void takesAMissingStatusForUnknown() throws Exception {
    var failure = failure(client(answering(OK, fields("x-other", "1"), message("x"))));

    assertThat(GrpcStatus.of(failure).orElseThrow().code()).isEqualTo(GrpcCode.UNKNOWN);
    assertThat(failure).hasMessageContaining("no grpc-status");
  }

  /// Row 39h.
  @Test
  void takesAStatusThatNobodyKnowsForUnknown() throws Exception {
    var failure = failure(client(answering(OK, fields("grpc-status", "99"), message("x"))));

    assertThat(GrpcStatus.of(failure).orElseThrow().code()).isEqualTo(GrpcCode.UNKNOWN);
    assertThat(failure).hasMessageContaining("grpc-status 99");
  }

  /// Row 39h.
  @ParameterizedTest
  @CsvSource({
    "400, INTERNAL",
    "401, UNAUTHENTICATED",
    "403, PERMISSION_DENIED",
    "404, UNIMPLEMENTED",
    "429, UNAVAILABLE",
    "502, UNAVAILABLE",
    "503, UNAVAILABLE",
    "504, UNAVAILABLE",
    "500, UNKNOWN",
    "200, UNKNOWN"
  })
  void mapsAnswersThatAreNotGrpc(int status, GrpcCode code) throws Exception {
    var server =
        answering(
            head(status, "content-type", "text/html"), List.of(), "<p>away</p>".getBytes(UTF_8));

    var failure = failure(client(server));

    assertThat(GrpcStatus.of(failure).orElseThrow().code()).isEqualTo(code);
    assertThat(failure)
        .hasMessageContaining(
            "the server answered with HTTP status %d and content-type text/html, which is not gRPC: <p>away</p>"
                .formatted(status))
        .hasMessageContaining("Is this the port of a gRPC server?");
  }

  /// Row 39h.
  @Test
  void keepsNoMoreThanAKibibyteOfAnAnswerThatIsNotGrpc() throws Exception {
    var server =
        new ScriptedServer(
            (stream, _) -> {
              stream.sendHead(head(503, "content-type", "text/html"), false);
              stream.send(data(new byte[2000]), false); // and no end
            });

    var failure = failure(client(server));

    assertThat(failure).hasMessageContaining("HTTP status 503");
    assertThat(failure.getMessage()).hasSizeLessThan(1000);
    assertThat(next(server.failures).code()).isEqualTo(ErrorCode.CANCEL);
  }

  @Test
  void mapsAStatusOfHttpOfGrpcWithoutAStatus() throws Exception {
    var server = answering(head(503, "content-type", "application/grpc"), fields("x-a", "b"));

    assertThat(GrpcStatus.of(failure(client(server))).orElseThrow().code())
        .isEqualTo(GrpcCode.UNAVAILABLE);
  }

  // ---- the end of waiting

  /// Row 39g, the client's part.
  @Test
  void givesUpAtTheDeadline() throws Exception {
    var server = new ScriptedServer((stream, _) -> {});

    var failure = failure(client(server, it -> it.timeout(Duration.ofMillis(300))));

    assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
    assertThat(next(server.failures).code()).isEqualTo(ErrorCode.CANCEL);
  }

  @Test
  void endsByTheTimeOfTheClient() throws Exception {
    var time = new TurnedTime();
    var server = new ScriptedServer((stream, _) -> {});
    var client = client(server, it -> it.time(time).timeout(Duration.ofDays(1)));
    var failed = new CompletableFuture<RpcException>();
    Thread.ofVirtual().start(() -> failed.complete(failure(client)));
    next(server.heads);

    time.turn(Duration.ofDays(1));

    assertThat(failed.get(10, TimeUnit.SECONDS).kind()).isEqualTo(Kind.TIMEOUT);
    assertThat(next(server.failures).code()).isEqualTo(ErrorCode.CANCEL);
  }

  /// A time that stands still until the test turns it.
  private static final class TurnedTime implements TimeSource {
    private final AtomicLong nanos = new AtomicLong();
    private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();

    @Override
    public long nanoTime() {
      return nanos.get();
    }

    @Override
    public void park(Object blocker, long waitNanos) {
      waiting.add(Thread.currentThread());
      LockSupport.parkNanos(blocker, 10_000_000); // looks again, should it have been woken before
      waiting.remove(Thread.currentThread());
    }

    void turn(Duration duration) {
      nanos.addAndGet(duration.toNanos());
      waiting.forEach(LockSupport::unpark);
    }
  }

  /// What the wait for a place has taken is not told as time that is left.
  @Test
  void tellsHowLongTheCallerWaitsOnceTheServerAllowsTheCall() throws Exception {
    var time = new TurnedTime();
    var free = new CountDownLatch(1);
    var server =
        new ScriptedServer(
            Http2Options.builder().maxStreams(1).build(),
            ConnectionOptions.DEFAULT,
            (stream, _) -> {
              var text = request(stream);
              if (text.equals("first")) {
                free.await();
              }
              stream.respond(OK, data(message(text)), ENDED_WELL);
            });
    var client =
        client(server, it -> it.time(time).timeout(Duration.ofDays(1)).streamConnections(1));
    echo(client, "so the limit is known");
    next(server.heads);
    var first = Thread.ofVirtual().start(() -> echo(client, "first"));
    next(server.heads);
    var second = Thread.ofVirtual().start(() -> echo(client, "second"));
    var end = System.nanoTime() + LIMIT.toNanos();
    while (second.getState() != Thread.State.TIMED_WAITING && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(1_000_000);
    }
    time.turn(Duration.ofHours(20));
    free.countDown();

    var timeout = Objects.requireNonNull(value(next(server.heads), "grpc-timeout"));
    assertThat(TimeoutText.read(timeout)).isLessThanOrEqualTo(Duration.ofHours(4));
    first.join();
    second.join();
  }

  @Test
  void givesUpIfItsThreadIsInterrupted() throws Exception {
    var server = new ScriptedServer((stream, _) -> {});
    var client = client(server);
    var failed = new CompletableFuture<RpcException>();
    var caller = Thread.ofVirtual().start(() -> failed.complete(failure(client)));
    next(server.heads);

    caller.interrupt();

    assertThat(failed.get(10, TimeUnit.SECONDS).kind()).isEqualTo(Kind.CANCELLED);
    assertThat(next(server.failures).code()).isEqualTo(ErrorCode.CANCEL);
  }

  /// Row 39i, the client's part.
  @Test
  void leavesNothingOfCallsThatAreGivenUp() throws Exception {
    var running = new LinkedBlockingQueue<String>();
    var server =
        new ScriptedServer(
            (stream, _) -> {
              var text = request(stream);
              stream.sendHead(OK, false);
              running.add(text);
            });
    var client = client(server);
    for (int i = 0; i < 100; i++) {
      var caller = Thread.ofVirtual().start(() -> failure(client));
      if (i % 2 == 0) {
        next(running);
      }
      caller.interrupt();
      caller.join();
    }

    assertThat(client.pools().getFirst().idle()).isEqualTo(client.openConnections());
  }

  // ---- around

  @Test
  void tellsListenersOfBytes() throws Exception {
    var told = new LinkedBlockingQueue<String>();
    var listener =
        new CallListener() {
          @Override
          public void sent(Invocation call, int bytes) {
            told.add("sent " + bytes);
          }

          @Override
          public void received(Invocation call, int bytes) {
            told.add("received " + bytes);
          }
        };
    var client = client(answering(OK, ENDED_WELL, message("four")), it -> it.listener(listener));

    echo(client, "hi");

    assertThat(told).containsExactly("sent 7", "received 9");
  }

  @Test
  void hasManyCallsOnAConnection() throws Exception {
    var all = new CountDownLatch(50);
    var server =
        new ScriptedServer(
            (stream, _) -> {
              var text = request(stream);
              all.countDown();
              all.await();
              stream.respond(OK, data(message(text)), ENDED_WELL);
            });
    var client = client(server);
    var replies = new LinkedBlockingQueue<String>();
    for (int i = 0; i < 50; i++) {
      var text = "text " + i;
      Thread.ofVirtual().start(() -> replies.add(text + "=" + echo(client, text)));
    }
    for (int i = 0; i < 50; i++) {
      var reply = next(replies).split("=", 2);
      assertThat(reply[1]).isEqualTo(reply[0]);
    }
    assertThat(server.connections).hasSize(1);
  }

  @Test
  void carriesNoOnewayMethods() throws Exception {
    var client = client(answering(OK, ENDED_WELL, message("x")));
    var oneway = new Method<>("Tell", true, Words.ECHO.codec());

    assertThatThrownBy(() -> client.call(SERVICE, oneway, "hi"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("test.Words/Tell is not a method that grpc carries");
  }

  private Client client(ScriptedServer server) {
    return client(server, GrpcClientOptions.DEFAULT);
  }

  private Client client(ScriptedServer server, GrpcClientOptions options) {
    return client(server, it -> it.transport(GrpcClientTransport.create(options)));
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

  private static String echo(Client client, String text) {
    return (String) client.call(SERVICE, ECHO, text);
  }

  private static RpcException failure(Client client) {
    return catchThrowableOfType(RpcException.class, () -> echo(client, "hi"));
  }

  private static @Nullable String value(RequestHead head, String name) {
    return head.fields().stream()
        .filter(field -> field.name().equals(name))
        .map(HeaderField::value)
        .findFirst()
        .orElse(null);
  }

  private static <T> T next(LinkedBlockingQueue<T> queue) throws InterruptedException {
    var next = queue.poll(10, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }
}
