package io.windhover.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.NodePool;
import io.windhover.http2.Http2Connection;
import io.windhover.http2.Http2Options;
import io.windhover.http2.Http2Server;
import io.windhover.http2.Http2Stream;
import io.windhover.http2.RequestHead;
import io.windhover.http2.StreamException;
import io.windhover.http2.StreamHandler;
import io.windhover.http2.StreamListener;
import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.FramePrefix;
import io.windhover.http2.frame.FrameType;
import io.windhover.http2.frame.Http2Exception;
import io.windhover.http2.hpack.HeaderField;
import io.windhover.http2.hpack.HeaderLimits;
import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.testing.MemoryConnection;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// What a client of HTTP/2 may send behind its preface, to a server in memory. It is answered with
/// the same bytes whether it arrives at once or byte by byte; what is wrong with it ends a stream
/// or the connection, by an error that says so, and never in another way; no more streams are open
/// and no more bytes are held than the options allow, and nothing is left in the end.
public final class Http2Target {

  private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);
  private static final Duration LONG = Duration.ofDays(1); // so that no time passes
  private static final int MAX_STREAMS = 4;
  private static final int MAX_HELD_BYTES = 1 << 10;
  private static final int WINDOW_BYTES = 512;
  static final Http2Options OPTIONS =
      Http2Options.builder()
          .headers(new HeaderLimits(256, 512, 10))
          .maxContinuations(3)
          .maxStreams(MAX_STREAMS)
          .streamWindowBytes(WINDOW_BYTES)
          .maxWindowBytes(WINDOW_BYTES)
          .maxHeldBytes(MAX_HELD_BYTES)
          .maxResets(5)
          .resetInterval(LONG)
          .minPingInterval(LONG)
          .maxEmptyData(2)
          .build();

  /// What one stream may add before it is reset, and what all of them wait to send.
  static final int MAX_HELD_ANYWAY = 4 * MAX_HELD_BYTES + MAX_STREAMS * WINDOW_BYTES;

  private Http2Target() {}

  /// Called by Jazzer.
  public static void fuzzerTestOneInput(byte[] input) throws InterruptedException {
    long lent = NodePool.shared().heldBytes();
    var atOnce = answers(input, input.length);
    var byByte = answers(input, 1);
    if (!Arrays.equals(atOnce, byByte)) {
      throw new IllegalStateException("at once: " + hex(atOnce) + ", byte by byte: " + hex(byByte));
    }
    if (NodePool.shared().heldBytes() != lent) {
      throw new IllegalStateException("left behind: " + (NodePool.shared().heldBytes() - lent));
    }
    check(atOnce);
  }

  /// Returns all that the server says.
  private static byte[] answers(byte[] input, int step) throws InterruptedException {
    var connection = new MemoryConnection();
    var server = new Http2Server(OPTIONS, new Echo());
    server.opened(connection);
    try (var arrived = new LinkBuffer()) {
      arrived.writeBytes(PREFACE, 0, PREFACE.length);
      boolean reads = receive(server, connection, arrived, MAX_HELD_ANYWAY);
      for (int from = 0; reads && from < input.length; from += step) {
        arrived.writeBytes(input, from, Math.min(step, input.length - from));
        reads = receive(server, connection, arrived, MAX_HELD_ANYWAY);
      }
      if (reads) {
        server.inputEnded(connection, null);
      }
    }
    requireNothingAfter(server, connection);
    return written(connection);
  }

  /// The connection is gone.
  static void requireNothingAfter(Http2Connection side, MemoryConnection connection) {
    side.closed(connection, CloseReason.CLOSED_HERE);
    if (side.openStreams() > 0 || side.heldBytes() > 0) {
      throw new IllegalStateException(
          "at the end: %d streams, %d bytes".formatted(side.openStreams(), side.heldBytes()));
    }
  }

  /// Cuts frames as a connection does.
  ///
  /// @param maxHeldBytes that it may hold after a frame
  /// @return whether it goes on
  static boolean receive(
      Http2Connection side, MemoryConnection connection, LinkBuffer arrived, int maxHeldBytes) {
    try {
      for (int size; (size = side.frameBytes(connection, arrived)) > 0; ) {
        side.received(connection, arrived.slice(size));
        if (side.openStreams() > MAX_STREAMS || side.heldBytes() > maxHeldBytes) {
          throw new IllegalStateException(
              "%d streams, %d bytes".formatted(side.openStreams(), side.heldBytes()));
        }
        if (connection.isClosed()) {
          return false;
        }
      }
      return true;
    } catch (Http2Exception e) { // no frame can be found
      side.inputEnded(connection, e);
      return false;
    }
  }

  static byte[] written(MemoryConnection connection) throws InterruptedException {
    try (var all = new LinkBuffer()) {
      while (connection.writtenCount() > 0) {
        try (var written = connection.nextWritten(Duration.ZERO)) {
          all.append(written);
        }
      }
      var bytes = new byte[all.size()];
      all.readBytes(bytes, 0, bytes.length);
      return bytes;
    }
  }

  /// Whole frames, of which a GOAWAY with an error is the last.
  private static void check(byte[] answers) {
    try (var all = LinkBuffer.wrap(answers)) {
      while (all.size() > 0) {
        int lengthAndType = all.readInt();
        all.skip(FramePrefix.BYTES - Integer.BYTES);
        try (var payload = all.slice(lengthAndType >>> Byte.SIZE)) {
          boolean isLast =
              (lengthAndType & 0xff) == FrameType.GOAWAY.code()
                  && payload.getInt(Integer.BYTES) != ErrorCode.NO_ERROR.code();
          if (isLast && all.size() > 0) {
            throw new IllegalStateException("behind the end: " + hex(answers));
          }
        }
      }
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /// Answers a request with its data, at its end or before it, or never, or resets it.
  private static final class Echo implements StreamHandler {

    private static final List<HeaderField> HEAD = List.of(new HeaderField(":status", "200"));

    @Override
    public void opened(Http2Stream stream, RequestHead head) {
      switch (stream.id() / 2 % 4) {
        case 0 -> stream.listener(new Listener());
        case 1 -> stream.respond(HEAD, LinkBuffer.wrap(new byte[WINDOW_BYTES]), HEAD.subList(0, 0));
        case 2 -> stream.listener(new StreamListener() {}); // takes nothing
        default -> stream.reset(ErrorCode.CANCEL);
      }
      if (stream.isInputDone() && stream.id() / 2 % 4 == 0) {
        stream.sendHead(HEAD, true);
      }
    }

    @Override
    public List<HeaderField> tooLargeHead() {
      return HEAD;
    }
  }

  private static final class Listener implements StreamListener {

    private final LinkBuffer request = new LinkBuffer();

    @Override
    public void readable(Http2Stream stream) {
      try (var data = stream.poll()) {
        if (data != null) {
          request.append(data);
        }
      }
      if (stream.isInputDone()) {
        stream.respond(Echo.HEAD, request, List.of(new HeaderField("x-end", "well")));
      }
    }

    @Override
    public void failed(Http2Stream stream, StreamException cause) {
      request.release();
    }
  }
}
