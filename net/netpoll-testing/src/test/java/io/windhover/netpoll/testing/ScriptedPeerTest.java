package io.windhover.netpoll.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.BlockingConnection;
import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.PollerGroup;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Connections of the library against peers that do as they are told.
@Timeout(30)
final class ScriptedPeerTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final LeakCheck leaks = LeakCheck.begin();
  private final PollerGroup pollers = PollerGroup.start();

  @AfterEach
  void leavesNothing() {
    pollers.close();
    leaks.end(LIMIT);
  }

  private BlockingConnection dial(ScriptedPeer peer) throws IOException {
    return BlockingConnection.dial(pollers, peer.address(), LIMIT, ConnectionOptions.DEFAULT);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }

  @Test
  void followsItsScript() throws Exception {
    var goOn = new CountDownLatch(1);
    try (var peer =
            ScriptedPeer.accepting(
                side -> {
                  side.expect(bytes("hello"));
                  side.sendInPieces(bytes("how are "), 3);
                  side.pauseUntil(goOn);
                  side.send(bytes("you?"));
                  side.endOutput();
                  side.expectEnd();
                });
        var connection = dial(peer)) {
      connection.write(LinkBuffer.wrap(bytes("hello")));
      connection.await(8);
      goOn.countDown();

      assertThat(connection.await(12).readUtf8(12)).isEqualTo("how are you?");
      assertThat(connection.awaitAny()).isFalse();
      connection.connection().close();
      peer.await(LIMIT);
    }
  }

  @Test
  void resets() throws Exception {
    try (var peer =
            ScriptedPeer.accepting(
                side -> {
                  side.expect(bytes("connected")); // or the dial would be what fails
                  side.reset();
                });
        var connection = dial(peer)) {
      connection.write(LinkBuffer.wrap(bytes("connected")));

      assertThatThrownBy(() -> connection.await(1)).isInstanceOf(SocketException.class);
      peer.await(LIMIT);
    }
  }

  @Test
  void saysWhatDiffers() throws Exception {
    try (var peer = ScriptedPeer.accepting(side -> side.expect(bytes("hello")));
        var connection = dial(peer)) {
      connection.write(LinkBuffer.wrap(bytes("help!")));

      assertThatThrownBy(() -> peer.await(LIMIT))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("byte 3 of 5 differs: expected 6c6f, got 7021");
    }
  }

  @Test
  void saysWhatDoesNotCome() throws Exception {
    try (var peer = ScriptedPeer.accepting(side -> side.receive(2));
        var connection = dial(peer)) {
      connection.write(LinkBuffer.wrap(bytes("x")));
      connection.connection().endOutput();

      assertThatThrownBy(() -> peer.await(LIMIT))
          .hasMessageContaining("the end after 1 of 2 bytes");
    }
  }
}
