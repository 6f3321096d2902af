package io.windhover.netpoll;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.NodePool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UsageTest extends PollerFixture {

  @Override
  Poller.Starter starter() {
    return Backend.NIO.starter(0);
  }

  @Test
  void countsUnfinishedFramesAndTheirMemory() throws IOException {
    var address = listen(tcp(), PollerFixture::echo);
    long lentBefore = NodePool.shared().heldBytes();
    var before = group.usage();
    assertThat(before.waitingBytes()).isZero();
    assertThat(before.maxWaitingBytes()).isEqualTo(Runtime.getRuntime().maxMemory() / 4);

    try (var peer = SocketChannel.open(address)) {
      peer.write(ByteBuffer.wrap(new byte[] {0, 0, 0, 9, 1}));
      Waiting.until("it is waited for", () -> group.usage().waitingBytes() == 5);

      assertThat(group.usage().openConnections()).isEqualTo(1);
      assertThat(group.usage().bufferBytes()).isGreaterThan(lentBefore);
    }

    Waiting.until("it is gone", () -> group.usage().openConnections() == 0);
    assertThat(group.usage().waitingBytes()).isZero();
    Waiting.until("given back", () -> group.usage().bufferBytes() == lentBefore);
    assertThat(group.usage().idleBufferBytes()).isPositive();
  }

  @Test
  void countsWhoWasRefused() throws IOException {
    var address = listen(tcp(), PollerFixture::echo);
    List<SocketChannel> peers = new ArrayList<>();
    try {
      for (int i = 0; i < MAX_CONNECTIONS + 2; i++) {
        peers.add(SocketChannel.open(address));
      }

      Waiting.until("refused", () -> group.usage().refusedConnections() == 2);
      Waiting.until("full", () -> group.usage().openConnections() == MAX_CONNECTIONS);
    } finally {
      for (var peer : peers) {
        peer.close();
      }
    }
  }
}
