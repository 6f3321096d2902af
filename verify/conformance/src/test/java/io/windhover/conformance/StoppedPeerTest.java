package io.windhover.conformance;

import static io.windhover.conformance.Bytes.call;
import static io.windhover.conformance.Bytes.framed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windhover.buffer.NodePool;
import io.windhover.interop.everything.Interop;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.server.Server;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Row 89 of the table of bad inputs: a server that is stopped for 5 s, as by a long collection,
/// and a client that reads 1 KB a second.
@Timeout(60)
@EnabledOnOs({OS.LINUX, OS.MAC}) // Windows has no SIGSTOP
final class StoppedPeerTest {

  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration LATE = Duration.ofSeconds(2); // than that, on a busy machine
  private static final Duration STOPPED = Duration.ofSeconds(5);

  /// 64 KiB of replies, the requests that wait for their turn, and a buffer that is read into.
  private static final int MAX_HELD_BYTES = 512 << 10;

  private static final InetSocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  /// A server alone in its process, which prints its port.
  static final class Main {
    public static void main(String[] args) throws IOException {
      var server = Server.builder().address(LOOPBACK).service(Interops.serve(() -> {})).start();
      System.out.println(server.port());
      System.in.transferTo(OutputStream.nullOutputStream()); // until the test ends
      server.stop();
    }
  }

  @Test
  void row89EndsCallsOfAStoppedServerInTimeAndGoesOnAfterwards() throws Exception {
    try (var process = ChildJvm.start(Main.class)) {
      int port = Integer.parseInt(process.readLine());
      try (var client = Client.builder("127.0.0.1:" + port).timeout(CALL_TIMEOUT).build()) {
        var interop = Interop.on(client);
        assertThat(interop.echoI32(1)).isEqualTo(1);
        process.signal("STOP");
        long start = System.nanoTime();

        assertThatExceptionOfType(RpcException.class)
            .isThrownBy(() -> interop.echoI32(2))
            .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(CALL_TIMEOUT.plus(LATE));
        assertThat(process.runsFor(STOPPED)).isTrue();
        process.signal("CONT");
        assertThat(interop.echoI32(3)).isEqualTo(3);
      }
    }
  }

  @Test
  void row89HoldsLittleForAClientThatReadsSlowly() throws Exception {
    long heldBefore = NodePool.shared().heldBytes();
    var text = "x".repeat(1024);
    var request =
        framed(
            call(
                "echoString",
                "0b0001 00000400 "
                    + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8))
                    + " 00"));
    try (var server = Server.builder().address(LOOPBACK).service(Interops.serve(() -> {})).start();
        var slow = new Socket(InetAddress.getLoopbackAddress(), server.port());
        var client = Client.to("127.0.0.1:" + server.port())) {
      var writer = Thread.ofVirtual().start(() -> sendForEver(slow, request));
      var interop = Interop.on(client);

      for (int second = 0; second < STOPPED.toSeconds(); second++) {
        slow.getInputStream().readNBytes(1024);
        assertThat(interop.echoI32(second)).as("others are served").isEqualTo(second);
        assertThat(writer.join(Duration.ofSeconds(1))).as("it still wants more").isFalse();
      }

      assertThat(NodePool.shared().heldBytes() - heldBefore).isLessThan(MAX_HELD_BYTES);
    }
  }

  private static void sendForEver(Socket socket, byte[] request) {
    try {
      while (true) {
        socket.getOutputStream().write(request);
      }
    } catch (IOException e) {
      // closed by the test
    }
  }
}
