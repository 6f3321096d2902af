package io.windhover.rpc.grpc;

import io.windhover.http2.RequestHead;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.Origin;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.transport.CallHead;
import io.windhover.rpc.wire.PeerText;
import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What the head of a request says.
///
/// @param service as it stands in the path; of Thrift without the package, which Kitex puts there
/// @param encoding of its messages
/// @param accepted encodings of replies, as the client says it
/// @param timeout null if the client does not say
record RequestFields(
    String service,
    String method,
    ContentType content,
    Encoding encoding,
    String accepted,
    @Nullable Duration timeout,
    Metadata metadata,
    Origin origin) {

  /// @param encodings that are read here
  /// @throws BadRequestException if it is no request of gRPC
  static RequestFields read(RequestHead head, Encodings encodings) {
    if (!head.method().equals("POST")) {
      throw bad(405, "method: %s (expected: POST)".formatted(PeerText.shortened(head.method())));
    }
    var found = new Found(encodings);
    try {
      head.fields().forEach(field -> found.add(field.name(), field.value()));
      return found.request(head.path());
    } catch (MalformedMessageException e) {
      throw bad(400, e.getMessage());
    }
  }

  private static BadRequestException bad(int httpStatus, String what) {
    return new BadRequestException(httpStatus, new GrpcStatus(GrpcCode.INTERNAL, what));
  }

  private static BadRequestException unimplemented(String what) {
    return new BadRequestException(200, new GrpcStatus(GrpcCode.UNIMPLEMENTED, what));
  }

  /// Returns the call that is asked for.
  ///
  /// @param bytes of the request
  /// @param passedNanos since the head arrived: that much of the timeout has passed
  CallHead head(SocketAddress remoteAddress, int bytes, long passedNanos) {
    var left = timeout == null ? null : timeout.minusNanos(passedNanos);
    return new CallHead(service, method, remoteAddress, bytes, left, metadata, origin);
  }

  /// Whether the client does not wait any more.
  ///
  /// @param arrivalNanos when the head arrived, by [System#nanoTime]
  boolean isLate(long arrivalNanos) {
    return timeout != null && Deadline.after(timeout, arrivalNanos).hasPassed();
  }

  /// The values of one list.
  private static final class Found {
    private final Encodings encodings;
    private final MetadataFields metadata = new MetadataFields();
    private String contentType = "";
    private boolean takesTrailers;
    private Encoding encoding = Encoding.IDENTITY;
    private String accepted = "";
    private @Nullable Duration timeout;
    private String sourceService = "";
    private String sourceMethod = "";

    Found(Encodings encodings) {
      this.encodings = encodings;
    }

    void add(String name, String value) {
      switch (name) {
        case "content-type" -> contentType = value;
        case "te" -> takesTrailers = true; // HTTP/2 allows no other value
        case "grpc-timeout" -> timeout = TimeoutText.read(value);
        case "grpc-encoding" -> encoding = encoding(value);
        case "grpc-accept-encoding" -> accepted = value;
        case "user-agent" -> {} // nobody asks
        case MetadataFields.SOURCE_SERVICE -> sourceService = value;
        case MetadataFields.SOURCE_METHOD -> sourceMethod = value;
        default -> metadata.add(name, value);
      }
    }

    private Encoding encoding(String value) {
      var encoding = encodings.read(value);
      if (encoding == null) {
        throw unimplemented(
            "grpc-encoding: %s (expected: one of %s)"
                .formatted(PeerText.shortened(value), encodings.accepted().value()));
      }
      return encoding;
    }

    RequestFields request(String path) {
      var content = ContentType.read(contentType);
      if (content == null) {
        throw bad(
            415,
            "content-type: %s (expected: application/grpc or application/grpc+thrift)"
                .formatted(PeerText.shortened(contentType)));
      }
      if (!takesTrailers) {
        throw bad(400, "te: missing (expected: trailers, which a proxy may not let through)");
      }
      int end = path.lastIndexOf('/');
      if (end <= 0) {
        throw unimplemented(
            "path: %s (expected: /Service/Method)".formatted(PeerText.shortened(path)));
      }
      var service = path.substring(1, end);
      if (content == ContentType.THRIFT) {
        service = service.substring(service.lastIndexOf('.') + 1);
      }
      return new RequestFields(
          service,
          path.substring(end + 1),
          content,
          encoding,
          accepted,
          timeout,
          metadata.metadata(),
          sourceService.isEmpty() && sourceMethod.isEmpty()
              ? Origin.UNKNOWN
              : new Origin(sourceService, sourceMethod));
    }
  }
}
