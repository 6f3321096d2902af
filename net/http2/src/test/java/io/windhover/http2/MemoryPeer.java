package io.windhover.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.Frame.RstStream;
import io.windhover.http2.frame.Frame.Settings;
import io.windhover.http2.frame.Frame.WindowUpdate;
import io.windhover.http2.frame.FramePrefix;
import io.windhover.http2.frame.FrameType;
import io.windhover.http2.frame.Setting;
import io.windhover.http2.hpack.HeaderEncoder;
import io.windhover.http2.hpack.HeaderField;
import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.testing.MemoryConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The other end of a connection in memory, and its poller: what it sends is taken on the calling
/// thread before the method returns, so that a test decides what happens between two frames.
final class MemoryPeer {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  final MemoryConnection connection = new MemoryConnection();
  private final Http2Connection side;
  private final HeaderEncoder encoder = new HeaderEncoder(4096);

  private @Nullable LinkBuffer gathered; // what is sent meanwhile

  private MemoryPeer(Http2Connection side) {
    this.side = side;
  }

  static MemoryPeer of(Http2Server server) {
    var peer = new MemoryPeer(server);
    server.opened(peer.connection);
    peer.send(out -> out.writeBytes(Http2Server.prefaceBytes(), 0, 24));
    peer.greet();
    return peer;
  }

  static MemoryPeer of(Http2Client client, Setting... settings) {
    var peer = new MemoryPeer(client);
    client.opened(peer.connection);
    peer.greet(settings);
    return peer;
  }

  private void greet(Setting... settings) {
    send(new Settings(false, List.of(settings))::write);
    send(Settings.ACK::write);
  }

  /// Lets all that is sent by `sending` arrive at once.
  void together(Runnable sending) {
    var all = new LinkBuffer();
    gather(all, sending);
    send(out -> out.append(all));
  }

  /// Writes all that is sent by `sending` to `out`, and lets nothing of it arrive.
  void gather(LinkBuffer out, Runnable sending) {
    gathered = out;
    sending.run();
    gathered = null;
  }

  void send(Consumer<LinkBuffer> writer) {
    if (gathered != null) {
      writer.accept(gathered);
      return;
    }
    var input = new LinkBuffer();
    writer.accept(input);
    while (input.size() > 0) {
      int bytes = side.frameBytes(connection, input);
      assertThat(bytes).as("a whole frame").isPositive();
      side.received(connection, input.slice(bytes));
    }
    input.release();
  }

  void headers(int streamId, boolean end, HeaderField... fields) {
    try (var block = new LinkBuffer()) {
      encoder.encode(List.of(fields), block);
      int flags = FramePrefix.END_HEADERS | (end ? FramePrefix.END_STREAM : 0);
      send(
          out -> {
            FramePrefix.write(out, block.size(), FrameType.HEADERS, flags, streamId);
            out.append(block);
          });
    }
  }

  /// Begins a header list, and leaves it at that.
  void beginHeaders(int streamId) {
    send(out -> FramePrefix.write(out, 0, FrameType.HEADERS, 0, streamId));
  }

  /// DATA with padding, or at the wrong time, or both.
  void padded(int streamId, boolean end, int bytes) {
    send(
        out -> {
          int flags = FramePrefix.PADDED | (end ? FramePrefix.END_STREAM : 0);
          FramePrefix.write(out, bytes, FrameType.DATA, flags, streamId);
          out.writeByte(Math.min(255, bytes - 1));
          out.writeBytes(new byte[bytes - 1], 0, bytes - 1);
        });
  }

  void data(int streamId, boolean end, int bytes) {
    send(
        out -> {
          int flags = end ? FramePrefix.END_STREAM : 0;
          FramePrefix.write(out, bytes, FrameType.DATA, flags, streamId);
          out.writeBytes(new byte[bytes], 0, bytes);
        });
  }

  void reset(int streamId) {
    send(new RstStream(streamId, ErrorCode.CANCEL.code())::write);
  }

  void window(int streamId, int increment) {
    send(new WindowUpdate(streamId, increment)::write);
  }

  /// Lets time pass until then.
  void sweep(long nowNanos) {
    side.swept(connection, nowNanos);
  }

  /// The connection is gone.
  void close() {
    side.closed(connection, CloseReason.CLOSED_HERE);
  }

  /// Drops what was written.
  void drop() throws InterruptedException {
    while (connection.writtenCount() > 0) {
      connection.nextWritten(LIMIT).release();
    }
  }

  /// Returns the types and streams of all frames that were written since the last time.
  List<String> written() throws InterruptedException {
    var seen = new ArrayList<String>();
    eachWritten((type, streamId, payload) -> seen.add(type + " " + streamId));
    return seen;
  }

  /// Returns the sum of the WINDOW_UPDATEs of all streams together since the last look.
  long credited() throws InterruptedException {
    long[] sum = {0};
    eachWritten(
        (type, streamId, payload) -> {
          if (type == FrameType.WINDOW_UPDATE && streamId == 0) {
            sum[0] += payload.getInt(0);
          }
        });
    return sum[0];
  }

  /// Returns how many bytes of data were written since the last look.
  long dataBytes() throws InterruptedException {
    long[] sum = {0};
    eachWritten(
        (type, streamId, payload) -> {
          if (type == FrameType.DATA) {
            sum[0] += payload.size();
          }
        });
    return sum[0];
  }

  interface Look {
    void at(@Nullable FrameType type, int streamId, LinkBuffer payload);
  }

  void eachWritten(Look look) throws InterruptedException {
    while (connection.writtenCount() > 0) {
      try (var chunk = connection.nextWritten(LIMIT)) {
        while (chunk.size() > 0) {
          int lengthAndType = chunk.readInt();
          chunk.skip(1);
          int streamId = chunk.readInt();
          try (var payload = chunk.slice(lengthAndType >>> 8)) {
            look.at(FrameType.of(lengthAndType & 0xff), streamId, payload);
          }
        }
      }
    }
  }
}
