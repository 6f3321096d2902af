package io.windhover.thrift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.thrift.ThriftProtocolException.Code;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Messages as Kitex writes them. The bytes are the examples of its wire format: E1 is a call of
/// `echo` with `{1: {1: "hi"}}`, E3 the answer to an unknown method.
final class MessageTest extends LeakTest {

  static final String E1 = "80010001 00000004 6563686f 00000001 0c0001 0b0001 00000002 6869 00 00";
  static final String E3 =
      "80010003 00000001 78 00000007"
          + "0b0001 00000010 756e6b6e6f776e206d6574686f642078 080002 00000001 00";

  enum Malformed {
    OLD_HEADER_WITHOUT_VERSION(
        "00000004 6563686f 01 00000001", Code.BAD_VERSION, "version: 0x0000"),
    COMPACT_PROTOCOL("8221 01 04 6563686f", Code.BAD_VERSION, "version: 0x8221"),
    HTTP("47455420 2f204854", Code.BAD_VERSION, "version: 0x4745"),
    NEGATIVE_NAME("80010001 ffffffff 00000001", Code.NEGATIVE_SIZE, "size: -1"),
    LONG_NAME("80010001 00004001 00000001", Code.SIZE_LIMIT, "name bytes: 16385");

    final String hex;
    final Code code;
    final String message;

    Malformed(String hex, Code code, String message) {
      this.hex = hex;
      this.code = code;
      this.message = message;
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsTheCallE1(Feed feed) {
    try (var buffer = feed.of(E1)) {
      assertThat(MessageHeader.read(buffer))
          .isEqualTo(new MessageHeader(MessageHeader.CALL, "echo", 1));

      var in = new BinaryReader(buffer);
      assertThat(in.fieldHeader()).isEqualTo(1 << 8 | ThriftType.STRUCT);
      assertThat(in.fieldHeader()).isEqualTo(1 << 8 | ThriftType.STRING);
      assertThat(in.string()).isEqualTo("hi");
      assertThat(in.fieldHeader()).isZero();
      assertThat(in.fieldHeader()).isZero();
    }
  }

  @Test
  void writesTheCallE1() {
    try (var buffer = new LinkBuffer()) {
      new MessageHeader(MessageHeader.CALL, "echo", 1).write(buffer);
      var out = new BinaryWriter(buffer);
      out.structBegin();
      out.field(ThriftType.STRUCT, 1);
      out.structBegin();
      out.stringField(1, "hi");
      out.structEnd();
      out.structEnd();

      assertThat(Feed.drain(buffer)).isEqualTo(Feed.hex(E1));
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsTheExceptionE3(Feed feed) {
    try (var buffer = feed.of(E3)) {
      assertThat(MessageHeader.read(buffer))
          .isEqualTo(new MessageHeader(MessageHeader.EXCEPTION, "x", 7));
      assertThat(ApplicationError.CODEC.read(new BinaryReader(buffer)))
          .isEqualTo(new ApplicationError(1, "unknown method x"));
    }
  }

  @Test
  void writesTheExceptionE3() {
    try (var buffer = new LinkBuffer()) {
      new MessageHeader(MessageHeader.EXCEPTION, "x", 7).write(buffer);
      ApplicationError.CODEC.write(
          new ApplicationError(1, "unknown method x"), new BinaryWriter(buffer));

      assertThat(Feed.drain(buffer)).isEqualTo(Feed.hex(E3));
    }
  }

  @Test
  void readsAnApplicationErrorWithMoreAndOtherFields() {
    var in =
        new BinaryReader(Feed.WHOLE.of("0b0003 00000001 61 080001 00000005 080002 00000006 00"));

    assertThat(ApplicationError.CODEC.read(in)).isEqualTo(new ApplicationError(6, ""));
  }

  @Test
  void passesOnMessageTypesItDoesNotKnow() {
    assertThat(MessageHeader.read(Feed.WHOLE.of("800105ff 00000000 00000000")).type())
        .as("the byte before it is unused")
        .isEqualTo(0xff);
  }

  @Test
  void typeIsAByte() {
    assertThatThrownBy(() -> new MessageHeader(256, "m", 1))
        .hasMessage("type: 256 (expected: 0..255)");
  }

  @ParameterizedTest
  @EnumSource
  void rejects(Malformed malformed) {
    for (var feed : Feed.values()) {
      try (var buffer = feed.of(malformed.hex)) {
        assertThatThrownBy(() -> new MessageScanner(1 << 20).messageBytes(buffer))
            .hasMessageContaining(malformed.message);
        assertThatThrownBy(() -> MessageHeader.read(buffer))
            .hasMessageContaining(malformed.message)
            .isInstanceOfSatisfying(
                ThriftProtocolException.class, e -> assertThat(e.code()).isEqualTo(malformed.code));
      }
    }
  }

  @Test
  void rejectsAHeaderThatIsNotWhole() {
    var bytes = Feed.hex("80010001 00000004 6563686f 00000001");
    for (int length = 0; length < bytes.length; length++) {
      try (var buffer = Feed.WHOLE.of(Arrays.copyOf(bytes, length))) {
        assertThatThrownBy(() -> MessageHeader.read(buffer))
            .isInstanceOf(ThriftProtocolException.class);
      }
    }
  }
}
