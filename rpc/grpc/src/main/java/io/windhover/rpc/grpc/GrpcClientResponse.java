package io.windhover.rpc.grpc;

import io.windhover.http2.Http2Stream;
import io.windhover.http2.ResponseHead;
import io.windhover.http2.hpack.HeaderField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the head of a response says of the rest.
///
/// @param isGrpc whether messages and a status follow, or are here; otherwise something else than a
///   server of gRPC has answered
/// @param encoding of its messages; null if it is none that is read here
record GrpcClientResponse(ResponseHead head, boolean isGrpc, @Nullable Encoding encoding) {

  private static final String CONTENT_TYPE = "content-type";

  /// @param asked what the messages have to be
  /// @param encodings that were offered
  static GrpcClientResponse of(
      ResponseHead head, @Nullable ContentType asked, Encodings encodings) {
    var type = value(head.fields(), CONTENT_TYPE);
    var encoding = value(head.fields(), "grpc-encoding");
    boolean isGrpc = isAnswer(type, asked) || Trailers.areIn(head.fields());
    return new GrpcClientResponse(
        head, isGrpc, encoding == null ? Encoding.IDENTITY : encodings.read(encoding));
  }

  /// Whether messages of such a type are what was asked for; `application/grpc` says nothing else.
  private static boolean isAnswer(@Nullable String type, @Nullable ContentType asked) {
    var read = type == null ? null : ContentType.read(type);
    return read == ContentType.PROTO || (read != null && read == asked);
  }

  /// Returns what the server says before its messages, metadata among it; nothing if it says there
  /// how the call ended.
  List<HeaderField> header() {
    return Trailers.areIn(head.fields()) ? List.of() : head.fields();
  }

  private static @Nullable String value(List<HeaderField> fields, String name) {
    for (var field : fields) {
      if (field.name().equals(name)) {
        return field.value();
      }
    }
    return null;
  }

  /// Returns what such a response means.
  ///
  /// @param body as far as it was read
  GrpcClientFailure notGrpc(String body) {
    return GrpcClientFailure.http(head.status(), value(head.fields(), CONTENT_TYPE), body);
  }

  /// Returns the fields that say how the call ended: the trailers, or the head if none came.
  ///
  /// @param stream whose end has come
  List<HeaderField> end(Http2Stream stream) {
    var trailers = stream.trailers();
    return trailers.isEmpty() ? head.fields() : trailers;
  }

  /// Returns why the call has no result; null if it has one.
  ///
  /// @param end as of [#end]
  @Nullable GrpcClientFailure failure(List<HeaderField> end) {
    if (end.size() == 1 && end.getFirst().equals(Trailers.OK) && head.status() == 200) {
      return null; // as nearly always
    }
    if (head.status() != 200 && !Trailers.areIn(end)) {
      return notGrpc("");
    }
    return GrpcClientFailure.of(Trailers.read(end));
  }
}
