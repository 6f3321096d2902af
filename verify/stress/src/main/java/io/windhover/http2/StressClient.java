package io.windhover.http2;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.frame.Frame.Settings;
import io.windhover.http2.frame.FramePrefix;
import io.windhover.http2.frame.FrameType;
import io.windhover.http2.frame.Setting;
import io.windhover.http2.hpack.HeaderField;
import io.windhover.netpoll.testing.MemoryConnection;
import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// A client of HTTP/2 on a connection in memory, whose server says what a test has it say.
public final class StressClient {

  /// How long a thread waits that nobody wakes: more than any machine makes it wait.
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Http2Options OPTIONS = Http2Options.builder().maxPendingBytes(0).build();
  private static final int STATUS_200 = 0x88; // as HPACK has it
  private static final List<HeaderField> HEAD =
      List.of(
          new HeaderField(":method", "POST"),
          new HeaderField(":scheme", "http"),
          new HeaderField(":authority", "a"),
          new HeaderField(":path", "/"));

  private final MemoryConnection connection = new MemoryConnection();
  final Http2Client client = new Http2Client(OPTIONS);

  /// @param settings of the server
  public StressClient(Setting... settings) {
    client.opened(connection);
    receive(new Settings(false, List.of(settings))::write);
    receive(Settings.ACK::write);
    drop();
  }

  /// What waits for no longer than [#PATIENCE].
  public interface Wait {
    void run() throws InterruptedException, TimeoutException;
  }

  /// Whether somebody ends a wait before its time has passed.
  public static boolean isWoken(Wait wait) {
    long begin = System.nanoTime();
    try {
      wait.run();
    } catch (InterruptedException | TimeoutException e) {
      return false;
    }
    return System.nanoTime() - begin < PATIENCE.toNanos();
  }

  /// Takes a frame of the server, in the poller's place.
  void receive(Consumer<LinkBuffer> frame) {
    var input = new LinkBuffer();
    frame.accept(input);
    client.received(connection, input);
  }

  /// The server answers a stream with a head alone.
  void receiveAnswer(int streamId) {
    receive(
        out -> {
          int flags = FramePrefix.END_HEADERS | FramePrefix.END_STREAM;
          FramePrefix.write(out, 1, FrameType.HEADERS, flags, streamId);
          out.writeByte(STATUS_200);
        });
  }

  /// Opens a stream, which may have to wait.
  ///
  /// @throws IllegalStateException if it may not be opened
  public Http2Stream open(Duration timeout) {
    try {
      return client.open(HEAD, false, null, timeout);
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Returns the frames that were written since the last time.
  String written() {
    var frames = new StringJoiner(" ");
    while (connection.writtenCount() > 0) {
      try (var chunk = next()) {
        while (chunk.size() > 0) {
          int lengthAndType = chunk.readInt();
          chunk.skip(FramePrefix.BYTES - Integer.BYTES + (lengthAndType >>> Byte.SIZE));
          frames.add(String.valueOf(FrameType.of(lengthAndType & 0xff)));
        }
      }
    }
    return frames.toString();
  }

  /// Drops what was written.
  void drop() {
    while (connection.writtenCount() > 0) {
      next().release();
    }
  }

  private LinkBuffer next() {
    try {
      return connection.nextWritten(Duration.ZERO);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
