package io.windhover.http2;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.FramePrefix;
import io.windhover.http2.frame.FrameType;
import io.windhover.http2.hpack.HeaderField;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What no client should send to a server, by the rows of docs/bad-input.md. After each, a
/// well-behaved client is served.
@Timeout(60)
final class ServerBadInputTest {

  private static final HeaderField[] ECHO = RawPeer.get("/echo");
  private static final String OK = "200 x-end: well";

  private ServerFixture server;
  private RawPeer peer;

  @BeforeEach
  void start() throws IOException {
    server = new ServerFixture(Http2Options.DEFAULT);
    peer = server.connect();
  }

  @AfterEach
  void servesOthers() throws IOException {
    peer.close();
    try (var other = server.connect()) {
      other.headers(1, true, ECHO);
      assertThat(other.answer(1)).isEqualTo(OK);
    }
    server.close();
  }

  private void restart(Http2Options options) throws IOException {
    peer.close();
    server.close();
    server = new ServerFixture(options);
    peer = server.connect();
  }

  private interface Sending {
    void run() throws IOException;
  }

  /// Sends what the server may answer with the connection's end at any time.
  private static void flood(int times, Sending sending) throws IOException {
    try {
      for (int i = 0; i < times; i++) {
        sending.run();
      }
    } catch (SocketException e) { // it had enough
      assertThat(e).isNotNull();
    }
  }

  private void isServed(int streamId) throws IOException {
    peer.headers(streamId, true, ECHO);
    assertThat(peer.answer(streamId)).isEqualTo(OK);
  }

  // ---- the front door

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\r\n\r\n", "PRI * HTTP/1.1\r\n\r\nSM\r\n\r\n", "\r\n\r\n"})
  void row6EndsWhatIsNoHttp2(String text) throws IOException {
    try (var other = RawPeer.connect(server.address())) {
      other.send(text.getBytes(US_ASCII));

      assertThat(other.expectGoAway(ErrorCode.PROTOCOL_ERROR)).contains("preface");
    }
  }

  @Test
  void row8ServesByteByByte() throws IOException {
    try (var other = RawPeer.connect(server.address())) {
      other.hold();
      other.send(Http2Server.prefaceBytes());
      other.hex("000000 04 00 00000000");
      other.headers(1, false, ECHO);
      other.data(1, true, "x");
      other.letGoByteByByte();

      assertThat(other.answer(1)).isEqualTo("200 x x-end: well");
    }
  }

  @Test
  void wantsSettingsFirst() throws IOException {
    try (var other = RawPeer.connect(server.address())) {
      other.send(Http2Server.prefaceBytes());
      other.ping(1);

      other.expectGoAway(ErrorCode.PROTOCOL_ERROR);
    }
  }

  @Test
  void row23EndsAClientThatSendsNoSettings() throws IOException {
    try (var other = RawPeer.connect(server.address())) {
      other.send(Http2Server.prefaceBytes());
      ServerFixture.until(
          "the look after 10 s",
          () -> {
            server.clock.turn(Duration.ofSeconds(1));
            return server.group.openConnections() == 0;
          });

      other.expectGoAway(ErrorCode.SETTINGS_TIMEOUT);
    }
  }

  // ---- headers

  @Test
  void row11AnswersHeadersThatAreTooLargeAndReadsTheNextOnesRight() throws IOException {
    var large = RawPeer.with(ECHO, RawPeer.field("x-large", "x".repeat(20_000)));
    byte[] block = peer.block(RawPeer.with(large, RawPeer.field("x-after", "kept")));
    sendFragments(1, block, 10_000);

    assertThat(peer.answer(1)).isEqualTo("431");
    peer.headers(3, true, RawPeer.with(ECHO, RawPeer.field("x-after", "kept")));
    assertThat(peer.answer(3)).as("by the table that the large list has changed").isEqualTo(OK);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void row11EndsAClientThatSendsNothingElse(boolean whole) throws IOException {
    byte[] large = new byte[200];
    Arrays.fill(large, (byte) 0x90); // accept-encoding
    int flags = FramePrefix.END_HEADERS | (whole ? FramePrefix.END_STREAM : 0);
    int[] id = {1};
    flood(
        10_000,
        () -> {
          peer.frame(FrameType.HEADERS, flags, id[0], large);
          id[0] += 2;
        });

    peer.expectGoAway(ErrorCode.ENHANCE_YOUR_CALM);
    assertThat(server.opened).hasValue(0);
  }

  private void sendFragments(int streamId, byte[] block, int fragmentBytes) throws IOException {
    var type = FrameType.HEADERS;
    int flags = FramePrefix.END_STREAM;
    for (int at = 0; at < block.length; at += fragmentBytes) {
      int end = Math.min(block.length, at + fragmentBytes);
      int last = end == block.length ? FramePrefix.END_HEADERS : 0;
      peer.frame(type, flags | last, streamId, Arrays.copyOfRange(block, at, end));
      type = FrameType.CONTINUATION;
      flags = 0;
    }
  }

  @Test
  void row12StopsABombOfOneLargeField() throws IOException {
    peer.headers(1, true, RawPeer.with(ECHO, RawPeer.field("x-bomb", "x".repeat(1_900))));
    assertThat(peer.answer(1)).isEqualTo(OK);
    byte[] bomb = new byte[16_000];
    Arrays.fill(bomb, (byte) 0xbe); // the newest field of the table, each time

    peer.frame(FrameType.HEADERS, 5, 3, bomb);

    peer.expectGoAway(ErrorCode.ENHANCE_YOUR_CALM);
  }

  @Test
  void row13StopsABombOfManyFields() throws IOException {
    byte[] bomb = new byte[200];
    Arrays.fill(bomb, (byte) 0x90); // accept-encoding

    peer.frame(FrameType.HEADERS, 5, 1, bomb);

    assertThat(peer.answer(1)).as("100 fields at most").isEqualTo("431");
    isServed(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ffffffffffffffffffff", "c0", "80", "00 83 ffffff"})
  void row14EndsWhatCannotBeDecoded(String block) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(block.replace(" ", ""));
    peer.frame(FrameType.HEADERS, 5, 1, bytes);

    peer.expectGoAway(ErrorCode.COMPRESSION_ERROR);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void row15And16EndTooManyContinuations(int bytes) throws IOException {
    peer.frame(FrameType.HEADERS, 1, 1, new byte[0]);
    flood(100_000, () -> peer.frame(FrameType.CONTINUATION, 0, 1, new byte[bytes]));

    peer.expectGoAway(ErrorCode.ENHANCE_YOUR_CALM);
  }

  @Test
  void row15EndsABlockThatIsTooLarge() throws IOException {
    peer.frame(FrameType.HEADERS, 1, 1, new byte[16_384]);
    flood(10, () -> peer.frame(FrameType.CONTINUATION, 0, 1, new byte[16_384]));

    peer.expectGoAway(ErrorCode.ENHANCE_YOUR_CALM);
  }

  @Test
  void row28TakesEmptyFragments() throws IOException {
    peer.frame(FrameType.HEADERS, 1, 1, new byte[0]);
    peer.frame(FrameType.CONTINUATION, 0, 1, peer.block(ECHO));
    peer.frame(FrameType.CONTINUATION, FramePrefix.END_HEADERS, 1, new byte[0]);

    assertThat(peer.answer(1)).isEqualTo(OK);
  }

  enum BetweenFragments {
    PING("000008 06 00 00000000 0102030405060708"),
    DATA("000001 00 00 00000001 61"),
    HEADERS("000000 01 04 00000003"),
    UNKNOWN("000000 ff 00 00000001"),
    CONTINUATION_OF_ANOTHER("000000 09 04 00000003");

    final String hex;

    BetweenFragments(String hex) {
      this.hex = hex;
    }
  }

  @ParameterizedTest
  @EnumSource
  void endsFramesWithinAHeaderBlock(BetweenFragments between) throws IOException {
    peer.frame(FrameType.HEADERS, 1, 1, new byte[0]);
    peer.hex(between.hex);

    peer.expectGoAway(ErrorCode.PROTOCOL_ERROR);
  }

  /// Between other frames these are errors of the stream alone.
  @ParameterizedTest
  @ValueSource(strings = {"000004 08 00 00000001 00000000", "000005 02 00 00000001 0000000100"})
  void endsFaultsOfAStreamWithinAHeaderBlock(String between) throws IOException {
    peer.headers(1, false, ECHO);
    peer.frame(FrameType.HEADERS, 1, 3, new byte[0]);
    peer.hex(between);

    peer.expectGoAway(ErrorCode.PROTOCOL_ERROR);
  }

  @Test
  void row31ResetsALengthThatIsNotTheBodys() throws IOException {
    var five = RawPeer.with(ECHO, RawPeer.field("content-length", "5"));
    peer.headers(1, false, five);
    peer.data(1, false, "123");
    peer.data(1, true, "4");
    peer.expectReset(1, ErrorCode.PROTOCOL_ERROR);

    peer.headers(3, false, five);
    peer.data(3, false, "123456");
    peer.expectReset(3, ErrorCode.PROTOCOL_ERROR);

    peer.headers(5, true, five);
    peer.expectReset(5, ErrorCode.PROTOCOL_ERROR);

    peer.headers(7, false, five);
    peer.data(7, false, "12345");
    peer.headers(7, true, RawPeer.field("x-t", "1"));
    assertThat(peer.answer(7)).isEqualTo("200 12345 x-end: well");
  }

  @Test
  void row32ResetsMalformedRequests() throws IOException {
    peer.headers(1, true, RawPeer.get("echo"));
    peer.expectReset(1, ErrorCode.PROTOCOL_ERROR);
    peer.headers(3, true, RawPeer.with(ECHO, RawPeer.field("connection", "close")));
    peer.expectReset(3, ErrorCode.PROTOCOL_ERROR);
    peer.headers(5, false, ECHO);
    peer.headers(5, true, RawPeer.field(":path", "/"));
    peer.expectReset(5, ErrorCode.PROTOCOL_ERROR);
    peer.headers(7, false, ECHO);
    peer.headers(7, false, RawPeer.field("x-t", "1"));
    peer.expectReset(7, ErrorCode.PROTOCOL_ERROR);
    isServed(9);
  }

  // ---- floods

  @Test
  void row17EndsRapidResets() throws IOException {
    var hang = RawPeer.get("/hang");
    int[] id = {1};
    flood(
        100_000,
        () -> {
          peer.headers(id[0], true, hang);
          peer.reset(id[0], ErrorCode.CANCEL);
          id[0] += 2;
        });

    peer.expectGoAway(ErrorCode.ENHANCE_YOUR_CALM);
    assertThat(server.mostRunning.get()).isLessThanOrEqualTo(256);
    assertThat(server.opened.get()).isBetween(1, 256);
  }

  @Test
  void row17CountsThreadsOfResetStreamsAmongThoseThatRun() throws IOException {
    restart(Http2Options.builder().maxStreams(10).build());
    peer.sync();
    for (int id = 1; id < 40; id += 2) {
      peer.headers(id, true, RawPeer.get("/hang"));
      peer.reset(id, ErrorCode.CANCEL);
    }
    peer.expect(FrameType.RST_STREAM);

    assertThat(server.opened).hasValue(10);
    server.free();
    ServerFixture.until("they end", () -> server.running.get() == 0);
    ServerFixture.until("there is room", () -> isRoomFor(41 + 2 * server.opened.get()));
  }

  private boolean isRoomFor(int id) {
    try {
      peer.headers(id, true, ECHO);
      return true;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  enum MakesReset {
    WINDOW_BY_0("000004 08 00 %08x 00000000"),
    WINDOW_TOO_LARGE("000004 08 00 %08x 7fffffff"),
    DATA_AFTER_THE_END("000001 00 00 %08x 61"),
    PRIORITY_OF_4("000004 02 00 %08x 00000000");

    final String format;

    MakesReset(String format) {
      this.format = format;
    }
  }

  @ParameterizedTest
  @EnumSource
  void row18EndsAClientThatMakesTheServerReset(MakesReset way) throws IOException {
    var hang = RawPeer.get("/hang");
    int[] id = {1};
    flood(
        10_000,
        () -> {
          peer.headers(id[0], true, hang);
          peer.hex(way.format.formatted(id[0]));
          id[0] += 2;
        });

    peer.expectGoAway(ErrorCode.ENHANCE_YOUR_CALM);
    assertThat(server.opened.get()).isBetween(1, 256);
  }

  @Test
  void row39iServesAClientThatResetsHalfOfItsStreams() throws IOException {
    for (int id = 1; id < 2_000; id += 4) {
      peer.headers(id, true, RawPeer.get("/echo"));
      assertThat(peer.answer(id)).isEqualTo(OK);
      peer.headers(id + 2, false, RawPeer.get("/echo"));
      peer.reset(id + 2, ErrorCode.CANCEL);
    }
    peer.sync();
    ServerFixture.until("nothing runs", () -> server.running.get() == 0);
  }

  @Test
  void row19EndsPingsWhoseAnswersAreNotRead() throws Exception {
    restart(Http2Options.builder().minPingInterval(Duration.ZERO).build());
    peer.hold();
    for (int i = 0; i < 20_000; i++) {
      peer.ping(i);
    }
    byte[] many = peer.takeHeld();
    var flooding =
        new FutureTask<>(
            () -> {
              flood(50, () -> peer.send(many)); // a million
              return true;
            });
    Thread.ofVirtual().start(flooding);

    ServerFixture.until(
        "it reads no more, and then gives up",
        () -> {
          server.clock.turn(Duration.ofMillis(100));
          return server.group.openConnections() == 0;
        });
    assertThat(flooding.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void row39EndsPingsThatComeTooOften() throws IOException {
    for (int i = 0; i < 4; i++) {
      peer.ping(i);
    }

    assertThat(peer.expectGoAway(ErrorCode.ENHANCE_YOUR_CALM)).isEqualTo("too_many_pings");
  }

  enum Needless {
    SETTINGS("000000 04 00 00000000"),
    SETTINGS_ACK("000000 04 01 00000000"),
    PING_ACK("000008 06 01 00000000 0000000000000000"),
    PING_ACK_OF_NO_DRAIN("000008 06 01 00000000 647261696e696e67"),
    GOAWAY("000008 07 00 00000000 00000000 00000000"),
    PRIORITY("000005 02 00 00000001 00000003 0f"),
    WINDOW("000004 08 00 00000000 00000001"),
    UNKNOWN("000000 ff 00 00000000");

    final String hex;

    Needless(String hex) {
      this.hex = hex;
    }
  }

  @ParameterizedTest
  @EnumSource
  void row20And21EndFloodsOfFramesWithoutEffect(Needless frame) throws IOException {
    flood(100_000, () -> peer.hex(frame.hex));

    peer.expectGoAway(ErrorCode.ENHANCE_YOUR_CALM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "000000 00 01 00000001",
        "000001 01 05 00000001 82",
        "000004 08 00 00000001 00000001",
        "000004 03 00 00000001 00000008"
      })
  void row21EndsFloodsOnAStreamThatWasResetHere(String hex) throws IOException {
    peer.headers(1, false, RawPeer.get("/fail"));
    peer.expectReset(1, ErrorCode.INTERNAL_ERROR);
    flood(10_000, () -> peer.hex(hex));

    peer.expectGoAway(ErrorCode.ENHANCE_YOUR_CALM);
  }

  /// What they are made of may be the peer's choice.
  @Test
  void endsConnectionsWhoseRequestsMakeTheHandlerFailAgainAndAgain() throws IOException {
    var warnings = new AtomicInteger();
    var log = Logger.getLogger(UserCode.class.getName());
    log.setFilter(
        line -> {
          warnings.incrementAndGet();
          return false;
        });
    try {
      long before = System.nanoTime();
      var id = new AtomicInteger(1);
      flood(1_000, () -> peer.headers(id.getAndAdd(2), true, RawPeer.get("/fail")));

      peer.expectGoAway(ErrorCode.ENHANCE_YOUR_CALM);
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - before);
      assertThat(warnings).hasValueBetween(1, 2 + (int) seconds);
    } finally {
      log.setFilter(null);
    }
  }

  @Test
  void row20EndsSettingsWithTooMany() throws IOException {
    peer.hex("00025e 04 00 00000000" + "00ff00000000".repeat(101));

    peer.expectGoAway(ErrorCode.ENHANCE_YOUR_CALM);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void row22EndsEmptyAndTinyData(int bytes) throws IOException {
    peer.headers(1, false, RawPeer.get("/echo"));
    flood(100_000, () -> peer.data(1, false, new byte[bytes]));

    peer.expectGoAway(ErrorCode.ENHANCE_YOUR_CALM);
  }

  // ---- windows

  @Test
  void row24EndsAWindowThatIsTooLarge() throws IOException {
    peer.headers(1, true, RawPeer.get("/hang"));
    peer.window(1, Integer.MAX_VALUE);
    peer.expectReset(1, ErrorCode.FLOW_CONTROL_ERROR);
    peer.sync();

    peer.window(0, Integer.MAX_VALUE);
    peer.expectGoAway(ErrorCode.FLOW_CONTROL_ERROR);
  }

  @Test
  void row24EndsAWindowThatSettingsMakeTooLarge() throws IOException {
    peer.headers(1, true, RawPeer.get("/hang"));
    peer.window(1, Integer.MAX_VALUE - 65_535);
    peer.hex("000006 04 00 00000000 0004 00010000");

    peer.expectGoAway(ErrorCode.FLOW_CONTROL_ERROR);
  }

  @Test
  void endsAClientThatSendsMoreThanItMay() throws IOException {
    peer.headers(1, false, RawPeer.get("/ignore"));
    flood(17, () -> peer.data(1, false, new byte[16_384]));

    peer.expectReset(1, ErrorCode.FLOW_CONTROL_ERROR);
  }

  /// Each way in which bytes may be lost to the connection's window, and then a large transfer.
  @Test
  void row25LosesNothingOfTheConnectionsWindow() throws IOException {
    byte[] padded = new byte[16_384];
    padded[0] = (byte) 255;
    int id = 1;
    for (int i = 0; i < 150; i++, id += 2) { // 7 MiB of it
      peer.headers(id, false, RawPeer.get(i % 2 == 0 ? "/echo" : "/none"));
      peer.frame(FrameType.DATA, FramePrefix.PADDED, id, padded);
      if (i % 3 == 0) {
        peer.reset(id, ErrorCode.CANCEL);
      } else if (i % 3 == 1) {
        peer.frame(FrameType.HEADERS, 5, id, peer.block(RawPeer.field(":path", "/")));
      } else {
        peer.data(id, true, "");
      }
      if (i % 3 != 2) {
        peer.data(id, false, padded); // too late
      }
      peer.headers(id + 2, true, ECHO);
      id += 2;
      awaitAnswer(id);
    }
    peer.headers(id, false, ECHO);
    for (int i = 0; i < 10; i++) {
      for (int n = 0; n < 4; n++) {
        peer.data(id, false, new byte[16_384]);
      }
      if (i % 2 == 1) {
        awaitCreditOf(id);
      }
    }
    peer.reset(id, ErrorCode.CANCEL);
  }

  private void awaitAnswer(int id) throws IOException {
    while (true) {
      var frame = peer.next();
      assertThat(frame.type()).as("%s", frame).isNotEqualTo(FrameType.GOAWAY);
      if (frame.type() == FrameType.HEADERS) {
        peer.fields(frame);
      }
      if (frame.streamId() == id && frame.has(FramePrefix.END_STREAM)) {
        return;
      }
    }
  }

  private void awaitCreditOf(int id) throws IOException {
    while (peer.expect(FrameType.WINDOW_UPDATE).streamId() != id) {}
  }

  @Test
  void row26CreditsPadding() throws IOException {
    peer.headers(1, false, RawPeer.get("/ignore"));
    byte[] padded = new byte[256];
    padded[0] = (byte) 255;
    flood(10, () -> peer.frame(FrameType.DATA, FramePrefix.PADDED, 1, padded));
    byte[] some = new byte[261];
    some[0] = (byte) 255;
    flood(4_000, () -> peer.frame(FrameType.DATA, FramePrefix.PADDED, 1, some)); // a MiB

    awaitCreditOf(1);
    peer.sync();
  }

  @Test
  void row26EndsPaddingThatIsTooLong() throws IOException {
    peer.headers(1, false, RawPeer.get("/echo"));
    peer.hex("000005 00 08 00000001 05 00000000");

    peer.expectGoAway(ErrorCode.PROTOCOL_ERROR);
  }

  @Test
  void row27IgnoresWhatNobodyKnows() throws IOException {
    peer.hex("000004 7f ff 00000000 01020304");
    peer.hex("000006 04 fe 00000000 7777 00000001");
    peer.hex("000008 06 fe 00000000 0000000000000000");

    isServed(1);
  }

  @Test
  void row29ResetsAStreamWhoseClientReadsNothing() throws Exception {
    peer.headers(1, true, RawPeer.get("/big"));
    peer.expect(FrameType.HEADERS);
    ServerFixture.until(
        "the look after 30 s",
        () -> {
          server.clock.turn(Duration.ofSeconds(1));
          return !server.events.isEmpty();
        });

    assertThat(List.of(server.events.take(), server.events.take()))
        .containsExactlyInAnyOrder("/big STALLED CANCEL", "/big threw STALLED");
    peer.expectReset(1, ErrorCode.CANCEL);
    peer.sync();
  }

  @Test
  void row30RefusesStreamsOverTheLimit() throws IOException {
    restart(Http2Options.builder().maxStreams(2).build());
    peer.sync();
    peer.headers(1, true, RawPeer.get("/hang"));
    peer.headers(3, true, RawPeer.get("/hang"));
    peer.headers(5, false, RawPeer.get("/hang"));

    peer.expectReset(5, ErrorCode.REFUSED_STREAM);
    peer.data(5, true, "was on its way");
    server.free();
    assertThat(peer.nextOfStream().streamId()).isIn(1, 3);
    ServerFixture.until("both are done", () -> server.running.get() == 0);
  }

  // ---- states

  enum Fatal {
    DATA_ON_IDLE("000001 00 00 00000005 61", ErrorCode.PROTOCOL_ERROR),
    RESET_ON_IDLE("000004 03 00 00000005 00000008", ErrorCode.PROTOCOL_ERROR),
    WINDOW_ON_IDLE("000004 08 00 00000005 00000001", ErrorCode.PROTOCOL_ERROR),
    EVEN_ID("000001 01 05 00000006 82", ErrorCode.PROTOCOL_ERROR),
    LOWER_ID("000001 01 05 00000001 82", ErrorCode.PROTOCOL_ERROR),
    CONTINUATION_ALONE("000001 09 04 00000003 82", ErrorCode.PROTOCOL_ERROR),
    DATA_ON_CLOSED("000001 00 00 00000003 61", ErrorCode.STREAM_CLOSED),
    HEADERS_ON_CLOSED("000001 01 05 00000003 82", ErrorCode.STREAM_CLOSED),
    ROW_34B_LONG_FRAME("004001 00 00 00000003", ErrorCode.FRAME_SIZE_ERROR),
    ROW_34B_SETTINGS_OF_5("000005 04 00 00000000 0000000000", ErrorCode.FRAME_SIZE_ERROR),
    ROW_34B_PING_OF_7("000007 06 00 00000000 00000000000000", ErrorCode.FRAME_SIZE_ERROR),
    PUSH("000005 05 04 00000003 00000002 82", ErrorCode.PROTOCOL_ERROR);

    final String hex;
    final ErrorCode code;

    Fatal(String hex, ErrorCode code) {
      this.hex = hex;
      this.code = code;
    }
  }

  @ParameterizedTest
  @EnumSource
  void row34aAnd34bEndFramesOutOfPlace(Fatal fatal) throws IOException {
    isServed(3);
    peer.hex(fatal.hex);

    peer.expectGoAway(fatal.code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "000001 00 00 00000001 61",
        "000001 01 05 00000001 82",
        "000004 08 00 00000001 00000001",
        "000004 03 00 00000001 00000008",
        "000005 02 00 00000001 00000003 0f"
      })
  void row34aIgnoresFramesOnAStreamThatWasResetHere(String hex) throws IOException {
    peer.headers(1, false, RawPeer.get("/fail"));
    peer.expectReset(1, ErrorCode.INTERNAL_ERROR);

    peer.hex(hex);
    peer.sync();
  }

  @Test
  void row34aResetsDataOnAStreamThatTheClientHasReset() throws IOException {
    peer.headers(1, false, RawPeer.get("/echo"));
    peer.reset(1, ErrorCode.CANCEL);
    peer.data(1, false, "late");

    peer.expectReset(1, ErrorCode.STREAM_CLOSED);
    peer.sync();
  }

  @Test
  void row34aResetsDataBehindTheEnd() throws IOException {
    peer.headers(1, true, RawPeer.get("/hang"));
    peer.data(1, false, "late");

    peer.expectReset(1, ErrorCode.STREAM_CLOSED);
    peer.sync();
  }
}
