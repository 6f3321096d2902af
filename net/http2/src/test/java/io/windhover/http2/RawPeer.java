package io.windhover.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
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
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A peer that sends any frames at all, over a blocking socket, and looks at each that it gets.
final class RawPeer implements AutoCloseable {

  static final int LIMIT_MILLIS = 10_000;

  /// One frame that has come.
  static final class Raw {
    private final @Nullable FrameType type;
    private final int flags;
    private final int streamId;
    private final byte[] payload;

    private Raw(@Nullable FrameType type, int flags, int streamId, byte[] payload) {
      this.type = type;
      this.flags = flags;
      this.streamId = streamId;
      this.payload = payload;
    }

    @Nullable FrameType type() {
      return type;
    }

    int flags() {
      return flags;
    }

    int streamId() {
      return streamId;
    }

    byte[] payload() {
      return payload;
    }

    boolean has(int flag) {
      return (flags & flag) != 0;
    }

    int intAt(int offset) {
      try (var buffer = LinkBuffer.wrap(payload)) {
        return buffer.getInt(offset);
      }
    }

    @Override
    public String toString() {
      var hex = HexFormat.of().formatHex(Arrays.copyOf(payload, Math.min(32, payload.length)));
      return "%s flags %d stream %d, %d bytes %s"
          .formatted(type, flags, streamId, payload.length, hex);
    }
  }

  private final Socket socket;
  private final DataInputStream in;
  private final HeaderEncoder encoder = new HeaderEncoder(4096);
  private final HeaderDecoder decoder = new HeaderDecoder(HeaderLimits.HTTP);
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private boolean holds;

  RawPeer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(LIMIT_MILLIS);
    this.in = new DataInputStream(socket.getInputStream());
  }

  static RawPeer connect(InetSocketAddress address) throws IOException {
    return new RawPeer(new Socket(address.getAddress(), address.getPort()));
  }

  static RawPeer accept(ServerSocket server) throws IOException {
    server.setSoTimeout(LIMIT_MILLIS);
    return new RawPeer(server.accept());
  }

  /// As a client: preface and settings of both sides.
  RawPeer greet(Setting... settings) throws IOException {
    send(Http2Server.prefaceBytes());
    send(new Settings(false, List.of(settings))::write);
    expect(FrameType.SETTINGS);
    send(Settings.ACK::write);
    return this;
  }

  /// As a server.
  RawPeer welcome(Setting... settings) throws IOException {
    assertThat(in.readNBytes(Http2Server.prefaceBytes().length))
        .isEqualTo(Http2Server.prefaceBytes());
    send(new Settings(false, List.of(settings))::write);
    expect(FrameType.SETTINGS);
    send(Settings.ACK::write);
    return this;
  }

  // ---- sending

  /// What is sent from now on leaves together, with [#letGo].
  void hold() {
    holds = true;
  }

  void letGo() throws IOException {
    send(takeHeld());
  }

  void letGoByteByByte() throws IOException {
    holds = false;
    for (byte one : takeHeld()) {
      socket.getOutputStream().write(one);
    }
  }

  byte[] takeHeld() {
    holds = false;
    byte[] bytes = held.toByteArray();
    held.reset();
    return bytes;
  }

  void send(byte[] bytes) throws IOException {
    if (holds) {
      held.writeBytes(bytes);
    } else {
      socket.getOutputStream().write(bytes);
    }
  }

  void send(Consumer<LinkBuffer> writer) throws IOException {
    try (var buffer = new LinkBuffer()) {
      writer.accept(buffer);
      send(bytes(buffer));
    }
  }

  private static byte[] bytes(LinkBuffer buffer) {
    byte[] bytes = new byte[buffer.size()];
    buffer.readBytes(bytes, 0, bytes.length);
    return bytes;
  }

  void frame(int type, int flags, int streamId, byte[] payload) throws IOException {
    send(
        out -> {
          out.writeInt(payload.length << 8 | type);
          out.writeByte(flags);
          out.writeInt(streamId);
          out.writeBytes(payload, 0, payload.length);
        });
  }

  void frame(FrameType type, int flags, int streamId, byte[] payload) throws IOException {
    frame(type.code(), flags, streamId, payload);
  }

  void hex(String hex) throws IOException {
    send(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  byte[] block(HeaderField... fields) {
    try (var buffer = new LinkBuffer()) {
      encoder.encode(List.of(fields), buffer);
      return bytes(buffer);
    }
  }

  static HeaderField[] get(String path) {
    return new HeaderField[] {
      field(":method", "POST"),
      field(":scheme", "http"),
      field(":path", path),
      field(":authority", "test")
    };
  }

  static HeaderField[] with(HeaderField[] fields, HeaderField... more) {
    var all = new ArrayList<>(List.of(fields));
    all.addAll(List.of(more));
    return all.toArray(HeaderField[]::new);
  }

  static HeaderField field(String name, String value) {
    return new HeaderField(name, value);
  }

  void headers(int streamId, boolean end, HeaderField... fields) throws IOException {
    int flags = FramePrefix.END_HEADERS | (end ? FramePrefix.END_STREAM : 0);
    frame(FrameType.HEADERS, flags, streamId, block(fields));
  }

  void data(int streamId, boolean end, String text) throws IOException {
    data(streamId, end, text.getBytes(ISO_8859_1));
  }

  void data(int streamId, boolean end, byte[] bytes) throws IOException {
    frame(FrameType.DATA, end ? FramePrefix.END_STREAM : 0, streamId, bytes);
  }

  void reset(int streamId, ErrorCode code) throws IOException {
    send(new RstStream(streamId, code.code())::write);
  }

  void window(int streamId, int increment) throws IOException {
    send(new WindowUpdate(streamId, increment)::write);
  }

  void ping(long opaque) throws IOException {
    send(new Ping(false, opaque)::write);
  }

  // ---- receiving

  /// @throws EOFException at the end
  Raw next() throws IOException {
    int lengthAndType = in.readInt();
    int flags = in.readUnsignedByte();
    int streamId = in.readInt();
    byte[] payload = in.readNBytes(lengthAndType >>> 8);
    if (payload.length < lengthAndType >>> 8) {
      throw new EOFException();
    }
    return new Raw(FrameType.of(lengthAndType & 0xff), flags, streamId, payload);
  }

  /// Returns the next frame that is none of SETTINGS, WINDOW_UPDATE and PING; answers PINGs.
  Raw nextOfStream() throws IOException {
    while (true) {
      var frame = next();
      if (frame.type == FrameType.PING
          && !frame.has(FramePrefix.ACK)
          && !socket.isOutputShutdown()) {
        frame(FrameType.PING, FramePrefix.ACK, 0, frame.payload);
      } else if (frame.type != FrameType.SETTINGS
          && frame.type != FrameType.WINDOW_UPDATE
          && frame.type != FrameType.PING) {
        return frame;
      }
    }
  }

  /// Reads over others to the next frame of this type.
  Raw expect(FrameType type) throws IOException {
    var seen = new ArrayList<Raw>();
    try {
      while (true) {
        var frame = next();
        if (frame.type == type) {
          return frame;
        }
        seen.add(frame);
      }
    } catch (IOException e) {
      throw new AssertionError("no " + type + ", but " + seen + " and then " + e, e);
    }
  }

  List<HeaderField> fields(Raw headers) {
    assertThat(headers.type).isEqualTo(FrameType.HEADERS);
    assertThat(headers.has(FramePrefix.END_HEADERS)).isTrue();
    return fields(headers.payload);
  }

  List<HeaderField> fields(byte[] block) {
    var fields = new ArrayList<HeaderField>();
    try (var buffer = LinkBuffer.wrap(block)) {
      assertThat(decoder.decode(buffer, block.length, fields::add)).isTrue();
    }
    return fields;
  }

  /// Expects a whole answer, and returns its status and its body.
  String answer(int streamId) throws IOException {
    var head = nextOfStream();
    assertThat(head.type).as("%s", head).isEqualTo(FrameType.HEADERS);
    assertThat(head.streamId).isEqualTo(streamId);
    var text = new StringBuilder(fields(head).getFirst().value());
    boolean end = head.has(FramePrefix.END_STREAM);
    while (!end) {
      var frame = nextOfStream();
      assertThat(frame.streamId).as("%s", frame).isEqualTo(streamId);
      end = frame.has(FramePrefix.END_STREAM);
      if (frame.type == FrameType.HEADERS) {
        fields(frame).forEach(field -> text.append(" ").append(field));
      } else {
        assertThat(frame.type).as("%s", frame).isEqualTo(FrameType.DATA);
        text.append(" ").append(new String(frame.payload, ISO_8859_1));
      }
    }
    return text.toString();
  }

  void expectReset(int streamId, ErrorCode code) throws IOException {
    var frame = expect(FrameType.RST_STREAM);
    assertThat(frame.streamId).isEqualTo(streamId);
    assertThat(ErrorCode.of(frame.intAt(0))).isEqualTo(code);
  }

  /// Expects the end of the connection, and why.
  ///
  /// @return the text
  String expectGoAway(ErrorCode code) throws IOException {
    var frame = expect(FrameType.GOAWAY);
    assertThat(ErrorCode.of(frame.intAt(4))).as("%s", frame).isEqualTo(code);
    expectEnd();
    return new String(frame.payload, 8, frame.payload.length - 8, ISO_8859_1);
  }

  void expectEnd() throws IOException {
    try {
      while (true) {
        next();
      }
    } catch (EOFException e) {
      assertThat(e).isNotNull();
    } catch (SocketException e) { // what it had not read made a reset of the end
      assertThat(e).hasMessageContaining("reset");
    }
  }

  /// Everything that was sent so far has been read, and the connection goes on.
  void sync() throws IOException {
    ping(7);
    while (true) {
      var frame = next();
      assertThat(frame.type).as("%s", frame).isNotIn(FrameType.GOAWAY, FrameType.RST_STREAM);
      if (frame.type == FrameType.PING && frame.has(FramePrefix.ACK)) {
        return;
      }
    }
  }

  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
