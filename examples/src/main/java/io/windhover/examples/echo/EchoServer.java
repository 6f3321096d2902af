package io.windhover.examples.echo;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.Connection;
import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.FrameHandler;
import io.windhover.netpoll.PollerGroup;
import java.io.IOException;
import java.net.InetSocketAddress;

/// Sends frames back: four bytes of length, then so many bytes.
public final class EchoServer implements FrameHandler {

  private static final int MAX_BYTES = 1 << 20;

  public static void main(String[] args) throws IOException {
    var pollers = PollerGroup.start();
    pollers.listen(new InetSocketAddress(8890), ConnectionOptions.DEFAULT, EchoServer::new);
    pollers.awaitClosed();
  }

  @Override
  public int frameBytes(Connection connection, LinkBuffer input) {
    if (input.size() < Integer.BYTES) {
      return 0;
    }
    int length = input.getInt(0);
    if (length < 0 || length > MAX_BYTES) {
      throw new IllegalArgumentException("length: " + length + " (expected: 0.." + MAX_BYTES + ")");
    }
    int bytes = Integer.BYTES + length;
    return bytes <= input.size() ? bytes : 0;
  }

  @Override
  public void received(Connection connection, LinkBuffer frame) {
    connection.write(frame);
  }
}
