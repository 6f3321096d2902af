package io.windhover.rpc.client;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.Method;
import io.windhover.rpc.connection.CompressingConnection;
import io.windhover.rpc.pool.Pool.Outcome;
import io.windhover.rpc.wire.Envelope;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.ExtensionFailedException;
import io.windhover.rpc.wire.MetadataHandlers;
import io.windhover.rpc.wire.PayloadCompression;
import io.windhover.rpc.wire.PayloadForm;
import io.windhover.rpc.wire.PeerText;
import io.windhover.rpc.wire.ReplyHeader;
import io.windhover.rpc.wire.TTHeader;
import io.windhover.rpc.wire.WireException;
import io.windhover.rpc.wire.WireFormats;
import io.windhover.rpc.wire.WireLimits;
import io.windhover.thrift.ApplicationError;
import io.windhover.thrift.BinaryReader;
import io.windhover.thrift.MessageHeader;
import io.windhover.thrift.ThriftProtocolException;
import io.windhover.thrift.call.CallCodec;
import io.windhover.thrift.call.Result;
import org.jspecify.annotations.Nullable;

/// Reads the message that answers a call.
final class ReplyReader {

  /// How a call ended, and how it leaves its connection.
  record Reply(@Nullable Object value, @Nullable RuntimeException failure, Outcome outcome) {

    Object valueOrThrow() {
      if (failure != null) {
        throw failure;
      }
      if (value == null) {
        throw new AssertionError("neither a value nor a failure");
      }
      return value;
    }
  }

  private final WireLimits limits;
  private final WireFormats formats;
  private final PayloadForm payloads;
  private final @Nullable MetadataHandlers metadata;

  /// @param payloads the form of requests, if the server reads it
  /// @param metadata what reads keys of the user's; null if nothing does
  ReplyReader(
      WireLimits limits,
      WireFormats formats,
      PayloadForm payloads,
      @Nullable MetadataHandlers metadata) {
    this.limits = limits;
    this.formats = formats;
    this.payloads = payloads;
    this.metadata = metadata;
  }

  /// Reads `frame`; never throws for what is in it.
  ///
  /// @param connection that it came on, which keeps what it says of the server
  Reply read(
      LinkBuffer frame,
      Attempt attempt,
      Method<?> method,
      int sequenceId,
      CompressingConnection connection) {
    try {
      var envelope = Envelope.read(frame, limits, payloads, formats);
      var header = envelope.header();
      if (header == null) {
        return read(frame, envelope, attempt, method, sequenceId);
      }
      ReplyHeader.readMetadata(header, attempt.invocation().replyMetadata());
      var compression = payloads.compression();
      if (compression != null && PayloadCompression.isAnnounced(header, compression)) {
        connection.takeCompressed();
      }
      var reply = read(frame, envelope, attempt, method, sequenceId);
      return metadata == null ? reply : shown(metadata, attempt, header, reply);
    } catch (WireException e) {
      return new Reply(
          null,
          Failures.unreadable(attempt, e),
          e.isCorruptPayload() ? Outcome.CLEAN : Outcome.SPOILT);
    } catch (ThriftProtocolException | ExtensionFailedException e) {
      return new Reply(null, Failures.unreadable(attempt, e), Outcome.SPOILT);
    }
  }

  /// The message inside of an envelope.
  private Reply read(
      LinkBuffer frame, Envelope envelope, Attempt attempt, Method<?> method, int sequenceId) {
    var header = envelope.header();
    var outcome = header != null && header.isConnectionClosing() ? Outcome.LEAVING : Outcome.CLEAN;
    var payload = envelope.payload();
    var message = payload == null ? MessageHeader.read(frame) : payload.readHeader(frame);
    if (message.type() == MessageHeader.EXCEPTION) {
      // No check of its sequence id: proxies that answer in a server's place may send 0.
      var error =
          payload == null
              ? ApplicationError.CODEC.read(new BinaryReader(frame))
              : payload.readError(frame);
      return new Reply(
          null,
          Failures.remote(attempt, error),
          outcome == Outcome.CLEAN && ErrorCode.endsConnection(error.type())
              ? Outcome.SPOILT
              : outcome);
    }
    check(message, method.name(), sequenceId);
    var status = header == null ? null : ReplyHeader.business(header).orElse(null);
    if (status != null) {
      return new Reply(null, status, outcome);
    }
    var response =
        payload == null
            ? thrift(method).response().read(new BinaryReader(frame))
            : payload.readResponse(method, frame);
    return response instanceof Result result && result.isMissing()
        ? new Reply(null, Failures.missingResult(attempt), outcome)
        : new Reply(response, null, outcome);
  }

  /// Shows the header to the handlers of metadata, whose failure is the call's and not the
  /// connection's.
  private static Reply shown(
      MetadataHandlers metadata, Attempt attempt, TTHeader header, Reply reply) {
    try {
      metadata.readReply(attempt.invocation(), header);
      return reply;
    } catch (RuntimeException e) {
      return new Reply(null, e, reply.outcome());
    }
  }

  private static CallCodec thrift(Method<?> method) {
    if (method.codec() instanceof CallCodec codec) {
      return codec;
    }
    throw new WireException(
        ErrorCode.INVALID_PROTOCOL, "a result in Thrift's binary protocol, of a method of another");
  }

  private static void check(MessageHeader message, String method, int sequenceId) {
    if (message.type() != MessageHeader.REPLY) {
      throw new WireException(
          ErrorCode.INVALID_MESSAGE_TYPE,
          "message type: %d (a client expects: 2 reply or 3 exception)".formatted(message.type()));
    }
    if (message.sequenceId() != sequenceId) {
      throw new WireException(
          ErrorCode.BAD_SEQUENCE_ID,
          "sequence id: %d (expected: %d)".formatted(message.sequenceId(), sequenceId));
    }
    if (!message.name().equals(method)) {
      throw new WireException(
          ErrorCode.WRONG_METHOD_NAME,
          "method name: %s (expected: %s)".formatted(PeerText.shortened(message.name()), method));
    }
  }
}
