package io.windhover.rpc.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windhover.rpc.BidiStream;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.fixture.Text;
import io.windhover.rpc.wire.FrameType;
import io.windhover.rpc.wire.HeaderKey;
import io.windhover.rpc.wire.StreamFrame;
import java.io.EOFException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Streams that a client opens while their server leaves.
@Timeout(30)
final class LeavingServerTest {

  @Test
  void streamThatTheServerHasNotTakenIsSafeToRetry() throws Exception {
    try (var listener = RawPeer.listen();
        var client = Loopback.client(listener.getLocalSocketAddress());
        var taken = client.chat();
        var server = RawPeer.accept(listener)) {
      int id = server.read().frame().streamId();
      server.send(new StreamFrame(id, FrameType.META, "chat", Map.of(HeaderKey.WINDOW, "16384")));
      server.text(id, "here");
      assertThat(taken.receive()).isPresent();
      var late = client.chat();
      server.read();

      server.send(
          new StreamFrame(0, FrameType.META, "", Map.of(HeaderKey.CONNECTION_CLOSING, "1")));
      server.endOutput();

      assertFails(late, Kind.NOT_SENT, "had not taken the stream (after ");
      assertFails(taken, Kind.DISCONNECTED, "the other side closed the connection");
    }
  }

  /// What it wrote at last, such as the window of a stream whose handler ran, may be lost with it.
  @Test
  void streamOfAServerThatEndsWithoutAWordMayHaveRun() throws Exception {
    try (var listener = RawPeer.listen();
        var client = Loopback.client(listener.getLocalSocketAddress());
        var taken = client.chat();
        var server = RawPeer.accept(listener)) {
      int id = server.read().frame().streamId();
      server.send(new StreamFrame(id, FrameType.META, "chat", Map.of(HeaderKey.WINDOW, "16384")));
      server.text(id, "here");
      assertThat(taken.receive()).isPresent();
      var late = client.chat();
      server.read();

      server.endOutput();

      assertFails(late, Kind.DISCONNECTED, "the other side closed the connection");
    }
  }

  @Test
  void serverThatLeavesSaysSo() throws Exception {
    try (var loopback = new Loopback(Loopback.chat((in, out) -> {}));
        var peer = RawPeer.of(loopback.address())) {
      peer.send(
          new StreamFrame(
              1, FrameType.HEADER, "chat", Map.of("isn", "Notes", HeaderKey.WINDOW, "16384")));
      assertThat(peer.read().frame().type()).isEqualTo(FrameType.META);
      assertThat(peer.read().frame().type()).isEqualTo(FrameType.HEADER);
      assertThat(peer.read().frame().type()).isEqualTo(FrameType.TRAILER);

      loopback.drainServer();

      var last = peer.read().frame();
      assertThat(last.type()).isEqualTo(FrameType.META);
      assertThat(last.streamId()).isZero();
      assertThat(last.stringKeys()).containsKey(HeaderKey.CONNECTION_CLOSING);
      assertThat(peer.isClosed()).isTrue();
    }
  }

  /// Kitex takes no such frames.
  @Test
  void serverThatLeavesTellsOnlyWhoKnowsOfWindows() throws Exception {
    try (var loopback = new Loopback(Loopback.chat((in, out) -> {}));
        var peer = RawPeer.of(loopback.address())) {
      peer.open(1, "chat");
      assertThat(peer.read().frame().type()).isEqualTo(FrameType.HEADER);
      assertThat(peer.read().frame().type()).isEqualTo(FrameType.TRAILER);

      loopback.drainServer();

      assertThatExceptionOfType(EOFException.class).isThrownBy(peer::read);
    }
  }

  /// A server that never spoke of windows, such as Kitex, may run a handler without a word.
  @Test
  void streamOfAnotherServerMayHaveRun() throws Exception {
    try (var listener = RawPeer.listen();
        var client = Loopback.client(listener.getLocalSocketAddress());
        var chat = client.chat();
        var server = RawPeer.accept(listener)) {
      server.read();

      server.endOutput();

      assertFails(chat, Kind.DISCONNECTED, "the other side closed the connection");
    }
  }

  @Test
  void clientOpensItsNextStreamElsewhere() throws Exception {
    try (var loopback = new Loopback(Loopback.chat((in, out) -> in.forEach(out::send)));
        var kept = loopback.chat()) {
      kept.send(new Text("a"));
      assertThat(kept.receive()).isPresent();
      loopback.drainServer();
      assertFails(loopback.chat(), Kind.NOT_SENT, "the server is about to stop");

      try (var next = loopback.chat()) {
        next.send(new Text("b"));
        assertThat(next.receive()).contains(new Text("b"));
      }

      kept.send(new Text("c"));
      assertThat(kept.receive()).contains(new Text("c"));
    }
  }

  private static void assertFails(BidiStream<Text, Text> stream, Kind kind, String message) {
    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(stream::receive)
        .withMessageContaining(message)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
  }
}
