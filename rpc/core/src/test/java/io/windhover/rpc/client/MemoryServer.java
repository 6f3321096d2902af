package io.windhover.rpc.client;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.FrameHandler;
import io.windhover.netpoll.testing.MemoryConnection;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.fixture.Text;
import io.windhover.rpc.pool.Dialler;
import io.windhover.rpc.wire.Envelope;
import io.windhover.rpc.wire.FrameWriter;
import io.windhover.rpc.wire.PayloadForm;
import io.windhover.rpc.wire.WireFormats;
import io.windhover.rpc.wire.WireLimits;
import io.windhover.thrift.BinaryReader;
import io.windhover.thrift.MessageHeader;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// Answers `echo` of [io.windhover.rpc.fixture.EchoFixture] over Framed, without a socket: a
/// dialler whose connections end here.
final class MemoryServer implements Dialler {

  private static final WireLimits LIMITS = WireLimits.ofMessageBytes(1024);

  private final AtomicInteger dials = new AtomicInteger();

  @Override
  public void dial(
      SocketAddress address, Duration timeout, ConnectionOptions options, FrameHandler handler) {
    dials.incrementAndGet();
    var connection = new MemoryConnection();
    handler.opened(connection);
    Thread.ofVirtual().start(() -> serve(connection, handler));
  }

  private static void serve(MemoryConnection connection, FrameHandler handler) {
    try {
      while (connection.isOpen()) {
        handler.received(connection, answer(connection.nextWritten(Duration.ofSeconds(20))));
      }
    } catch (InterruptedException e) {
      throw new AssertionError("nobody knows this thread", e);
    }
  }

  /// @param request released
  static LinkBuffer answer(LinkBuffer request) {
    try (request) {
      var _ = Envelope.read(request, LIMITS, PayloadForm.PLAIN, WireFormats.PLAIN);
      var header = MessageHeader.read(request);
      var text = Text.CODEC.read(new BinaryReader(request));
      return FrameWriter.write(
          new Envelope(Protocol.FRAMED, null),
          new MessageHeader(MessageHeader.REPLY, header.name(), header.sequenceId()),
          Text.CODEC,
          new Text(text.value() + ", from memory"),
          LIMITS);
    }
  }

  int dials() {
    return dials.get();
  }
}
