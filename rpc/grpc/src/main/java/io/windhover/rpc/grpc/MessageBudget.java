package io.windhover.rpc.grpc;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.codec.MessageCodec;
import io.windhover.thrift.ObjectBudget;
import io.windhover.thrift.ThriftProtocolException;

/// The memory that one message of a client may take on a server. That there is no room is nothing
/// wrong with the message, though codecs do not tell the two apart: so it is remembered here.
final class MessageBudget implements ObjectBudget {

  private final ObjectBudget all;
  private boolean refused;

  /// @param all of which it takes
  MessageBudget(ObjectBudget all) {
    this.all = all;
  }

  @Override
  public boolean take(long bytes, long soFar) {
    boolean taken = all.take(bytes, soFar);
    refused |= !taken;
    return taken;
  }

  /// Reads a message, once that has room.
  ///
  /// @param message decompressed
  /// @param wireBytes that it had before that, which are paid for already
  /// @throws GrpcException if there is no room
  Object read(LinkBuffer message, int wireBytes, MessageCodec<Object> codec) {
    int grown = message.size() - wireBytes;
    if (grown > 0 && !take(grown, 0)) {
      throw noRoom(
          "decompressed, the message of %d bytes has no room beside those under way: half of the server's heap"
              .formatted(message.size()));
    }
    try {
      return codec.read(message, this);
    } catch (MalformedMessageException | ThriftProtocolException e) {
      throw refused ? noRoom(String.valueOf(e.getMessage())) : e;
    }
  }

  private static GrpcException noRoom(String what) {
    return new GrpcException(GrpcCode.RESOURCE_EXHAUSTED, what);
  }
}
