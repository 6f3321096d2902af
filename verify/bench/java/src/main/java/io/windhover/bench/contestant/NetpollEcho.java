package io.windhover.bench.contestant;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.Backend;
import io.windhover.netpoll.Connection;
import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.FrameHandler;
import io.windhover.netpoll.PollerGroup;
import io.windhover.netpoll.PollerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/// Windhover's network library alone.
///
/// @param handlers one for each connection
record NetpollEcho(Backend backend, Supplier<FrameHandler> handlers) implements RawEcho {

  /// Each frame is answered on the poller.
  static NetpollEcho inline(Backend backend) {
    return new NetpollEcho(backend, Inline::new);
  }

  /// Each frame is answered on a virtual thread of its own.
  static NetpollEcho onVirtualThreads() {
    return new NetpollEcho(Backend.EPOLL, HandOff::new);
  }

  @Override
  public int serve(int port) throws IOException {
    var listener =
        PollerGroup.start(PollerOptions.builder().backend(backend).build())
            .listen(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                ConnectionOptions.DEFAULT,
                handlers);
    return ((InetSocketAddress) listener.address()).getPort();
  }

  private abstract static class EchoHandler implements FrameHandler {

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

    /// Answers with a copy, and releases `frame`.
    static void answer(Connection connection, LinkBuffer frame) {
      var reply = new LinkBuffer();
      try (frame) {
        reply.writeInt(frame.readInt());
        reply.copy(frame);
      }
      connection.write(reply);
    }
  }

  private static final class Inline extends EchoHandler {

    @Override
    public void received(Connection connection, LinkBuffer frame) {
      answer(connection, frame);
    }
  }

  private static final class HandOff extends EchoHandler {

    @Override
    public void received(Connection connection, LinkBuffer frame) {
      connection.resume(Thread.ofVirtual().unstarted(() -> answer(connection, frame)));
    }
  }
}
