package io.windhover.rpc.grpc;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.Frame.GoAway;
import io.windhover.http2.frame.Frame.Ping;
import io.windhover.http2.frame.Frame.RstStream;
import io.windhover.http2.frame.Frame.Settings;
import io.windhover.http2.frame.FramePrefix;
import io.windhover.http2.frame.FrameType;
import io.windhover.http2.frame.Setting;
import io.windhover.http2.hpack.HeaderEncoder;
import io.windhover.http2.hpack.HeaderField;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// A server on blocking sockets that sends any frames or bytes, well-behaved or not: a thread and a
/// script for each connection.
final class RawServer implements AutoCloseable {

  private static final int PREFACE_BYTES = 24;
  private static final int TABLE_BYTES = 4096;

  @FunctionalInterface
  interface Script {
    /// @param number of the connection, from 1 on
    void serve(Peer peer, int number) throws IOException;
  }

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> accepted = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();

  RawServer(Script script) throws IOException {
    Thread.ofVirtual().start(() -> acceptAll(script));
  }

  int port() {
    return listener.getLocalPort();
  }

  private void acceptAll(Script script) {
    try {
      while (true) {
        var socket = listener.accept();
        accepted.add(socket);
        int number = connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket, number, script));
      }
    } catch (IOException e) { // closed by the test's end
    }
  }

  private static void serve(Socket socket, int number, Script script) {
    try (socket) {
      socket.setTcpNoDelay(true);
      script.serve(new Peer(socket), number);
    } catch (IOException e) { // the client is gone
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (var socket : accepted) {
      socket.close();
    }
  }

  /// One frame that has come.
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Got(int type, int flags, int streamId, byte[] payload) {

    boolean is(FrameType wanted) {
      return type == wanted.code();
    }

    boolean has(int flag) {
      return (flags & flag) != 0;
    }

    /// The increment of a WINDOW_UPDATE, the error of a RST_STREAM.
    int firstInt() {
      return ByteBuffer.wrap(payload).getInt();
    }
  }

  /// The client, as the server sees it.
  static final class Peer {
    private final Socket socket;
    private final DataInputStream in;
    private final HeaderEncoder encoder = new HeaderEncoder(TABLE_BYTES);

    Peer(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new DataInputStream(socket.getInputStream());
    }

    /// Reads the client's preface, and sends settings.
    Peer welcome(Setting... settings) throws IOException {
      readPreface();
      send(new Settings(false, List.of(settings))::write);
      return this;
    }

    void readPreface() throws IOException {
      in.readNBytes(PREFACE_BYTES);
    }

    void send(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
    }

    void send(Consumer<LinkBuffer> writer) throws IOException {
      send(bytes(writer));
    }

    static byte[] bytes(Consumer<LinkBuffer> writer) {
      try (var out = new LinkBuffer()) {
        writer.accept(out);
        return ScriptedServer.bytes(out);
      }
    }

    byte[] headers(int streamId, boolean end, List<HeaderField> fields) {
      return headers(encoder, streamId, end, fields);
    }

    private static byte[] headers(
        HeaderEncoder encoder, int streamId, boolean end, List<HeaderField> fields) {
      return bytes(
          out -> {
            try (var block = new LinkBuffer()) {
              encoder.encode(fields, block);
              int flags = FramePrefix.END_HEADERS | (end ? FramePrefix.END_STREAM : 0);
              FramePrefix.write(out, block.size(), FrameType.HEADERS, flags, streamId);
              out.append(block);
            }
          });
    }

    static byte[] data(int streamId, boolean end, byte[] payload) {
      return bytes(
          out -> {
            int flags = end ? FramePrefix.END_STREAM : 0;
            FramePrefix.write(out, payload.length, FrameType.DATA, flags, streamId);
            out.writeBytes(payload, 0, payload.length);
          });
    }

    /// Returns a frame with as much padding as fits.
    static byte[] padded(int streamId, byte[] payload) {
      return bytes(
          out -> {
            FramePrefix.write(
                out, payload.length + 256, FrameType.DATA, FramePrefix.PADDED, streamId);
            out.writeByte(255);
            out.writeBytes(payload, 0, payload.length);
            out.writeBytes(new byte[255], 0, 255);
          });
    }

    void reset(int streamId, ErrorCode code) throws IOException {
      send(new RstStream(streamId, code.code())::write);
    }

    void goAway(int lastStreamId, ErrorCode code) throws IOException {
      send(new GoAway(lastStreamId, code.code(), "")::write);
    }

    void ping(long opaque) throws IOException {
      send(new Ping(false, opaque)::write);
    }

    /// Returns the next frame but for what flow control says; settings are acknowledged on the way.
    Got next() throws IOException {
      while (true) {
        var got = nextOfAll();
        if (!got.is(FrameType.SETTINGS) && !got.is(FrameType.WINDOW_UPDATE)) {
          return got;
        }
      }
    }

    /// Returns the next frame; settings are acknowledged.
    Got nextOfAll() throws IOException {
      int head = in.readInt();
      int flags = in.readUnsignedByte();
      int streamId = in.readInt();
      var payload = in.readNBytes(head >>> Byte.SIZE);
      var got = new Got(head & 0xFF, flags, streamId, payload);
      if (got.is(FrameType.SETTINGS) && !got.has(FramePrefix.ACK)) {
        send(Settings.ACK::write);
      }
      return got;
    }

    /// Waits for a whole request.
    ///
    /// @return its stream
    int request() throws IOException {
      while (true) {
        var got = next();
        if ((got.is(FrameType.HEADERS) || got.is(FrameType.DATA))
            && got.has(FramePrefix.END_STREAM)) {
          return got.streamId;
        }
      }
    }

    /// Returns all of a good answer.
    byte[] answer(int streamId, String text) {
      return answer(encoder, streamId, text);
    }

    private static byte[] answer(HeaderEncoder encoder, int streamId, String text) {
      return bytes(
          out -> {
            put(out, headers(encoder, streamId, false, ScriptedServer.OK));
            put(out, data(streamId, false, ScriptedServer.message(text)));
            put(out, headers(encoder, streamId, true, ScriptedServer.ENDED_WELL));
          });
    }

    /// Returns how many bytes the first answer on a connection has.
    static int answerBytes(String text) {
      return answer(new HeaderEncoder(TABLE_BYTES), 1, text).length;
    }

    private static void put(LinkBuffer out, byte[] bytes) {
      out.writeBytes(bytes, 0, bytes.length);
    }

    /// Answers requests until the client leaves.
    void answerAll(String text) throws IOException {
      while (true) {
        send(answer(request(), text));
      }
    }

    /// Waits until the client has closed the connection.
    void awaitEnd() throws IOException {
      while (in.read() >= 0) {
        // what it has sent
      }
    }
  }
}
