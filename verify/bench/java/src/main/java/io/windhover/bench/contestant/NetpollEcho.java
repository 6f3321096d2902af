package io.windhover.bench.contestant;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.Connection;
import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.FrameHandler;
import io.windhover.netpoll.PollerGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// Windhover's network library alone: each frame is answered on the poller.
final class NetpollEcho implements RawEcho {

  @Override
  public int serve(int port) throws IOException {
    var listener =
        PollerGroup.start()
            .listen(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                ConnectionOptions.DEFAULT,
                EchoHandler::new);
    return ((InetSocketAddress) listener.address()).getPort();
  }

  private static final class EchoHandler implements FrameHandler {

    @Override
    public int frameBytes(Connection connection, LinkBuffer input) {
      if (input.size() < LENGTH_BYTES) {
        return 0;
      }
      int length = input.getInt(0);
      if (length < 0 || length > MAX_FRAME_BYTES - LENGTH_BYTES) {
        throw new IllegalArgumentException(
            "frame length: %d (expected: 0..%d)".formatted(length, MAX_FRAME_BYTES - LENGTH_BYTES));
      }
      int whole = LENGTH_BYTES + length;
      return input.size() < whole ? 0 : whole;
    }

    @Override
    public void received(Connection connection, LinkBuffer frame) {
      var reply = new byte[frame.size()];
      frame.readBytes(reply, 0, reply.length);
      frame.release();
      connection.write(LinkBuffer.wrap(reply));
    }
  }
}
