package io.windhover.netpoll;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.LinkBuffer;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A server whose process has few descriptors.
@Timeout(60)
@EnabledOnOs(OS.LINUX)
final class DescriptorLimitTest {

  private static final int LIMIT = 64;

  @TempDir private Path directory;

  /// Serves echoes on the back end of that name, and prints the port.
  static final class Server {
    public static void main(String[] args) throws IOException {
      System.getLogger(Server.class.getName()).log(Level.WARNING, "loads what logs");
      var group =
          PollerGroup.start(PollerOptions.builder().backend(Backend.valueOf(args[0])).build());
      var listener = group.listen(PollerFixture.tcp(), ConnectionOptions.DEFAULT, Echo::new);
      System.out.println(((InetSocketAddress) listener.address()).getPort());
      System.in.transferTo(OutputStream.nullOutputStream()); // until the test ends
    }
  }

  /// Not a Recorder, which silences the log.
  static final class Echo implements FrameHandler {
    @Override
    public int frameBytes(Connection connection, LinkBuffer input) {
      return Frames.size(input);
    }

    @Override
    public void received(Connection connection, LinkBuffer frame) {
      connection.write(frame);
    }
  }

  private ChildJvm server(Backend backend) throws IOException {
    return new ChildJvm(
        directory,
        "ulimit -n " + LIMIT + ";",
        List.of("--enable-native-access=ALL-UNNAMED", Server.class.getName(), backend.name()));
  }

  @ParameterizedTest
  @EnumSource
  void pausesAcceptingWhenThereAreNoMore(Backend backend) throws IOException {
    try (var server = server(backend)) {
      int port = Integer.parseInt(server.readLine());
      liveOnce(port);
      var sockets = new ArrayList<Socket>();
      for (int i = 0; i < 2 * LIMIT; i++) {
        sockets.add(new Socket(InetAddress.getLoopbackAddress(), port));
      }
      assertThat(echo(sockets.getFirst())).isEqualTo(7);
      Waiting.until("it pauses", () -> server.errors().contains("accepting pauses: "));
      for (var socket : sockets) {
        socket.close();
      }

      try (var late = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(echo(late)).as("after a sweep").isEqualTo(7);
      }
      assertThat(server.errors().lines().count()).as("no spinning").isLessThan(50);
    }
  }

  /// To load a class takes a descriptor too, so all of a connection's life has to be loaded first.
  private static void liveOnce(int port) throws IOException {
    try (var first = new Socket(InetAddress.getLoopbackAddress(), port)) {
      assertThat(echo(first)).isEqualTo(7);
      first.shutdownOutput();
      assertThat(first.getInputStream().read()).isEqualTo(-1);
    }
  }

  /// Sends 7 and returns what comes back.
  static int echo(Socket socket) throws IOException {
    socket.setSoTimeout((int) Waiting.LIMIT.toMillis());
    socket.getOutputStream().write(Frames.bytes(new byte[] {7}));
    var in = new DataInputStream(socket.getInputStream());
    assertThat(in.readInt()).isEqualTo(1);
    return in.readByte();
  }
}
