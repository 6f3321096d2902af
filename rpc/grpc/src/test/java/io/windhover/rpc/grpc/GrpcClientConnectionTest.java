package io.windhover.rpc.grpc;

import static io.windhover.rpc.grpc.ScriptedServer.LIMIT;
import static io.windhover.rpc.grpc.ScriptedServer.OK;
import static io.windhover.rpc.grpc.ScriptedServer.message;
import static io.windhover.rpc.grpc.Words.CHAT;
import static io.windhover.rpc.grpc.Words.ECHO;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.windhover.http2.Http2Options;
import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.Frame.Settings;
import io.windhover.http2.frame.FramePrefix;
import io.windhover.http2.frame.FrameType;
import io.windhover.http2.frame.Setting;
import io.windhover.netpoll.Backend;
import io.windhover.netpoll.PollerGroup;
import io.windhover.netpoll.PollerOptions;
import io.windhover.netpoll.testing.LeakCheck;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.client.ClientBuilder;
import io.windhover.rpc.grpc.RawServer.Peer;
import io.windhover.rpc.pool.Dialler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Servers that leave, break off, do strange things, or are none of gRPC; frame by frame.
@Timeout(60)
final class GrpcClientConnectionTest {

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

  // ---- interop's negative cases

  /// Interop case goaway, row 38.
  @Test
  void callsOnAnotherConnectionAfterGoAway() throws Exception {
    var server =
        new RawServer(
            (peer, number) -> {
              peer.welcome();
              if (number == 1) {
                int id = peer.request();
                peer.send(peer.answer(id, "one"));
                peer.goAway(id, ErrorCode.NO_ERROR);
                peer.awaitEnd();
              } else {
                peer.answerAll("two");
              }
            });
    var client = client(server);

    assertThat(echo(client)).isEqualTo("one");
    until(() -> client.openConnections() == 0);
    assertThat(echo(client)).isEqualTo("two");
    assertThat(server.connections).hasValue(2);
  }

  /// Rows 38 and 38b: what the server has not begun goes elsewhere, and nobody sees it.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void triesWhatAServerLeavesUnbegunAgain(boolean closesAtOnce) throws Exception {
    var server =
        new RawServer(
            (peer, number) -> {
              peer.welcome();
              if (number == 1) {
                peer.request();
                peer.goAway(0, ErrorCode.NO_ERROR);
                if (!closesAtOnce) {
                  peer.awaitEnd();
                }
              } else {
                peer.answerAll("elsewhere");
              }
            });

    assertThat(echo(client(server))).isEqualTo("elsewhere");
  }

  /// Row 38: those that it has begun end there.
  @Test
  void endsWhatAServerHasBegunBeforeItLeaves() throws Exception {
    var server =
        new RawServer(
            (peer, _) -> {
              peer.welcome();
              int id = peer.request();
              peer.goAway(id, ErrorCode.NO_ERROR);
              peer.goAway(id, ErrorCode.NO_ERROR);
              peer.send(peer.answer(id, "late"));
              peer.awaitEnd();
            });

    assertThat(echo(client(server))).isEqualTo("late");
  }

  /// Row 38b: it may have run.
  @Test
  void tellsOfALostConnectionWhatWasBegun() throws Exception {
    var server =
        new RawServer(
            (peer, _) -> {
              peer.welcome();
              peer.goAway(peer.request(), ErrorCode.NO_ERROR);
            });

    var failure = failure(client(server));

    assertThat(failure.kind()).isEqualTo(Kind.DISCONNECTED);
    assertThat(server.connections).hasValue(1);
  }

  @Test
  void triesARefusedCallAgain() throws Exception {
    var refused = new AtomicInteger();
    var server =
        new RawServer(
            (peer, _) -> {
              peer.welcome();
              while (true) {
                int id = peer.request();
                if (refused.incrementAndGet() == 1) {
                  peer.reset(id, ErrorCode.REFUSED_STREAM);
                } else {
                  peer.send(peer.answer(id, "taken"));
                }
              }
            });

    assertThat(echo(client(server))).isEqualTo("taken");
  }

  /// gRPC's proposal A6: once, since a server that refuses may do so for its load.
  @Test
  void triesWhatIsAlwaysRefusedOnceMore() throws Exception {
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

    var failure = failure(client(server));

    assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
    assertThat(failure.isSafeToRetry()).isTrue();
    assertThat(refused).hasValue(2);
  }

  /// Nor does a call that finds no place in the line look for one there again.
  @Test
  void waitsInLineOnce() throws Exception {
    var free = new CountDownLatch(1);
    var begun = new CountDownLatch(1);
    var server =
        new RawServer(
            (peer, _) -> {
              peer.welcome(new Setting(Setting.MAX_CONCURRENT_STREAMS, 1));
              peer.send(peer.answer(peer.request(), "settings are here"));
              int id = peer.request();
              begun.countDown();
              await(free);
              peer.send(peer.answer(id, "in the end"));
              peer.awaitEnd();
            });
    var noLine = Http2Options.builder().maxWaitingOpens(0).build();
    var attempts = new AtomicInteger();
    var listener =
        new CallListener() {
          @Override
          public void connected(Invocation call) {
            attempts.incrementAndGet();
          }
        };
    var client =
        client(
            server,
            it ->
                it.transport(
                        GrpcClientTransport.create(GrpcClientOptions.DEFAULT.withHttp2(noLine)))
                    .listener(listener));
    assertThat(echo(client)).isEqualTo("settings are here");
    var first = new CompletableFuture<String>();
    Thread.ofVirtual().start(() -> first.complete(echo(client)));
    await(begun);
    attempts.set(0);

    assertThat(failure(client).kind()).isEqualTo(Kind.NOT_SENT);
    assertThat(attempts).hasValue(1);
    free.countDown();
    assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("in the end");
  }

  enum ResetWhen {
    AT_ONCE,
    AFTER_HEADERS,
    DURING_DATA,
    AFTER_DATA
  }

  /// Interop cases rst_after_header, rst_during_data and rst_after_data.
  @ParameterizedTest
  @EnumSource
  void tellsOfACallThatTheServerResets(ResetWhen when) throws Exception {
    var server = new RawServer((peer, _) -> resetting(peer.welcome(), when, ErrorCode.CANCEL));

    var failure = failure(client(server));

    assertThat(failure).hasMessageContaining("the peer reset the stream: CANCEL");
    assertThat(GrpcStatus.of(failure).orElseThrow().code()).isEqualTo(GrpcCode.CANCELLED);
    assertThat(failure.isSafeToRetry()).isFalse();
  }

  /// The same as its servers have it, with error code 0: even a whole message is no reply.
  @ParameterizedTest
  @EnumSource
  void tellsOfACallThatTheServerResetsWithoutAnError(ResetWhen when) throws Exception {
    var server = new RawServer((peer, _) -> resetting(peer.welcome(), when, ErrorCode.NO_ERROR));

    var failure = failure(client(server));

    assertThat(failure).hasMessageContaining("the peer reset the stream: NO_ERROR");
    assertThat(failure.isSafeToRetry()).isFalse();
  }

  private static void resetting(Peer peer, ResetWhen when, ErrorCode code) throws IOException {
    int id = peer.request();
    var message = message("text");
    if (when != ResetWhen.AT_ONCE) {
      peer.send(peer.headers(id, false, OK));
    }
    if (when == ResetWhen.DURING_DATA) {
      peer.send(Peer.data(id, false, Arrays.copyOf(message, 6)));
    } else if (when == ResetWhen.AFTER_DATA) {
      peer.send(Peer.data(id, false, message));
    }
    peer.reset(id, code);
    peer.awaitEnd();
  }

  @ParameterizedTest
  @CsvSource({
    "NO_ERROR, INTERNAL",
    "PROTOCOL_ERROR, INTERNAL",
    "CANCEL, CANCELLED",
    "ENHANCE_YOUR_CALM, RESOURCE_EXHAUSTED",
    "FLOW_CONTROL_ERROR, RESOURCE_EXHAUSTED",
    "INADEQUATE_SECURITY, PERMISSION_DENIED"
  })
  void makesAStatusOfAReset(ErrorCode reset, GrpcCode code) throws Exception {
    var server =
        new RawServer(
            (peer, _) -> {
              peer.welcome();
              peer.reset(peer.request(), reset);
              peer.awaitEnd();
            });

    assertThat(GrpcStatus.of(failure(client(server))).orElseThrow().code()).isEqualTo(code);
  }

  /// Interop case ping: none of the server's is left unanswered.
  @Test
  void answersPings() throws Exception {
    var answers = new LinkedBlockingQueue<Long>();
    var server =
        new RawServer(
            (peer, _) -> {
              peer.welcome();
              peer.ping(1);
              int id = 0;
              while (answers.size() < 2) {
                var got = peer.next();
                if (got.is(FrameType.PING) && got.has(FramePrefix.ACK)) {
                  answers.add((long) got.payload()[7]);
                } else if (got.has(FramePrefix.END_STREAM)) {
                  id = got.streamId();
                  peer.ping(2);
                }
              }
              peer.send(peer.answer(id, "alive"));
              peer.awaitEnd();
            });

    assertThat(echo(client(server))).isEqualTo("alive");
    assertThat(answers).containsExactly(1L, 2L);
  }

  /// Interop case ping, where its server has them: around the head, and around the data.
  @Test
  void answersPingsBetweenThePartsOfAReply() throws Exception {
    var answers = new LinkedBlockingQueue<Long>();
    var server =
        new RawServer(
            (peer, _) -> {
              int id = peer.welcome().request();
              peer.ping(1);
              peer.send(peer.headers(id, false, OK));
              peer.ping(2);
              peer.ping(3);
              peer.send(Peer.data(id, false, message("alive")));
              peer.ping(4);
              while (answers.size() < 4) {
                var got = peer.next();
                if (got.is(FrameType.PING) && got.has(FramePrefix.ACK)) {
                  answers.add((long) got.payload()[7]);
                }
              }
              peer.send(peer.headers(id, true, ScriptedServer.ENDED_WELL));
              peer.awaitEnd();
            });

    assertThat(echo(client(server))).isEqualTo("alive");
    assertThat(answers).containsExactly(1L, 2L, 3L, 4L);
  }

  /// Interop case max_streams: ten calls at once, one after the other.
  @Test
  void waitsWhereAServerTakesOneStreamAtATime() throws Exception {
    var early = new AtomicInteger();
    var server =
        new RawServer(
            (peer, _) -> {
              peer.welcome(new Setting(Setting.MAX_CONCURRENT_STREAMS, 1));
              peer.send(peer.answer(peer.request(), "the setting is here"));
              while (true) {
                int id = peer.request();
                peer.ping(id);
                for (var got = peer.next(); !isAnswer(got, id); got = peer.next()) {
                  early.incrementAndGet(); // of the next one, before the answer
                }
                peer.send(peer.answer(id, "in turn"));
              }
            });
    var client = client(server);
    assertThat(echo(client)).isEqualTo("the setting is here");
    var replies = new LinkedBlockingQueue<String>();
    for (int i = 0; i < 10; i++) {
      Thread.ofVirtual().start(() -> replies.add(echo(client)));
    }
    for (int i = 0; i < 10; i++) {
      assertThat(replies.poll(10, TimeUnit.SECONDS)).isEqualTo("in turn");
    }
    assertThat(early).hasValue(0);
  }

  private static boolean isAnswer(RawServer.Got got, int ping) {
    return got.is(FrameType.PING) && got.has(FramePrefix.ACK) && got.payload()[7] == ping;
  }

  /// Interop case max_concurrent_streams_connection_scaling.
  @Test
  void connectsAgainWhereACallWouldWaitForItsTurn() throws Exception {
    var free = new CountDownLatch(1);
    var first = new CountDownLatch(1);
    var server =
        new RawServer(
            (peer, number) -> {
              peer.welcome(new Setting(Setting.MAX_CONCURRENT_STREAMS, 1));
              if (number > 1) {
                peer.answerAll("elsewhere");
              }
              peer.send(peer.answer(peer.request(), "settings are here"));
              int id = peer.request();
              first.countDown();
              await(free);
              peer.send(peer.answer(id, "in the end"));
              peer.awaitEnd();
            });
    var client = client(server, it -> it.streamConnections(2));
    assertThat(echo(client)).isEqualTo("settings are here");
    var replies = new LinkedBlockingQueue<String>();
    Thread.ofVirtual().start(() -> replies.add(echo(client)));
    await(first);

    assertThat(echo(client)).isEqualTo("elsewhere");

    free.countDown();
    assertThat(replies.poll(10, TimeUnit.SECONDS)).isEqualTo("in the end");
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(10, TimeUnit.SECONDS)) {
        throw new IOException("never");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /// Interop case data_frame_padding: padding is credited, or this comes to no end.
  @Test
  void givesCreditForPadding() throws Exception {
    var text = "x".repeat(100_000);
    var server =
        new RawServer(
            (peer, _) -> {
              peer.welcome();
              int id = peer.request();
              peer.send(peer.headers(id, false, OK));
              var sender = new PaddedSender(peer, id);
              sender.send(message(text));
              peer.send(peer.headers(id, true, ScriptedServer.ENDED_WELL));
              peer.awaitEnd();
            });

    assertThat(echo(client(server))).isEqualTo(text);
  }

  /// Sends in frames of 5 bytes and 255 of padding, as the client's windows allow.
  private static final class PaddedSender {
    private final Peer peer;
    private final int id;

    PaddedSender(Peer peer, int id) {
      this.peer = peer;
      this.id = id;
    }

    void send(byte[] bytes) throws IOException {
      var options = GrpcClientOptions.DEFAULT.http2();
      var windows = new int[] {options.connectionWindowBytes(), options.streamWindowBytes()};
      for (int at = 0; at < bytes.length; at += 5) {
        while (windows[0] < 261 || windows[1] < 261) {
          var got = peer.nextOfAll();
          if (got.is(FrameType.WINDOW_UPDATE)) {
            windows[got.streamId() == 0 ? 0 : 1] += got.firstInt();
          }
        }
        var part = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 5));
        peer.send(Peer.padded(id, part));
        windows[0] -= part.length + 256;
        windows[1] -= part.length + 256;
      }
    }
  }

  /// A server may answer before it has all of the request.
  @ParameterizedTest
  @ValueSource(ints = {2, 1 << 20})
  void givesUpTheRestOfARequestThatIsAnswered(int size) throws Exception {
    var resets = new LinkedBlockingQueue<ErrorCode>();
    var server =
        new RawServer(
            (peer, _) -> {
              peer.welcome();
              int first = peer.request();
              peer.send(
                  new Settings(false, List.of(new Setting(Setting.INITIAL_WINDOW_SIZE, 0)))::write);
              peer.ping(1);
              while (!peer.next().is(FrameType.PING)) {
                // until the window is known to be shut
              }
              peer.send(peer.answer(first, "ready"));
              var head = peer.next();
              while (!head.is(FrameType.HEADERS)) {
                head = peer.next();
              }
              int id = head.streamId();
              peer.send(peer.headers(id, true, ScriptedServer.with(OK, "grpc-status", "8")));
              var got = peer.next();
              while (!got.is(FrameType.RST_STREAM)) {
                got = peer.next();
              }
              resets.add(ErrorCode.of(got.firstInt()));
              peer.awaitEnd();
            });
    var client = client(server);
    assertThat(echo(client)).isEqualTo("ready");

    var failure =
        catchThrowableOfType(
            RpcException.class, () -> client.call(SERVICE, ECHO, "x".repeat(size)));

    assertThat(GrpcStatus.of(failure).orElseThrow().code()).isEqualTo(GrpcCode.RESOURCE_EXHAUSTED);
    assertThat(resets.poll(10, TimeUnit.SECONDS)).isEqualTo(ErrorCode.CANCEL);
  }

  // ---- cut off

  /// A reply that ends after each of its bytes: never a result, never a wait.
  @ParameterizedTest
  @EnumSource
  void tellsOfAConnectionThatIsCutAtAnyByte(Backend backend) throws Exception {
    if (!backend.isAvailable()) {
      return;
    }
    int length = Peer.answerBytes("text");
    var cut = new AtomicInteger();
    var server =
        new RawServer(
            (peer, _) -> {
              peer.welcome();
              int id = peer.request();
              peer.send(Arrays.copyOf(peer.answer(id, "text"), cut.get()));
            });
    var client = client(server, it -> it.dialler(_ -> dialler(backend)));
    for (int i = 0; i < length; i++) {
      cut.set(i);
      var failure = failure(client);
      assertThat(failure).as("cut after %d bytes", i).isNotNull();
      assertThat(failure.kind()).isEqualTo(Kind.DISCONNECTED);
    }
    cut.set(length);
    assertThat(echo(client)).isEqualTo("text");
  }

  /// And one whose bytes come one by one.
  @ParameterizedTest
  @EnumSource
  void readsAReplyByteByByte(Backend backend) throws Exception {
    if (!backend.isAvailable()) {
      return;
    }
    var server =
        new RawServer(
            (peer, _) -> {
              peer.welcome();
              for (byte one : peer.answer(peer.request(), "slowly")) {
                peer.send(new byte[] {one});
              }
              peer.awaitEnd();
            });

    assertThat(echo(client(server, it -> it.dialler(_ -> dialler(backend))))).isEqualTo("slowly");
  }

  private Dialler dialler(Backend backend) {
    var group = PollerGroup.start(PollerOptions.builder().backend(backend).build());
    toClose.push(group);
    return group::dial;
  }

  @Test
  void endsStreamsWhoseConnectionIsLost() throws Exception {
    var server =
        new RawServer(
            (peer, _) -> {
              peer.welcome();
              var head = peer.next();
              peer.send(peer.headers(head.streamId(), false, OK));
              peer.send(Peer.data(head.streamId(), false, message("a")));
              while (!peer.next().is(FrameType.DATA)) {
                // a ping, perhaps
              }
            });
    var stream = client(server).open(SERVICE, CHAT);
    assertThat(stream.receive()).contains("a");

    assertThatThrownBy(
            () -> {
              stream.send("b"); // which may know of it already
              stream.receive();
            })
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DISCONNECTED));
  }

  @Test
  void leavesWhenItsAddressIsRemoved() throws Exception {
    var left = new CountDownLatch(1);
    var server =
        new RawServer(
            (peer, _) -> {
              peer.welcome();
              peer.send(peer.answer(peer.request(), "one"));
              peer.awaitEnd();
              left.countDown();
            });
    var client = client(server);
    assertThat(echo(client)).isEqualTo("one");

    client.removeAddress(client.pools().getFirst().address());

    assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void findsAServerThatIsGoneByItsPings() throws Exception {
    var options =
        Http2Options.builder()
            .keepAliveInterval(Duration.ofMillis(500))
            .keepAliveTimeout(Duration.ofMillis(500))
            .build();
    var gone = new CountDownLatch(1);
    toClose.push(gone::countDown);
    var server =
        new RawServer(
            (peer, _) -> {
              peer.welcome();
              peer.request();
              try {
                gone.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    var transport = GrpcClientTransport.create(GrpcClientOptions.DEFAULT.withHttp2(options));

    var failure = failure(client(server, it -> it.transport(transport)));

    assertThat(failure.kind()).isEqualTo(Kind.DISCONNECTED);
    assertThat(failure).hasMessageContaining("no sign of life");
  }

  // ---- servers that are none of gRPC, or away

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n",
        "HTTP/1.0 505 HTTP Version Not Supported\r\n\r\n"
      })
  void namesAServerOfHttp1(String answer) throws Exception {
    var server =
        new RawServer(
            (peer, _) -> {
              peer.send(answer.getBytes(US_ASCII));
              peer.awaitEnd();
            });

    var failure = failure(client(server));

    assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
    assertThat(failure)
        .hasMessageContaining("the server answers in HTTP/1")
        .hasMessageContaining("is this its port for gRPC?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"15030300020246", "1503010002020a"})
  void namesAServerThatSpeaksTls(String alert) throws Exception {
    var server = new RawServer((peer, _) -> peer.send(HexFormat.of().parseHex(alert)));

    var failure = failure(client(server));

    assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
    assertThat(failure)
        .hasMessageContaining("the server speaks TLS and this client does not")
        .hasMessageEndingWith("Give the client tls(...)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0000001080010003", "8001000300000000", "0000002010000000"})
  void namesAServerOfThrift(String begin) throws Exception {
    var server =
        new RawServer(
            (peer, _) -> {
              peer.send(HexFormat.of().parseHex(begin));
              peer.awaitEnd();
            });

    var failure = failure(client(server));

    assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
    assertThat(failure).hasMessageContaining("the server answers in Thrift's protocol");
  }

  /// Without a word of HTTP/2, whether it has heard one or not.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tellsWhatMayBeWrongWithAServerThatJustCloses(boolean hears) throws Exception {
    var server =
        new RawServer(
            (peer, _) -> {
              if (hears) {
                peer.readPreface();
              }
            });

    var failure = failure(client(server));

    assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
    assertThat(failure.stage()).isEqualTo(Stage.CONNECT);
    assertThat(failure)
        .hasMessageContaining("before it said a word of HTTP/2")
        .hasMessageContaining("Does it speak gRPC on this port?");
  }

  @Test
  void tellsWhatMayBeWrongWithAServerThatJustWaits() throws Exception {
    var server = new RawServer((peer, _) -> peer.awaitEnd());

    var failure = failure(client(server, it -> it.connectTimeout(Duration.ofMillis(300))));

    assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
    assertThat(failure)
        .hasMessageContaining("did not say a word of HTTP/2 in time")
        .hasMessageContaining("Does it speak gRPC on this port?")
        .hasMessageContaining("may wait for more");
  }

  @Test
  void tellsOfAServerThatBeginsWithSomethingElseThanItsSettings() throws Exception {
    var server =
        new RawServer(
            (peer, _) -> {
              peer.ping(1);
              peer.awaitEnd();
            });

    var failure = failure(client(server));

    assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
    assertThat(failure).hasMessageContaining("a frame before SETTINGS");
  }

  /// Or each call would dial anew, and none would ever get through.
  @Test
  void keepsAConnectionToAServerThatIsSlowerThanACall() throws Exception {
    var isGivenUp = new AtomicBoolean();
    var server =
        new RawServer(
            (peer, _) -> {
              until(isGivenUp::get);
              peer.welcome().answerAll("at last");
            });
    var client = client(server, it -> it.connectTimeout(Duration.ofSeconds(20)));
    var hurried = CallOptions.builder().timeout(Duration.ofMillis(300)).build();
    var failure =
        catchThrowableOfType(
            RpcException.class, () -> client.with(hurried).call(SERVICE, ECHO, "hi"));
    assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
    isGivenUp.set(true);

    assertThat(echo(client)).isEqualTo("at last");

    assertThat(server.connections).hasValue(1);
  }

  @Test
  void waitsForAServerThatIsSlowerThanConnectTimeoutOnAConnectionThatIsKept() throws Exception {
    var isWelcome = new AtomicBoolean();
    var server =
        new RawServer(
            (peer, _) -> {
              until(isWelcome::get);
              peer.welcome().answerAll("at last");
            });
    var connectTimeout = Duration.ofMillis(800);
    var client = client(server, it -> it.connectTimeout(connectTimeout));
    long begun = System.nanoTime();
    var hurried = CallOptions.builder().timeout(Duration.ofMillis(300)).build();
    var _ =
        catchThrowableOfType(
            RpcException.class, () -> client.with(hurried).call(SERVICE, ECHO, "hi"));
    var answer = new FutureTask<>(() -> echo(client));
    Thread.ofVirtual().start(answer);

    until(() -> System.nanoTime() - begun > connectTimeout.multipliedBy(2).toNanos());
    isWelcome.set(true);

    assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("at last");
    assertThat(server.connections).hasValue(1);
  }

  /// As with one that takes no connections at all.
  @Test
  void pausesBehindAProxyWhoseServersAreAway() throws Exception {
    var server = new RawServer((peer, _) -> peer.readPreface());
    var client = client(server);

    for (var failure = failure(client); ; failure = failure(client)) {
      assertThat(failure.isSafeToRetry()).isTrue();
      assertThat(failure).hasMessageContaining("before it said a word of HTTP/2");
      if (failure.toString().contains("the next try is in")) {
        break;
      }
    }

    var counters = client.pools().getFirst().counters();
    assertThat(counters.dialled()).isZero();
    assertThat(counters.dialsFailed()).isEqualTo(server.connections.get()).isPositive();
  }

  @Test
  void waitsBehindAProxyWhoseServersAreAway() throws Exception {
    var server =
        new RawServer(
            (peer, number) -> {
              if (number <= 3) {
                peer.readPreface();
              } else {
                peer.welcome().answerAll("they are back");
              }
            });

    assertThat(echo(client(server, it -> it.waitForReady(true)))).isEqualTo("they are back");
    assertThat(server.connections).hasValue(4);
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
    var builder =
        Client.builder("localhost:" + server.port())
            .transport(GrpcClientTransport.create())
            .streamConnections(1)
            .timeout(Duration.ofSeconds(20));
    var client = options.apply(builder).build();
    toClose.push(client);
    return client;
  }

  private static String echo(Client client) {
    return (String) client.call(SERVICE, ECHO, "hi");
  }

  private static RpcException failure(Client client) {
    return catchThrowableOfType(RpcException.class, () -> echo(client));
  }
}
