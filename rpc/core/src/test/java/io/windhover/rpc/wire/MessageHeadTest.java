package io.windhover.rpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.rpc.Protocol;
import io.windhover.thrift.MessageHeader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageHeadTest {

  private static final String PREFIX = "00ffffff 1000 0000 00000007 0001 0000 0000";
  private static final String ECHO = "80010001 00000004 6563686f 00000007";
  private static final String NOTE = "80010004 00000004 6e6f7465 00000007";

  private static final MessageHeader CALL = new MessageHeader(MessageHeader.CALL, "echo", 7);
  private static final MessageHeader NAMELESS = new MessageHeader(MessageHeader.CALL, "", 7);

  enum Told {
    BUFFERED(ECHO + "0b0001 00ffffff", Protocol.BUFFERED, CALL),
    FRAMED("00ffffff" + ECHO, Protocol.FRAMED, CALL),
    ONEWAY("00ffffff" + NOTE, Protocol.FRAMED, new MessageHeader(4, "note", 7)),
    TTHEADER(PREFIX + ECHO, Protocol.TTHEADER, CALL),
    TTHEADER_FRAMED(PREFIX + "00fffff0" + ECHO, Protocol.TTHEADER_FRAMED, CALL),
    PREFIX_ONLY(PREFIX, Protocol.TTHEADER, NAMELESS),
    HALF_A_HEADER("00ffffff 1000 0000 00000007 0040 0000", Protocol.TTHEADER, NAMELESS),
    NO_THRIFT(PREFIX + "1f8b0800 00000000 00000000", Protocol.TTHEADER, NAMELESS);

    final String hex;
    final Protocol protocol;
    final MessageHeader message;

    Told(String hex, Protocol protocol, MessageHeader message) {
      this.hex = hex;
      this.protocol = protocol;
      this.message = message;
    }
  }

  @ParameterizedTest
  @EnumSource
  void findsWhomToAnswer(Told told) {
    try (var input = Hex.buffer(told.hex)) {
      int bytes = input.size();

      var head = MessageHead.of(input).orElseThrow();

      assertThat(head.envelope().protocol()).isEqualTo(told.protocol);
      assertThat(head.message()).isEqualTo(told.message);
      assertThat(input.size()).as("nothing is consumed").isEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"00ffffff 8001", "00ffffff 80010001 00000004 6563", "80010001 00004001"})
  void findsNobodyInTooFewBytes(String hex) {
    try (var input = Hex.buffer(hex)) {
      assertThat(MessageHead.of(input)).isEmpty();
    }
  }
}
