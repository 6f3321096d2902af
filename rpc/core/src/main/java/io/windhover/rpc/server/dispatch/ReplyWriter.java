package io.windhover.rpc.server.dispatch;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.Compression;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.server.dispatch.Router.Route;
import io.windhover.rpc.transport.CallEnding;
import io.windhover.rpc.transport.CallEnding.Said;
import io.windhover.rpc.wire.Envelope;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.FrameWriter;
import io.windhover.rpc.wire.PayloadCompression;
import io.windhover.rpc.wire.PayloadForm;
import io.windhover.rpc.wire.PeerText;
import io.windhover.rpc.wire.ReplyHeader;
import io.windhover.rpc.wire.TTHeader;
import io.windhover.rpc.wire.WireException;
import io.windhover.rpc.wire.WireFormats;
import io.windhover.rpc.wire.WireLimits;
import io.windhover.thrift.ApplicationError;
import io.windhover.thrift.MessageHeader;
import io.windhover.thrift.StructCodec;
import io.windhover.thrift.ThriftProtocolException;
import io.windhover.thrift.call.Result;
import io.windhover.thrift.call.Signature;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Writes replies in the form of their requests: the same protocol around them, the same codec in
/// them. For any thread.
///
/// @param formats what is written beside what is built in
/// @param payloads the form of replies over TTHeader; the compression is that which a caller asks
///   for
/// @param closing whether the server is about to close its connections, which TTHeader tells peers
public record ReplyWriter(
    WireLimits limits, WireFormats formats, PayloadForm payloads, BooleanSupplier closing) {

  private static final System.Logger LOG = System.getLogger(ReplyWriter.class.getName());

  private static final StructCodec<Object> NO_RESULT = Signature.EMPTY.response();

  /// Returns the header of a reply that is no error, without what handlers of metadata add; null if
  /// the protocol has none.
  @Nullable TTHeader header(Envelope envelope, Invocation invocation, CallEnding ending) {
    var status = ending instanceof Said(var said) ? said : null;
    var values = invocation.replyMetadata().values();
    return header(envelope, MessageHeader.REPLY, values, status);
  }

  private @Nullable TTHeader header(
      Envelope envelope, int type, Map<String, String> values, @Nullable BusinessException status) {
    var request = envelope.header();
    return request == null
        ? null
        : ReplyHeader.of(request.sequenceId(), type, closing.getAsBoolean(), values, status)
            .withPayloadId(request.payloadId());
  }

  /// Writes what the method returned.
  ///
  /// @throws ThriftProtocolException if that cannot be written
  /// @throws WireException likewise
  Reply result(
      Route route,
      Envelope envelope,
      MessageHeader request,
      @Nullable TTHeader header,
      Object result) {
    var payload = envelope.payload();
    return payload == null
        ? write(envelope, header, MessageHeader.REPLY, request, route.thrift().response(), result)
        : carried(
            envelope,
            header,
            payload.writeResponse(message(MessageHeader.REPLY, request), route.method(), result));
  }

  /// Writes a business status. The method ended well, as far as the protocol can tell: the reply
  /// holds no result, and its header the status.
  ///
  /// @throws ThriftProtocolException if that cannot be written
  /// @throws WireException likewise
  Reply business(
      Invocation invocation,
      Envelope envelope,
      MessageHeader request,
      @Nullable TTHeader header,
      BusinessException status) {
    if (header == null) {
      return error(
          envelope,
          request,
          ErrorCode.INTERNAL_ERROR.because(
              "%s ended with business status %d, which %s cannot carry: call it over TTHeader"
                  .formatted(
                      invocation.name(),
                      status.code(),
                      formats.frame() == null ? envelope.protocol() : formats.frame().name())));
    }
    var payload = envelope.payload();
    if (payload != null) {
      var message = message(MessageHeader.REPLY, request);
      return carried(envelope, header, payload.writeResponse(message, invocation.method(), null));
    }
    return write(envelope, header, MessageHeader.REPLY, request, NO_RESULT, Result.NOTHING);
  }

  Reply error(Envelope envelope, MessageHeader request, WireException error) {
    return error(envelope, request, error.answer());
  }

  Reply error(Envelope envelope, MessageHeader request, ApplicationException error) {
    if (request.type() == MessageHeader.ONEWAY) {
      LOG.log(
          Level.DEBUG,
          () ->
              "oneway call of %s dropped: %s"
                  .formatted(PeerText.shortened(request.name()), error.text()));
      return Reply.NONE;
    }
    var body = new ApplicationError(error.code(), error.text());
    var payload = envelope.payload();
    var header = header(envelope, MessageHeader.EXCEPTION, Map.of(), null);
    try {
      if (payload != null) {
        var message = message(MessageHeader.EXCEPTION, request);
        return carried(envelope, header, payload.writeError(message, body));
      }
      return write(
          envelope, header, MessageHeader.EXCEPTION, request, ApplicationError.CODEC, body);
    } catch (ThriftProtocolException
        | WireException e) { // even the error is too large, since it repeats the method's name
      LOG.log(Level.DEBUG, () -> "no answer but a close: " + e.getMessage());
      return new Reply(null, true);
    }
  }

  private static MessageHeader message(int type, MessageHeader request) {
    return new MessageHeader(type, request.name(), request.sequenceId());
  }

  /// Writes a payload that a codec of others has made.
  private Reply carried(Envelope envelope, @Nullable TTHeader header, LinkBuffer payload) {
    var compression = compressionFor(envelope);
    var around = around(envelope, header, compression);
    return new Reply(formats.wrap(around, payloads.with(compression), payload, limits), false);
  }

  private <T> Reply write(
      Envelope envelope,
      @Nullable TTHeader header,
      int type,
      MessageHeader request,
      StructCodec<T> codec,
      T body) {
    if (formats.frame() != null) {
      var payload = FrameWriter.writeBare(message(type, request), codec, body, limits);
      return carried(envelope, header, payload);
    }
    var compression = compressionFor(envelope);
    var frame =
        FrameWriter.write(
            around(envelope, header, compression),
            payloads.with(compression),
            message(type, request),
            codec,
            body,
            limits);
    return new Reply(frame, false);
  }

  /// Returns the envelope of a reply, which tells of its compression.
  private static Envelope around(
      Envelope request, @Nullable TTHeader header, @Nullable Compression compression) {
    return new Envelope(
        request.protocol(),
        header == null || compression == null ? header : PayloadCompression.announce(header, null));
  }

  private @Nullable Compression compressionFor(Envelope request) {
    return request.header() == null || payloads.compressAbove() == PayloadForm.NEVER
        ? null
        : PayloadCompression.announced(request.header());
  }
}
