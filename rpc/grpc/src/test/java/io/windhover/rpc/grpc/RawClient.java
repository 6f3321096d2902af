package io.windhover.rpc.grpc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.Frame.Ping;
import io.windhover.http2.frame.Frame.RstStream;
import io.windhover.http2.frame.Frame.Settings;
import io.windhover.http2.frame.Frame.WindowUpdate;
import io.windhover.http2.frame.FramePrefix;
import io.windhover.http2.frame.FrameType;
import io.windhover.http2.frame.Setting;
import io.windhover.http2.hpack.HeaderDecoder;
import io.windhover.http2.hpack.HeaderEncoder;
import io.windhover.http2.hpack.HeaderField;
import io.windhover.http2.hpack.HeaderLimits;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A client of gRPC that sends any frames at all, over a blocking socket, and looks at all that it
/// gets.
final class RawClient implements AutoCloseable {

  private static final int LIMIT_MILLIS = 10_000;

  /// What came on one stream.
  static final class Response {
    final List<HeaderField> head = new ArrayList<>();
    final ByteArrayOutputStream data = new ByteArrayOutputStream();
    final List<HeaderField> trailers = new ArrayList<>();
    @Nullable ErrorCode reset;
    boolean ended;

    /// Returns the value of a field of the head, or the trailers.
    String field(String name) {
      for (var fields : List.of(trailers, head)) {
        for (var field : fields) {
          if (field.name().equals(name)) {
            return field.value();
          }
        }
      }
      return "";
    }

    /// Returns code and message of the status.
    String status() {
      var read = Trailers.read(trailers.isEmpty() ? head : trailers);
      return read.status().toString();
    }

    boolean isTrailersOnly() {
      return trailers.isEmpty() && data.size() == 0;
    }

    /// Returns the messages.
    List<String> messages() {
      var all = new ArrayList<String>();
      try (var bytes = LinkBuffer.wrap(data.toByteArray())) {
        while (bytes.size() > 0) {
          assertThat(bytes.readByte()).isZero();
          all.add(bytes.readUtf8(bytes.readInt()));
        }
      }
      return all;
    }
  }

  private final Socket socket;
  private final DataInputStream in;
  private final HeaderEncoder encoder = new HeaderEncoder(4096);
  private final HeaderDecoder decoder = new HeaderDecoder(HeaderLimits.HTTP);
  private final Map<Integer, Response> responses = new LinkedHashMap<>();
  private @Nullable ByteArrayOutputStream corked;
  private @Nullable Integer goAway; // the last stream, once that has come

  RawClient(int port, Setting... settings) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(LIMIT_MILLIS);
    in = new DataInputStream(socket.getInputStream());
    send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
    send(new Settings(false, List.of(settings))::write);
    send(Settings.ACK::write);
  }

  // ---- sending

  void send(byte[] bytes) throws IOException {
    if (corked != null) {
      corked.writeBytes(bytes);
    } else {
      socket.getOutputStream().write(bytes);
    }
  }

  /// Holds back what is sent from now on.
  void cork() {
    corked = new ByteArrayOutputStream();
  }

  /// Sends all that was held back, at once.
  void uncork() throws IOException {
    var all = requireNonNull(corked).toByteArray();
    corked = null;
    send(all);
  }

  private void send(Consumer<LinkBuffer> writer) throws IOException {
    try (var buffer = new LinkBuffer()) {
      writer.accept(buffer);
      send(bytes(buffer));
    }
  }

  private static byte[] bytes(LinkBuffer buffer) {
    var bytes = new byte[buffer.size()];
    buffer.readBytes(bytes, 0, bytes.length);
    return bytes;
  }

  private void frame(FrameType type, int flags, int streamId, byte[] payload) throws IOException {
    send(
        out -> {
          FramePrefix.write(out, payload.length, type, flags, streamId);
          out.writeBytes(payload, 0, payload.length);
        });
  }

  /// Returns the fields of a request as gRPC has them.
  static List<HeaderField> fields(String path, HeaderField... more) {
    var fields =
        new ArrayList<>(
            List.of(
                field(":method", "POST"),
                field(":scheme", "http"),
                field(":path", path),
                field(":authority", "test"),
                field("content-type", "application/grpc"),
                field("te", "trailers")));
    for (var one : more) {
      fields.removeIf(usual -> usual.name().equals(one.name()));
      if (one.name().startsWith(":")) {
        fields.addFirst(one);
      } else if (!one.value().isEmpty()) { // an empty one takes the usual one away
        fields.add(one);
      }
    }
    return fields;
  }

  static HeaderField field(String name, String value) {
    return new HeaderField(name, value);
  }

  void request(int streamId, boolean end, String path, HeaderField... more) throws IOException {
    int flags = FramePrefix.END_HEADERS | (end ? FramePrefix.END_STREAM : 0);
    byte[] block;
    try (var buffer = new LinkBuffer()) {
      encoder.encode(fields(path, more), buffer);
      block = bytes(buffer);
    }
    frame(FrameType.HEADERS, flags, streamId, block);
  }

  void data(int streamId, boolean end, byte[] bytes) throws IOException {
    frame(FrameType.DATA, end ? FramePrefix.END_STREAM : 0, streamId, bytes);
  }

  /// Sends data in a frame with as much padding as fits.
  void padded(int streamId, boolean end, byte[] bytes) throws IOException {
    var payload = new byte[1 + bytes.length + 255];
    payload[0] = (byte) 255;
    System.arraycopy(bytes, 0, payload, 1, bytes.length);
    frame(
        FrameType.DATA, FramePrefix.PADDED | (end ? FramePrefix.END_STREAM : 0), streamId, payload);
  }

  /// Sends texts as messages in one frame.
  void messages(int streamId, boolean end, String... texts) throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (var text : texts) {
      bytes.writeBytes(message(text.getBytes(UTF_8)));
    }
    data(streamId, end, bytes.toByteArray());
  }

  static byte[] message(byte[] bytes) {
    try (var out = new LinkBuffer()) {
      out.writeByte(0);
      out.writeInt(bytes.length);
      out.writeBytes(bytes, 0, bytes.length);
      return bytes(out);
    }
  }

  void reset(int streamId, ErrorCode code) throws IOException {
    send(new RstStream(streamId, code.code())::write);
  }

  void window(int streamId, int increment) throws IOException {
    send(new WindowUpdate(streamId, increment)::write);
  }

  /// Calls a method with one message and returns what comes back.
  Response call(int streamId, String path, String text, HeaderField... more) throws IOException {
    request(streamId, false, path, more);
    messages(streamId, true, text);
    return response(streamId);
  }

  // ---- receiving

  /// Returns all of the response on a stream.
  Response response(int streamId) throws IOException {
    var response = on(streamId);
    while (!response.ended && response.reset == null) {
      next();
    }
    return response;
  }

  /// Reads until so many bytes of data have come on a stream.
  Response awaitData(int streamId, int bytes) throws IOException {
    var response = on(streamId);
    while (response.data.size() < bytes) {
      assertThat(response.ended || response.reset != null).as("an end").isFalse();
      next();
    }
    return response;
  }

  Response on(int streamId) {
    return responses.computeIfAbsent(streamId, _ -> new Response());
  }

  /// Reads until the server says that it leaves, or leaves for good.
  ///
  /// @return the last stream that it takes
  int awaitGoAway() throws IOException {
    goAway = null;
    while (goAway == null) {
      next();
    }
    return goAway;
  }

  void awaitReset(int streamId, ErrorCode code) throws IOException {
    while (on(streamId).reset == null) {
      next();
    }
    assertThat(on(streamId).reset).isEqualTo(code);
  }

  void awaitEnd() throws IOException {
    try {
      while (true) {
        next();
      }
    } catch (EOFException e) {
      assertThat(e).isNotNull();
    }
  }

  private void next() throws IOException {
    int lengthAndType = in.readInt();
    int flags = in.readUnsignedByte();
    int streamId = in.readInt();
    var payload = in.readNBytes(lengthAndType >>> Byte.SIZE);
    var type = FrameType.of(lengthAndType & 0xff);
    if (type == FrameType.HEADERS) {
      headersArrived(on(streamId), payload, flags);
    } else if (type == FrameType.DATA) {
      on(streamId).data.writeBytes(payload);
      on(streamId).ended |= (flags & FramePrefix.END_STREAM) != 0;
    } else if (type == FrameType.RST_STREAM) {
      on(streamId).reset = ErrorCode.of(intAt(payload, 0));
    } else if (type == FrameType.GOAWAY) {
      goAway = intAt(payload, 0);
    } else if (type == FrameType.PING && (flags & FramePrefix.ACK) == 0) {
      send(new Ping(true, longAt(payload))::write);
    }
  }

  private void headersArrived(Response response, byte[] block, int flags) {
    var fields = response.head.isEmpty() ? response.head : response.trailers;
    try (var buffer = LinkBuffer.wrap(block)) {
      assertThat(decoder.decode(buffer, block.length, fields::add)).isTrue();
    }
    response.ended |= (flags & FramePrefix.END_STREAM) != 0;
  }

  private static int intAt(byte[] bytes, int offset) {
    try (var buffer = LinkBuffer.wrap(bytes)) {
      return buffer.getInt(offset);
    }
  }

  private static long longAt(byte[] bytes) {
    try (var buffer = LinkBuffer.wrap(bytes)) {
      return buffer.getLong(0);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
