package io.windhover.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.FramePrefix;
import io.windhover.http2.frame.FrameType;
import io.windhover.http2.frame.Setting;
import io.windhover.netpoll.ConnectionOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a server does for a client that does nothing wrong.
@Timeout(60)
final class Http2ServerTest {

  private ServerFixture server;
  private RawPeer peer;

  @BeforeEach
  void start() throws IOException {
    server = new ServerFixture(Http2Options.builder().drainTimeout(Duration.ofMinutes(1)).build());
    peer = server.connect();
  }

  @AfterEach
  void stop() throws IOException {
    peer.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/echo", "/event", "/pieces"})
  void answersARequestWithABody(String path) throws IOException {
    peer.headers(1, false, RawPeer.get(path));
    peer.data(1, true, "hello");

    assertThat(peer.answer(1)).isEqualTo("200 hello x-end: well");
    peer.sync();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/echo", "/event"})
  void answersARequestWithoutABody(String path) throws IOException {
    peer.headers(1, true, RawPeer.get(path));

    assertThat(peer.answer(1)).isEqualTo("200 x-end: well");
  }

  @Test
  void readsTrailers() throws IOException {
    peer.headers(1, false, RawPeer.get("/echo"));
    peer.data(1, false, "hello");
    peer.headers(1, true, RawPeer.field("x-more", "1"));

    assertThat(peer.answer(1)).isEqualTo("200 hello x-end: well");
  }

  @Test
  void answersManyStreamsAtOnce() throws IOException {
    for (int id = 1; id < 200; id += 2) {
      peer.headers(id, false, RawPeer.get("/echo"));
    }
    for (int id = 199; id > 0; id -= 2) {
      peer.data(id, true, "body " + id);
      assertThat(peer.answer(id)).isEqualTo("200 body " + id + " x-end: well");
    }
    assertThat(server.opened).hasValue(100);
    ServerFixture.until("forgotten", () -> server.connections.getFirst().openStreams() == 0);
  }

  @Test
  void repliesOfOneTurnLeaveInOneWrite() throws IOException {
    peer.hold();
    for (int id = 1; id < 20; id += 2) {
      peer.headers(id, true, RawPeer.get("/event"));
    }
    peer.letGo();

    for (int id = 1; id < 20; id += 2) {
      assertThat(peer.answer(id)).isEqualTo("200 x-end: well");
    }
  }

  @Test
  void saysItsLimits() throws IOException {
    try (var other = RawPeer.connect(server.address())) {
      other.send(Http2Server.prefaceBytes());
      var settings = other.next();

      assertThat(settings.type()).isEqualTo(FrameType.SETTINGS);
      assertThat(settings.payload().length % 6).isZero();
      assertThat(settings.intAt(2)).as("MAX_CONCURRENT_STREAMS first").isEqualTo(256);
      var window = other.next();
      assertThat(window.type()).isEqualTo(FrameType.WINDOW_UPDATE);
      assertThat(window.intAt(0)).isEqualTo((1 << 20) - 65_535);
    }
  }

  @Test
  void answersPings() throws IOException {
    peer.ping(0x0102_0304_0506_0708L);

    var pong = peer.expect(FrameType.PING);
    assertThat(pong.flags()).isEqualTo(FramePrefix.ACK);
    assertThat(pong.intAt(0)).isEqualTo(0x0102_0304);
    assertThat(pong.intAt(4)).isEqualTo(0x0506_0708);
  }

  // ---- flow control

  @Test
  void sendsNoMoreThanTheStreamsWindow() throws IOException {
    peer.headers(1, true, RawPeer.get("/big"));
    assertThat(peer.nextOfStream().type()).isEqualTo(FrameType.HEADERS);

    assertThat(arrives(1, 65_535)).isEqualTo(65_535);
    peer.window(0, ServerFixture.BIG_BYTES);
    peer.sync();
    peer.window(1, 10);
    assertThat(arrives(1, 10)).isEqualTo(10);
    peer.window(1, ServerFixture.BIG_BYTES);
    arrives(1, ServerFixture.BIG_BYTES - 65_545);
    assertThat(peer.nextOfStream().type()).isEqualTo(FrameType.HEADERS);
  }

  /// Reads DATA until so many bytes have come.
  private int arrives(int streamId, int bytes) throws IOException {
    int count = 0;
    while (count < bytes) {
      var frame = peer.nextOfStream();
      assertThat(frame.type()).as("%s", frame).isEqualTo(FrameType.DATA);
      assertThat(frame.streamId()).isEqualTo(streamId);
      assertThat(frame.payload().length).isBetween(1, 16_384);
      count += frame.payload().length;
    }
    return count;
  }

  @Test
  void heedsWindowsAndFrameSizesOfSettings() throws IOException {
    peer.close();
    peer = RawPeer.connect(server.address());
    peer.greet(
        new Setting(Setting.INITIAL_WINDOW_SIZE, 5), new Setting(Setting.MAX_FRAME_SIZE, 20_000));
    peer.headers(1, true, RawPeer.get("/big"));
    assertThat(peer.nextOfStream().type()).isEqualTo(FrameType.HEADERS);
    assertThat(arrives(1, 5)).isEqualTo(5);

    peer.window(1, 1 << 20);
    assertThat(peer.nextOfStream().payload()).hasSize(20_000);
  }

  @Test
  void takesWindowsBackBySettings() throws IOException {
    peer.headers(1, true, RawPeer.get("/big"));
    assertThat(peer.nextOfStream().type()).isEqualTo(FrameType.HEADERS);
    arrives(1, 65_535);
    peer.window(0, 1 << 20);

    peer.hex("000006 04 00 00000000 0004 00000000");
    peer.window(1, 65_535);
    peer.sync();
    peer.window(1, 3);

    assertThat(arrives(1, 3)).isEqualTo(3);
  }

  @Test
  void letsTheClientSendMoreOnceItHasRead() throws IOException {
    peer.headers(1, false, RawPeer.get("/echo"));
    byte[] bytes = new byte[16_384];
    int credit = 0;
    for (int sent = 0; sent < 2 << 20; sent += bytes.length) {
      while (credit + (256 << 10) < sent + bytes.length) {
        var frame = peer.expect(FrameType.WINDOW_UPDATE);
        credit += frame.streamId() == 1 ? frame.intAt(0) : 0;
      }
      peer.data(1, false, bytes);
    }
    peer.data(1, true, "");

    peer.window(0, 4 << 20);
    peer.window(1, 4 << 20);
    assertThat(peer.nextOfStream().type()).isEqualTo(FrameType.HEADERS);
    assertThat(arrives(1, 2 << 20)).isEqualTo(2 << 20);
  }

  /// The connection's window is for all streams; that of one is full, and nobody reads it.
  @Test
  void streamsThatNobodyReadsKeepNoOtherWaiting() throws IOException {
    for (int id = 1; id < 16; id += 2) { // 2 MiB, more than the connection's window
      peer.headers(id, false, RawPeer.get("/ignore"));
      for (int i = 0; i < 16; i++) {
        peer.data(id, false, new byte[16_384]);
      }
      if (id % 4 == 3) {
        peer.expect(FrameType.WINDOW_UPDATE); // of the connection, for half of its window
      }
    }
    peer.headers(17, false, RawPeer.get("/echo"));
    peer.data(17, true, "through");

    assertThat(peer.answer(17)).isEqualTo("200 through x-end: well");
    server.free();
    for (int i = 0; i < 8; i++) {
      peer.expect(FrameType.RST_STREAM);
    }
  }

  // ---- ends

  @Test
  void row9ForgetsStreamsThatTheClientResets() throws Exception {
    peer.headers(1, false, RawPeer.get("/echo"));
    peer.data(1, false, "hel");
    peer.sync();
    peer.reset(1, ErrorCode.CANCEL);

    assertThat(List.of(server.events.take(), server.events.take()))
        .containsExactlyInAnyOrder("/echo RESET_BY_PEER CANCEL", "/echo threw RESET_BY_PEER");
    peer.headers(3, true, RawPeer.get("/echo"));
    assertThat(peer.answer(3)).isEqualTo("200 x-end: well");
  }

  @Test
  void row10AnswersWhatHasArrivedBeforeTheEndOfInput() throws IOException {
    peer.headers(1, true, RawPeer.get("/hang"));
    peer.endOutput();
    ServerFixture.until("it runs", () -> server.running.get() == 1);
    server.free();

    assertThat(peer.answer(1)).isEqualTo("200 late");
    peer.expectEnd();
  }

  @Test
  void givesUpTheRestOfARequestThatIsAnswered() throws IOException {
    peer.headers(1, false, RawPeer.get("/none"));

    assertThat(peer.answer(1)).isEqualTo("404");
    peer.expectReset(1, ErrorCode.NO_ERROR);
    peer.data(1, false, "late");
    peer.data(1, true, "late");
    peer.sync();
  }

  @Test
  void resetsAStreamWhoseHandlerFails() throws IOException {
    peer.headers(1, true, RawPeer.get("/fail"));

    peer.expectReset(1, ErrorCode.INTERNAL_ERROR);
    peer.sync();
  }

  @Test
  void row38LeavesInTwoSteps() throws IOException {
    peer.headers(1, true, RawPeer.get("/hang"));
    ServerFixture.until("it runs", () -> server.running.get() == 1);
    server.connections.getFirst().drain();

    var warning = peer.expect(FrameType.GOAWAY);
    assertThat(warning.intAt(0)).isEqualTo(Integer.MAX_VALUE);
    assertThat(warning.intAt(4)).isZero();
    var ping = peer.expect(FrameType.PING);
    peer.headers(3, true, RawPeer.get("/echo")); // was on its way
    assertThat(peer.answer(3)).isEqualTo("200 x-end: well");
    peer.frame(FrameType.PING, FramePrefix.ACK, 0, ping.payload());
    assertThat(peer.expect(FrameType.GOAWAY).intAt(0)).isEqualTo(3);
    peer.headers(5, true, RawPeer.get("/echo")); // too late
    peer.data(5, true, "x");
    peer.sync();
    server.free();

    assertThat(peer.answer(1)).isEqualTo("200 late");
    peer.expectEnd();
    assertThat(server.opened).hasValue(2);
  }

  @Test
  void row38LeavesAClientThatDoesNotAnswer() throws IOException {
    server.connections.getFirst().drain();
    peer.expect(FrameType.GOAWAY);

    ServerFixture.until("a look", () -> turnsClock(Duration.ofMillis(500)));
    peer.expect(FrameType.GOAWAY);
    peer.expectEnd();
  }

  @Test
  void warnsAClientThatIsIdleBeforeItCloses() throws IOException {
    peer.headers(1, true, RawPeer.get("/echo"));
    assertThat(peer.answer(1)).isEqualTo("200 x-end: well");
    ServerFixture.until("it knows when that was sent", () -> server.running.get() == 0);
    server.clock.turn(ConnectionOptions.DEFAULT.idleTimeout());

    assertThat(peer.expect(FrameType.GOAWAY).intAt(0)).isEqualTo(Integer.MAX_VALUE);
    var ping = peer.expect(FrameType.PING);
    peer.headers(3, true, RawPeer.get("/echo")); // was on its way
    assertThat(peer.answer(3)).isEqualTo("200 x-end: well");
    peer.frame(FrameType.PING, FramePrefix.ACK, 0, ping.payload());

    assertThat(peer.expect(FrameType.GOAWAY).intAt(0)).isEqualTo(3);
    peer.expectEnd();
  }

  /// Turns the clock a little until the server has no connection.
  private boolean turnsClock(Duration step) {
    server.clock.turn(step);
    return server.group.openConnections() == 0;
  }

  @Test
  void row38ResetsStreamsThatDoNotEndInTime() throws IOException {
    peer.headers(1, true, RawPeer.get("/hang"));
    ServerFixture.until("it runs", () -> server.running.get() == 1);
    server.connections.getFirst().drain();
    ServerFixture.until("closed", () -> turnsClock(Duration.ofSeconds(5)));

    peer.expectReset(1, ErrorCode.CANCEL);
    peer.expectEnd();
  }
}
