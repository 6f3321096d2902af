package io.windhover.rpc.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.fixture.Eventually;
import io.windhover.rpc.fixture.Text;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.FrameType;
import io.windhover.rpc.wire.HeaderKey;
import io.windhover.rpc.wire.StreamFrame;
import io.windhover.thrift.ApplicationError;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Row 61f of the table of bad inputs: frames that come when they must not. Stream 1 is the one
/// that gets them, stream 2 goes on.
@Timeout(30)
final class BadFramesTest {

  private Loopback server;
  private ServerSocket listener;

  @BeforeEach
  void listen() throws Exception {
    server = new Loopback(Loopback.chat((in, out) -> in.forEach(out::send)));
    listener = RawPeer.listen();
  }

  @AfterEach
  void close() throws Exception {
    server.close();
    listener.close();
  }

  // ---- a server

  @ParameterizedTest
  @EnumSource(names = {"META", "DATA", "TRAILER", "RST"})
  void serverIgnoresFramesOfUnknownStreams(FrameType type) throws Exception {
    try (var peer = RawPeer.of(server.address())) {
      peer.send(1, type);
      peer.send(1, type);

      assertServes(peer);
    }
  }

  @Test
  void serverResetsAStreamThatIsOpenedTwice() throws Exception {
    try (var peer = RawPeer.of(server.address())) {
      peer.open(1, "chat");
      peer.open(1, "chat");

      assertReset(peer, StreamCode.UNEXPECTED_HEADER);
      assertServes(peer);
    }
  }

  @Test
  void serverResetsAStreamWithDataAfterItsTrailer() throws Exception {
    try (var held = new Loopback(Loopback.chat((in, out) -> LockSupport.park()));
        var peer = RawPeer.of(held.address())) {
      peer.open(1, "chat");
      peer.send(1, FrameType.TRAILER);
      peer.text(1, "late");

      assertReset(peer, StreamCode.ILLEGAL_FRAME);
    }
  }

  @Test
  void serverIgnoresTheRestOfAStreamThatWasReset() throws Exception {
    try (var peer = RawPeer.of(server.address())) {
      peer.open(1, "chat");
      var rst = new StreamFrame(1, FrameType.RST, "chat", Map.of("ttscp", "A,B"));
      peer.send(rst, new ApplicationError(12007, "c"));
      peer.send(rst, new ApplicationError(12007, "c"));
      peer.text(1, "late");
      peer.send(1, FrameType.TRAILER);

      assertServes(peer);
    }
  }

  @Test
  void serverResetsAStreamWithAMessageThatIsNone() throws Exception {
    try (var peer = RawPeer.of(server.address())) {
      peer.open(1, "chat");
      peer.send(new StreamFrame(1, FrameType.DATA, "chat", Map.of())); // empty payload

      assertReset(peer, StreamCode.ILLEGAL_FRAME);
      assertServes(peer);
    }
  }

  @Test
  void serverClosesAConnectionWhoseFramesCannotBeRead() throws Exception {
    try (var peer = RawPeer.of(server.address())) {
      peer.open(1, "chat");
      peer.write(HexFormat.of().parseHex("0000000e10000002000000050001100000ff0000"));

      assertThat(peer.isClosed()).isTrue();
      Eventually.await(() -> server.servedStreams() == 0);
    }
  }

  @Test
  void serverClosesAConnectionThatTurnsToCalls() throws Exception {
    try (var peer = RawPeer.of(server.address())) {
      peer.open(1, "chat");
      peer.write(HexFormat.of().parseHex("0000001e80010001000000046563686f00000001"));

      assertThat(peer.isClosed()).isTrue();
    }
  }

  @Test
  void serverTellsNoWindowToAPeerThatKnowsOfNone() throws Exception {
    try (var peer = RawPeer.of(server.address())) {
      peer.open(1, "chat");
      for (int i = 0; i < 50; i++) {
        peer.text(1, "x".repeat(1000));
        if (i == 0) {
          assertThat(peer.read().frame().type()).isEqualTo(FrameType.HEADER);
        }
        assertThat(peer.read().frame().type()).isEqualTo(FrameType.DATA);
      }
    }
  }

  /// Row 54.
  @Test
  void serverDropsAMessageOverTheLimitAndServesOtherStreams() throws Exception {
    try (var peer = RawPeer.of(server.address())) {
      peer.open(1, "chat");
      peer.tooLarge(1);

      var read = peer.read();
      assertThat(read.frame().streamId()).isEqualTo(1);
      assertThat(read.frame().type()).isEqualTo(FrameType.RST);
      assertThat(Objects.requireNonNull(read.error()).type())
          .isEqualTo(ErrorCode.TOO_LARGE.number());
      assertThat(Objects.requireNonNull(read.error()).message())
          .contains("(limit: maxMessageBytes 1048576)");
      assertServes(peer);
    }
  }

  @Test
  void serverDropsAMessageOverTheLimitOfNoStream() throws Exception {
    try (var peer = RawPeer.of(server.address())) {
      peer.tooLarge(1);

      assertServes(peer);
    }
  }

  private static void assertReset(RawPeer peer, StreamCode code) throws Exception {
    var read = peer.read();
    assertThat(read.frame().streamId()).isEqualTo(1);
    assertThat(read.frame().type()).isEqualTo(FrameType.RST);
    assertThat(read.error()).isEqualTo(new ApplicationError(code.number(), code.text()));
  }

  private static void assertServes(RawPeer peer) throws Exception {
    peer.open(2, "chat");
    peer.text(2, "well");
    peer.send(2, FrameType.TRAILER);
    assertThat(peer.read().frame())
        .isEqualTo(new StreamFrame(2, FrameType.HEADER, "chat", Map.of()));
    assertThat(peer.read().text()).isEqualTo("well");
    assertThat(peer.read().frame())
        .isEqualTo(new StreamFrame(2, FrameType.TRAILER, "chat", Map.of()));
  }

  // ---- a client

  @ParameterizedTest
  @EnumSource
  void clientIgnoresFramesOfUnknownStreams(FrameType type) throws Exception {
    try (var client = Loopback.client(listener.getLocalSocketAddress());
        var chat = client.chat();
        var peer = RawPeer.accept(listener)) {
      peer.read();
      peer.send(99, type);
      peer.text(1, "well");

      assertThat(chat.receive()).contains(new Text("well"));
    }
  }

  @Test
  void clientResetsAStreamWithASecondHeader() throws Exception {
    try (var client = Loopback.client(listener.getLocalSocketAddress());
        var chat = client.chat();
        var peer = RawPeer.accept(listener)) {
      peer.read();
      peer.send(1, FrameType.HEADER);
      peer.send(1, FrameType.HEADER);

      assertReset(peer, StreamCode.UNEXPECTED_HEADER);
      assertThat(peer.read().frame().type()).as("for old peers").isEqualTo(FrameType.TRAILER);
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(chat::receive)
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.PROTOCOL));
    }
  }

  @Test
  void clientDropsAMessageOverTheLimitAndReadsOtherStreams() throws Exception {
    try (var client = Loopback.client(listener.getLocalSocketAddress());
        var chat = client.chat();
        var other = client.chat();
        var peer = RawPeer.accept(listener)) {
      peer.read();
      peer.read();
      peer.tooLarge(1);
      peer.text(2, "well");

      assertReset(peer, StreamCode.ILLEGAL_FRAME);
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(chat::receive)
          .withMessageContaining("(limit: maxMessageBytes 1048576)")
          .withMessageEndingWith("Give the client a larger maxMessageBytes(...)")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.PROTOCOL));
      assertThat(other.receive()).contains(new Text("well"));
    }
  }

  @Test
  void clientTakesATrailerBeforeAHeader() throws Exception {
    try (var client = Loopback.client(listener.getLocalSocketAddress());
        var chat = client.chat();
        var peer = RawPeer.accept(listener)) {
      peer.read();
      peer.send(1, FrameType.TRAILER);
      peer.text(1, "late");

      assertThat(chat.receive()).isEmpty();
    }
  }

  @Test
  void clientReadsAResetWithoutAReason() throws Exception {
    try (var client = Loopback.client(listener.getLocalSocketAddress());
        var chat = client.chat();
        var peer = RawPeer.accept(listener)) {
      peer.read();
      peer.send(1, FrameType.RST);
      peer.send(1, FrameType.RST);

      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(chat::receive)
          .withMessageContaining("code 13: rst")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.CANCELLED));
    }
  }

  @Test
  void clientTakesATrailerThatIsNoErrorForOne() throws Exception {
    try (var client = Loopback.client(listener.getLocalSocketAddress());
        var chat = client.chat();
        var peer = RawPeer.accept(listener)) {
      peer.read();
      peer.send(new StreamFrame(1, FrameType.TRAILER, "chat", Map.of()), new Text("no error"));

      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(chat::receive)
          .withMessageContaining("error at the end of a stream")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.PROTOCOL));
    }
  }

  @Test
  void clientTakesNoWordForAWindowThatIsNoNumber() throws Exception {
    try (var client = Loopback.client(listener.getLocalSocketAddress());
        var chat = client.chat();
        var peer = RawPeer.accept(listener)) {
      peer.read();
      peer.send(new StreamFrame(1, FrameType.META, "chat", Map.of(HeaderKey.WINDOW, "-5")));
      peer.send(new StreamFrame(1, FrameType.META, "chat", Map.of("else", "")));

      chat.send(new Text("well"));

      assertThat(peer.read().text()).isEqualTo("well");
    }
  }

  @Test
  void clientSendsWithoutBoundToAPeerThatKnowsOfNoWindows() throws Exception {
    try (var client = Loopback.client(listener.getLocalSocketAddress());
        var chat = client.chat();
        var peer = RawPeer.accept(listener)) {
      peer.read();
      for (int i = 0; i < 100; i++) {
        chat.send(new Text("x".repeat(1000)));
        assertThat(peer.read().frame().type()).isEqualTo(FrameType.DATA);
      }
      peer.send(1, FrameType.HEADER);
      for (int i = 0; i < 100; i++) {
        peer.text(1, "y".repeat(1000));
        assertThat(chat.receive()).isPresent();
      }
      chat.end();
      assertThat(peer.read().frame().type()).as("no word of windows").isEqualTo(FrameType.TRAILER);
    }
  }

  @Test
  void clientMakesAPeerWaitThatKnowsOfNoWindows() throws Exception {
    try (var client = Loopback.client(listener.getLocalSocketAddress());
        var chat = client.chat();
        var peer = RawPeer.accept(listener)) {
      peer.read();
      var writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      for (int i = 0; i < 20_000; i++) {
                        peer.text(1, "y".repeat(1000));
                      }
                      peer.send(1, FrameType.TRAILER);
                    } catch (IOException e) {
                      throw new AssertionError(e);
                    }
                  });
      assertThat(writer.join(Duration.ofMillis(300))).as("all was taken").isFalse();

      assertThat(chat).hasSize(20_000);
      writer.join();
    }
  }
}
