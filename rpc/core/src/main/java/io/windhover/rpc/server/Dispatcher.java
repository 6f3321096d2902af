package io.windhover.rpc.server;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Compression;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.ReplyMetadata;
import io.windhover.rpc.server.CallEnding.Failed;
import io.windhover.rpc.server.CallEnding.Returned;
import io.windhover.rpc.server.CallEnding.Said;
import io.windhover.rpc.server.Router.Route;
import io.windhover.rpc.wire.Envelope;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.ExtensionFailedException;
import io.windhover.rpc.wire.FrameWriter;
import io.windhover.rpc.wire.GuardedPayloadCodec;
import io.windhover.rpc.wire.MetadataHandlers;
import io.windhover.rpc.wire.PayloadCompression;
import io.windhover.rpc.wire.PayloadForm;
import io.windhover.rpc.wire.PeerText;
import io.windhover.rpc.wire.ReplyHeader;
import io.windhover.rpc.wire.RequestHeader;
import io.windhover.rpc.wire.RequestObjects;
import io.windhover.rpc.wire.TTHeader;
import io.windhover.rpc.wire.WireException;
import io.windhover.rpc.wire.WireFormats;
import io.windhover.rpc.wire.WireLimits;
import io.windhover.thrift.ApplicationError;
import io.windhover.thrift.BinaryReader;
import io.windhover.thrift.MessageHeader;
import io.windhover.thrift.StructCodec;
import io.windhover.thrift.ThriftProtocolException;
import io.windhover.thrift.call.CallCodec;
import io.windhover.thrift.call.Result;
import io.windhover.thrift.call.Signature;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Turns one request message into its reply: reads it, runs the handler, writes what came out.
///
/// Whatever is wrong inside of a whole message is answered and costs that call only; the connection
/// closes just when the TTHeader around the message could not be read. Called on the thread of the
/// call; shared by all connections.
final class Dispatcher {

  private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());

  /// Stands for the header of a message whose own could not be read.
  private static final MessageHeader UNREAD = new MessageHeader(MessageHeader.CALL, "", 0);

  private static final StructCodec<Object> NO_RESULT = Signature.EMPTY.response();

  private static final String NO_ROOM =
      "decompressed, the request has no room beside those under way: half of the server's heap";

  private final Router router;
  private final WireLimits limits;
  private final WireFormats formats;
  private final RequestObjects objects;
  private final TimeoutPolicy timeouts;
  private final CallLimit limit;
  private final CallRunner runner;
  private final PayloadForm payloads;
  private final BooleanSupplier closing;
  private final CallListener listener;
  private final @Nullable MetadataHandlers metadata;
  private final FailureLog failures = new FailureLog(LOG, System::nanoTime); // of extensions

  /// @param formats what is read and written, too
  /// @param payloads the form of replies over TTHeader; the compression is that which a caller asks
  ///   for
  /// @param closing whether the server is about to close its connections, which TTHeader tells
  ///   peers
  /// @param metadata what reads and writes keys of the user's; null if nothing does
  Dispatcher(
      Router router,
      WireLimits limits,
      WireFormats formats,
      RequestObjects objects,
      TimeoutPolicy timeouts,
      CallLimit limit,
      CallRunner runner,
      PayloadForm payloads,
      BooleanSupplier closing,
      CallListener listener,
      @Nullable MetadataHandlers metadata) {
    this.router = router;
    this.limits = limits;
    this.formats = formats;
    this.objects = objects;
    this.timeouts = timeouts;
    this.limit = limit;
    this.runner = runner;
    this.payloads = payloads;
    this.closing = closing;
    this.listener = listener;
    this.metadata = metadata;
  }

  /// When and from where a message came, and where its call runs.
  ///
  /// @param nanos when it was here, by [System#nanoTime]
  record Arrival(long nanos, SocketAddress remoteAddress, CallSlot slot) {}

  WireFormats formats() {
    return formats;
  }

  /// Runs one call to its end.
  ///
  /// @param frame one whole message, consumed and released here
  Reply dispatch(LinkBuffer frame, Arrival arrival) {
    try (frame) {
      return dispatchWhole(frame, arrival);
    } catch (ExtensionFailedException e) {
      return failed(e, arrival);
    }
  }

  /// Ends the connection: what it was to be told cannot be told.
  private Reply failed(ExtensionFailedException e, Arrival arrival) {
    extensionFailed(arrival.remoteAddress(), e);
    return new Reply(null, true);
  }

  /// Logs that code of others has failed, which ends a connection.
  void extensionFailed(SocketAddress remoteAddress, ExtensionFailedException e) {
    failures.ended(remoteAddress, e);
  }

  private Reply dispatchWhole(LinkBuffer frame, Arrival arrival) {
    int sequenceId = Envelope.sequenceIdOf(frame);
    int bytes = frame.size();
    Envelope envelope;
    try {
      envelope = Envelope.read(frame, limits, payloads, formats);
    } catch (WireException e) {
      if (formats.frame() != null) { // how to answer is not known
        LOG.log(Level.DEBUG, () -> arrival.remoteAddress() + " refused: " + e.getMessage());
        return new Reply(null, true);
      }
      var header = new TTHeader(sequenceId, Map.of(), Map.of());
      var unread = new Envelope(Protocol.TTHEADER, header);
      var request = new MessageHeader(MessageHeader.CALL, "", sequenceId);
      return new Reply(error(unread, request, e).frame(), !e.isCorruptPayload());
    }
    int grown = Math.max(0, frame.size() - bytes); // by decompressing
    if (grown > 0 && !objects.take(grown, 0)) {
      return error(envelope, UNREAD, new WireException(ErrorCode.PROTOCOL_ERROR, NO_ROOM));
    }
    try {
      return dispatch(envelope, frame, bytes, arrival);
    } finally {
      objects.giveBack(grown);
    }
  }

  /// Answers a message that is not to run.
  ///
  /// @param frame as for [#dispatch]
  Reply refuse(LinkBuffer frame, WireException why, Arrival arrival) {
    try (frame) {
      return refuseWhole(frame, why);
    } catch (ExtensionFailedException e) {
      return failed(e, arrival);
    }
  }

  private Reply refuseWhole(LinkBuffer frame, WireException why) {
    int sequenceId = Envelope.sequenceIdOf(frame);
    try {
      var envelope = Envelope.read(frame, limits, payloads, formats);
      return error(envelope, header(envelope, frame), why);
    } catch (ThriftProtocolException | WireException e) { // what it is remains unknown
      var header = new TTHeader(sequenceId, Map.of(), Map.of());
      return error(
          new Envelope(Protocol.TTHEADER, header),
          new MessageHeader(MessageHeader.CALL, "", sequenceId),
          why);
    }
  }

  private static MessageHeader header(Envelope envelope, LinkBuffer body) {
    var payload = envelope.payload();
    return payload == null ? MessageHeader.read(body) : payload.readHeader(body);
  }

  private Reply dispatch(Envelope envelope, LinkBuffer body, int bytes, Arrival arrival) {
    var request = UNREAD;
    var payload = envelope.payload();
    var reader = new BinaryReader(body, objects); // of Thrift
    var share = payload == null ? null : new RequestShare(objects); // of all else
    try {
      request = header(envelope, body);
      if (request.type() != MessageHeader.CALL && request.type() != MessageHeader.ONEWAY) {
        throw new WireException(
            ErrorCode.INVALID_MESSAGE_TYPE,
            "message type: %d (a server expects: 1 call or 4 oneway)".formatted(request.type()));
      }
      boolean oneway = request.type() == MessageHeader.ONEWAY;
      var route = router.find(RequestHeader.service(envelope.header()), request.name(), oneway);
      limit.enter();
      try {
        var arguments =
            payload == null || share == null
                ? thrift(route).request().read(reader)
                : carried(route, payload).readRequest(route.method(), body, share);
        body.release(); // the handler may take its time
        var invocation = invocation(route, envelope, request, arrival);
        if (metadata != null && envelope.header() != null) {
          try {
            invocation = metadata.readRequest(invocation, envelope.header());
          } catch (RuntimeException | Error e) {
            return reply(route, invocation, envelope, request, runner.threw(invocation, e));
          }
        }
        return listener.equals(CallListener.NONE)
            ? run(route, invocation, envelope, request, arguments, arrival.slot())
            : tell(route, invocation, bytes, envelope, request, arguments, arrival.slot());
      } finally {
        limit.leave(); // before the caller has its reply, and may call again
      }
    } catch (ThriftProtocolException e) {
      return error(envelope, request, new WireException(ErrorCode.PROTOCOL_ERROR, e.getMessage()));
    } catch (WireException e) {
      return error(envelope, request, e);
    } finally {
      objects.giveBack(reader.takenBytes());
      if (share != null) {
        share.giveBack();
      }
    }
  }

  private static CallCodec thrift(Route route) {
    if (route.method().codec() instanceof CallCodec codec) {
      return codec;
    }
    throw new WireException(
        ErrorCode.INVALID_PROTOCOL,
        "%s/%s is not a method of Thrift".formatted(route.service(), route.method().name()));
  }

  private static GuardedPayloadCodec carried(Route route, GuardedPayloadCodec payload) {
    if (payload.carries(route.method())) {
      return payload;
    }
    throw new WireException(
        ErrorCode.INVALID_PROTOCOL,
        "%s/%s is not a method that %s carries"
            .formatted(route.service(), route.method().name(), payload.name()));
  }

  private Reply run(
      Route route,
      Invocation invocation,
      Envelope envelope,
      MessageHeader request,
      Object arguments,
      CallSlot slot) {
    var ending = runner.run(invocation, slot, () -> route.endpoint().call(invocation, arguments));
    return reply(route, invocation, envelope, request, ending);
  }

  /// The same, with the listener told.
  private Reply tell(
      Route route,
      Invocation invocation,
      int bytes,
      Envelope envelope,
      MessageHeader request,
      Object arguments,
      CallSlot slot) {
    listener.started(invocation);
    listener.received(invocation, bytes);
    listener.handling(invocation);
    var ending = runner.run(invocation, slot, () -> route.endpoint().call(invocation, arguments));
    var failure = ending.failure();
    listener.handled(invocation, failure);
    var reply = reply(route, invocation, envelope, request, ending);
    if (reply.frame() != null) {
      listener.sent(invocation, reply.frame().size());
    }
    listener.ended(invocation, failure);
    return reply;
  }

  private Reply reply(
      Route route,
      Invocation invocation,
      Envelope envelope,
      MessageHeader request,
      CallEnding ending) {
    if (ending instanceof Failed(var error)) {
      return error(envelope, request, error);
    }
    if (route.method().oneway()) {
      return Reply.NONE;
    }
    var ended = ending;
    var header = replyHeader(envelope, invocation, ended);
    if (header != null && metadata != null) {
      try {
        header = metadata.writeReply(invocation, header);
      } catch (RuntimeException | Error e) {
        ended = runner.threw(invocation, e);
        header = replyHeader(envelope, invocation, ended);
      }
    }
    return switch (ended) {
      case Returned(var result) -> result(route, invocation, envelope, request, header, result);
      case Said(var status) -> business(invocation, envelope, request, header, status);
      case Failed(var error) -> error(envelope, request, error);
    };
  }

  /// Returns the header of a reply that is no error, without what handlers of metadata add.
  private @Nullable TTHeader replyHeader(
      Envelope envelope, Invocation invocation, CallEnding ending) {
    var status = ending instanceof Said(var said) ? said : null;
    var values = invocation.replyMetadata().values();
    return replyHeader(envelope, MessageHeader.REPLY, values, status);
  }

  private Invocation invocation(
      Route route, Envelope envelope, MessageHeader request, Arrival arrival) {
    var header = envelope.header();
    boolean oneway = route.method().oneway() || request.type() == MessageHeader.ONEWAY;
    var deadline = timeouts.deadline(header, oneway, arrival.nanos());
    if (header == null) {
      return new Invocation(route.service(), route.method(), deadline, arrival.remoteAddress());
    }
    return new Invocation(
        route.service(),
        route.method(),
        deadline,
        arrival.remoteAddress(),
        RequestHeader.metadata(header),
        RequestHeader.origin(header),
        new ReplyMetadata(),
        CallOptions.NONE);
  }

  private Reply result(
      Route route,
      Invocation invocation,
      Envelope envelope,
      MessageHeader request,
      @Nullable TTHeader header,
      Object result) {
    var payload = envelope.payload();
    try {
      return payload == null
          ? write(envelope, header, MessageHeader.REPLY, request, thrift(route).response(), result)
          : foreign(
              envelope,
              header,
              payload.writeResponse(header(MessageHeader.REPLY, request), route.method(), result));
    } catch (ExtensionFailedException e) {
      throw e;
    } catch (ThriftProtocolException | WireException e) {
      return unwritable(invocation, envelope, request, e);
    } catch (RuntimeException e) { // not the method's result: a middleware's mistake
      return error(envelope, request, runner.failed(invocation, e).error());
    }
  }

  /// The method ended well, as far as the protocol can tell: the reply holds no result, and its
  /// header the status.
  private Reply business(
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
    try {
      if (payload != null) {
        var message = header(MessageHeader.REPLY, request);
        return foreign(envelope, header, payload.writeResponse(message, invocation.method(), null));
      }
      return write(envelope, header, MessageHeader.REPLY, request, NO_RESULT, Result.NOTHING);
    } catch (ThriftProtocolException | WireException e) {
      return unwritable(invocation, envelope, request, e);
    }
  }

  /// What is wrong with the result, such as its size, is no secret, and the caller can act on it.
  private Reply unwritable(
      Invocation invocation, Envelope envelope, MessageHeader request, RuntimeException cause) {
    var what = invocation.name() + ": the reply cannot be written: " + cause.getMessage();
    runner.unwritable(invocation, what);
    return error(envelope, request, ErrorCode.PROTOCOL_ERROR.because(what));
  }

  private Reply error(Envelope envelope, MessageHeader request, WireException error) {
    return error(envelope, request, error.code().because(error.getMessage()));
  }

  private Reply error(Envelope envelope, MessageHeader request, ApplicationException error) {
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
    var header = replyHeader(envelope, MessageHeader.EXCEPTION, Map.of(), null);
    try {
      if (payload != null) {
        var message = header(MessageHeader.EXCEPTION, request);
        return foreign(envelope, header, payload.writeError(message, body));
      }
      return write(
          envelope, header, MessageHeader.EXCEPTION, request, ApplicationError.CODEC, body);
    } catch (ThriftProtocolException
        | WireException e) { // even the error is too large, since it repeats the method's name
      LOG.log(Level.DEBUG, () -> "no answer but a close: " + e.getMessage());
      return new Reply(null, true);
    }
  }

  private static MessageHeader header(int type, MessageHeader request) {
    return new MessageHeader(type, request.name(), request.sequenceId());
  }

  private @Nullable TTHeader replyHeader(
      Envelope envelope, int type, Map<String, String> values, @Nullable BusinessException status) {
    var request = envelope.header();
    return request == null
        ? null
        : ReplyHeader.of(request.sequenceId(), type, closing.getAsBoolean(), values, status)
            .withPayloadId(request.payloadId());
  }

  /// Writes a payload of others.
  private Reply foreign(Envelope envelope, @Nullable TTHeader header, LinkBuffer payload) {
    var compression = compressionFor(envelope);
    var told =
        header == null || compression == null ? header : PayloadCompression.announce(header, null);
    var frame =
        formats.wrap(
            new Envelope(envelope.protocol(), told), payloads.with(compression), payload, limits);
    return new Reply(frame, false);
  }

  private <T> Reply write(
      Envelope envelope,
      @Nullable TTHeader header,
      int type,
      MessageHeader request,
      StructCodec<T> codec,
      T body) {
    if (formats.frame() != null) {
      var payload = FrameWriter.writeBare(header(type, request), codec, body, limits);
      return foreign(envelope, header, payload);
    }
    var compression = compressionFor(envelope);
    var told =
        header == null || compression == null ? header : PayloadCompression.announce(header, null);
    var frame =
        FrameWriter.write(
            new Envelope(envelope.protocol(), told),
            payloads.with(compression),
            header(type, request),
            codec,
            body,
            limits);
    return new Reply(frame, false);
  }

  private @Nullable Compression compressionFor(Envelope request) {
    return request.header() == null || payloads.compressAbove() == PayloadForm.NEVER
        ? null
        : PayloadCompression.announced(request.header());
  }
}
