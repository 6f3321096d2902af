package io.windhover.rpc.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Empty;
import com.google.protobuf.StringValue;
import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.UnderflowException;
import io.windhover.rpc.Method;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.rpc.proto.KitexProtobuf;
import io.windhover.thrift.ApplicationError;
import io.windhover.thrift.MessageHeader;
import io.windhover.thrift.ObjectBudget;
import io.windhover.thrift.call.Signature;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Payloads without the length in front. Those that name Kitex were recorded from v0.16.3.
final class KitexProtobufTest {

  private static final String CALL = "9001 0001 00000004 6563686f 00000001 0a026869";
  private static final String REPLY = "9001 0002 00000004 6563686f 00000001 0a026869";
  private static final String ERROR = "9001 0003 00000004 6563686f 00000001 0801 1203626164";
  private static final String EMPTY_REPLY = "9001 0002 00000004 6563686f 00000001";

  private static final StringValue HI = StringValue.of("hi");

  private static final Method<MessageCall<StringValue, StringValue>> ECHO =
      new Method<>(
          "echo",
          false,
          new MessageCall<>(
              ProtobufCodec.of(StringValue.getDefaultInstance()),
              ProtobufCodec.of(StringValue.getDefaultInstance())));

  private final KitexProtobuf codec = new KitexProtobuf();
  private final LinkBuffer out = new LinkBuffer();

  private static MessageHeader header(int type) {
    return new MessageHeader(type, "echo", 1);
  }

  @Test
  void readsTheCallOfAPeer() {
    var payload = Bytes.of(CALL);

    assertThat(codec.recognises(payload.getInt(0))).isTrue();
    assertThat(codec.readHeader(payload)).isEqualTo(header(MessageHeader.CALL));
    assertThat(codec.readRequest(ECHO, payload, ObjectBudget.OF_ONE_MESSAGE)).isEqualTo(HI);
  }

  @Test
  void writesACallAsAPeerDoes() {
    codec.writeRequest(header(MessageHeader.CALL), ECHO, HI, out);

    assertThat(Bytes.hex(out)).isEqualTo(Bytes.compact(CALL));
  }

  @Test
  void readsTheReplyOfAPeer() {
    var payload = Bytes.of(REPLY);

    assertThat(codec.readHeader(payload)).isEqualTo(header(MessageHeader.REPLY));
    assertThat(codec.readResponse(ECHO, payload, ObjectBudget.OF_ONE_MESSAGE)).isEqualTo(HI);
  }

  @Test
  void writesAReplyAsAPeerDoes() {
    codec.writeResponse(header(MessageHeader.REPLY), ECHO, HI, out);

    assertThat(Bytes.hex(out)).isEqualTo(Bytes.compact(REPLY));
  }

  @Test
  void readsTheErrorOfAPeer() {
    var payload = Bytes.of(ERROR);

    assertThat(codec.readHeader(payload)).isEqualTo(header(MessageHeader.EXCEPTION));
    assertThat(codec.readError(payload)).isEqualTo(new ApplicationError(1, "bad"));
  }

  @Test
  void writesAnErrorAsAPeerDoes() {
    codec.writeError(header(MessageHeader.EXCEPTION), new ApplicationError(1, "bad"), out);

    assertThat(Bytes.hex(out)).isEqualTo(Bytes.compact(ERROR));
  }

  /// @param body what comes after the header
  record Recorded(String name, String hex, MessageHeader header, Object body) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Recorded> recorded() {
    return Stream.of(
        new Recorded(
            "Kitex' client calls with an empty message",
            "9001 0001 00000003 4e6f70 00000001",
            new MessageHeader(MessageHeader.CALL, "Nop", 1),
            StringValue.getDefaultInstance()),
        new Recorded(
            "Kitex' server replies",
            "9001 0002 00000004 47726f77 00000007 0a027878",
            new MessageHeader(MessageHeader.REPLY, "Grow", 7),
            StringValue.of("xx")),
        new Recorded(
            "Kitex' server replies with a business status",
            "9001 0002 00000004 4661696c 00000007",
            new MessageHeader(MessageHeader.REPLY, "Fail", 7),
            StringValue.getDefaultInstance()),
        new Recorded(
            "Kitex' handler failed",
            "9001 0003 00000004 4661696c 00000007 0806 120d62697a206572726f723a206e6f",
            new MessageHeader(MessageHeader.EXCEPTION, "Fail", 7),
            new ApplicationError(6, "biz error: no")),
        new Recorded(
            "Kitex' handler failed with a number",
            "9001 0003 00000004 4661696c 00000007 08e724 120e6e6f205b62697a206572726f725d",
            new MessageHeader(MessageHeader.EXCEPTION, "Fail", 7),
            new ApplicationError(4711, "no [biz error]")),
        new Recorded(
            "Kitex' server knows no such method, and forgets the sequence id",
            "9001 0003 00000004 4e6f7065 00000000 0814"
                + "121d756e6b6e6f776e2073657276696365202c206d6574686f64204e6f7065",
            new MessageHeader(MessageHeader.EXCEPTION, "Nope", 0),
            new ApplicationError(20, "unknown service , method Nope")));
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void readsWhatKitexWrites(Recorded message) {
    var payload = Bytes.of(message.hex);

    assertThat(codec.readHeader(payload)).isEqualTo(message.header);
    assertThat(
            message.body instanceof ApplicationError
                ? codec.readError(payload)
                : codec.readResponse(ECHO, payload, ObjectBudget.OF_ONE_MESSAGE))
        .isEqualTo(message.body);
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void writesWhatKitexWrites(Recorded message) {
    switch (message.body) {
      case ApplicationError error -> codec.writeError(message.header, error, out);
      case Object text -> codec.writeResponse(message.header, ECHO, text, out);
    }

    assertThat(Bytes.hex(out)).isEqualTo(Bytes.compact(message.hex));
  }

  @Test
  void takesNoBytesForTheDefaultMessage() {
    var payload = Bytes.of(EMPTY_REPLY);

    assertThat(codec.readHeader(payload)).isEqualTo(header(MessageHeader.REPLY));
    assertThat(codec.readResponse(ECHO, payload, ObjectBudget.OF_ONE_MESSAGE))
        .isEqualTo(StringValue.getDefaultInstance());
    codec.writeResponse(header(MessageHeader.REPLY), ECHO, StringValue.getDefaultInstance(), out);
    assertThat(Bytes.hex(out)).isEqualTo(Bytes.compact(EMPTY_REPLY));
  }

  @Test
  void writesNoBytesForABusinessStatus() {
    codec.writeResponse(header(MessageHeader.REPLY), ECHO, null, out);

    assertThat(Bytes.hex(out)).isEqualTo(Bytes.compact(EMPTY_REPLY));
  }

  @Test
  void carriesCallsOfMessages() {
    assertThat(codec.carries(ECHO)).isTrue();
    assertThat(codec.carries(new Method<>("note", true, ECHO.codec()))).isTrue();
    assertThat(codec.carries(new Method<>("chat", Method.Kind.BIDI_STREAM, ECHO.codec())))
        .isFalse();
    assertThat(codec.carries(new Method<>("echo", false, Signature.EMPTY))).isFalse();
  }

  @Test
  void writesNoMessageOfAnotherType() {
    assertThatThrownBy(
            () ->
                codec.writeResponse(
                    header(MessageHeader.REPLY), ECHO, Empty.getDefaultInstance(), out))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessage("a com.google.protobuf.Empty (expected: a com.google.protobuf.StringValue)");
  }

  /// Row 61d of the bad inputs.
  enum MalformedHeader {
    CUT("9001 00", UnderflowException.class, "needs 2 bytes"),
    NO_NAME("9001 0001 000000", UnderflowException.class, "needs 4 bytes"),
    OTHER_MAGIC("9002 0001 00000001 78 00000001", MalformedMessageException.class, "magic: 0x9002"),
    TYPE_OF_TWO_BYTES(
        "9001 0101 00000001 78 00000001", MalformedMessageException.class, "message type: 257"),
    NAME_NEGATIVE(
        "9001 0001 ffffffff 78 00000001",
        MalformedMessageException.class,
        "name bytes: 4294967295"),
    NAME_PAST_THE_END("9001 0001 00000009 78 00000001", UnderflowException.class, "needs 9 bytes"),
    NAME_TOO_LONG(
        "9001 0001 00004001" + "78".repeat(0x4001) + "00000001",
        MalformedMessageException.class,
        "name bytes: 16385 (expected: at most 16384)"),
    NO_SEQUENCE_ID("9001 0001 00000001 78 000000", UnderflowException.class, "needs 4 bytes");

    final String hex;
    final Class<?> error;
    final String message;

    MalformedHeader(String hex, Class<?> error, String message) {
      this.hex = hex;
      this.error = error;
      this.message = message;
    }
  }

  @ParameterizedTest
  @EnumSource
  void rejects(MalformedHeader malformed) {
    assertThatThrownBy(() -> codec.readHeader(Bytes.of(malformed.hex)))
        .isInstanceOf(malformed.error)
        .hasMessageContaining(malformed.message);
  }

  /// Also of row 61d: the body of an error.
  enum MalformedError {
    TEXT_PAST_THE_END("1209 626164", "ends within a field"),
    TEXT_NOT_UTF8("1201 ff", "not UTF-8"),
    NUMBER_OF_ELEVEN_BYTES("08 ffffffffffffffffffff01", "a varint of more than ten bytes"),
    TAG_ZERO("00", "field number 0"),
    WIRE_TYPE_SEVEN("1f", "wire type: 7"),
    GROUP_ENDS("1c", "the end of a group that has not begun");

    final String hex;
    final String message;

    MalformedError(String hex, String message) {
      this.hex = hex;
      this.message = message;
    }
  }

  @ParameterizedTest
  @EnumSource
  void rejects(MalformedError malformed) {
    assertThatThrownBy(() -> codec.readError(Bytes.of(malformed.hex)))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining(malformed.message);
  }

  @Test
  void readsANameOfAnyUtf8() {
    var name = "\u00e9cho";
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    codec.writeRequest(new MessageHeader(MessageHeader.ONEWAY, name, -1), ECHO, HI, out);

    assertThat(out.getInt(4)).isEqualTo(bytes.length);
    assertThat(codec.readHeader(out)).isEqualTo(new MessageHeader(MessageHeader.ONEWAY, name, -1));
  }
}
