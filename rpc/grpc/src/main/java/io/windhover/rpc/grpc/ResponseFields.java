package io.windhover.rpc.grpc;

import io.windhover.http2.hpack.HeaderField;
import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.ReplyMetadata;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.transport.CallEnding;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The heads and trailers of responses.
final class ResponseFields {

  private static final HeaderField HTTP_OK = new HeaderField(":status", "200");
  private static final HeaderField ACCEPTED =
      new HeaderField("grpc-accept-encoding", Encoding.ACCEPTED);
  private static final HeaderField GZIP = new HeaderField("grpc-encoding", Encoding.GZIP.text());

  private static final Map<ContentType, HeaderField> CONTENT = new EnumMap<>(ContentType.class);
  private static final Map<ContentType, List<HeaderField>> HEADS = new EnumMap<>(ContentType.class);
  private static final List<HeaderField> ENDED_WELL = List.of(Trailers.OK);

  static {
    for (var content : ContentType.values()) {
      var field = new HeaderField("content-type", content.text());
      CONTENT.put(content, field);
      HEADS.put(content, List.of(HTTP_OK, field, ACCEPTED));
    }
  }

  private ResponseFields() {}

  /// Returns a head before messages.
  ///
  /// @param maxListBytes of all fields, as HTTP/2 counts them; so below
  /// @throws MalformedMessageException if some metadata can be no field, or is more than peers take
  static List<HeaderField> head(
      ContentType content, Encoding encoding, ReplyMetadata metadata, int maxListBytes) {
    var usual = HEADS.getOrDefault(content, List.of());
    if (encoding == Encoding.IDENTITY && metadata.values().isEmpty()) {
      return usual;
    }
    var fields = new ArrayList<>(usual);
    if (encoding == Encoding.GZIP) {
      fields.add(GZIP);
    }
    MetadataFields.write(metadata, fields);
    return checked(fields, maxListBytes);
  }

  private static List<HeaderField> checked(List<HeaderField> fields, int maxListBytes) {
    int bytes = listBytes(fields);
    if (bytes > maxListBytes) {
      throw new MalformedMessageException(
          "reply metadata makes %d bytes of header fields (limit: %d)"
              .formatted(bytes, maxListBytes));
    }
    return fields;
  }

  /// Returns trailers. Of an error, what would be too much is left out.
  ///
  /// @throws MalformedMessageException as above
  static List<HeaderField> trailers(CallEnding ending, ReplyMetadata metadata, int maxListBytes) {
    if (ending instanceof CallEnding.Returned && metadata.values().isEmpty()) {
      return ENDED_WELL;
    }
    return with(List.of(), ending, metadata, maxListBytes);
  }

  private static List<HeaderField> with(
      List<HeaderField> head, CallEnding ending, ReplyMetadata metadata, int maxListBytes) {
    var fields = new ArrayList<>(head);
    addEnding(ending, fields);
    MetadataFields.write(metadata, fields);
    if (ending instanceof CallEnding.Returned || listBytes(fields) <= maxListBytes) {
      return checked(fields, maxListBytes);
    }
    return shortened(head, Trailers.shortened(ending), metadata, maxListBytes);
  }

  /// Leaves out metadata, and then of the text what is too much: the status gets through.
  private static List<HeaderField> shortened(
      List<HeaderField> head, CallEnding ending, ReplyMetadata metadata, int maxListBytes) {
    var fields = new ArrayList<>(head);
    addEnding(ending, fields);
    int endingFields = fields.size();
    MetadataFields.write(metadata, fields);
    if (listBytes(fields) <= maxListBytes) {
      return fields;
    }
    var alone = fields.subList(0, endingFields);
    int excess = listBytes(alone) - maxListBytes;
    if (excess > 0) {
      alone.replaceAll(field -> Trailers.shortened(field, excess));
    }
    return alone;
  }

  private static void addEnding(CallEnding ending, List<HeaderField> fields) {
    switch (ending) {
      case CallEnding.Returned _ -> fields.add(Trailers.OK);
      case CallEnding.Said(var status) -> Trailers.write(status, fields);
      case CallEnding.Failed(var error) -> Trailers.write(error, fields);
    }
  }

  private static int listBytes(List<HeaderField> fields) {
    int bytes = 0;
    for (var field : fields) {
      bytes += field.size();
    }
    return bytes;
  }

  /// Returns trailers that are all of a response.
  ///
  /// @throws MalformedMessageException as above
  static List<HeaderField> only(
      ContentType content, CallEnding ending, ReplyMetadata metadata, int maxListBytes) {
    return with(HEADS.getOrDefault(content, List.of()), ending, metadata, maxListBytes);
  }

  /// The same of an error, without metadata.
  static List<HeaderField> only(ContentType content, ApplicationException error, int maxListBytes) {
    return only(content, new CallEnding.Failed(error), new ReplyMetadata(), maxListBytes);
  }

  /// Returns all of a response to what is no request of gRPC.
  static List<HeaderField> of(BadRequestException refusal) {
    var fields = new ArrayList<HeaderField>();
    fields.add(new HeaderField(":status", Integer.toString(refusal.httpStatus())));
    fields.add(CONTENT.getOrDefault(ContentType.PROTO, HTTP_OK));
    fields.add(ACCEPTED);
    Trailers.write(new GrpcException(refusal.status()), fields);
    return fields;
  }

  /// Returns how many bytes the texts of fields have, before they are compressed.
  static int bytes(List<HeaderField> fields) {
    int bytes = 0;
    for (var field : fields) {
      bytes += field.name().length() + field.value().length();
    }
    return bytes;
  }
}
