package io.windhover.examples.echo;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.PollerGroup;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class EchoServerTest {

  @Test
  void sendsFramesBackUntilOneIsTooLong() throws IOException {
    try (var pollers = PollerGroup.start();
        var socket = new Socket()) {
      var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      var listener = pollers.listen(any, ConnectionOptions.DEFAULT, EchoServer::new);
      socket.connect(listener.address());
      var out = new DataOutputStream(socket.getOutputStream());
      var in = new DataInputStream(socket.getInputStream());

      for (var text : new String[] {"hello", "", "x".repeat(100_000)}) {
        out.writeInt(text.length());
        out.writeBytes(text);
        assertThat(in.readNBytes(in.readInt())).asString().isEqualTo(text);
      }
      out.writeInt((1 << 20) + 1);
      assertThat(in.read()).isEqualTo(-1);
    }
  }
}
