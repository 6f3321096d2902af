package io.windhover.rpc.codec;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.Method;
import io.windhover.thrift.ApplicationError;
import io.windhover.thrift.MessageHeader;
import io.windhover.thrift.ObjectBudget;
import org.jspecify.annotations.Nullable;

/// How a message lies in a payload: its type, the method's name, the sequence id, and the body.
/// What is built in is Thrift's strict binary protocol.
///
/// Payloads travel in TTHeader frames, in Framed, and in those of a [FrameCodec]; not in Buffered,
/// which has no length. A server with this codec answers in it who calls in it; a client with it
/// calls in it, and goes on to understand answers in Thrift's binary protocol.
///
/// Without state, for many threads. A payload is this codec's until the method returns, and so is
/// what it writes to. What the methods throw costs the call if it is a [MalformedMessageException],
/// a [io.windhover.thrift.ThriftProtocolException] or a [io.windhover.buffer.UnderflowException],
/// as reading past the end throws it; all else costs the connection, and the log names this codec.
public interface PayloadCodec {

  /// Returns the name that errors and logs show. Asked once.
  String name();

  /// Returns the protocol id that TTHeader frames with such payloads have. With 0, which Kitex
  /// writes for all payloads, the [first bytes][#recognises] tell them apart. Never changes.
  default int protocolId() {
    return 0;
  }

  /// Whether its payloads have their length before them in TTHeader frames, too: then a client with
  /// it calls in [io.windhover.rpc.Protocol#TTHEADER_FRAMED] where
  /// [io.windhover.rpc.Protocol#TTHEADER] is asked for. What comes without is read nevertheless.
  /// Never changes.
  default boolean alwaysFramed() {
    return false;
  }

  /// Whether a payload is of this codec. Called for each message, on pollers, too.
  ///
  /// @param firstBytes its first four, big-endian; those of Thrift's binary protocol, `0x8001....`,
  ///   never come here
  boolean recognises(int firstBytes);

  /// Whether it can carry calls of this method, as the type of the method's codec tells.
  boolean carries(Method<?> method);

  /// Reads what lies before the body and consumes it.
  MessageHeader readHeader(LinkBuffer payload);

  /// Reads the rest of a payload whose header says CALL or ONEWAY.
  ///
  /// @param objects to be asked before objects are made that take much more memory than the payload
  ///   has bytes
  /// @return what the method's endpoint takes
  Object readRequest(Method<?> method, LinkBuffer payload, ObjectBudget objects);

  /// Reads the rest of a payload whose header says REPLY.
  ///
  /// @return what the method's endpoint returns
  Object readResponse(Method<?> method, LinkBuffer payload, ObjectBudget objects);

  /// Reads the rest of a payload whose header says EXCEPTION.
  ApplicationError readError(LinkBuffer payload);

  /// Writes a whole payload with the header CALL or ONEWAY.
  void writeRequest(MessageHeader header, Method<?> method, Object request, LinkBuffer out);

  /// Writes a whole payload with the header REPLY.
  ///
  /// @param response null if there is none, since the method has ended with a business status,
  ///   which the frame's header tells: nobody reads the body then
  void writeResponse(
      MessageHeader header, Method<?> method, @Nullable Object response, LinkBuffer out);

  /// Writes a whole payload with the header EXCEPTION.
  void writeError(MessageHeader header, ApplicationError error, LinkBuffer out);
}
