package io.windhover.rpc.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.windhover.rpc.BusinessException;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.Method;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.Streams;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.client.ClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Our client with our server: the cases of gRPC's interop suite, in our words, and what is beyond
/// them.
@Timeout(60)
final class GrpcEndToEndTest {

  private static final String SERVICE = "test.Words";

  private final Words.Handlers handlers = new Words.Handlers();
  private final ArrayList<AutoCloseable> toClose = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (var closeable : toClose.reversed()) {
      closeable.close();
    }
  }

  /// Interop cases empty_unary and large_unary.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 271_828, 5_000_000})
  void carriesMessagesOfAnySize(int size) throws Exception {
    var text = "x".repeat(size);
    handlers.echo = it -> it;

    assertThat(echo(client(), text)).isEqualTo(text);
  }

  /// Interop cases client_compressed_unary and server_compressed_unary.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void compressesEitherWay(boolean requests) throws Exception {
    var options = GrpcOptions.DEFAULT.withCompression(!requests);
    var fixture = keep(new GrpcFixture(handlers, options, _ -> {}));
    var transport = GrpcClientTransport.create(GrpcClientOptions.DEFAULT.withCompression(requests));
    var text = "much of the same ".repeat(10_000);
    handlers.echo = it -> it + GrpcExchange.current().orElseThrow().isRequestCompressed();
    var receivedBytes = new AtomicInteger();
    var listener =
        new CallListener() {
          @Override
          public void received(Invocation call, int bytes) {
            receivedBytes.set(bytes);
          }
        };
    var client = client(fixture, it -> it.transport(transport).listener(listener));

    assertThat(echo(client, text)).isEqualTo(text + requests);
    if (requests) {
      assertThat(receivedBytes.get()).isGreaterThan(text.length());
    } else {
      assertThat(receivedBytes.get()).isLessThan(text.length() / 50);
    }
  }

  /// Interop cases client_compressed_streaming and server_compressed_streaming.
  @Test
  void compressesMessagesOfAStreamOneByOne() throws Exception {
    handlers.chat =
        (in, out) -> {
          var exchange = GrpcExchange.current().orElseThrow();
          for (var text : in) {
            exchange.compress(exchange.isRequestCompressed());
            out.send(text + " " + exchange.isRequestCompressed());
          }
        };
    CompressionPolicy second = (_, message) -> message.toString().startsWith("b");
    var transport = GrpcClientTransport.create(GrpcClientOptions.DEFAULT.withCompression(second));
    var fixture = keep(new GrpcFixture(handlers));
    var client = client(fixture, it -> it.transport(transport));

    try (var chat = Streams.<String, String>bidiStream(client.open(SERVICE, Words.CHAT))) {
      for (var letter : List.of("a", "b", "c")) {
        var text = letter.repeat(100);
        chat.send(text);
        assertThat(chat.receive()).contains(text + " " + letter.equals("b"));
      }
    }
  }

  @Test
  void carriesThrift() throws Exception {
    var client = client();

    assertThat(client.call("Notes", Words.NOTE, "hi")).isEqualTo("hi!");
    try (var talk = Streams.<String, String>bidiStream(client.open("Notes", Words.TALK))) {
      talk.send("hi");
      assertThat(talk.receive()).contains("hi!");
      talk.end();
      assertThat(talk.receive()).isEmpty();
    }
  }

  /// Interop case client_streaming.
  @Test
  void answersManyMessagesOnce() throws Exception {
    var join = Streams.<String, String>clientStream(client().open(SERVICE, Words.JOIN));
    for (int i = 0; i < 1000; i++) {
      join.send(i + " ");
    }

    assertThat(join.finish().split(" ")).hasSize(1000).endsWith("999");
  }

  /// Interop case server_streaming.
  @Test
  void answersOneMessageByMany() throws Exception {
    var words = new ArrayList<>();
    try (var split = Streams.<String>serverStream(client().open(SERVICE, Words.SPLIT), "a b c")) {
      split.forEach(words::add);
    }

    assertThat(words).containsExactly("a", "b", "c");
  }

  /// Interop cases ping_pong and empty_stream.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 500})
  void goesToAndFro(int times) throws Exception {
    handlers.chat = (in, out) -> in.forEach(out::send);
    try (var chat = Streams.<String, String>bidiStream(client().open(SERVICE, Words.CHAT))) {
      for (int i = 0; i < times; i++) {
        chat.send("x".repeat(i * 100));
        assertThat(chat.receive()).contains("x".repeat(i * 100));
      }
      chat.end();
      assertThat(chat.receive()).isEmpty();
    }
  }

  /// Interop case custom_metadata.
  @Test
  void carriesMetadataBothWays() throws Exception {
    handlers.echo =
        text -> {
          var call = Invocation.current().orElseThrow();
          call.replyMetadata().put("x-echo", call.metadata().get("x-initial").orElseThrow());
          call.replyMetadata().put("x-echo-bin", call.metadata().get("x-trace-bin").orElseThrow());
          return text;
        };
    var got = new CompletableFuture<Map<String, String>>();
    var options =
        CallOptions.builder()
            .metadata(
                Metadata.builder()
                    .transientValue("x-initial", "test value")
                    .transientValue("x-trace-bin", "q6ur")
                    .persistentValue("USER_ID", "7")
                    .build())
            .onReplyMetadata(got::complete)
            .build();

    client().with(options).call(SERVICE, Words.ECHO, "hi");

    assertThat(got).isCompletedWithValue(Map.of("x-echo", "test value", "x-echo-bin", "q6ur"));
  }

  /// Interop cases status_code_and_message and special_status_message.
  @ParameterizedTest
  @ValueSource(strings = {"test status message", "\t\ntest with ünïcode, 🦅 and %\t\n"})
  void carriesStatuses(String text) throws Exception {
    handlers.echo =
        _ -> {
          throw new GrpcException(GrpcCode.ABORTED, text);
        };

    var failure = failure(client());

    assertThat(GrpcStatus.of(failure)).contains(new GrpcStatus(GrpcCode.ABORTED, text));
    assertThat(failure.kind()).isEqualTo(Kind.REMOTE);
  }

  /// Its text is cut at 4 KiB, before the blank there.
  @Test
  void carriesAStatusThatIsCutAtABlank() throws Exception {
    handlers.echo =
        _ -> {
          throw new GrpcException(GrpcCode.ABORTED, "\u00fc" + "x".repeat(4089) + " y");
        };

    var failure = failure(client());

    assertThat(GrpcStatus.of(failure))
        .contains(new GrpcStatus(GrpcCode.ABORTED, "\u00fc" + "x".repeat(4089)));
  }

  @Test
  void carriesStatusesOfStreams() throws Exception {
    handlers.chat =
        (in, out) -> {
          out.send(in.receive().orElseThrow());
          throw new GrpcException(GrpcCode.OUT_OF_RANGE, "enough");
        };
    var chat = client().open(SERVICE, Words.CHAT);
    chat.send("hi");

    assertThat(chat.receive()).contains("hi");
    var failure = catchThrowableOfType(RpcException.class, chat::receive);
    assertThat(GrpcStatus.of(failure)).contains(new GrpcStatus(GrpcCode.OUT_OF_RANGE, "enough"));
  }

  @Test
  void carriesBusinessStatuses() throws Exception {
    handlers.echo =
        _ -> {
          throw new BusinessException(4040, "gibt es nicht – ö", Map.of("order", "7"));
        };

    assertThatThrownBy(() -> echo(client(), "hi"))
        .isInstanceOfSatisfying(
            BusinessException.class,
            e -> {
              assertThat(e.code()).isEqualTo(4040);
              assertThat(e.text()).isEqualTo("gibt es nicht – ö");
              assertThat(e.extra()).containsExactly(Map.entry("order", "7"));
            });
  }

  /// Interop cases unimplemented_method and unimplemented_service.
  @Test
  void tellsOfUnknownMethodsAndServices() throws Exception {
    var client = client();
    var unknown = new Method<>("Nothing", false, Words.ECHO.codec());

    var ofMethod =
        catchThrowableOfType(RpcException.class, () -> client.call(SERVICE, unknown, "hi"));
    var ofService =
        catchThrowableOfType(
            RpcException.class, () -> client.call("test.Nothing", Words.ECHO, "hi"));

    var withoutPackage =
        catchThrowableOfType(RpcException.class, () -> client.call("Nothing", Words.ECHO, "hi"));

    for (var failure : List.of(ofMethod, ofService, withoutPackage)) {
      assertThat(GrpcStatus.of(failure).orElseThrow().code()).isEqualTo(GrpcCode.UNIMPLEMENTED);
      assertThat(failure).hasMessageContaining("Is this the right server");
    }
    assertThat(withoutPackage).hasMessageContaining("Its name has no package");
    assertThat(ofService).message().doesNotContain("Its name has no package");
  }

  /// Interop case timeout_on_sleeping_server, row 39g.
  @Test
  void endsBothSidesAtTheDeadline() throws Exception {
    var ended = new CountDownLatch(1);
    handlers.echo = text -> untilInterrupted(ended, text);

    var failure = failure(client(it -> it.timeout(Duration.ofMillis(300))));

    assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
  }

  private static String untilInterrupted(CountDownLatch ended, String text) {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      ended.countDown();
    }
    return text;
  }

  /// Interop cases cancel_after_begin and cancel_after_first_response.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void interruptsTheHandlerOfAStreamThatIsClosed(boolean first) throws Exception {
    var begun = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    handlers.chat =
        (in, out) -> {
          begun.countDown();
          try {
            in.forEach(out::send);
          } catch (RpcException e) {
            ended.countDown();
          }
        };
    var chat = client().open(SERVICE, Words.CHAT);
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    if (!first) {
      chat.send("hi");
      assertThat(chat.receive()).contains("hi");
    }

    chat.cancel();

    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(chat::receive)
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CANCELLED));
  }

  /// Interop case concurrent_large_unary.
  @Test
  void carriesLargeCallsAtTheSameTime() throws Exception {
    var client = client();
    var replies = new LinkedBlockingQueue<Integer>();
    var text = "x".repeat(1_000_000);
    for (int i = 0; i < 20; i++) {
      Thread.ofVirtual().start(() -> replies.add(echo(client, text).length()));
    }
    for (int i = 0; i < 20; i++) {
      assertThat(replies.poll(30, TimeUnit.SECONDS)).isEqualTo(text.length() + 1);
    }
  }

  /// Row 38, with a server that stops as it should: what it has begun ends well, what comes later
  /// is safe to retry, and nothing is in between.
  @Test
  void losesNoCallWhenTheServerStops() throws Exception {
    var fixture = keep(new GrpcFixture(handlers));
    var client = client(fixture, it -> it);
    echo(client, "hi");
    var running = new CountDownLatch(8);
    handlers.echo =
        text -> {
          running.countDown();
          return text;
        };
    var outcomes = new LinkedBlockingQueue<String>();
    var callers = new ArrayList<Thread>();
    for (int i = 0; i < 8; i++) {
      callers.add(Thread.ofVirtual().start(() -> callUntilFailure(client, outcomes)));
    }
    assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();

    fixture.server.stop();

    for (var caller : callers) {
      caller.join();
    }
    assertThat(outcomes).hasSize(8).containsOnly("NOT_SENT");
  }

  private static void callUntilFailure(Client client, LinkedBlockingQueue<String> outcomes) {
    while (true) {
      try {
        echo(client, "hi");
      } catch (RpcException e) {
        outcomes.add(e.isSafeToRetry() ? e.kind().name() : e.getMessage());
        return;
      }
    }
  }

  @Test
  void compressesByAnEncodingThatBothHave() throws Exception {
    var ofServer = new Deflate();
    var ofClient = new Deflate();
    var client = compressing(List.of(ofServer), List.of(ofClient));
    var text = "much of the same ".repeat(10_000);

    assertThat(echo(client, text)).isEqualTo(text);

    assertThat(ofClient.compressed).hasValue(1);
    assertThat(ofServer.decompressed).hasValue(1);
    assertThat(ofServer.compressed).hasValue(1);
    assertThat(ofClient.decompressed).hasValue(1);
  }

  @Test
  void compressesRepliesByWhatTheClientReads() throws Exception {
    var ofServer = new Deflate();
    var client = compressing(List.of(ofServer), List.of());
    var text = "much of the same ".repeat(10_000);

    assertThat(echo(client, text)).isEqualTo(text);

    assertThat(ofServer.compressed).hasValue(0);
  }

  @Test
  void saysThatTheServerDoesNotHaveAnEncoding() throws Exception {
    var client = compressing(List.of(), List.of(new Deflate()));

    assertThat(GrpcStatus.of(failure(client)))
        .hasValueSatisfying(
            status -> {
              assertThat(status.code()).isEqualTo(GrpcCode.UNIMPLEMENTED);
              assertThat(status.message())
                  .isEqualTo("grpc-encoding: deflate (expected: one of identity,gzip)");
            });
  }

  private Client compressing(List<MessageEncoding> onServer, List<MessageEncoding> onClient)
      throws IOException {
    var ofServer = GrpcOptions.DEFAULT.withCompression(true);
    for (var encoding : onServer) {
      ofServer = ofServer.withEncoding(encoding);
    }
    var ofClient = GrpcClientOptions.DEFAULT.withCompression(true);
    for (var encoding : onClient) {
      ofClient = ofClient.withEncoding(encoding);
    }
    handlers.echo = it -> it;
    var transport = GrpcClientTransport.create(ofClient);
    return client(
        keep(new GrpcFixture(handlers, ofServer, _ -> {})), it -> it.transport(transport));
  }

  /// That calls fail at once otherwise is shown by `GrpcClientConnectionTest`.
  @Test
  void waitsForAServerThatComesUpLaterIfToldTo() throws Exception {
    handlers.echo = it -> it;
    InetSocketAddress address;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = (InetSocketAddress) socket.getLocalSocketAddress();
    }
    var client =
        keep(
            Client.builder(address)
                .transport(GrpcClientTransport.create())
                .timeout(Duration.ofSeconds(30))
                .waitForReady(true)
                .build());
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var call = callers.submit(() -> echo(client, "hi"));
      while (client.pools().getFirst().waiting() == 0 && !call.isDone()) {
        LockSupport.parkNanos(1_000_000);
      }

      keep(new GrpcFixture(handlers, GrpcOptions.DEFAULT, it -> it.address(address)));

      assertThat(call.get()).isEqualTo("hi");
    }
  }

  private Client client() throws IOException {
    return client(it -> it);
  }

  private Client client(UnaryOperator<ClientBuilder> options) throws IOException {
    return client(keep(new GrpcFixture(handlers)), options);
  }

  private Client client(GrpcFixture fixture, UnaryOperator<ClientBuilder> options) {
    var builder =
        Client.builder("localhost:" + fixture.server.port())
            .transport(GrpcClientTransport.create())
            .timeout(Duration.ofSeconds(30));
    return keep(options.apply(builder).build());
  }

  private <T extends AutoCloseable> T keep(T closeable) {
    toClose.add(closeable);
    return closeable;
  }

  private static String echo(Client client, String text) {
    return (String) client.call(SERVICE, Words.ECHO, text);
  }

  private static RpcException failure(Client client) {
    return catchThrowableOfType(RpcException.class, () -> echo(client, "hi"));
  }
}
