package io.windhover.rpc.server.dispatch;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.log.LogGate;
import io.windhover.rpc.server.dispatch.Router.Route;
import io.windhover.rpc.transport.CallEnding;
import io.windhover.rpc.transport.CallEnding.Failed;
import io.windhover.rpc.transport.CallEnding.Returned;
import io.windhover.rpc.transport.CallEnding.Said;
import io.windhover.rpc.wire.Envelope;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.ErrorId;
import io.windhover.rpc.wire.ExtensionFailedException;
import io.windhover.rpc.wire.MessageHead;
import io.windhover.rpc.wire.MetadataHandlers;
import io.windhover.rpc.wire.RequestHeader;
import io.windhover.rpc.wire.RequestObjects;
import io.windhover.rpc.wire.TTHeader;
import io.windhover.rpc.wire.WireException;
import io.windhover.rpc.wire.WireFormats;
import io.windhover.thrift.BinaryReader;
import io.windhover.thrift.MessageHeader;
import io.windhover.thrift.ThriftProtocolException;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns one request message into its reply: reads it, runs the handler, writes what came out.
///
/// Whatever is wrong inside of a whole message is answered and costs that call only; the connection
/// closes just when the TTHeader around the message could not be read. Called on the thread of the
/// call; shared by all connections.
public final class Dispatcher {

  private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());

  /// Stands for the header of a message whose own could not be read.
  private static final MessageHeader UNREAD = new MessageHeader(MessageHeader.CALL, "", 0);

  private static final String NO_ROOM =
      "decompressed, the request has no room beside those under way: half of the server's heap";

  private final CallPath path;
  private final ReplyWriter replies;
  private final RequestObjects objects;
  private final @Nullable MetadataHandlers metadata;
  private final LogGate tooLarge = new LogGate(LOG);
  private final FailureLog failures = new FailureLog(LOG, System::nanoTime); // of extensions

  /// @param replies with the formats and limits of requests, too
  /// @param objects what those of all requests under way may take
  /// @param metadata what reads and writes keys of the user's; null if nothing does
  public Dispatcher(
      CallPath path,
      ReplyWriter replies,
      RequestObjects objects,
      @Nullable MetadataHandlers metadata) {
    this.path = path;
    this.replies = replies;
    this.objects = objects;
    this.metadata = metadata;
  }

  public WireFormats formats() {
    return replies.formats();
  }

  /// Runs one call to its end.
  ///
  /// @param frame one whole message, consumed and released here
  public Reply dispatch(LinkBuffer frame, Arrival arrival) {
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
  public void extensionFailed(SocketAddress remoteAddress, ExtensionFailedException e) {
    failures.ended(remoteAddress, e);
  }

  private Reply dispatchWhole(LinkBuffer frame, Arrival arrival) {
    int sequenceId = Envelope.sequenceIdOf(frame);
    int bytes = frame.size();
    Envelope envelope;
    try {
      envelope = read(frame);
    } catch (WireException e) {
      if (formats().frame() != null) { // how to answer is not known
        LOG.log(Level.DEBUG, () -> arrival.remoteAddress() + " refused: " + e.getMessage());
        return new Reply(null, true);
      }
      return new Reply(unread(sequenceId, e).frame(), !e.isCorruptPayload());
    }
    int grown = Math.max(0, frame.size() - bytes); // by decompressing
    if (grown > 0 && !objects.take(grown, 0)) {
      return replies.error(envelope, UNREAD, new WireException(ErrorCode.PROTOCOL_ERROR, NO_ROOM));
    }
    try {
      return dispatch(envelope, frame, bytes, arrival);
    } finally {
      objects.giveBack(grown);
    }
  }

  private Envelope read(LinkBuffer frame) {
    return Envelope.read(frame, replies.limits(), replies.payloads(), replies.formats());
  }

  /// Answers a message that is not to run.
  ///
  /// @param frame as for [#dispatch]
  public Reply refuse(LinkBuffer frame, WireException why, Arrival arrival) {
    try (frame) {
      return refuseWhole(frame, why);
    } catch (ExtensionFailedException e) {
      return failed(e, arrival);
    }
  }

  /// Logs that a message is too large to be received, and returns what to tell its sender; null if
  /// it waits for no answer or too little of the message is there. On the poller.
  ///
  /// @param input with what has arrived of the message, of which nothing is consumed
  public @Nullable LinkBuffer refuseTooLarge(
      LinkBuffer input, WireException why, SocketAddress remoteAddress) {
    tooLarge.warn(
        () -> "a message of %s is refused: %s".formatted(remoteAddress, why.getMessage()));
    if (formats().frame() != null) { // how to answer is not known
      return null;
    }
    return MessageHead.of(input)
        .map(head -> replies.error(head.envelope(), head.message(), why).frame())
        .orElse(null);
  }

  private Reply refuseWhole(LinkBuffer frame, WireException why) {
    int sequenceId = Envelope.sequenceIdOf(frame);
    try {
      var envelope = read(frame);
      return replies.error(envelope, header(envelope, frame), why);
    } catch (ThriftProtocolException | WireException e) { // what it is remains unknown
      return unread(sequenceId, why);
    }
  }

  /// Answers a message of which no more is known than this; over TTHeader, as nothing else has a
  /// sequence id outside of what cannot be read.
  private Reply unread(int sequenceId, WireException why) {
    var header = new TTHeader(sequenceId, Map.of(), Map.of());
    return replies.error(
        new Envelope(Protocol.TTHEADER, header),
        new MessageHeader(MessageHeader.CALL, "", sequenceId),
        why);
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
      var route =
          path.router().find(RequestHeader.service(envelope.header()), request.name(), oneway);
      path.enter();
      try {
        var arguments =
            payload == null || share == null
                ? read(route, reader)
                : route.carriedBy(payload).readRequest(route.method(), body, share);
        body.release(); // the handler may take its time
        var invocation = path.invocation(route, envelope.header(), oneway, arrival);
        if (metadata != null && envelope.header() != null) {
          try {
            invocation = metadata.readRequest(invocation, envelope.header());
          } catch (RuntimeException | Error e) {
            return reply(route, invocation, envelope, request, path.runner().threw(invocation, e));
          }
        }
        return run(route, invocation, bytes, envelope, request, arguments, arrival.slot());
      } finally {
        path.leave();
      }
    } catch (ThriftProtocolException e) {
      return replies.error(
          envelope, request, new WireException(ErrorCode.PROTOCOL_ERROR, e.getMessage()));
    } catch (WireException e) {
      return replies.error(envelope, request, e);
    } finally {
      objects.giveBack(reader.takenBytes());
      if (share != null) {
        share.giveBack();
      }
    }
  }

  private Object read(Route route, BinaryReader in) {
    try {
      return route.thrift().request().read(in);
    } catch (ThriftProtocolException | WireException e) {
      throw e;
    } catch (RuntimeException | Error e) { // the codec's mistake
      var errorId = ErrorId.next();
      failures.failed("reading the request of " + route.method().name(), errorId, e);
      throw new WireException(
          ErrorCode.INTERNAL_ERROR,
          "the request of %s could not be read, %s: the server's log has the details under that id"
              .formatted(route.method().name(), ErrorId.text(errorId)));
    }
  }

  private Reply run(
      Route route,
      Invocation invocation,
      int bytes,
      Envelope envelope,
      MessageHeader request,
      Object arguments,
      CallSlot slot) {
    var ending = path.run(route, invocation, bytes, arguments, slot);
    var reply = reply(route, invocation, envelope, request, ending);
    if (path.isHeard()) {
      if (reply.frame() != null) {
        path.listener().sent(invocation, reply.frame().size());
      }
      path.listener().ended(invocation, ending.failure());
    }
    return reply;
  }

  private Reply reply(
      Route route,
      Invocation invocation,
      Envelope envelope,
      MessageHeader request,
      CallEnding ending) {
    if (ending instanceof Failed(var error)) {
      return replies.error(envelope, request, error);
    }
    if (route.method().oneway()) {
      return Reply.NONE;
    }
    var ended = ending;
    var header = replies.header(envelope, invocation, ended);
    if (header != null && metadata != null) {
      try {
        header = metadata.writeReply(invocation, header);
      } catch (RuntimeException | Error e) {
        ended = path.runner().threw(invocation, e);
        header = replies.header(envelope, invocation, ended);
      }
    }
    return written(route, invocation, envelope, request, header, ended);
  }

  private Reply written(
      Route route,
      Invocation invocation,
      Envelope envelope,
      MessageHeader request,
      @Nullable TTHeader header,
      CallEnding ending) {
    try {
      return switch (ending) {
        case Returned(var result) -> replies.result(route, envelope, request, header, result);
        case Said(var status) -> replies.business(invocation, envelope, request, header, status);
        case Failed(var error) -> replies.error(envelope, request, error);
      };
    } catch (ExtensionFailedException e) {
      throw e;
    } catch (ThriftProtocolException | WireException e) {
      return unwritable(invocation, envelope, request, e);
    } catch (RuntimeException | Error e) { // a middleware's mistake, or the codec's
      return replies.error(envelope, request, path.runner().failed(invocation, e).error());
    }
  }

  /// What is wrong with the result, such as its size, is no secret, and the caller can act on it.
  private Reply unwritable(
      Invocation invocation, Envelope envelope, MessageHeader request, RuntimeException cause) {
    var what = invocation.name() + ": the reply cannot be written: " + cause.getMessage();
    path.runner().unwritable(invocation, what);
    var told =
        cause instanceof WireException e && e.isTooLarge()
            ? what + ": the server needs a larger maxMessageBytes(...)"
            : what;
    return replies.error(envelope, request, ErrorCode.PROTOCOL_ERROR.because(told));
  }
}
