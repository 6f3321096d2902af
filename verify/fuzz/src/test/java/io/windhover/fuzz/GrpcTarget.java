package io.windhover.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.protobuf.StringValue;
import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.NodePool;
import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.Frame.Settings;
import io.windhover.http2.frame.FramePrefix;
import io.windhover.http2.frame.FrameType;
import io.windhover.http2.hpack.HeaderDecoder;
import io.windhover.http2.hpack.HeaderEncoder;
import io.windhover.http2.hpack.HeaderField;
import io.windhover.http2.hpack.HeaderLimits;
import io.windhover.rpc.Method;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.Service;
import io.windhover.rpc.StreamOperation;
import io.windhover.rpc.StreamReceiver;
import io.windhover.rpc.StreamSender;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.rpc.codec.MessageCodec;
import io.windhover.rpc.grpc.GrpcTransport;
import io.windhover.rpc.protobuf.ProtobufCodec;
import io.windhover.rpc.server.Server;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/// A request of gRPC to a server of ours in this process: a byte says which method, one how its
/// data is cut, then come header fields, a byte for the name and one for the length before each,
/// and behind a zero the data. Whole and in pieces, side by side on one connection, it is answered
/// alike, once and in time, with a status or a reset; the log has no warning but of what a handler
/// let through, and nothing is left.
public final class GrpcTarget {

  private static final String SERVICE = "fuzz.Texts";
  private static final List<String> METHODS = List.of("Echo", "Chat", "None");
  private static final List<String> NAMES =
      List.of(
          "grpc-timeout",
          "grpc-encoding",
          "grpc-accept-encoding",
          "content-type",
          "te",
          "x-text",
          "x-data-bin",
          "content-length");
  private static final int MIN_PIECE = 5; // less is a flood, after a while
  private static final int LIMIT_MILLIS = 9_000;
  private static final String LATE = "4"; // the status DEADLINE_EXCEEDED

  private static final Warnings WARNINGS =
      Warnings.gather(it -> it.getThrown() instanceof RpcException); // a handler let it through
  private static final int PORT = start();

  private GrpcTarget() {}

  private static int start() {
    MessageCodec<StringValue> codec = ProtobufCodec.of(StringValue.getDefaultInstance());
    var call = new MessageCall<>(codec, codec);
    var echo = new Method<>("Echo", false, call);
    var chat = new Method<>("Chat", Method.Kind.BIDI_STREAM, call);
    try {
      return Server.builder()
          .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
          .transport(GrpcTransport.create())
          .service(
              new Service(
                  SERVICE,
                  List.of(MessageCall.operation(echo, text -> text)),
                  List.of(
                      StreamOperation.bidiStream(
                          chat,
                          (StreamReceiver<StringValue> in, StreamSender<StringValue> out) ->
                              in.forEach(out::send)))))
          .start()
          .port();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Called by Jazzer.
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    if (input.length < 3) {
      return;
    }
    long lent = NodePool.shared().heldBytes();
    Map<Integer, Answer> answers;
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), PORT)) {
      socket.setSoTimeout(LIMIT_MILLIS);
      socket.setTcpNoDelay(true);
      socket.getOutputStream().write(requests(input));
      socket.shutdownOutput();
      answers = read(new DataInputStream(socket.getInputStream()));
    }
    check(answers.get(1), answers.get(3));
    requireNothingLeft(lent);
    WARNINGS.requireNone();
  }

  /// Returns the request twice, the second time in pieces, and an end that both sides know.
  private static byte[] requests(byte[] input) {
    var fields = new ArrayList<HeaderField>();
    fields.add(new HeaderField(":method", "POST"));
    fields.add(new HeaderField(":scheme", "http"));
    fields.add(new HeaderField(":path", "/" + SERVICE + "/" + METHODS.get((input[0] & 0xff) % 3)));
    fields.add(new HeaderField("content-type", "application/grpc"));
    fields.add(new HeaderField("te", "trailers"));
    int at = GrpcFrames.readFields(input, 2, NAMES, it -> put(fields, it));
    var data = Arrays.copyOfRange(input, at, input.length);
    try (var out = new LinkBuffer()) {
      var preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);
      out.writeBytes(preface, 0, preface.length);
      new Settings(false, List.of()).write(out);
      Settings.ACK.write(out);
      var encoder = new HeaderEncoder(0);
      write(out, 1, encoder, fields, data, Integer.MAX_VALUE);
      write(out, 3, encoder, fields, data, MIN_PIECE + (input[1] & 0xf));
      return GrpcFrames.bytes(out);
    }
  }

  private static void put(List<HeaderField> fields, HeaderField field) {
    fields.removeIf(it -> it.name().equals(field.name()));
    fields.add(field);
  }

  private static void write(
      LinkBuffer out,
      int streamId,
      HeaderEncoder encoder,
      List<HeaderField> fields,
      byte[] data,
      int piece) {
    GrpcFrames.writeHeaders(out, streamId, encoder, fields, 0);
    GrpcFrames.writeData(out, streamId, data, piece, FramePrefix.END_STREAM);
  }

  /// What came on one stream.
  private static final class Answer {
    private final List<HeaderField> fields = new ArrayList<>();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private int ends;
    private ErrorCode reset = ErrorCode.NO_ERROR;

    /// Whether its deadline has ended it, which is a matter of luck.
    private boolean isLate() {
      return reset == ErrorCode.CANCEL || fields.contains(new HeaderField("grpc-status", LATE));
    }

    private boolean hasStatus() {
      return fields.stream().anyMatch(it -> it.name().equals("grpc-status"));
    }

    @Override
    public String toString() {
      return "%s %s, %d ends, %s"
          .formatted(fields, Arrays.toString(data.toByteArray()), ends, reset);
    }
  }

  private static Map<Integer, Answer> read(DataInputStream in) throws IOException {
    var answers = new TreeMap<Integer, Answer>();
    var decoder = new HeaderDecoder(HeaderLimits.HTTP);
    try {
      while (true) {
        int lengthAndType = in.readInt();
        int flags = in.readUnsignedByte();
        int streamId = in.readInt();
        var payload = in.readNBytes(lengthAndType >>> Byte.SIZE);
        var type = FrameType.of(lengthAndType & 0xff);
        var answer = answers.computeIfAbsent(streamId, _ -> new Answer());
        try (var bytes = LinkBuffer.wrap(payload)) {
          switch (type) {
            case HEADERS -> decoder.decode(bytes, bytes.size(), answer.fields::add);
            case DATA -> answer.data.writeBytes(payload);
            case RST_STREAM -> answer.reset = ErrorCode.of(bytes.readInt());
            case GOAWAY -> throw new IllegalStateException(new String(payload, ISO_8859_1));
            case null, default -> {} // what is of the connection
          }
        }
        if ((type == FrameType.HEADERS || type == FrameType.DATA)
            && (flags & FramePrefix.END_STREAM) != 0) {
          answer.ends++;
        }
      }
    } catch (EOFException e) {
      return answers;
    }
  }

  private static void check(Answer whole, Answer inPieces) {
    if (whole == null || inPieces == null) {
      throw new IllegalStateException("no answer: " + whole + ", " + inPieces);
    }
    for (var answer : List.of(whole, inPieces)) {
      boolean isReset = answer.reset != ErrorCode.NO_ERROR;
      if (!isReset && (answer.ends != 1 || !answer.hasStatus())) {
        throw new IllegalStateException("no end, or two: " + answer);
      }
    }
    if (!whole.toString().equals(inPieces.toString()) && !whole.isLate() && !inPieces.isLate()) {
      throw new IllegalStateException("whole: " + whole + ", in pieces: " + inPieces);
    }
  }

  /// The server takes a moment longer than its client to see the end.
  private static void requireNothingLeft(long lent) {
    long end = System.nanoTime() + Duration.ofMillis(LIMIT_MILLIS).toNanos();
    while (NodePool.shared().heldBytes() > lent) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("left: " + (NodePool.shared().heldBytes() - lent));
      }
      LockSupport.parkNanos(10_000);
    }
  }
}
