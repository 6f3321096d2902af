package io.windhover.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.StreamException.Reason;
import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.Frame.GoAway;
import io.windhover.http2.frame.FramePrefix;
import io.windhover.http2.frame.FrameType;
import io.windhover.http2.frame.Setting;
import io.windhover.netpoll.ConnectionOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a client does with servers of every kind.
@Timeout(60)
final class Http2ClientTest {

  private static final Duration LIMIT = ClientFixture.LIMIT;

  private ClientFixture fixture;
  private Http2Client client;
  private RawPeer peer;

  @BeforeEach
  void start() throws IOException {
    begin(Http2Options.DEFAULT);
    peer.welcome();
  }

  private void begin(Http2Options options) throws IOException {
    fixture = new ClientFixture(options);
    client = fixture.client;
    peer = fixture.peer;
  }

  private void restart(Http2Options options, Setting... settings) throws IOException {
    fixture.close();
    begin(options);
    peer.welcome(settings);
    peer.sync();
  }

  @AfterEach
  void stop() throws IOException {
    fixture.close();
  }

  private static LinkBuffer text(String text) {
    return LinkBuffer.wrap(text.getBytes(ISO_8859_1));
  }

  private static String text(LinkBuffer buffer) {
    byte[] bytes = new byte[buffer.size()];
    buffer.readBytes(bytes, 0, bytes.length);
    buffer.release();
    return new String(bytes, ISO_8859_1);
  }

  private static void fails(
      ThrowingCallable use, Reason reason, ErrorCode code, boolean notProcessed) {
    assertThatThrownBy(use)
        .isInstanceOfSatisfying(
            StreamException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.isNotProcessed()).isEqualTo(notProcessed);
            });
  }

  @Test
  void waitsForTheServersSettings() throws Exception {
    assertThat(client.awaitSettings(LIMIT)).isTrue();
    fixture.close();
    begin(Http2Options.DEFAULT);

    assertThat(client.awaitSettings(Duration.ofMillis(200))).isFalse();

    peer.welcome();
    assertThat(client.awaitSettings(LIMIT)).isTrue();
  }

  @Test
  void waitsForNoSettingsOfAConnectionThatIsOver() throws Exception {
    fixture.close();
    begin(Http2Options.DEFAULT);
    peer.close();

    assertThatThrownBy(() -> client.awaitSettings(LIMIT))
        .isInstanceOfSatisfying(
            StreamException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CONNECTION_LOST));
  }

  @Test
  void sendsHeadAndDataTogetherAndReadsTheAnswer() throws Exception {
    var stream = client.request(ClientFixture.REQUEST, text("hello"), null, LIMIT);

    var head = peer.nextOfStream();
    assertThat(peer.fields(head)).startsWith(RawPeer.field(":method", "POST"));
    assertThat(head.flags()).isEqualTo(FramePrefix.END_HEADERS);
    var data = peer.nextOfStream();
    assertThat(data.flags()).isEqualTo(FramePrefix.END_STREAM);
    assertThat(new String(data.payload(), ISO_8859_1)).isEqualTo("hello");
    peer.headers(1, false, RawPeer.field(":status", "200"), RawPeer.field("x-a", "1"));
    peer.data(1, false, "good");
    peer.headers(1, true, RawPeer.field("x-end", "well"));

    assertThat(stream.response(LIMIT))
        .isEqualTo(new ResponseHead(200, List.of(RawPeer.field("x-a", "1"))));
    assertThat(text(ServerFixture.readAll(stream))).isEqualTo("good");
    assertThat(stream.trailers()).containsExactly(RawPeer.field("x-end", "well"));
    ClientFixture.awaitNoStreams(client);
  }

  @Test
  void tellsAListenerOfAnAnswer() throws Exception {
    var told = new CompletableFuture<String>();
    var listener =
        new StreamListener() {
          private String seen = "";

          @Override
          public void headArrived(Http2Stream stream) {
            seen += stream.response().orElseThrow().status();
          }

          @Override
          public void readable(Http2Stream stream) {
            var piece = stream.poll();
            seen += piece == null ? "" : " " + text(piece);
            if (stream.isInputDone()) {
              told.complete(seen);
            }
          }
        };
    client.open(ClientFixture.REQUEST, true, listener, LIMIT);
    peer.nextOfStream();
    peer.headers(1, false, RawPeer.field(":status", "200"));
    peer.data(1, true, "good");

    assertThat(told.get(10, TimeUnit.SECONDS)).isEqualTo("200 good");
  }

  @Test
  void passesOverInterimAnswers() throws Exception {
    var stream = fixture.open(true);
    peer.headers(1, false, RawPeer.field(":status", "100"));
    peer.headers(1, false, RawPeer.field(":status", "103"), RawPeer.field("link", "x"));
    peer.headers(1, true, RawPeer.field(":status", "204"));

    assertThat(stream.response(LIMIT).status()).isEqualTo(204);
    assertThat(stream.read(LIMIT)).isNull();
  }

  @Test
  void readsAnAnswerThatComesBeforeItsRequestHasEnded() throws Exception {
    var stream = fixture.open(false);
    peer.headers(1, false, RawPeer.field(":status", "200"));
    peer.data(1, true, "early");
    peer.reset(1, ErrorCode.NO_ERROR);
    ServerFixture.until("reset", () -> stream.failure().isPresent());

    assertThat(stream.response(LIMIT).status()).isEqualTo(200);
    assertThat(text(ServerFixture.readAll(stream))).isEqualTo("early");
    fails(() -> stream.send(text("more"), true), Reason.RESET_BY_PEER, ErrorCode.NO_ERROR, false);
  }

  @Test
  void row31LetsAnAnswerToHeadSayHowLongItsDataWouldBe() throws Exception {
    var head = new RequestHead("HEAD", "http", "test", "/a", List.of()).toFields();
    var stream = client.open(head, true, null, LIMIT);
    peer.headers(1, false, RawPeer.field(":status", "200"), RawPeer.field("content-length", "5"));
    peer.data(1, true, "");

    assertThat(stream.response(LIMIT).status()).isEqualTo(200);
    assertThat(stream.read(LIMIT)).isNull();
  }

  @Test
  void row31ResetsAnAnswerThatIsNotAsLongAsItSays() throws Exception {
    var stream = fixture.open(true);
    peer.headers(1, false, RawPeer.field(":status", "200"), RawPeer.field("content-length", "5"));
    peer.data(1, true, "four");

    peer.expectReset(1, ErrorCode.PROTOCOL_ERROR);
    ServerFixture.until("reset", () -> stream.failure().isPresent());
  }

  @Test
  void row31ResetsAnAnswerWithoutTheDataThatItSays() throws Exception {
    var stream = fixture.open(true);
    peer.headers(1, true, RawPeer.field(":status", "200"), RawPeer.field("content-length", "5"));

    peer.expectReset(1, ErrorCode.PROTOCOL_ERROR);
    ServerFixture.until("reset", () -> stream.failure().isPresent());
  }

  @Test
  void row31LetsAnAnswerThatHasNotChangedSayHowLongItsDataWouldBe() throws Exception {
    var stream = fixture.open(true);
    peer.headers(1, true, RawPeer.field(":status", "304"), RawPeer.field("content-length", "5"));

    assertThat(stream.response(LIMIT).status()).isEqualTo(304);
  }

  // ---- opening

  @Test
  void row30WaitsUntilTheServerAllowsAnotherStream() throws Exception {
    restart(Http2Options.DEFAULT, new Setting(Setting.MAX_CONCURRENT_STREAMS, 1));
    fixture.open(true).close();
    peer.expect(FrameType.RST_STREAM);
    fixture.open(true);
    peer.expect(FrameType.HEADERS);
    var waiting = new FutureTask<>(() -> fixture.open(true));
    Thread.ofVirtual().start(waiting);

    peer.headers(3, true, RawPeer.field(":status", "200"));
    assertThat(peer.expect(FrameType.HEADERS).streamId()).isEqualTo(5);
    assertThat(waiting.get(10, TimeUnit.SECONDS).id()).isEqualTo(5);
  }

  @Test
  void getsATimeoutWhenTheServerAllowsNone() throws Exception {
    restart(Http2Options.DEFAULT, new Setting(Setting.MAX_CONCURRENT_STREAMS, 0));
    ServerFixture.until("heeded", this::allowsNone);

    assertThatThrownBy(() -> client.open(ClientFixture.REQUEST, true, null, Duration.ofMillis(10)))
        .isInstanceOf(TimeoutException.class);
  }

  private boolean allowsNone() {
    try {
      client.open(ClientFixture.REQUEST, true, null, Duration.ZERO).close();
      return false;
    } catch (TimeoutException e) {
      return true;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void refusesToWaitBehindTooMany() throws Exception {
    restart(
        Http2Options.builder().maxWaitingOpens(0).build(),
        new Setting(Setting.MAX_CONCURRENT_STREAMS, 1));
    fixture.open(true);
    peer.expect(FrameType.HEADERS);

    fails(() -> fixture.open(true), Reason.OVERLOADED, ErrorCode.REFUSED_STREAM, true);
  }

  @Test
  void tenInParallelSucceedOnAServerThatAllowsOne() throws Exception {
    restart(Http2Options.DEFAULT, new Setting(Setting.MAX_CONCURRENT_STREAMS, 1));
    var tasks =
        IntStream.range(0, 10)
            .mapToObj(i -> new FutureTask<>(() -> fixture.open(true).response(LIMIT).status()))
            .toList();
    tasks.forEach(Thread.ofVirtual()::start);
    for (int id = 1; id < 20; id += 2) {
      assertThat(peer.expect(FrameType.HEADERS).streamId()).isEqualTo(id);
      peer.headers(id, true, RawPeer.field(":status", "200"));
    }

    for (var task : tasks) {
      assertThat(task.get(10, TimeUnit.SECONDS)).isEqualTo(200);
    }
  }

  @Test
  void sendsNoHeadThatIsLargerThanTheServerTakes() throws Exception {
    restart(Http2Options.DEFAULT, new Setting(Setting.MAX_HEADER_LIST_SIZE, 300));
    ServerFixture.until("heeded", () -> client.peerMaxHeaderListBytes() == 300);
    var large = List.of(RawPeer.field("x-large", "x".repeat(200)));
    var head = new RequestHead("POST", "http", "test", "/a", large).toFields();

    fails(
        () -> client.open(head, true, null, LIMIT),
        Reason.HEADERS_TOO_LARGE,
        ErrorCode.REFUSED_STREAM,
        true);

    fixture.open(true);
    assertThat(peer.nextOfStream().streamId()).isEqualTo(1);
    assertThat(client.openStreams()).isEqualTo(1);
  }

  @Test
  void row30LetsTheNextInLineOpenIfAHeadCannotBeSent() throws Exception {
    restart(
        Http2Options.DEFAULT,
        new Setting(Setting.MAX_CONCURRENT_STREAMS, 1),
        new Setting(Setting.MAX_HEADER_LIST_SIZE, 300));
    ServerFixture.until("heeded", () -> client.maxStreams() == 1);
    var large = List.of(RawPeer.field("x-large", "x".repeat(200)));
    var head = new RequestHead("POST", "http", "test", "/a", large).toFields();
    var first = fixture.open(true);
    var second = new FutureTask<>(() -> client.open(head, true, null, LIMIT));
    Thread.ofVirtual().start(second);
    ServerFixture.until("the second waits", () -> client.load() == 2);
    var third = new FutureTask<>(() -> fixture.open(true));
    Thread.ofVirtual().start(third);
    ServerFixture.until("the third waits", () -> client.load() == 3);

    first.close();

    assertThatThrownBy(() -> second.get(10, TimeUnit.SECONDS))
        .hasMessageContaining("header fields of");
    assertThat(third.get(5, TimeUnit.SECONDS).id()).isEqualTo(3);
  }

  @Test
  void knowsHowManyStreamsTheServerAllows() throws Exception {
    assertThat(client.maxStreams()).isGreaterThanOrEqualTo(100);
    restart(Http2Options.DEFAULT, new Setting(Setting.MAX_CONCURRENT_STREAMS, 3));
    ServerFixture.until("heeded", () -> client.maxStreams() == 3);

    var stream = fixture.open(true);
    fixture.open(true);
    assertThat(client.load()).isEqualTo(2);
    stream.close();

    assertThat(client.load()).isEqualTo(1);
  }

  @Test
  void asksForTheHeadWhenTheStreamIsAllowed() throws Exception {
    restart(Http2Options.DEFAULT, new Setting(Setting.MAX_CONCURRENT_STREAMS, 1));
    ServerFixture.until("heeded", () -> client.maxStreams() == 1);
    var first = fixture.open(true);
    var asked = new AtomicInteger();
    var opening =
        new FutureTask<>(
            () ->
                client.open(
                    () -> {
                      asked.incrementAndGet();
                      return ClientFixture.REQUEST;
                    },
                    text("hello"),
                    false,
                    null,
                    LIMIT));
    var thread = Thread.ofPlatform().start(opening);
    ServerFixture.until("it waits", () -> thread.getState() == Thread.State.TIMED_WAITING);
    assertThat(asked).hasValue(0);

    first.close();

    assertThat(opening.get(10, TimeUnit.SECONDS).id()).isEqualTo(3);
    assertThat(asked).hasValue(1);
    peer.expect(FrameType.RST_STREAM);
    assertThat(peer.nextOfStream().type()).isEqualTo(FrameType.HEADERS);
    assertThat(peer.nextOfStream().flags()).isZero();
  }

  // ---- ends

  @Test
  void row30KnowsThatARefusedStreamWasNotProcessed() throws Exception {
    var stream = fixture.open(true);
    peer.reset(1, ErrorCode.REFUSED_STREAM);

    fails(() -> stream.response(LIMIT), Reason.RESET_BY_PEER, ErrorCode.REFUSED_STREAM, true);
  }

  @Test
  void row30TakesARefusalBehindAnAnswerForNone() throws Exception {
    var stream = fixture.open(true);
    peer.headers(1, false, RawPeer.field(":status", "200"));
    stream.response(LIMIT);
    peer.reset(1, ErrorCode.REFUSED_STREAM);

    fails(() -> stream.read(LIMIT), Reason.RESET_BY_PEER, ErrorCode.REFUSED_STREAM, false);
  }

  @Test
  void row38KnowsThatWhatIsAnsweredWasProcessed() throws Exception {
    var stream = fixture.open(true);
    peer.headers(1, false, RawPeer.field(":status", "200"));
    stream.response(LIMIT);
    peer.send(new GoAway(0, 0, "bye")::write);

    fails(() -> stream.read(LIMIT), Reason.CONNECTION_LOST, ErrorCode.INTERNAL_ERROR, false);
  }

  @Test
  void bearsAServerThatRefusesAndResetsAsManyStreamsAsItLikes() throws Exception {
    for (int i = 0; i < 500; i++) {
      var stream = fixture.open(true);
      peer.reset(stream.id(), i % 2 == 0 ? ErrorCode.REFUSED_STREAM : ErrorCode.CANCEL);
      ServerFixture.until("reset", () -> stream.failure().isPresent());
    }

    assertThat(client.takesStreams()).isTrue();
  }

  @Test
  void row39BearsAServerThatPingsAsOftenAsItLikes() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      peer.ping(i);
    }

    peer.sync();
  }

  @Test
  void knowsErrorsThatAreNotHttp2s() throws Exception {
    var stream = fixture.open(true);
    peer.frame(FrameType.RST_STREAM, 0, 1, new byte[] {0, 0, 3, (byte) 0xe8});

    assertThatThrownBy(() -> stream.response(LIMIT))
        .isInstanceOfSatisfying(
            StreamException.class, e -> assertThat(e.codeNumber()).isEqualTo(1000));
  }

  @Test
  void cancels() throws Exception {
    var stream = fixture.open(false);
    peer.expect(FrameType.HEADERS);

    stream.close();

    peer.expectReset(1, ErrorCode.CANCEL);
    fails(() -> stream.response(LIMIT), Reason.RESET_HERE, ErrorCode.CANCEL, false);
    peer.headers(1, false, RawPeer.field(":status", "200"));
    peer.data(1, true, "late");
    peer.sync();
  }

  @Test
  void row38FinishesWhatTheServerStillDoesAndKnowsWhatItDoesNot() throws Exception {
    var first = fixture.open(true);
    var second = fixture.open(true);
    peer.expect(FrameType.HEADERS);
    peer.expect(FrameType.HEADERS);
    peer.send(new GoAway(1, 0, "bye")::write);

    fails(() -> second.response(LIMIT), Reason.LEAVING, ErrorCode.REFUSED_STREAM, true);
    fails(() -> fixture.open(true), Reason.LEAVING, ErrorCode.REFUSED_STREAM, true);
    assertThat(client.takesStreams()).isFalse();
    peer.headers(1, true, RawPeer.field(":status", "200"));
    assertThat(first.response(LIMIT).status()).isEqualTo(200);
    peer.expectEnd();
  }

  @Test
  void row38bFailsWhatWasStartedWhenTheServerGoesAtOnce() throws Exception {
    var first = fixture.open(true);
    var second = fixture.open(true);
    peer.expect(FrameType.HEADERS);
    peer.expect(FrameType.HEADERS);
    peer.send(new GoAway(1, 0, "bye")::write);
    peer.endOutput();

    fails(() -> first.response(LIMIT), Reason.CONNECTION_LOST, ErrorCode.INTERNAL_ERROR, false);
    fails(() -> second.response(LIMIT), Reason.LEAVING, ErrorCode.REFUSED_STREAM, true);
  }

  @Test
  void row39TellsWhyTheServerLeft() throws Exception {
    var stream = fixture.open(true);
    peer.expect(FrameType.HEADERS);
    peer.send(new GoAway(1, ErrorCode.ENHANCE_YOUR_CALM.code(), "too_many_pings")::write);
    peer.endOutput();

    assertThatThrownBy(() -> stream.response(LIMIT))
        .hasMessageEndingWith("; before, it said ENHANCE_YOUR_CALM too_many_pings");
  }

  @Test
  void failsAllAtOnceWhenTheConnectionIsLost() throws Exception {
    var stream = fixture.open(true);
    peer.expect(FrameType.HEADERS);
    peer.close();

    fails(() -> stream.response(LIMIT), Reason.CONNECTION_LOST, ErrorCode.INTERNAL_ERROR, false);
    ServerFixture.until("it knows", () -> !client.takesStreams());
    fails(() -> fixture.open(true), Reason.LEAVING, ErrorCode.REFUSED_STREAM, true);
  }

  @Test
  void drains() throws Exception {
    var stream = fixture.open(true);
    peer.expect(FrameType.HEADERS);

    client.drain();

    peer.expect(FrameType.GOAWAY);
    fails(() -> fixture.open(true), Reason.LEAVING, ErrorCode.REFUSED_STREAM, true);
    peer.headers(1, true, RawPeer.field(":status", "200"));
    assertThat(stream.response(LIMIT).status()).isEqualTo(200);
    peer.expectEnd();
  }

  @Test
  void leavesWhenItIsIdle() throws Exception {
    var stream = fixture.open(true);
    peer.headers(1, true, RawPeer.field(":status", "200"));
    stream.response(LIMIT);
    ClientFixture.awaitNoStreams(client);

    ServerFixture.until("it leaves", this::leavesAfterSilence);
    peer.expect(FrameType.GOAWAY);
    peer.expectEnd();
    fails(() -> fixture.open(true), Reason.LEAVING, ErrorCode.REFUSED_STREAM, true);
  }

  /// More than once: the first time may pass while something is still written.
  private boolean leavesAfterSilence() {
    fixture.clock.turn(ConnectionOptions.DEFAULT.idleTimeout());
    return !client.takesStreams();
  }

  @Test
  void isNotIdleIfAStreamHasOpenedJustNow() throws Exception {
    fixture.open(true);

    assertThat(client.leavesIdle(client.connection())).isTrue();

    assertThat(client.takesStreams()).isTrue();
  }

  // ---- waits

  @Test
  void waitsForAnAnswerNoLongerThanItIsTold() throws Exception {
    var stream = fixture.open(true);

    assertThatThrownBy(() -> stream.response(Duration.ofMillis(1)))
        .isInstanceOf(TimeoutException.class);
    peer.headers(1, false, RawPeer.field(":status", "200"));
    assertThat(stream.response(LIMIT).status()).isEqualTo(200);
    assertThatThrownBy(() -> stream.read(Duration.ofMillis(1)))
        .isInstanceOf(TimeoutException.class);
    stream.close();
  }

  @Test
  void anInterruptEndsAWait() throws Exception {
    var stream = fixture.open(true);
    var waiting = new FutureTask<>(() -> stream.response(LIMIT));
    var thread = Thread.ofVirtual().start(waiting);
    thread.interrupt();

    assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
  }

  @Test
  void waitsWhileThePeerDoesNotRead() throws Exception {
    var stream = fixture.open(false);

    stream.write(LinkBuffer.wrap(new byte[65_535 + (64 << 10)]), false, LIMIT);
    assertThatThrownBy(
            () -> stream.write(LinkBuffer.wrap(new byte[1]), false, Duration.ofMillis(1)))
        .isInstanceOf(TimeoutException.class);
    var waiting =
        new FutureTask<>(
            () -> {
              stream.write(LinkBuffer.wrap(new byte[0]), false, LIMIT);
              return true;
            });
    Thread.ofVirtual().start(waiting);
    peer.window(0, 1);
    peer.window(1, 1);

    assertThat(waiting.get(10, TimeUnit.SECONDS)).isTrue();
    stream.close();
  }

  // ---- a server that misbehaves

  enum Fatal {
    ROW_23_PUSH_1("000006 04 00 00000000 0002 00000001", ErrorCode.PROTOCOL_ERROR),
    ROW_23_PUSH_2("000006 04 00 00000000 0002 00000002", ErrorCode.PROTOCOL_ERROR),
    ROW_23_WINDOW("000006 04 00 00000000 0004 80000000", ErrorCode.FLOW_CONTROL_ERROR),
    ROW_23_FRAME_SIZE("000006 04 00 00000000 0005 00000000", ErrorCode.PROTOCOL_ERROR),
    PUSH("000005 05 04 00000001 00000002 88", ErrorCode.PROTOCOL_ERROR),
    HEADERS_ON_IDLE("000001 01 05 00000003 88", ErrorCode.PROTOCOL_ERROR),
    DATA_ON_IDLE("000001 00 01 00000003 61", ErrorCode.PROTOCOL_ERROR),
    HEADERS_ON_EVEN("000001 01 05 00000002 88", ErrorCode.PROTOCOL_ERROR),
    BAD_BLOCK("000001 01 05 00000001 80", ErrorCode.COMPRESSION_ERROR),
    LONG_FRAME("ffffff 00 00 00000001", ErrorCode.FRAME_SIZE_ERROR);

    final String hex;
    final ErrorCode code;

    Fatal(String hex, ErrorCode code) {
      this.hex = hex;
      this.code = code;
    }
  }

  @ParameterizedTest
  @EnumSource
  void row23And34aEndTheConnectionAndFailItsStreams(Fatal fatal) throws Exception {
    var stream = fixture.open(true);
    peer.expect(FrameType.HEADERS);
    peer.hex(fatal.hex);

    fails(() -> stream.response(LIMIT), Reason.CONNECTION_LOST, ErrorCode.INTERNAL_ERROR, false);
    peer.expectGoAway(fatal.code);
  }

  enum OfStream {
    DATA_FIRST("000001 00 00 00000001 61"),
    NO_STATUS("000000 01 05 00000001"),
    INTERIM_END("000005 01 05 00000001 08 03 313030"),
    WINDOW_BY_0("000004 08 00 00000001 00000000"),
    TRAILERS_WITHOUT_END("000001 01 04 00000001 88 000001 01 04 00000001 88");

    final String hex;

    OfStream(String hex) {
      this.hex = hex;
    }
  }

  @ParameterizedTest
  @EnumSource
  void resetsAStreamForItsFaults(OfStream fault) throws Exception {
    var stream = fixture.open(true);
    peer.expect(FrameType.HEADERS);
    peer.hex(fault.hex);

    peer.expectReset(1, ErrorCode.PROTOCOL_ERROR);
    ServerFixture.until("reset", () -> stream.failure().isPresent());
    assertThat(stream.failure().orElseThrow().reason()).isEqualTo(Reason.RESET_HERE);
    peer.sync();
  }

  @Test
  void row23FailsAtTheSettingsTimeout() throws Exception {
    fixture.close();
    begin(Http2Options.DEFAULT);
    var stream = fixture.open(true);
    ServerFixture.until(
        "the look after 10 s",
        () -> {
          fixture.clock.turn(Duration.ofSeconds(1));
          return stream.failure().isPresent();
        });

    fails(() -> stream.response(LIMIT), Reason.CONNECTION_LOST, ErrorCode.INTERNAL_ERROR, false);
  }

  @Test
  void asksASilentServerForASignOfLifeAndGivesItUp() throws Exception {
    restart(Http2Options.builder().keepAliveInterval(Duration.ofSeconds(30)).build());
    var stream = fixture.open(true);
    peer.expect(FrameType.HEADERS);
    ServerFixture.until(
        "given up",
        () -> {
          fixture.clock.turn(Duration.ofSeconds(1));
          return stream.failure().isPresent();
        });

    peer.expect(FrameType.PING);
    peer.expectEnd();
  }

  // ---- windows

  @Test
  void growsItsWindowsWithWhatTheNetworkCarries() throws Exception {
    var stream = fixture.open(true);
    peer.headers(1, false, RawPeer.field(":status", "200"));
    for (int i = 0; i < 6; i++) { // a third of the window
      peer.data(1, false, new byte[16_384]);
    }
    var ping = peer.expect(FrameType.PING);
    for (int i = 0; i < 10; i++) { // the rest of it, in what counts as one round trip
      peer.data(1, false, new byte[16_384]);
    }
    peer.frame(FrameType.PING, FramePrefix.ACK, 0, ping.payload());

    var settings = peer.expect(FrameType.SETTINGS);
    assertThat(settings.payload()).startsWith(0, Setting.INITIAL_WINDOW_SIZE);
    assertThat(settings.intAt(2)).isEqualTo(2 * 11 * 16_384);
    for (int i = 0; i < 6; i++) { // which nobody has read yet
      peer.data(1, false, new byte[16_384]);
    }
    peer.sync();
    stream.close();
  }

  /// A window that grows is not shrunk by the word on those before it.
  @Test
  void letsTheServerSendAllThatASmallWindowHasGrownTo() throws Exception {
    restart(Http2Options.builder().streamWindowBytes(16 << 10).build());
    var stream = fixture.open(true);
    peer.headers(1, false, RawPeer.field(":status", "200"));
    peer.data(1, false, new byte[12_000]);
    var ping = peer.expect(FrameType.PING);
    peer.data(1, false, new byte[4_384]);
    peer.frame(FrameType.PING, FramePrefix.ACK, 0, ping.payload());
    int window = peer.expect(FrameType.SETTINGS).intAt(2);
    assertThat(window).isGreaterThan(16 << 10);
    peer.hex("000000 04 01 00000000");
    stream.close();
    peer.expectReset(1, ErrorCode.CANCEL);

    fixture.open(true);
    peer.headers(3, false, RawPeer.field(":status", "200"));
    for (int left = window; left > 0; left -= 16_384) {
      peer.data(3, false, new byte[Math.min(left, 16_384)]);
    }

    peer.sync();
  }

  @Test
  void row26CreditsPaddingOfAServer() throws Exception {
    var stream = fixture.open(true);
    peer.headers(1, false, RawPeer.field(":status", "200"));
    byte[] padded = new byte[261];
    padded[0] = (byte) 255;
    for (int i = 0; i < 600; i++) {
      peer.frame(FrameType.DATA, FramePrefix.PADDED, 1, padded);
    }

    while (peer.expect(FrameType.WINDOW_UPDATE).streamId() != 1) {}
    stream.close();
  }

  @Test
  void splitsLargeHeadersIntoFrames() throws Exception {
    var large = RawPeer.field("x-large", "\u00ff".repeat(40_000));
    var head = new RequestHead("GET", "http", "test", "/a", List.of(large)).toFields();
    client.open(head, true, null, LIMIT);

    var first = peer.expect(FrameType.HEADERS);
    assertThat(first.flags()).isEqualTo(FramePrefix.END_STREAM);
    assertThat(first.payload()).hasSize(16_384);
    assertThat(peer.next().type()).isEqualTo(FrameType.CONTINUATION);
    var last = peer.next();
    assertThat(last.type()).isEqualTo(FrameType.CONTINUATION);
    assertThat(last.flags()).isEqualTo(FramePrefix.END_HEADERS);
  }
}
