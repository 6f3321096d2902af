package io.windhover.netpoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What connections hold that have said something and now are silent.
///
/// They are in a JVM of their own, whose peers are not in it. Its flags make the bytes in use after
/// a full collection those of the live objects, exactly: the serial collector then leaves no gaps
/// in any collection, and without buffers for each thread nothing is in use that is not an object.
/// All else that could be in the difference is what is loaded for the first time, and a few
/// connections have gone before for that.
@Timeout(60)
@EnabledOnOs(OS.LINUX)
final class IdleConnectionTest {

  private static final int CONNECTIONS = 1000;
  private static final int MAX_BYTES_EACH = 1 << 10;
  private static final Duration SWEEP_INTERVAL = Duration.ofMillis(1);

  @TempDir private Path directory;

  /// Serves echoes on the back end of that name, prints the port, and for each line of input how
  /// many connections are open and how many bytes of heap are live.
  static final class Server {
    public static void main(String[] args) throws IOException {
      var group =
          PollerGroup.start(
              1,
              Backend.valueOf(args[0]).starter(0),
              System::nanoTime,
              SWEEP_INTERVAL,
              PollerOptions.DEFAULT.maxConnections(),
              InetAddress::getAllByName);
      var listener =
          group.listen(
              PollerFixture.tcp(), ConnectionOptions.DEFAULT, DescriptorLimitTest.Echo::new);
      System.out.println(((InetSocketAddress) listener.address()).getPort());
      var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      while (input.readLine() != null) {
        System.gc();
        var heap = Runtime.getRuntime();
        System.out.println(
            group.openConnections() + " " + (heap.totalMemory() - heap.freeMemory()));
      }
    }
  }

  private record State(int connections, long liveBytes) {
    static State of(ChildJvm server) {
      var words = server.ask("state").split(" ", -1);
      return new State(Integer.parseInt(words[0]), Long.parseLong(words[1]));
    }
  }

  private ChildJvm server(Backend backend) throws IOException {
    return new ChildJvm(
        directory,
        "",
        List.of(
            "-XX:+UseSerialGC",
            "-XX:MarkSweepAlwaysCompactCount=1",
            "-XX:-UseTLAB",
            "-Xmx64m",
            "--enable-native-access=ALL-UNNAMED",
            Server.class.getName(),
            backend.name()));
  }

  @ParameterizedTest
  @EnumSource
  void holdsOneKibibyteOfHeapAtMost(Backend backend) throws IOException {
    try (var server = server(backend)) {
      int port = Integer.parseInt(server.readLine());
      close(speakOnce(port, CONNECTIONS / 10));
      Waiting.until("those have ended", () -> State.of(server).connections == 0);
      long before = State.of(server).liveBytes;

      var silent = speakOnce(port, CONNECTIONS);

      assertThat(State.of(server).connections).isEqualTo(CONNECTIONS);
      Waiting.until(
          () -> (State.of(server).liveBytes - before) / CONNECTIONS + " bytes for a connection",
          () -> State.of(server).liveBytes - before <= CONNECTIONS * MAX_BYTES_EACH);
      close(silent);
    }
  }

  private static List<Socket> speakOnce(int port, int connections) throws IOException {
    var sockets = new ArrayList<Socket>();
    for (int i = 0; i < connections; i++) {
      var socket = new Socket(InetAddress.getLoopbackAddress(), port);
      sockets.add(socket);
      assertThat(DescriptorLimitTest.echo(socket)).isEqualTo(7);
    }
    return sockets;
  }

  private static void close(List<Socket> sockets) throws IOException {
    for (var socket : sockets) {
      socket.close();
    }
  }
}
