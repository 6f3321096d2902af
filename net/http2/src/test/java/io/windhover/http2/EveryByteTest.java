package io.windhover.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.LinkBuffer;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// An exchange that is cut behind each of its bytes, by either side.
@Timeout(120)
final class EveryByteTest {

  /// What a client says in one request.
  private static byte[] request(RawPeer peer) throws IOException {
    peer.hold();
    peer.send(Http2Server.prefaceBytes());
    peer.hex("000000 04 00 00000000");
    peer.headers(1, false, RawPeer.get("/echo"));
    peer.data(1, false, "hello");
    peer.headers(1, true, RawPeer.field("x-t", "1"));
    return peer.takeHeld();
  }

  @Test
  void aServerForgetsARequestThatIsCutAnywhere() throws Exception {
    try (var server = new ServerFixture(Http2Options.DEFAULT)) {
      byte[] request;
      try (var unused = RawPeer.connect(server.address())) {
        request = request(unused);
      }
      for (int cut = 0; cut < request.length; cut++) {
        try (var peer = RawPeer.connect(server.address())) {
          peer.send(Arrays.copyOf(request, cut));
          peer.endOutput();
          peer.expectEnd();
        }
      }
      try (var peer = RawPeer.connect(server.address())) {
        peer.send(request);
        peer.endOutput();
        assertThat(peer.answer(1)).isEqualTo("200 hello x-end: well");
      }
      ServerFixture.until("all are gone", () -> server.group.openConnections() == 0);
    }
  }

  /// Each call has one end: an answer only if all of it has come.
  @Test
  void aClientEndsACallOnceWhoseAnswerIsCutAnywhere() throws Exception {
    int cut = 0;
    for (boolean whole = false; !whole; cut++) {
      whole = answersWhole(cut);
    }

    assertThat(cut).isGreaterThan(50);
  }

  private static boolean answersWhole(int cut) throws Exception {
    try (var fixture = new ClientFixture(Http2Options.DEFAULT)) {
      var failures = new AtomicInteger();
      var listener =
          new StreamListener() {
            @Override
            public void failed(Http2Stream stream, StreamException cause) {
              failures.incrementAndGet();
            }
          };
      var stream = fixture.client.open(ClientFixture.REQUEST, true, listener, ClientFixture.LIMIT);
      var peer = fixture.peer;
      peer.hold();
      peer.hex("000000 04 00 00000000");
      peer.headers(1, false, RawPeer.field(":status", "200"));
      peer.data(1, false, "hello");
      peer.headers(1, true, RawPeer.field("x-end", "well"));
      byte[] answer = peer.takeHeld();
      peer.send(Arrays.copyOf(answer, cut));
      peer.endOutput();

      boolean whole = cut == answer.length;
      assertThat(read(stream)).isEqualTo(whole ? "hello" : "CONNECTION_LOST");
      ServerFixture.until("told", () -> failures.get() == (whole ? 0 : 1));
      return whole;
    }
  }

  private static String read(Http2Stream stream) throws Exception {
    try (LinkBuffer all = ServerFixture.readAll(stream)) {
      byte[] bytes = new byte[all.size()];
      all.readBytes(bytes, 0, bytes.length);
      return new String(bytes, ISO_8859_1);
    } catch (StreamException e) {
      return e.reason().toString();
    }
  }
}
