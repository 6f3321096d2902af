package io.windhover.rpc.wire;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.UnderflowException;
import io.windhover.rpc.Protocol;
import io.windhover.thrift.MessageHeader;
import io.windhover.thrift.ThriftProtocolException;
import java.util.Map;
import java.util.Optional;

/// What the first bytes of a message say that is too large to be waited for: enough for an answer.
///
/// @param message its name is empty if it was not there yet, or is of a codec of others
public record MessageHead(Envelope envelope, MessageHeader message) {

  private static final WireLimits OF_HEADERS =
      WireLimits.ofMessageBytes(WireLimits.HARD_MAX_MESSAGE_BYTES);

  /// Looks at the message at the head of `input`, and consumes nothing.
  ///
  /// @return empty if too little is there to answer by, or its length cannot be one
  public static Optional<MessageHead> of(LinkBuffer input) {
    try (var head = input.duplicate()) {
      if (Envelope.isTTHeader(head)) {
        return head.getInt(0) < 0 ? Optional.empty() : Optional.of(ofTTHeader(head));
      }
      boolean framed = head.getShort(0) != (short) MessageHeader.VERSION;
      if (framed) {
        head.skip(Integer.BYTES);
      }
      var protocol = framed ? Protocol.FRAMED : Protocol.BUFFERED;
      return Optional.of(new MessageHead(new Envelope(protocol, null), MessageHeader.read(head)));
    } catch (ThriftProtocolException | UnderflowException e) {
      return Optional.empty();
    }
  }

  private static MessageHead ofTTHeader(LinkBuffer head) {
    int sequenceId = Envelope.sequenceIdOf(head);
    try {
      var header = TTHeader.read(head, OF_HEADERS);
      boolean framed = !Envelope.isThrift(head.getInt(0));
      if (framed) {
        head.skip(Integer.BYTES);
      }
      var protocol = framed ? Protocol.TTHEADER_FRAMED : Protocol.TTHEADER;
      return new MessageHead(new Envelope(protocol, header), MessageHeader.read(head));
    } catch (WireException | ThriftProtocolException | UnderflowException e) {
      return new MessageHead(
          new Envelope(Protocol.TTHEADER, new TTHeader(sequenceId, Map.of(), Map.of())),
          new MessageHeader(MessageHeader.CALL, "", sequenceId));
    }
  }
}
