package io.windhover.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.NodePool;
import io.windhover.http2.StreamException.Reason;
import io.windhover.http2.frame.Frame.Settings;
import io.windhover.http2.frame.FrameType;
import io.windhover.http2.frame.Setting;
import io.windhover.http2.hpack.HeaderField;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What one connection of a server may hold, and for how long; in memory, on a clock of the test's.
@Timeout(60)
final class ServerLimitsTest {

  private static final HeaderField[] REQUEST = RawPeer.get("/a");
  private static final List<HeaderField> OK = List.of(new HeaderField(":status", "200"));
  private static final int MIB = 1 << 20;
  private static final int WINDOW = 64 << 10;

  private final List<Http2Stream> opened = new ArrayList<>();

  private MemoryPeer peer(Http2Options.Builder options) {
    return MemoryPeer.of(new Http2Server(options.build(), (stream, head) -> opened.add(stream)));
  }

  private static void sweep(MemoryPeer peer, int second) {
    peer.sweep(TimeUnit.SECONDS.toNanos(second));
  }

  private static LinkBuffer take(Http2Stream stream) {
    return Objects.requireNonNull(stream.poll());
  }

  // ---- time

  @Test
  void row7ResetsARequestThatStops() throws Exception {
    var peer = peer(Http2Options.builder());
    peer.headers(1, false, REQUEST);
    sweep(peer, 0);
    peer.data(1, false, 100);
    take(opened.getFirst()).release();
    sweep(peer, 1);
    peer.drop();
    sweep(peer, 30);

    assertThat(peer.written()).isEmpty();
    sweep(peer, 31);
    assertThat(peer.written()).containsExactly("RST_STREAM 1");
    assertThat(opened.getFirst().failure().orElseThrow().reason()).isEqualTo(Reason.STALLED);
  }

  /// One that has brought so much that it is fast enough for minutes.
  @Test
  void row7ResetsALargeRequestThatStops() throws Exception {
    var peer = peer(Http2Options.builder());
    peer.headers(1, false, REQUEST);
    for (int i = 0; i < 20; i++) {
      peer.data(1, false, 16_384);
      take(opened.getFirst()).release();
    }
    sweep(peer, 0);
    peer.drop();

    sweep(peer, 30);

    assertThat(peer.written()).containsExactly("RST_STREAM 1");
  }

  @Test
  void row7ResetsARequestThatDrips() throws Exception {
    var peer = peer(Http2Options.builder());
    peer.headers(1, false, REQUEST);
    for (int second = 0; second <= 30; second++) {
      sweep(peer, second);
      peer.data(1, false, 10);
      take(opened.getFirst()).release();
    }
    assertThat(peer.written()).doesNotContain("RST_STREAM 1");

    sweep(peer, 31);

    assertThat(peer.written()).contains("RST_STREAM 1");
  }

  @Test
  void waitsForARequestThatComesInGoodTime() throws Exception {
    var peer = peer(Http2Options.builder());
    peer.headers(1, false, REQUEST);
    for (int second = 0; second <= 300; second++) {
      sweep(peer, second);
      peer.data(1, false, 1_100);
      take(opened.getFirst()).release();
    }

    assertThat(peer.written()).doesNotContain("RST_STREAM 1");
  }

  @Test
  void waitsForStreamsThatAThreadWorksForOrThatAreAnswered() throws Exception {
    var peer = peer(Http2Options.builder());
    var end = new CountDownLatch(1);
    peer.headers(1, false, REQUEST);
    peer.headers(3, false, REQUEST);
    opened.get(0).start("windhover-test", () -> await(end));
    opened.get(1).sendHead(OK, false);
    peer.drop();

    for (int second = 0; second <= 100; second++) {
      sweep(peer, second);
    }

    assertThat(peer.written()).isEmpty();
    end.countDown();
  }

  @Test
  void countsNoThreadThatHasAnswered() throws Exception {
    var peer = peer(Http2Options.builder().maxStreams(1));
    var answered = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    peer.headers(1, true, REQUEST);
    var first = opened.getFirst();
    first.start(
        "windhover-test",
        () -> {
          first.respond(OK, new LinkBuffer(), List.of());
          answered.countDown();
          await(end);
        });
    await(answered);
    peer.drop();

    peer.headers(3, true, REQUEST);
    assertThat(opened).hasSize(2);
    end.countDown();
    peer.headers(5, true, REQUEST);
    assertThat(peer.written()).containsExactly("RST_STREAM 5");
    opened.getLast().close();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void waitsForNobodyWhoseDataIsNotTakenHere() throws Exception {
    var peer = peer(Http2Options.builder());
    peer.headers(1, false, REQUEST);
    peer.data(1, false, 100);
    peer.drop();

    for (int second = 0; second <= 100; second++) {
      sweep(peer, second);
    }

    assertThat(peer.written()).isEmpty();
    opened.getFirst().close();
  }

  @Test
  void row15EndsAHeaderListThatStops() throws Exception {
    var peer = peer(Http2Options.builder());
    peer.beginHeaders(1);
    sweep(peer, 0);
    sweep(peer, 29);
    assertThat(peer.connection.isClosed()).isFalse();

    sweep(peer, 30);

    assertThat(peer.written()).contains("GOAWAY 0");
    assertThat(peer.connection.isClosed()).isTrue();
  }

  // ---- memory

  @Test
  void row29bHoldsNoMoreOfRequestsThatAreNotWholeThanItMay() throws Exception {
    var peer = peer(Http2Options.builder().maxHeldBytes(MIB));
    int id = -1;
    while (opened.isEmpty() || opened.getLast().failure().isEmpty()) {
      id += 2;
      peer.headers(id, false, REQUEST);
      for (int i = 0; i < 10; i++) {
        peer.data(id, false, 16_384);
      }
      assertThat(opened.getFirst().connection().heldBytes()).isLessThanOrEqualTo(MIB + 16_384);
    }

    assertThat(peer.written()).contains("RST_STREAM " + id);
    opened.subList(0, opened.size() - 1).forEach(it -> assertThat(it.failure()).isEmpty());
    take(opened.getFirst()).release();
    peer.headers(id + 2, false, REQUEST);
    peer.data(id + 2, false, 16_384);
    assertThat(opened.getLast().failure()).isEmpty();
    peer.close();
  }

  /// By what they keep, not by what is counted of them: six bytes each.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void row29bHoldsLittleOfAFewBytesOnEachStream(boolean end) throws Exception {
    var peer = peer(Http2Options.builder());
    long before = NodePool.shared().heldBytes();
    for (int id = 1; id < 200; id += 2) {
      peer.headers(id, false, REQUEST);
      peer.data(id, end, 6);
    }

    assertThat(opened.getFirst().connection().heldBytes()).isEqualTo(600);
    assertThat(NodePool.shared().heldBytes() - before).isLessThan(8_192);
    peer.drop();
  }

  @Test
  void row29bCountsWhatWasTakenAndWaitsAllTheSame() {
    var peer = peer(Http2Options.builder().maxHeldBytes(MIB));
    peer.headers(1, false, REQUEST);
    peer.data(1, false, 10_000);
    var stream = opened.getFirst();
    var connection = stream.connection();
    take(stream).release();

    assertThat(connection.held(10_000)).isEqualTo(10_000);
    peer.data(1, false, 500);
    assertThat(connection.held(MIB)).isEqualTo(MIB + 10_500);
    assertThat(connection.heldBytes()).isEqualTo(MIB + 10_500);
    assertThat(stream.failure()).as("it is up to who keeps them").isEmpty();
    peer.data(1, false, 500);
    assertThat(stream.failure()).as("as nobody takes these").isPresent();

    assertThat(connection.held(-MIB - 10_000)).isZero();
    peer.close();
  }

  @Test
  void row29bHoldsNoMoreOfAnswersThatNobodyReadsThanItMay() {
    var peer = peer(Http2Options.builder().maxHeldBytes(MIB));
    for (int id = 1; id <= 5; id += 2) { // 400 KB each, of which the window takes 64
      peer.headers(id, true, REQUEST);
    }
    for (int i = 0; i < 2; i++) {
      opened.get(i).respond(OK, LinkBuffer.wrap(new byte[400_000]), List.of());
    }

    assertThatThrownBy(
            () -> opened.get(2).respond(OK, LinkBuffer.wrap(new byte[400_000]), List.of()))
        .isInstanceOf(StreamException.class)
        .hasMessageContaining("unread");
    assertThat(opened.get(1).failure()).isEmpty();
    assertThat(opened.getFirst().connection().heldBytes()).isLessThan(MIB + 400_000);
    peer.close();
  }

  @Test
  void row29bSendsAnAnswerThatIsLargerThanAllThatMayWait() throws Exception {
    var peer = peer(Http2Options.builder().maxHeldBytes(MIB));
    peer.headers(1, true, REQUEST);
    opened.getFirst().respond(OK, LinkBuffer.wrap(new byte[2 * MIB]), List.of());

    peer.headers(3, true, REQUEST);
    opened.getLast().sendHead(OK, true); // which takes no room

    peer.window(0, 2 * MIB);
    peer.window(1, 2 * MIB);

    assertThat(opened).allSatisfy(stream -> assertThat(stream.failure()).isEmpty());
    assertThat(opened.getFirst().connection().openStreams()).isZero();
    peer.drop();
  }

  /// No word of the client can come any more that would allow it.
  @Test
  void givesUpAnAnswerThatNobodyWillTakeOnceTheClientHasEnded() throws Exception {
    var server = new Http2Server(Http2Options.DEFAULT, (stream, head) -> opened.add(stream));
    var peer = MemoryPeer.of(server);
    peer.send(settings(new Setting(Setting.INITIAL_WINDOW_SIZE, 10)));
    peer.headers(1, true, REQUEST);
    peer.headers(3, true, REQUEST);
    opened.getFirst().respond(OK, LinkBuffer.wrap(new byte[MIB]), List.of());

    server.inputEnded(peer.connection, null);

    assertThat(opened.getFirst().failure().orElseThrow().reason())
        .isEqualTo(Reason.CONNECTION_LOST);
    assertThat(server.heldBytes()).isZero();
    opened.getLast().respond(OK, LinkBuffer.wrap(new byte[10]), List.of());
    assertThat(opened.getLast().failure()).isEmpty();
    peer.drop();
  }

  // ---- windows

  @Test
  void makesWindowsThatHaveGrownSmallAgainWhenMuchWaits() throws Exception {
    var options = Http2Options.builder().maxHeldBytes(MIB).streamWindowBytes(WINDOW).build();
    var server = new Http2Server(options, (stream, head) -> opened.add(stream));
    var peer = MemoryPeer.of(server);
    peer.headers(1, false, REQUEST);
    var settings = server.receiver().settings();
    assertThat(settings.growTo(6 * WINDOW)).isEqualTo(6 * WINDOW);
    peer.send(Settings.ACK::write);
    peer.headers(3, false, REQUEST);
    for (int id = 1; id <= 3; id += 2) { // half of what may wait, and not a byte more
      for (int i = 0; i < 16; i++) {
        peer.data(id, false, WINDOW / 4);
      }
    }
    peer.drop();

    peer.data(3, false, 1);

    assertThat(peer.written()).containsExactly("SETTINGS 0");
    peer.send(Settings.ACK::write);
    assertThat(settings.streamWindowBytes()).isEqualTo(WINDOW);
    assertThat(settings.growTo(2 * WINDOW)).as("once there is reason to").isEqualTo(2 * WINDOW);
    peer.close();
  }

  @Test
  void heedsAllSettingsOfAFrameBeforeItSendsWhatTheyAllow() throws Exception {
    var peer = peer(Http2Options.builder());
    peer.send(settings(new Setting(Setting.INITIAL_WINDOW_SIZE, 0)));
    peer.headers(1, true, REQUEST);
    opened.getFirst().respond(OK, LinkBuffer.wrap(new byte[1]), List.of(RawPeer.field("x", "y")));
    peer.drop();

    peer.send(
        settings(
            new Setting(Setting.INITIAL_WINDOW_SIZE, 1),
            new Setting(Setting.HEADER_TABLE_SIZE, 0)));

    var blocks = new ArrayList<Byte>();
    peer.eachWritten(
        (type, streamId, payload) -> {
          if (type == FrameType.HEADERS) {
            blocks.add(payload.getByte(0));
          }
        });
    assertThat(blocks).as("an update of the table's size").containsExactly((byte) 0x20);
  }

  private static Consumer<LinkBuffer> settings(Setting... values) {
    return new Settings(false, List.of(values))::write;
  }

  /// Each way in which bytes may be lost to the connection's window, which has no slack here; then
  /// a large transfer by a client that keeps to its window.
  @Test
  void row25LosesNothingOfTheConnectionsWindow() throws Exception {
    var options =
        Http2Options.builder()
            .maxHeldBytes(0)
            .connectionWindowBytes(65_535)
            .maxResets(Integer.MAX_VALUE)
            .maxEmptyData(Integer.MAX_VALUE)
            .maxTinyData(Integer.MAX_VALUE);
    var server = new Http2Server(options.build(), (stream, head) -> opened.add(stream));
    var peer = MemoryPeer.of(server);
    peer.drop();
    long window = 65_535;
    int id = 1;
    for (int i = 0; i < 10_000; i++, id += 2) {
      peer.headers(id, false, REQUEST);
      var stream = opened.removeLast();
      int bytes = 1 + i * 7 % 3_000;
      window -= bytes;
      peer.padded(id, false, bytes);
      switch (i % 6) {
        case 0 -> peer.reset(id);
        case 1 -> stream.close();
        case 2 -> peer.headers(id, true, RawPeer.field(":path", "/"));
        case 3 -> stream.respond(OK, new LinkBuffer(), List.of());
        case 4 -> peer.data(id, true, 0);
        default -> peer.headers(id, true, RawPeer.field("x-end", "1"));
      }
      if (i % 6 < 4) {
        window -= bytes;
        peer.padded(id, i % 2 == 0, bytes); // too late
      } else {
        var data = stream.poll();
        if (data != null) {
          data.release();
        }
        stream.respond(OK, new LinkBuffer(), List.of());
      }
      window += peer.credited();
      assertThat(window).isGreaterThan(32_000);
    }
    peer.headers(id, false, REQUEST);
    for (int left = 10 * MIB; left > 0; left -= 16_000) {
      assertThat(window).isGreaterThanOrEqualTo(16_000);
      window -= 16_000;
      peer.data(id, false, 16_000);
      take(opened.getLast()).release();
      window += peer.credited();
    }
    assertThat(server.shared().held()).isZero();
    opened.getLast().close();
    peer.drop();
  }

  @Test
  void growsItsWindowsByNoMoreThanAllStreamsMayHold() throws Exception {
    var options = Http2Options.builder().maxHeldBytes(4 * MIB);
    var server = new Http2Server(options.build(), (stream, head) -> opened.add(stream));
    var peer = MemoryPeer.of(server);
    for (int id = 1; id < 16; id += 2) {
      peer.headers(id, false, REQUEST);
    }
    var settings = server.receiver().settings();

    settings.growTo(4 * MIB);

    assertThat(settings.streamWindowBytes()).isEqualTo(512 << 10);
  }

  /// In frames that leave at once, and in such as wait for their turns.
  @ParameterizedTest
  @ValueSource(ints = {10_000, 100_000})
  void sendsNoMoreThanTheWindowOfAllStreams(int bytes) throws Exception {
    var peer = peer(Http2Options.builder());
    for (int id = 1; id < 20; id += 2) {
      peer.headers(id, true, REQUEST);
      peer.window(id, MIB);
      opened.getLast().respond(OK, LinkBuffer.wrap(new byte[bytes]), List.of());
    }

    long before = peer.dataBytes();
    assertThat(before).isBetween(50_000L, 65_535L);
    peer.window(0, MIB);
    assertThat(before + peer.dataBytes()).isEqualTo(10L * bytes);
    assertThat(opened.getFirst().connection().openStreams()).isZero();
  }

  // ---- what this side sends

  @Test
  void aHeadAndItsFirstDataLeaveTogether() throws Exception {
    var peer = peer(Http2Options.builder());
    peer.headers(1, true, REQUEST);
    peer.drop();
    opened.getFirst().write(OK, LinkBuffer.wrap(new byte[5]), false, Duration.ZERO);

    assertThat(peer.connection.writtenCount()).isEqualTo(1);
    assertThat(peer.written()).containsExactly("HEADERS 1", "DATA 1");
  }

  @Test
  void aWholeAnswerLeavesTogether() throws Exception {
    var peer = peer(Http2Options.builder());
    peer.headers(1, true, REQUEST);
    peer.drop();
    var trailers = List.of(new HeaderField("grpc-status", "0"));
    opened.getFirst().respond(OK, LinkBuffer.wrap(new byte[5]), trailers);

    assertThat(peer.connection.writtenCount()).isEqualTo(1);
    assertThat(peer.written()).containsExactly("HEADERS 1", "DATA 1", "HEADERS 1");
  }

  /// The socket takes what is queued only when it is sent, and no more than that before.
  @Test
  void theThreadThatWritesMuchSendsAllOfIt() throws Exception {
    var peer = peer(Http2Options.builder());
    peer.headers(1, true, REQUEST);
    peer.window(0, MIB);
    peer.window(1, MIB);
    peer.connection.beforeWrite(() -> peer.connection.full(true));
    peer.connection.onFlush(() -> peer.connection.full(false));

    opened.getFirst().respond(OK, LinkBuffer.wrap(new byte[MIB]), List.of());

    assertThat(opened.getFirst().connection().openStreams()).isZero();
    peer.drop();
  }

  @Test
  void showsTheStreamsThatAreOpen() {
    var peer = peer(Http2Options.builder());
    peer.headers(1, true, REQUEST);
    peer.headers(3, false, REQUEST);
    peer.headers(5, false, REQUEST);
    opened.get(1).close();
    var shown = new ArrayList<Http2Stream>();

    opened.getFirst().connection().forEachStream(shown::add);

    assertThat(shown).containsExactlyInAnyOrder(opened.getFirst(), opened.getLast());
    peer.close();
  }

  @Test
  void sendsNoFieldsThatItWouldNotTake() throws Exception {
    var peer = peer(Http2Options.builder());
    peer.headers(1, true, REQUEST);
    peer.drop();
    var stream = opened.getFirst();
    for (var field :
        List.of(
            new HeaderField("X-Upper", "1"),
            new HeaderField("connection", "close"),
            new HeaderField("x-a", "1\r\nx-b: 2"),
            new HeaderField("x-a", "\u4e16"),
            new HeaderField(":path", "/"))) {
      var head = List.of(OK.getFirst(), new HeaderField("x-good", "1"), field);

      assertThatThrownBy(() -> stream.sendHead(head, false))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> stream.sendHead(List.of(), false))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(peer.written()).isEmpty();
    stream.sendHead(OK, true);
    assertThat(peer.written()).containsExactly("HEADERS 1");
  }

  @Test
  void sendsInNoOtherOrderThanThatOfAResponse() throws Exception {
    var peer = peer(Http2Options.builder());
    peer.headers(1, true, REQUEST);
    var stream = opened.getFirst();
    assertThatThrownBy(() -> stream.send(new LinkBuffer(), true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the head was not sent yet");
    stream.sendHead(OK, false);
    assertThatThrownBy(() -> stream.sendHead(OK, false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the head was sent already");
    stream.send(LinkBuffer.wrap(new byte[100_000]), true);

    assertThatThrownBy(() -> stream.sendTrailers(List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("this side of the stream has ended");
    stream.close();
    peer.drop();
  }
}
