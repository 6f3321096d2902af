package io.windhover.rpc.grpc;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.UnderflowException;
import io.windhover.http2.ResponseHead;
import io.windhover.http2.hpack.HeaderField;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.codec.MessageCodec;
import io.windhover.rpc.transport.ClientTransport.Use;
import io.windhover.thrift.ObjectBudget;
import io.windhover.thrift.ThriftProtocolException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What goes to and fro in one call or stream of a client, as bytes and as objects.
///
/// What a server sends and cannot be read throws what the codecs throw: [#unreadable] makes of it
/// what the caller is told. What the user's code throws here, a codec or a policy, costs the call:
/// it is no fault of the connection, which others share.
final class GrpcClientMessages {

  private static final String LARGER = "Give the client a larger maxMessageBytes(...)";

  private volatile GrpcClientConnection connection;
  private final Invocation invocation;
  private final Use use;
  private final MessageWriter requests;
  private final MessageCodec<Object> replies;

  GrpcClientMessages(GrpcClientConnection connection, Invocation invocation) {
    this.connection = connection;
    this.invocation = invocation;
    this.use = connection.use();
    this.requests =
        new MessageWriter(MessageCodecs.request(invocation.method()), use.maxMessageBytes());
    this.replies = MessageCodecs.response(invocation.method());
  }

  /// Returns the connection that all goes over.
  GrpcClientConnection connection() {
    return connection;
  }

  /// Before anything has come on the other one.
  ///
  /// @param connection of the same transport
  void moveTo(GrpcClientConnection connection) {
    this.connection = connection;
  }

  /// Returns how a message is to be compressed.
  ///
  /// @throws RpcException if the policy fails
  Encoding encoding(Object message) {
    return compresses(message) ? connection.encodings().first() : Encoding.IDENTITY;
  }

  private boolean compresses(Object message) {
    try {
      return connection.compression().compresses(invocation, message);
    } catch (RuntimeException | StackOverflowError e) {
      throw unwritable(e, null);
    }
  }

  /// Returns the head of a stream, whose messages are not known yet.
  ///
  /// @throws RpcException if its metadata cannot be written
  List<HeaderField> head() {
    boolean never = connection.compression().equals(CompressionPolicy.NEVER);
    return head(never ? Encoding.IDENTITY : connection.encodings().first());
  }

  /// The same of a call.
  ///
  /// @param encoding of its request
  List<HeaderField> head(Encoding encoding) {
    try {
      return connection.head(invocation, encoding);
    } catch (MalformedMessageException e) {
      throw unwritable(e, null);
    }
  }

  /// Returns a message behind its prefix, and tells of it.
  ///
  /// @throws RpcException if it cannot be written
  LinkBuffer write(Object message) {
    return write(message, encoding(message));
  }

  /// The same with its encoding known.
  LinkBuffer write(Object message, Encoding encoding) {
    var out = new LinkBuffer();
    boolean whole = false;
    try {
      requests.write(message, encoding, out);
      whole = true;
    } catch (GrpcException e) { // no cause: a status is the server's
      throw unwritable(e, LARGER);
    } catch (RuntimeException | StackOverflowError e) {
      throw unwritable(e, null);
    } finally {
      if (!whole) {
        out.release();
      }
    }
    use.listener().sent(invocation, out.size());
    return out;
  }

  private RpcException unwritable(Throwable e, @Nullable String hint) {
    boolean isOfMessage =
        e instanceof GrpcException
            || e instanceof MalformedMessageException
            || e instanceof ThriftProtocolException;
    var what = "the request cannot be written: " + (isOfMessage ? e.getMessage() : e);
    return GrpcClientFailure.of(Kind.PROTOCOL, what, hint)
        .rpcException(invocation, Stage.SEND, e instanceof GrpcException ? null : e);
  }

  /// Returns what the head of the response means.
  GrpcClientResponse response(ResponseHead head) {
    return GrpcClientResponse.of(head, ContentType.of(invocation.method()), connection.encodings());
  }

  /// @param encoding null if it is not known here
  /// @throws MalformedMessageException in that case
  MessageReader reader(@Nullable Encoding encoding) {
    if (encoding == null) {
      throw new MalformedMessageException(
          "the server compresses by what was not offered (offered: %s)"
              .formatted(connection.encodings().accepted().value()));
    }
    return new MessageReader(
        encoding, use.maxMessageBytes(), ExpansionLimit.NONE, connection.held());
  }

  /// Tells of a message and reads it.
  ///
  /// @param message decompressed
  /// @param wireBytes that it had before that, its prefix included
  /// @throws CodecFailedException if the codec is at fault
  Object read(LinkBuffer message, int wireBytes) {
    use.listener().received(invocation, wireBytes);
    try {
      return replies.read(message, ObjectBudget.OF_ONE_MESSAGE);
    } catch (MalformedMessageException | ThriftProtocolException | UnderflowException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      throw new CodecFailedException(e);
    }
  }

  /// Reads the one message that answers a call.
  ///
  /// @param encoding of the message; null if it is not known here
  /// @param body all that has come, empty afterwards
  /// @throws MalformedMessageException also if it is not one
  Object readOnly(@Nullable Encoding encoding, LinkBuffer body) {
    boolean isEmpty = body.size() == 0;
    var reader = reader(encoding);
    try {
      reader.add(body);
      var message = reader.next();
      if (message == null) {
        throw new MalformedMessageException(
            isEmpty
                ? "the call ended well, but without a message"
                : "the call ended in the middle of a message");
      }
      try (message) {
        if (reader.heldBytes() > 0) {
          throw new MalformedMessageException("a second message, which no call has");
        }
        return read(message, reader.wireBytes());
      }
    } finally {
      reader.release();
    }
  }

  /// Returns what a caller is told of a reply that cannot be read.
  ///
  /// @param e what reading it threw
  static GrpcClientFailure unreadable(RuntimeException e) {
    return GrpcClientFailure.of(
        Kind.PROTOCOL,
        "the reply cannot be read: " + e.getMessage(),
        e instanceof GrpcException ? LARGER : null);
  }

  /// The same of one that is larger than it may be, as its length has told.
  GrpcClientFailure tooLarge() {
    return GrpcClientFailure.of(
        Kind.PROTOCOL,
        "the reply cannot be read: it is larger than maxMessageBytes " + use.maxMessageBytes(),
        LARGER);
  }
}
