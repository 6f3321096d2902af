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

/// The heads and trailers of a server's responses.
final class ResponseFields {

  private static final HeaderField HTTP_OK = new HeaderField(":status", "200");
  private static final Map<ContentType, HeaderField> CONTENT = new EnumMap<>(ContentType.class);
  private static final List<HeaderField> ENDED_WELL = List.of(Trailers.OK);

  static {
    for (var content : ContentType.values()) {
      CONTENT.put(content, new HeaderField("content-type", content.text()));
    }
  }

  private final Encodings encodings;
  private final Map<ContentType, List<HeaderField>> heads = new EnumMap<>(ContentType.class);

  /// @param encodings that the server reads
  ResponseFields(Encodings encodings) {
    this.encodings = encodings;
    CONTENT.forEach(
        (content, field) -> heads.put(content, List.of(HTTP_OK, field, encodings.accepted())));
  }

  /// Returns what is read here, and may be sent.
  Encodings encodings() {
    return encodings;
  }

  /// Returns a head before messages.
  ///
  /// @param maxListBytes of all fields, as HTTP/2 counts them; so below
  /// @throws MalformedMessageException if some metadata can be no field, or is more than peers take
  List<HeaderField> head(
      ContentType content, Encoding encoding, ReplyMetadata metadata, int maxListBytes) {
    var usual = heads.getOrDefault(content, List.of());
    if (encoding == Encoding.IDENTITY && metadata.values().isEmpty()) {
      return usual;
    }
    var fields = new ArrayList<>(usual);
    if (encoding != Encoding.IDENTITY) {
      fields.add(encoding.field());
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
  List<HeaderField> only(
      ContentType content, CallEnding ending, ReplyMetadata metadata, int maxListBytes) {
    return with(heads.getOrDefault(content, List.of()), ending, metadata, maxListBytes);
  }

  /// The same of an error, without metadata.
  List<HeaderField> only(ContentType content, ApplicationException error, int maxListBytes) {
    return only(content, new CallEnding.Failed(error), new ReplyMetadata(), maxListBytes);
  }

  /// Returns all of a response to what is no request of gRPC.
  List<HeaderField> of(BadRequestException refusal) {
    var fields = new ArrayList<HeaderField>();
    fields.add(new HeaderField(":status", Integer.toString(refusal.httpStatus())));
    fields.add(CONTENT.getOrDefault(ContentType.PROTO, HTTP_OK));
    fields.add(encodings.accepted());
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
