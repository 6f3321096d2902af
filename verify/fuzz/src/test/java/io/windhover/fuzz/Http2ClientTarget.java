package io.windhover.fuzz;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.NodePool;
import io.windhover.http2.Http2Client;
import io.windhover.http2.Http2Stream;
import io.windhover.http2.RequestHead;
import io.windhover.http2.StreamException;
import io.windhover.http2.StreamListener;
import io.windhover.http2.frame.Frame.Settings;
import io.windhover.http2.frame.Setting;
import io.windhover.http2.hpack.HeaderField;
import io.windhover.netpoll.testing.MemoryConnection;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;

/// What a server of HTTP/2 may send behind its settings to a client in memory that has three
/// streams open: one asked for an answer, one with a short request, one with more than may leave at
/// first. Each stream ends once, with an answer or a failure; the client says the same, and its
/// streams end alike, whether all arrives at once or byte by byte; and nothing is left in the end.
public final class Http2ClientTarget {

  private static final List<HeaderField> HEAD =
      new RequestHead("POST", "http", "fuzz", "/", List.of()).toFields();
  private static final int SHORT_BYTES = 5;
  private static final int WINDOW_BYTES = 1_000; // that each has at first
  private static final int LONG_BYTES = 2 * WINDOW_BYTES;
  private static final int MAX_HELD_BYTES = Http2Target.MAX_HELD_ANYWAY + LONG_BYTES;

  private Http2ClientTarget() {}

  /// Called by Jazzer.
  public static void fuzzerTestOneInput(byte[] input)
      throws InterruptedException, TimeoutException {
    long lent = NodePool.shared().heldBytes();
    var atOnce = outcome(input, input.length);
    var byByte = outcome(input, 1);
    if (!atOnce.equals(byByte)) {
      throw new IllegalStateException("at once: " + atOnce + ", byte by byte: " + byByte);
    }
    if (NodePool.shared().heldBytes() != lent) {
      throw new IllegalStateException("left behind: " + (NodePool.shared().heldBytes() - lent));
    }
  }

  private static String outcome(byte[] input, int step)
      throws InterruptedException, TimeoutException {
    var connection = new MemoryConnection();
    var client = new Http2Client(Http2Target.OPTIONS);
    client.opened(connection);
    var ends = List.of(new End(), new End(), new End());
    try (var arrived = new LinkBuffer()) {
      new Settings(false, List.of(new Setting(Setting.INITIAL_WINDOW_SIZE, WINDOW_BYTES)))
          .write(arrived);
      Http2Target.receive(client, connection, arrived, MAX_HELD_BYTES);
      client.open(HEAD, true, ends.get(0), Duration.ZERO);
      client.request(HEAD, data(SHORT_BYTES), ends.get(1), Duration.ZERO);
      client.request(HEAD, data(LONG_BYTES), ends.get(2), Duration.ZERO);
      boolean reads = true;
      for (int from = 0; reads && from < input.length; from += step) {
        arrived.writeBytes(input, from, Math.min(step, input.length - from));
        reads = Http2Target.receive(client, connection, arrived, MAX_HELD_BYTES);
      }
      if (reads) {
        client.inputEnded(connection, null);
      }
    }
    Http2Target.requireNothingAfter(client, connection);
    ends.forEach(End::requireOne);
    var written = Http2Target.written(connection);
    return "%s, wrote %d bytes, %x".formatted(ends, written.length, Arrays.hashCode(written));
  }

  private static LinkBuffer data(int bytes) {
    var data = new LinkBuffer(); // of the pool, which tells what is left
    data.writeBytes(new byte[bytes], 0, bytes);
    return data;
  }

  /// How one stream ends.
  private static final class End implements StreamListener {
    private int status;
    private int bytes;
    private int answers;
    private int failures;
    private String why = "";

    @Override
    public void headArrived(Http2Stream stream) {
      status = stream.response().orElseThrow().status();
    }

    @Override
    public void readable(Http2Stream stream) {
      try (var data = stream.poll()) {
        bytes += data == null ? 0 : data.size();
      }
      answers += stream.isInputDone() ? 1 : 0;
    }

    @Override
    public void failed(Http2Stream stream, StreamException cause) {
      failures++;
      why = cause.reason() + " " + cause.getMessage();
    }

    /// What is left of a request may fail behind its answer.
    private void requireOne() {
      if (answers > 1 || failures > 1 || answers + failures == 0) {
        throw new IllegalStateException("ends: " + this);
      }
    }

    @Override
    public String toString() {
      return "%d, %d bytes, %d answers, %d failures %s"
          .formatted(status, bytes, answers, failures, why);
    }
  }
}
