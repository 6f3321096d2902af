package io.windhover.netpoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// What epoll does is the kernel's business; that this is what is asked of it is ours. The tests'
/// thread is the one that waits, and 0 ms are enough for what has happened.
@Timeout(60)
@EnabledOnOs(OS.LINUX)
final class EpollTest {

  private static final int LONG = 60_000;

  private final Epoll epoll = new Epoll();
  private final ServerSocketChannel server = ServerSocketChannel.open().bind(PollerFixture.tcp());
  private int socket = -1;
  private SocketChannel peer = SocketChannel.open();

  EpollTest() throws IOException {}

  @BeforeEach
  void connect() throws IOException {
    peer.close();
    socket = Linux.check(Linux.socket(Linux.AF_INET));
    assertThat(Linux.connect(socket, server.getLocalAddress())).isIn(0, -Linux.EINPROGRESS);
    peer = server.accept();
  }

  @AfterEach
  void close() throws IOException {
    epoll.close();
    Linux.close(socket);
    peer.close();
    server.close();
  }

  private void expect(int readiness) throws IOException {
    assertThat(epoll.await(LONG)).isEqualTo(1);
    assertThat(epoll.descriptor(0)).isEqualTo(socket);
    assertThat(epoll.readiness(0)).isEqualTo(readiness);
  }

  private void expectNothing() throws IOException {
    assertThat(epoll.await(0)).isZero();
  }

  // ---- waking

  @Test
  void endsTheNextWaitAndNoOther() throws IOException {
    for (int round = 0; round < 3; round++) {
      epoll.wake();
      epoll.wake();

      assertThat(epoll.await(LONG)).isEqualTo(1);
      expectNothing();
    }
  }

  @Test
  void endsTheWaitThatIsOn() throws IOException {
    var waits = Thread.currentThread();
    var wakes =
        Thread.ofPlatform()
            .start(
                () -> {
                  Waiting.until("it waits", () -> isIn(waits, "waitForEvents"));
                  epoll.wake();
                });

    assertThat(epoll.await(LONG)).isEqualTo(1);
    Waiting.on(wakes);
  }

  private static boolean isIn(Thread thread, String method) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(frame -> frame.getMethodName().equals(method));
  }

  @Test
  void wakesNobodyAfterTheEnd() throws IOException {
    epoll.close();
    int successor = Linux.createEventCounter(); // the number of the old counter, or of the epoll
    try (var other = new Another()) {
      other.epoll.change(successor, 0, Epoll.READABLE);

      epoll.wake();

      assertThat(other.epoll.await(0)).isZero();
    } finally {
      Linux.close(successor);
    }
  }

  private record Another(Epoll epoll) implements AutoCloseable {
    Another() throws IOException {
      this(new Epoll());
    }

    @Override
    public void close() {
      epoll.close();
    }
  }

  // ---- interest

  private static final int ARRIVED = Epoll.READABLE & ~Epoll.ENDED;

  @Test
  void tellsOfWhatIsAskedFor() throws IOException {
    epoll.change(socket, 0, Epoll.READABLE);
    expectNothing();

    peer.write(ByteBuffer.allocate(1));
    expect(ARRIVED);
    expect(ARRIVED); // until it is read

    epoll.change(socket, Epoll.READABLE, Epoll.WRITABLE);
    expect(Epoll.WRITABLE);

    epoll.change(socket, Epoll.WRITABLE, Epoll.READABLE | Epoll.WRITABLE);
    expect(ARRIVED | Epoll.WRITABLE);

    epoll.change(socket, Epoll.READABLE | Epoll.WRITABLE, 0);
    expectNothing();
  }

  @Test
  void tellsOfTheEndAsReadable() throws IOException {
    epoll.change(socket, 0, Epoll.READABLE);

    peer.shutdownOutput();

    expect(Epoll.READABLE);
  }

  /// The kernel tells of a reset whether asked or not, and a paused connection would spin.
  @Test
  void tellsNothingOfASocketThatNobodyWaitsFor() throws IOException {
    epoll.change(socket, 0, Epoll.READABLE);
    peer.setOption(StandardSocketOptions.SO_LINGER, 0);
    peer.close();
    assertThat(epoll.await(LONG)).isEqualTo(1);
    assertThat(epoll.readiness(0) & Epoll.BROKEN).isNotZero();

    epoll.change(socket, Epoll.READABLE, 0);

    expectNothing();
  }
}
