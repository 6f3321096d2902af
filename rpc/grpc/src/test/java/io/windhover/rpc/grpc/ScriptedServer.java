package io.windhover.rpc.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.Http2Options;
import io.windhover.http2.Http2Server;
import io.windhover.http2.Http2Stream;
import io.windhover.http2.RequestHead;
import io.windhover.http2.StreamException;
import io.windhover.http2.StreamHandler;
import io.windhover.http2.StreamListener;
import io.windhover.http2.hpack.HeaderField;
import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.Listener;
import io.windhover.netpoll.PollerGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A server of HTTP/2 that answers as a test says.
final class ScriptedServer implements StreamHandler, AutoCloseable {

  static final Duration LIMIT = Duration.ofSeconds(10);

  static final List<HeaderField> OK = head(200, "content-type", "application/grpc");
  static final List<HeaderField> ENDED_WELL = fields("grpc-status", "0");

  /// What is done with one request, on a thread of its own.
  @FunctionalInterface
  interface Script {
    void serve(Http2Stream stream, RequestHead head) throws InterruptedException, TimeoutException;
  }

  private final PollerGroup group = PollerGroup.start();
  private final Listener listener;
  private final Script script;
  final List<Http2Server> connections = new CopyOnWriteArrayList<>();
  final LinkedBlockingQueue<RequestHead> heads = new LinkedBlockingQueue<>();
  final LinkedBlockingQueue<StreamException> failures = new LinkedBlockingQueue<>();

  ScriptedServer(Script script) throws IOException {
    this(Http2Options.DEFAULT, ConnectionOptions.DEFAULT, script);
  }

  ScriptedServer(Http2Options options, ConnectionOptions connection, Script script)
      throws IOException {
    this.script = script;
    this.listener =
        group.listen(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            connection,
            () -> {
              var server = new Http2Server(options, this);
              connections.add(server);
              return server;
            });
  }

  /// One that answers each request with these headers, messages and trailers.
  static ScriptedServer answering(
      List<HeaderField> head, List<HeaderField> trailers, byte[]... messages) throws IOException {
    return new ScriptedServer(
        (stream, _) -> {
          all(stream).release();
          stream.respond(head, data(messages), trailers);
        });
  }

  int port() {
    return ((InetSocketAddress) listener.address()).getPort();
  }

  @Override
  public void opened(Http2Stream stream, RequestHead head) {
    heads.add(head);
    stream.listener(
        new StreamListener() {
          @Override
          public void failed(Http2Stream failed, StreamException cause) {
            failures.add(cause);
          }
        });
    stream.start(
        "windhover-test-call",
        () -> {
          try {
            script.serve(stream, head);
          } catch (StreamException | InterruptedException | TimeoutException e) {
            stream.close();
          }
        });
  }

  // ---- for scripts

  static List<HeaderField> fields(String... namesAndValues) {
    var fields = new ArrayList<HeaderField>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.add(new HeaderField(namesAndValues[i], namesAndValues[i + 1]));
    }
    return fields;
  }

  static List<HeaderField> head(int status, String... namesAndValues) {
    var fields = new ArrayList<HeaderField>();
    fields.add(new HeaderField(":status", Integer.toString(status)));
    fields.addAll(fields(namesAndValues));
    return fields;
  }

  static List<HeaderField> with(List<HeaderField> fields, String... namesAndValues) {
    var all = new ArrayList<>(fields);
    all.addAll(fields(namesAndValues));
    return all;
  }

  /// Returns the bytes of a message with its prefix.
  static byte[] message(String text) {
    return message(0, text.getBytes(UTF_8));
  }

  static byte[] message(int flag, byte[] body) {
    try (var out = new LinkBuffer()) {
      out.writeByte(flag);
      out.writeInt(body.length);
      out.writeBytes(body, 0, body.length);
      return bytes(out);
    }
  }

  static byte[] bytes(LinkBuffer buffer) {
    var bytes = new byte[buffer.size()];
    buffer.readBytes(bytes, 0, bytes.length);
    return bytes;
  }

  static LinkBuffer data(byte[]... parts) {
    var data = new LinkBuffer();
    for (var part : parts) {
      data.writeBytes(part, 0, part.length);
    }
    return data;
  }

  static void send(Http2Stream stream, String text) throws InterruptedException, TimeoutException {
    stream.write(data(message(text)), false, LIMIT);
  }

  /// Returns all that the client sends.
  static LinkBuffer all(Http2Stream stream) throws InterruptedException, TimeoutException {
    var all = new LinkBuffer();
    boolean whole = false;
    try {
      for (var data = stream.read(LIMIT); data != null; data = stream.read(LIMIT)) {
        all.append(data);
        data.release();
      }
      whole = true;
      return all;
    } finally {
      if (!whole) {
        all.release();
      }
    }
  }

  /// Returns the text of the one message that the client sends.
  static String request(Http2Stream stream) throws InterruptedException, TimeoutException {
    try (var all = all(stream)) {
      all.skip(MessageWriter.PREFIX_BYTES);
      return all.readUtf8(all.size());
    }
  }

  /// Cuts what a client sends into messages.
  static final class Requests implements AutoCloseable {
    private final Http2Stream stream;
    private final MessageReader reader =
        new MessageReader(Encoding.GZIP, 16 << 20, _ -> 16 << 20, _ -> {});

    Requests(Http2Stream stream) {
      this.stream = stream;
    }

    /// Returns the next one; null at the end.
    @Nullable String next() throws InterruptedException, TimeoutException {
      while (true) {
        try (var message = reader.next()) {
          if (message != null) {
            return message.readUtf8(message.size());
          }
        }
        var data = stream.read(LIMIT);
        if (data == null) {
          return null;
        }
        reader.add(data);
      }
    }

    @Override
    public void close() {
      reader.release();
    }
  }

  @Override
  public void close() {
    listener.close();
    group.close();
  }
}
