package io.windhover.rpc.stream;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.fixture.Text;
import io.windhover.rpc.wire.FrameType;
import io.windhover.rpc.wire.StreamFrame;
import io.windhover.rpc.wire.WireLimits;
import io.windhover.thrift.ApplicationError;
import io.windhover.thrift.BinaryReader;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A peer that writes and reads frames as a test wants them. Knows of no windows unless told.
final class RawPeer implements AutoCloseable {

  /// What was read.
  ///
  /// @param text of a data frame
  /// @param error of a trailer or a reset
  record Read(StreamFrame frame, @Nullable String text, @Nullable ApplicationError error) {}

  private final Socket socket;
  private final DataInputStream in;

  private RawPeer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(10_000);
    this.in = new DataInputStream(socket.getInputStream());
  }

  /// A client.
  static RawPeer of(SocketAddress server) throws IOException {
    var tcp = (InetSocketAddress) server;
    return new RawPeer(new Socket(tcp.getAddress(), tcp.getPort()));
  }

  static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  /// A server's side.
  static RawPeer accept(ServerSocket server) throws IOException {
    return new RawPeer(server.accept());
  }

  void open(int id, String method) throws IOException {
    send(new StreamFrame(id, FrameType.HEADER, method, Map.of("isn", "Notes")));
  }

  void text(int id, String text) throws IOException {
    send(new StreamFrame(id, FrameType.DATA, "chat", Map.of()), new Text(text));
  }

  /// Sends a message that is over the other side's limit by a few bytes.
  void tooLarge(int id) throws IOException {
    int limit = Loopback.OPTIONS.limits().maxMessageBytes();
    write(
        new StreamFrame(id, FrameType.DATA, "chat", Map.of())
            .write(WireLimits.ofMessageBytes(2 * limit), Text.CODEC, new Text("x".repeat(limit))));
  }

  void send(StreamFrame frame, Text payload) throws IOException {
    write(frame.write(Loopback.OPTIONS.limits(), Text.CODEC, payload));
  }

  void send(int id, FrameType type) throws IOException {
    send(new StreamFrame(id, type, "chat", new HashMap<>()));
  }

  void send(StreamFrame frame) throws IOException {
    write(frame.write(Loopback.OPTIONS.limits()));
  }

  void send(StreamFrame frame, ApplicationError error) throws IOException {
    write(frame.write(Loopback.OPTIONS.limits(), error));
  }

  private void write(LinkBuffer frame) throws IOException {
    try (frame) {
      var bytes = new byte[frame.size()];
      frame.readBytes(bytes, 0, bytes.length);
      socket.getOutputStream().write(bytes);
    }
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  Read read() throws IOException {
    int length = in.readInt();
    try (var frame = new LinkBuffer()) {
      frame.writeInt(length);
      frame.writeBytes(in.readNBytes(length), 0, length);
      var head = StreamFrame.read(frame, Loopback.OPTIONS.limits());
      boolean isError = frame.size() > 0 && head.type() != FrameType.DATA;
      return new Read(
          head,
          head.type() == FrameType.DATA ? Text.CODEC.read(new BinaryReader(frame)).value() : null,
          isError ? StreamFrame.readError(frame) : null);
    }
  }

  /// Whether the other side has closed, after what it may have sent.
  boolean isClosed() throws IOException {
    try {
      in.skipNBytes(Long.MAX_VALUE);
      return false;
    } catch (EOFException | SocketException e) {
      return true;
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
