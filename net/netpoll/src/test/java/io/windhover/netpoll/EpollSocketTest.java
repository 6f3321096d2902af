package io.windhover.netpoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.NodePool;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// A socket without its poller.
@Timeout(60)
@EnabledOnOs(OS.LINUX)
final class EpollSocketTest {

  private final ServerSocketChannel server = ServerSocketChannel.open().bind(PollerFixture.tcp());
  private final long heldBefore = NodePool.shared().heldBytes();

  EpollSocketTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    server.close();
    assertThat(NodePool.shared().heldBytes()).isEqualTo(heldBefore);
  }

  private EpollSocket connect() throws IOException {
    var address = server.getLocalAddress();
    var socket = EpollSocket.open(address);
    Linux.connect(socket.descriptor(), address);
    return socket;
  }

  private SocketChannel accept() throws IOException {
    return server.accept();
  }

  private static byte[] read(SocketChannel peer, int count) throws IOException {
    var bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      assertThat(peer.read(bytes)).isPositive();
    }
    return bytes.array();
  }

  @Test
  void writesAThousandNodesAtOnce() throws IOException {
    byte[] expected = new byte[60_000];
    new Random(1).nextBytes(expected);
    var socket = connect();
    try (var peer = accept();
        var buffer = new LinkBuffer()) {
      for (int i = 0; i < expected.length; i += 60) {
        buffer.append(LinkBuffer.wrap(java.util.Arrays.copyOfRange(expected, i, i + 60)));
      }

      socket.write(buffer);

      assertThat(buffer.size()).isZero();
      assertThat(read(peer, expected.length)).isEqualTo(expected);
    } finally {
      socket.close();
    }
  }

  /// Its number may be another socket's by now.
  @Test
  void isNotTouchedOnceItIsClosed() throws IOException {
    var socket = connect();
    socket.close();

    assertThatThrownBy(socket::established).isInstanceOf(ClosedChannelException.class);
  }

  @Test
  void consumesNothingWhileTheKernelTakesNoMore() throws IOException {
    var socket = connect();
    try (var _ = accept();
        var buffer = LinkBuffer.wrap(new byte[64 << 20])) {
      int before;
      do {
        before = buffer.size();
        socket.write(buffer);
      } while (buffer.size() < before);

      assertThat(buffer.size()).isPositive();
    } finally {
      socket.close();
    }
  }

  @Test
  void readsWhatThereIsThenNothingThenTheEnd() throws IOException {
    var socket = connect();
    try (var peer = accept();
        var buffer = new LinkBuffer()) {
      assertThat(socket.read(buffer)).isZero();
      peer.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      assertThat(socket.read(buffer)).isEqualTo(3);
      assertThat(buffer.readByte()).isEqualTo((byte) 1);
      assertThat(socket.read(buffer)).isZero();
      peer.shutdownOutput();
      assertThat(socket.read(buffer)).isEqualTo(-1);
    } finally {
      socket.close();
    }
  }

  @Test
  void knowsBothAddressesAfterTheEnd() throws IOException {
    var socket = connect();
    assertThatThrownBy(socket::remoteAddress).hasMessage("not connected");
    try (var peer = accept()) {
      SocketAddress local = peer.getRemoteAddress();

      socket.established();
      socket.close();

      assertThat(socket.localAddress()).isEqualTo(local);
      assertThat(socket.remoteAddress()).isEqualTo(server.getLocalAddress());
    }
  }

  @Test
  void doesNothingOnceItIsClosed() throws IOException {
    var socket = connect();
    socket.close();
    socket.close();

    try (var buffer = LinkBuffer.wrap(new byte[1])) {
      assertThatThrownBy(() -> socket.read(buffer)).isInstanceOf(ClosedChannelException.class);
      assertThatThrownBy(() -> socket.write(buffer)).isInstanceOf(ClosedChannelException.class);
      assertThatThrownBy(socket::shutdownOutput).isInstanceOf(ClosedChannelException.class);
      socket.interest(true, true);
      assertThat(buffer.size()).isEqualTo(1);
    }
  }

  /// The next socket has the same number, and must not get what was meant for this one.
  @Test
  void writesToNoSuccessorOfItsDescriptor() throws IOException {
    for (int round = 0; round < 300; round++) {
      var socket = connect();
      var peer = accept();
      var begun = new CountDownLatch(1);
      var writer = Thread.ofPlatform().start(() -> writeUntilClosed(socket, begun));
      Waiting.on(begun);

      socket.close();
      var next = connect();
      var nextPeer = accept();
      Waiting.on(writer);

      nextPeer.configureBlocking(false);
      assertThat(nextPeer.read(ByteBuffer.allocate(1))).isZero();
      next.close();
      nextPeer.close();
      peer.close();
    }
  }

  private static void writeUntilClosed(EpollSocket socket, CountDownLatch begun) {
    try {
      while (true) {
        try (var buffer = LinkBuffer.wrap(new byte[100])) {
          socket.write(buffer);
        }
        begun.countDown();
      }
    } catch (IOException e) {
      // closed
    }
  }

  @Test
  void leaksNoDescriptor() throws IOException {
    int before = descriptor();
    for (int i = 0; i < 100; i++) {
      var socket = connect();
      accept().close();
      socket.close();
    }

    assertThat(descriptor()).isEqualTo(before);
  }

  /// The kernel gives the lowest number that is free.
  private static int descriptor() throws IOException {
    int descriptor = Linux.check(Linux.socket(Linux.AF_INET));
    Linux.close(descriptor);
    return descriptor;
  }
}
