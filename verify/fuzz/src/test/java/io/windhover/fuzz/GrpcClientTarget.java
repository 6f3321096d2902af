package io.windhover.fuzz;

import com.google.protobuf.StringValue;
import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.NodePool;
import io.windhover.http2.Http2Options;
import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.Frame.Settings;
import io.windhover.http2.frame.FramePrefix;
import io.windhover.http2.frame.FrameType;
import io.windhover.http2.hpack.HeaderEncoder;
import io.windhover.http2.hpack.HeaderField;
import io.windhover.http2.hpack.HeaderLimits;
import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.testing.MemoryConnection;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.MessageStream;
import io.windhover.rpc.Method;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.rpc.codec.MessageCodec;
import io.windhover.rpc.grpc.GrpcClientOptions;
import io.windhover.rpc.grpc.GrpcClientTransport;
import io.windhover.rpc.grpc.GrpcStatus;
import io.windhover.rpc.protobuf.ProtobufCodec;
import io.windhover.rpc.transport.CallingConnection;
import io.windhover.rpc.transport.ClientTransport.Use;
import io.windhover.rpc.transport.NotBegunException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// What a server of gRPC may answer to a call or a stream of a client in memory: a byte says which
/// method and how the response ends, one how its data is cut and which error it ends with, then
/// come the header fields of the head and, behind a zero, of the trailers, a byte for the name and
/// one for the length before each, and behind another zero the data. The caller gets messages and
/// then an end, which is a good one or a typed failure: the same whether all arrives at once or
/// byte by byte, and, if HTTP/2 has nothing against it, in small frames that are read as they come.
/// The log has no warning, and nothing is left.
public final class GrpcClientTarget {

  /// In how many ways a response ends.
  static final int ENDS = 8;

  private static final String SERVICE = "fuzz.Texts";
  private static final List<String> NAMES =
      List.of(
          "x-text",
          ":status",
          "grpc-status",
          "grpc-message",
          "grpc-status-details-bin",
          "wh-error",
          "content-type",
          "grpc-encoding",
          "content-length",
          "biz-status",
          "biz-extra",
          "x-data-bin",
          "grpc-accept-encoding",
          "x-more-bin",
          "rpc-backward-x");
  private static final List<String> ONLY_ONCE = List.of(":status", "content-type");
  private static final int STREAM_ID = 1;
  private static final int MAX_MESSAGE_BYTES = 1 << 16;
  private static final Duration LONG = Duration.ofDays(1); // so that no time passes
  private static final Duration LIMIT = Duration.ofSeconds(9);

  private static final Warnings WARNINGS = Warnings.gather(_ -> false);
  private static final StringValue REQUEST = StringValue.of("hi");
  private static final List<Method<?>> METHODS = methods();
  private static final GrpcClientTransport TRANSPORT =
      GrpcClientTransport.create(
          GrpcClientOptions.DEFAULT.withHttp2(
              Http2Options.builder()
                  .headers(HeaderLimits.GRPC)
                  .maxTinyData(Integer.MAX_VALUE)
                  .build()));

  private GrpcClientTarget() {}

  private static List<Method<?>> methods() {
    MessageCodec<StringValue> codec = ProtobufCodec.of(StringValue.getDefaultInstance());
    var call = new MessageCall<>(codec, codec);
    return List.of(
        new Method<>("Unary", Method.Kind.UNARY, call),
        new Method<>("ClientStream", Method.Kind.CLIENT_STREAM, call),
        new Method<>("ServerStream", Method.Kind.SERVER_STREAM, call),
        new Method<>("BidiStream", Method.Kind.BIDI_STREAM, call));
  }

  /// Called by Jazzer.
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    if (input.length < 3) {
      return;
    }
    long lent = NodePool.shared().heldBytes();
    var response = new Response(input);
    var method = METHODS.get(input[0] & 3);
    int piece = 1 + (input[1] & 0xf);
    var frames = response.frames(Integer.MAX_VALUE);
    var atOnce = new Caller(method).outcome(frames, false, false);
    var byByte = new Caller(method).outcome(frames, true, false);
    var asItComes = new Caller(method).outcome(response.frames(piece), false, true);
    requireEqual(atOnce, byByte);
    if (response.isOrderly() && atOnce.isOrderly()) {
      requireEqual(atOnce, asItComes);
    }
    if (NodePool.shared().heldBytes() != lent) {
      throw new IllegalStateException("left behind: " + (NodePool.shared().heldBytes() - lent));
    }
    WARNINGS.requireNone();
  }

  private static void requireEqual(Outcome atOnce, Outcome other) {
    if (!atOnce.equals(other)) {
      throw new IllegalStateException("at once: " + atOnce + ", otherwise: " + other);
    }
  }

  /// What a caller got.
  private record Outcome(List<String> messages, String end, String metadata) {

    /// Whether a server of gRPC ended it, as HTTP/2 has it.
    boolean isOrderly() {
      return !end.contains(" breaks HTTP/2") && !end.contains(" HTTP status ");
    }
  }

  /// A response, read from an input.
  private static final class Response {
    private final int end;
    private final int error;
    private final List<HeaderField> head = new ArrayList<>();
    private final List<HeaderField> trailers = new ArrayList<>();
    private final byte[] data;

    Response(byte[] input) {
      end = (input[0] & 0xff) >> 2 & ENDS - 1;
      error = input[1] & 0xff;
      head.add(new HeaderField(":status", "200"));
      head.add(new HeaderField("content-type", "application/grpc"));
      int at = GrpcFrames.readFields(input, 2, NAMES, it -> put(head, it));
      at = GrpcFrames.readFields(input, at, NAMES, it -> put(trailers, it));
      data = Arrays.copyOfRange(input, at, input.length);
    }

    /// Whether messages come before an end that does not overtake them.
    boolean isOrderly() {
      boolean hasStatus = head.stream().anyMatch(it -> it.name().equals("grpc-status"));
      return end != 3 && end != 4 && (end == 5 || !hasStatus);
    }

    private static void put(List<HeaderField> fields, HeaderField field) {
      if (ONLY_ONCE.contains(field.name())) {
        fields.replaceAll(it -> it.name().equals(field.name()) ? field : it);
      } else {
        fields.add(field);
      }
    }

    /// @param piece how many bytes of data a frame has at most
    byte[] frames(int piece) {
      try (var out = new LinkBuffer()) {
        var encoder = new HeaderEncoder(0);
        if (end == 5) { // all in the head
          var all = new ArrayList<>(head);
          all.addAll(trailers);
          headers(out, encoder, all, FramePrefix.END_STREAM);
          return GrpcFrames.bytes(out);
        }
        headers(out, encoder, head, 0);
        int flags = end == 2 ? FramePrefix.END_STREAM : 0;
        GrpcFrames.writeData(out, STREAM_ID, data, piece, flags);
        switch (end) {
          case 2, 7 -> {} // there is no more
          case 3 -> reset(out, error);
          case 4 -> goAway(out);
          case 6 -> {
            headers(out, encoder, trailers, FramePrefix.END_STREAM);
            reset(out, ErrorCode.NO_ERROR.code()); // of what the client still sends
          }
          default -> headers(out, encoder, trailers, FramePrefix.END_STREAM);
        }
        return GrpcFrames.bytes(out);
      }
    }

    private static void headers(
        LinkBuffer out, HeaderEncoder encoder, List<HeaderField> fields, int flags) {
      GrpcFrames.writeHeaders(out, STREAM_ID, encoder, fields, flags);
    }

    private static void reset(LinkBuffer out, int error) {
      FramePrefix.write(out, Integer.BYTES, FrameType.RST_STREAM, 0, STREAM_ID);
      out.writeInt(error);
    }

    private void goAway(LinkBuffer out) {
      FramePrefix.write(out, 2 * Integer.BYTES, FrameType.GOAWAY, 0, 0);
      out.writeInt(error & STREAM_ID); // the last stream that it has begun with
      out.writeInt(error >> 1);
    }
  }

  /// A call or a stream, alone on its connection.
  private static final class Caller {
    private final MemoryConnection memory = new MemoryConnection();
    private final CallingConnection connection =
        TRANSPORT.connection(new Use(MAX_MESSAGE_BYTES, CallListener.NONE, Caller::reopen));
    private final Invocation invocation;
    private final List<String> messages = new ArrayList<>();
    private String end = "";
    private boolean reads = true;

    Caller(Method<?> method) {
      invocation =
          new Invocation(
              SERVICE, method, Deadline.after(LONG), new MemoryConnection().localAddress());
    }

    /// There is no other connection.
    private static void reopen(Invocation invocation, MessageStream stream, NotBegunException why) {
      throw RpcException.builder(RpcException.Kind.NOT_SENT, RpcException.Stage.SEND, text(why))
          .calling(invocation.name())
          .build();
    }

    /// @param isByByte whether each byte arrives alone
    /// @param isAsItComes whether messages are received between frames
    Outcome outcome(byte[] frames, boolean isByByte, boolean isAsItComes) throws Exception {
      connection.opened(memory);
      try (var settings = new LinkBuffer()) {
        new Settings(false, List.of()).write(settings);
        receive(settings, () -> {});
      }
      connection.awaitReady(Duration.ZERO);
      releaseWritten();
      int step = isByByte ? 1 : Math.max(1, frames.length);
      var outcome =
          invocation.method().kind() == Method.Kind.UNARY
              ? call(frames, step)
              : stream(frames, step, isAsItComes);
      connection.closed(memory, CloseReason.CLOSED_HERE);
      releaseWritten();
      if (connection.load() > 0 || connection.heldBytes() > 0) {
        throw new IllegalStateException(
            "at the end: %d streams, %d bytes"
                .formatted(connection.load(), connection.heldBytes()));
      }
      return outcome;
    }

    private Outcome call(byte[] frames, int step) throws Exception {
      var call = new FutureTask<>(this::call);
      var thread = Thread.ofVirtual().start(call);
      memory.nextWritten(LIMIT).release();
      while (thread.getState() == Thread.State.RUNNABLE) {
        LockSupport.parkNanos(1_000); // till it waits for the response
      }
      feed(frames, step, () -> {});
      if (reads) {
        connection.inputEnded(memory, null);
      }
      end = call.get(LIMIT.toNanos(), TimeUnit.NANOSECONDS);
      return new Outcome(messages, end, "" + invocation.replyMetadata().values());
    }

    private String call() throws Exception {
      try {
        messages.add("" + connection.call(invocation, REQUEST));
        return "well";
      } catch (RpcException | BusinessException | NotBegunException e) {
        return text(e);
      }
    }

    private Outcome stream(byte[] frames, int step, boolean isAsItComes) throws Exception {
      var stream = connection.open(invocation);
      stream.send(REQUEST);
      if (invocation.method().kind() != Method.Kind.BIDI_STREAM) {
        stream.end();
      }
      feed(frames, step, isAsItComes ? () -> receiveFrom(stream) : () -> {});
      receiveFrom(stream);
      if (reads) {
        connection.inputEnded(memory, null);
      }
      receiveFrom(stream);
      if (end.isEmpty()) {
        throw new IllegalStateException("no end behind " + messages);
      }
      var outcome = new Outcome(messages, end, header(stream) + " " + stream.trailer().values());
      stream.cancel();
      return outcome;
    }

    /// Receives what is here.
    private void receiveFrom(MessageStream stream) {
      while (end.isEmpty()) {
        try {
          Optional<Object> message = stream.receive(Duration.ZERO);
          message.ifPresentOrElse(it -> messages.add("" + it), () -> end = "well");
        } catch (RpcException | BusinessException e) {
          if (isNothingYet(e)) {
            return;
          }
          end = text(e);
        }
      }
    }

    private static boolean isNothingYet(RuntimeException e) {
      return e instanceof RpcException rpc
          && rpc.kind() == RpcException.Kind.TIMEOUT
          && rpc.getCause() == null;
    }

    private static String header(MessageStream stream) {
      try {
        return "" + stream.header().values();
      } catch (RpcException | BusinessException e) {
        return text(e);
      }
    }

    private void feed(byte[] frames, int step, Runnable afterFrame) {
      try (var arrived = new LinkBuffer()) {
        for (int from = 0; reads && from < frames.length; from += step) {
          arrived.writeBytes(frames, from, Math.min(step, frames.length - from));
          receive(arrived, afterFrame);
        }
      }
    }

    /// Cuts frames as a connection does.
    private void receive(LinkBuffer arrived, Runnable afterFrame) {
      try {
        for (int size; reads && (size = connection.frameBytes(memory, arrived)) > 0; ) {
          connection.received(memory, arrived.slice(size));
          afterFrame.run();
          reads = memory.isOpen();
        }
      } catch (MalformedMessageException e) { // no frame can be found
        reads = false;
        connection.inputEnded(memory, e);
      }
    }

    private void releaseWritten() throws InterruptedException {
      while (memory.writtenCount() > 0) {
        memory.nextWritten(Duration.ZERO).release();
      }
    }
  }

  private static String text(Exception e) {
    return switch (e) {
      case RpcException it -> "%s %s %s".formatted(it.kind(), it, status(GrpcStatus.of(it)));
      case BusinessException it ->
          "%d %s %s %s".formatted(it.code(), it.text(), it.extra(), status(GrpcStatus.of(it)));
      case NotBegunException it -> "NOT_SENT %s %b".formatted(it, it.isRefused());
      default -> throw new IllegalStateException(e);
    };
  }

  private static String status(Optional<GrpcStatus> status) {
    return status.map(it -> it + " " + it.details()).orElse("");
  }
}
