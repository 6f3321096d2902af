package io.windhover.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.http2.KeepAlive.Action;
import io.windhover.http2.StreamException.Reason;
import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.Frame.GoAway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// [KeepAlive] and [KeepAliveInterval], and connections in memory that keep to them.
final class KeepAliveTest {

  private static final long SECOND = 1_000_000_000;
  private static final Http2Options OPTIONS = options(Duration.ofSeconds(30)).build();

  private static Http2Options.Builder options(Duration interval) {
    return Http2Options.builder()
        .keepAliveInterval(interval)
        .keepAliveTimeout(Duration.ofSeconds(20));
  }

  private static KeepAlive keepAlive(boolean withoutStreams) {
    var options = options(Duration.ofSeconds(30)).keepAliveWithoutStreams(withoutStreams).build();
    return new KeepAlive(options, 30 * SECOND, 0);
  }

  @Test
  void asksASilentPeerAndGivesItUp() {
    var keepAlive = keepAlive(false);

    assertThat(keepAlive.look(true, 29 * SECOND)).isEqualTo(Action.NOTHING);
    assertThat(keepAlive.look(true, 30 * SECOND)).isEqualTo(Action.PING);
    assertThat(keepAlive.look(true, 49 * SECOND)).isEqualTo(Action.NOTHING);
    assertThat(keepAlive.look(true, 50 * SECOND)).isEqualTo(Action.GIVE_UP);
  }

  @Test
  void asksNoPeerThatIsHeard() {
    var keepAlive = keepAlive(false);
    assertThat(keepAlive.look(true, 30 * SECOND)).isEqualTo(Action.PING);

    keepAlive.heard(40 * SECOND);

    assertThat(keepAlive.look(true, 69 * SECOND)).isEqualTo(Action.NOTHING);
    assertThat(keepAlive.look(true, 70 * SECOND)).isEqualTo(Action.PING);
  }

  @Test
  void asksWithoutStreamsOnlyIfToldTo() {
    assertThat(keepAlive(false).look(false, 30 * SECOND)).isEqualTo(Action.NOTHING);
    assertThat(keepAlive(true).look(false, 30 * SECOND)).isEqualTo(Action.PING);
  }

  @Test
  void asksNeverByDefault() {
    long interval = new KeepAliveInterval(Http2Options.DEFAULT).nanos();
    var keepAlive = new KeepAlive(Http2Options.DEFAULT, interval, 0);

    assertThat(keepAlive.look(true, 10_000 * SECOND)).isEqualTo(Action.NOTHING);
  }

  // ---- a server that asks its client

  private static void sweep(MemoryPeer peer, int second) {
    peer.sweep(second * SECOND);
  }

  @Test
  void aServerAsksASilentClientForASignOfLifeAndGivesItUp() throws Exception {
    var opened = new ArrayList<Http2Stream>();
    var peer = MemoryPeer.of(new Http2Server(OPTIONS, (stream, head) -> opened.add(stream)));
    peer.headers(1, true, RawPeer.get("/a"));
    sweep(peer, 0);
    peer.drop();

    sweep(peer, 29);
    assertThat(peer.written()).isEmpty();
    sweep(peer, 30);
    assertThat(peer.written()).containsExactly("PING 0");
    sweep(peer, 49);
    assertThat(peer.connection.isAborted()).isFalse();
    sweep(peer, 50);

    assertThat(peer.connection.isAborted()).isTrue();
    assertThat(opened.getFirst().failure().orElseThrow().reason())
        .isEqualTo(Reason.CONNECTION_LOST);
  }

  // ---- a client that asks too often

  private static MemoryPeer server(KeepAliveInterval interval) throws Exception {
    var client = new Http2Client(OPTIONS, interval);
    var peer = MemoryPeer.of(client);
    client.open(ClientFixture.REQUEST, true, null, ClientFixture.LIMIT);
    sweep(peer, 0);
    peer.drop();
    return peer;
  }

  /// Returns after how many seconds of silence a PING comes.
  private static int silence(MemoryPeer peer) throws Exception {
    for (int second = 1; second < 1_000; second++) {
      sweep(peer, second);
      if (peer.written().contains("PING 0")) {
        return second;
      }
    }
    throw new AssertionError("no PING");
  }

  private static void refuse(MemoryPeer peer, ErrorCode code, String text) {
    peer.send(new GoAway(1, code.code(), text)::write);
  }

  @Test
  void row39AsksHalfAsOftenOnConnectionsAfterTheServersWord() throws Exception {
    var interval = new KeepAliveInterval(OPTIONS);
    var first = server(interval);
    assertThat(silence(first)).isEqualTo(30);
    refuse(first, ErrorCode.ENHANCE_YOUR_CALM, "too_many_pings");

    var second = server(interval);
    assertThat(silence(second)).isEqualTo(60);
    refuse(second, ErrorCode.ENHANCE_YOUR_CALM, "too_many_pings");

    assertThat(silence(server(interval))).isEqualTo(120);
  }

  @Test
  void row39SlowsDownOnceForConnectionsThatAskedAsOften() throws Exception {
    var interval = new KeepAliveInterval(OPTIONS);
    var connections = List.of(server(interval), server(interval));
    for (var one : connections) {
      refuse(one, ErrorCode.ENHANCE_YOUR_CALM, "too_many_pings");
    }

    assertThat(silence(server(interval))).isEqualTo(60);
  }

  @Test
  void asksAsOftenAfterAnyOtherFarewell() throws Exception {
    var interval = new KeepAliveInterval(OPTIONS);
    refuse(server(interval), ErrorCode.ENHANCE_YOUR_CALM, "too many resets");
    refuse(server(interval), ErrorCode.NO_ERROR, "too_many_pings");

    assertThat(silence(server(interval))).isEqualTo(30);
  }

  @Test
  void growsToTwoHoursAtMost() {
    var interval = new KeepAliveInterval(options(Duration.ofMinutes(50)).build());

    assertThat(interval.grows(interval.nanos())).isTrue();
    assertThat(interval.grows(interval.nanos())).isTrue();

    assertThat(Duration.ofNanos(interval.nanos())).isEqualTo(Duration.ofHours(2));
    assertThat(interval.grows(interval.nanos())).isFalse();
  }

  @Test
  void neverGrowsFromNone() {
    var interval = new KeepAliveInterval(Http2Options.DEFAULT);

    assertThat(interval.grows(interval.nanos())).isFalse();
    assertThat(interval.nanos()).isZero();
  }
}
