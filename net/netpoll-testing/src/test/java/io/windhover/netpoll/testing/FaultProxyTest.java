package io.windhover.netpoll.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.netpoll.testing.Faults.End;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The proxy between plain sockets; the server sends back what it gets.
@Timeout(20)
final class FaultProxyTest {

  private final LeakCheck leaks = LeakCheck.begin();
  private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  private final FaultProxy proxy =
      FaultProxy.before((InetSocketAddress) server.getLocalSocketAddress(), 1);

  FaultProxyTest() throws IOException {
    Thread.startVirtualThread(
        () -> {
          try {
            while (true) {
              var socket = server.accept();
              Thread.startVirtualThread(() -> echo(socket));
            }
          } catch (IOException e) {
            // closed
          }
        });
  }

  private static void echo(Socket socket) {
    try (socket) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException e) {
      // the proxy's doing
    }
  }

  @AfterEach
  void leavesNothing() throws IOException {
    proxy.close();
    server.close();
    leaks.end(Duration.ofSeconds(5));
  }

  private Socket connect(Faults faults) throws IOException {
    proxy.use(faults);
    var socket = new Socket();
    socket.connect(proxy.address());
    socket.setSoTimeout(5_000);
    return socket;
  }

  private static byte[] bytes(int count) {
    var bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  /// Sends `bytes` and reads all that comes back.
  private static byte[] echoed(Socket socket, byte[] bytes) throws IOException {
    Thread.startVirtualThread(
        () -> {
          try {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
          } catch (IOException e) {
            // the proxy's doing
          }
        });
    return socket.getInputStream().readAllBytes();
  }

  @Test
  void passesBytesAsTheyCome() throws IOException {
    try (var socket = connect(Faults.NONE)) {
      assertThat(echoed(socket, bytes(1 << 20))).isEqualTo(bytes(1 << 20));
    }
  }

  @Test
  void passesThemInPiecesAndLate() throws IOException {
    var late = Faults.NONE.withPieces(1).withLatency(Duration.ofMillis(1), Duration.ofMillis(1));
    try (var socket = connect(late)) {
      long start = System.nanoTime();

      assertThat(echoed(socket, bytes(20))).isEqualTo(bytes(20));

      assertThat(System.nanoTime() - start).isGreaterThan(20 * 1_000_000);
    }
  }

  @Test
  void damagesSome() throws IOException {
    try (var socket = connect(Faults.NONE.withFlips(1000))) {
      var echoed = echoed(socket, bytes(100_000));

      assertThat(echoed).hasSize(100_000).isNotEqualTo(bytes(100_000));
    }
  }

  @Test
  void resetsInTheMiddle() throws IOException {
    try (var socket = connect(Faults.NONE.withEnd(End.RESET, 10))) {
      assertThatThrownBy(() -> echoed(socket, bytes(100))).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void closesInTheMiddle() throws IOException {
    try (var socket = connect(Faults.NONE.withEnd(End.CLOSE, 10))) {
      assertThat(echoed(socket, bytes(10)).length).isLessThanOrEqualTo(10);
    }
  }

  @Test
  void endsOneDirectionOnly() throws IOException {
    try (var socket = connect(Faults.NONE.withEnd(End.HALF_CLOSE, 10))) {
      socket.getOutputStream().write(bytes(10)); // and no end: the proxy makes it

      assertThat(socket.getInputStream().readAllBytes()).isEqualTo(bytes(10));
    }
  }

  @Test
  void swallowsTheRest() throws IOException {
    try (var socket = connect(Faults.NONE.withEnd(End.BLACK_HOLE, 10))) {
      socket.setSoTimeout(100);
      socket.getOutputStream().write(bytes(20));

      assertThat(socket.getInputStream().readNBytes(10)).hasSize(10);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void resetsAllAtOnce() throws IOException {
    try (var socket = connect(Faults.NONE)) {
      socket.getOutputStream().write(1);
      assertThat(socket.getInputStream().read()).isEqualTo(1);
      assertThat(proxy.openConnections()).isEqualTo(1);

      proxy.resetAll();

      assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
      assertThat(proxy.openConnections()).isZero();
    }
  }

  @Test
  void mistreatsOneConnectionInOneDirection() throws IOException {
    proxy.useOnce(Faults.NONE, Faults.NONE.withEnd(End.CLOSE, 3));

    try (var socket = connect(Faults.NONE)) {
      assertThat(echoed(socket, bytes(10))).isEqualTo(Arrays.copyOf(bytes(10), 3));
    }
    assertThat(proxy.bytesToTarget()).isEqualTo(10);
    assertThat(proxy.bytesToClient()).isEqualTo(3);
    try (var next = connect(Faults.NONE)) {
      assertThat(echoed(next, bytes(10))).isEqualTo(bytes(10));
    }
  }

  @Test
  void holdsEverythingBackUntilItLetsGo() throws IOException {
    try (var old = connect(Faults.NONE)) {
      old.getOutputStream().write(1);
      assertThat(old.getInputStream().read()).isEqualTo(1);
      proxy.hold();

      try (var young = connect(Faults.NONE)) {
        for (var socket : List.of(old, young)) {
          socket.setSoTimeout(50);
          socket.getOutputStream().write(2);
          assertThatThrownBy(() -> socket.getInputStream().read())
              .isInstanceOf(SocketTimeoutException.class);
        }

        proxy.release();

        for (var socket : List.of(old, young)) {
          socket.setSoTimeout(5_000);
          assertThat(socket.getInputStream().read()).isEqualTo(2);
        }
      }
    }
  }
}
