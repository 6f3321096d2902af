package io.windhover.rpc.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.UninterpretedOption.NamePart;
import com.google.protobuf.Empty;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.MessageLite;
import com.google.protobuf.StringValue;
import com.google.protobuf.Struct;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.Value;
import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.thrift.ObjectBudget;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ProtobufCodecTest {

  private final LinkBuffer out = new LinkBuffer();

  static Stream<MessageLite> messages() {
    return Stream.of(
        Empty.getDefaultInstance(),
        StringValue.of("hi"),
        StringValue.of("\u00e4\u20ac\ud83d\ude00"),
        StringValue.of("x".repeat(1 << 20)),
        BytesValue.of(ByteString.copyFrom(new byte[300_000])),
        everything(),
        StringValue.getDescriptor().getFile().toProto(),
        nested(99));
  }

  private static Struct everything() {
    return Struct.newBuilder()
        .putFields("text", Value.newBuilder().setStringValue("hi").build())
        .putFields("number", Value.newBuilder().setNumberValue(-0.5).build())
        .putFields("flag", Value.newBuilder().setBoolValue(true).build())
        .putFields("list", Value.newBuilder().setListValue(nested(3)).build())
        .build();
  }

  /// @param levels of messages, the outermost counted
  private static ListValue nested(int levels) {
    var innermost = ListValue.newBuilder();
    return levels <= 2
        ? innermost.build()
        : innermost.addValues(Value.newBuilder().setListValue(nested(levels - 2)).build()).build();
  }

  @SuppressWarnings("unchecked")
  private static <T extends MessageLite> ProtobufCodec<T> codec(T message) {
    return ProtobufCodec.of((T) message.getDefaultInstanceForType());
  }

  private static <T extends MessageLite> T read(ProtobufCodec<T> codec, LinkBuffer in) {
    return codec.read(in, ObjectBudget.OF_ONE_MESSAGE);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void writesWhatProtobufJavaWrites(MessageLite message) {
    out.writeByte(1);
    codec(message).write(message, out);
    out.writeByte(2);

    assertThat(out.readByte()).isEqualTo((byte) 1);
    var written = Bytes.all(out.slice(out.size() - 1));
    assertThat(written).isEqualTo(message.toByteArray());
    assertThat(out.readByte()).isEqualTo((byte) 2);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void readsWhatProtobufJavaWrites(MessageLite message) {
    byte[] bytes = message.toByteArray();

    assertThat(read(codec(message), LinkBuffer.wrap(bytes))).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void readsFromManyNodesToo(MessageLite message) {
    codec(message).write(message, out);
    byte[] bytes = Bytes.all(out);
    var split = new LinkBuffer();
    int nodeBytes = bytes.length > 10_000 ? 1000 : 1;
    for (int i = 0; i < bytes.length; i += nodeBytes) {
      var node = Arrays.copyOfRange(bytes, i, Math.min(i + nodeBytes, bytes.length));
      split.append(LinkBuffer.wrap(node));
    }

    assertThat(read(codec(message), split)).isEqualTo(message);
  }

  @Test
  void keepsUnknownFields() {
    var unknown =
        UnknownFieldSet.newBuilder()
            .addField(77, UnknownFieldSet.Field.newBuilder().addVarint(5).addVarint(6).build())
            .build();
    var sent = StringValue.newBuilder().setValue("hi").setUnknownFields(unknown).build();

    var kept =
        read(ProtobufCodec.of(Empty.getDefaultInstance()), LinkBuffer.wrap(sent.toByteArray()));
    ProtobufCodec.of(Empty.getDefaultInstance()).write(kept, out);

    assertThat(read(codec(sent), out)).isEqualTo(sent);
  }

  @Test
  void leavesTheBufferToItsOwner() {
    byte[] bytes = StringValue.of("hi").toByteArray();
    var in = LinkBuffer.wrap(bytes);

    var message = read(ProtobufCodec.of(BytesValue.getDefaultInstance()), in);
    bytes[2] = 'x';

    assertThat(message.getValue().toStringUtf8()).isEqualTo("hi");
  }

  @Test
  void refusesToWriteWithoutARequiredField() {
    var unfinished = NamePart.newBuilder().setNamePart("x").buildPartial();

    assertThatThrownBy(() -> codec(unfinished).write(unfinished, out))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessage("NamePart: a required field is missing");
  }

  /// Rows 34 to 37 of the bad inputs, and what belongs to them.
  enum Malformed {
    ROW_34_VARINT_OF_ELEVEN_BYTES("10 ffffffffffffffffffff01", "invalid tag"),
    ROW_34_FIELD_NUMBER_ZERO("02 00", "invalid tag"),
    ROW_34_TAG_ZERO("00", "invalid tag"),
    ROW_34_WIRE_TYPE_SIX("0e", "invalid wire type"),
    ROW_34_WIRE_TYPE_SEVEN("0f", "invalid wire type"),
    ROW_34_END_OF_NO_GROUP("0c", "end-group tag"),
    ROW_34_END_OF_ANOTHER_GROUP("1b 24", "end-group tag"),
    ROW_34_GROUP_WITHOUT_END("1b", "end-group tag"),
    ROW_36_PAST_THE_END("0a 05 6869", "ended unexpectedly"),
    ROW_36_ONE_GIB("0a 8080808004 6869", "ended unexpectedly"),
    ROW_36_NEGATIVE_LENGTH("0a ffffffffffffffffff01 6869", "negative size"),
    ROW_36_CUT_IN_A_TAG("8a", "ended unexpectedly"),
    ROW_36_CUT_IN_FIXED64("11 0000", "ended unexpectedly"),
    ROW_37_NOT_UTF8("0a 02 c328", "invalid UTF-8"),
    ROW_37_LONE_SURROGATE("0a 03 eda080", "invalid UTF-8");

    final String hex;
    final String message;

    Malformed(String hex, String message) {
      this.hex = hex;
      this.message = message;
    }
  }

  @ParameterizedTest
  @EnumSource
  void rejects(Malformed malformed) {
    var codec = ProtobufCodec.of(StringValue.getDefaultInstance());
    byte[] bytes = Bytes.all(Bytes.of(malformed.hex));

    for (var in : new LinkBuffer[] {LinkBuffer.wrap(bytes), Bytes.split(bytes)}) {
      assertThatThrownBy(() -> read(codec, in))
          .isInstanceOf(MalformedMessageException.class)
          .hasMessageStartingWith("StringValue: ")
          .hasMessageContaining(malformed.message);
    }
  }

  @Test
  void rejectsPackedNumbersOfHalfALength() {
    // FileDescriptorProto.public_dependency, field 10, is int32: here packed, ending in a varint
    var codec = ProtobufCodec.of(FileDescriptorProto.getDefaultInstance());

    assertThatThrownBy(() -> read(codec, Bytes.of("5202 0180")))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("ended unexpectedly");
  }

  @Test
  void rejectsAMessageWithoutARequiredField() {
    assertThatThrownBy(() -> read(ProtobufCodec.of(NamePart.getDefaultInstance()), Bytes.of("")))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageStartingWith("NamePart: Message missing required fields");
  }

  /// Row 35.
  @Test
  void nestsAHundredLevelsDeep() {
    var codec = ProtobufCodec.of(ListValue.getDefaultInstance());

    assertThat(read(codec, LinkBuffer.wrap(nested(101).toByteArray()))).isEqualTo(nested(101));
    for (int levels : new int[] {103, 10_001}) {
      byte[] deep = deep(levels);
      assertThatThrownBy(() -> read(codec, LinkBuffer.wrap(deep)))
          .isInstanceOf(MalformedMessageException.class)
          .hasMessageContaining("too many levels of nesting");
    }
  }

  /// The bytes of `nested(levels)`, made without recursion.
  private static byte[] deep(int levels) {
    var bytes = ByteString.EMPTY;
    for (int i = 1; i < levels; i++) {
      int tag = i % 2 == 1 ? 0x32 : 0x0a; // Value.list_value, ListValue.values
      var length = ByteString.newOutput();
      for (int left = bytes.size(); ; left >>>= 7) {
        length.write(left > 0x7f ? left & 0x7f | 0x80 : left);
        if (left <= 0x7f) {
          break;
        }
      }
      bytes =
          ByteString.copyFrom(new byte[] {(byte) tag}).concat(length.toByteString()).concat(bytes);
    }
    return bytes.toByteArray();
  }

  /// Row 35, of fields that the reader does not know.
  @Test
  void nestsUnknownGroupsAHundredLevelsDeepToo() {
    var codec = ProtobufCodec.of(Empty.getDefaultInstance());

    var fits = read(codec, Bytes.of("0b".repeat(100) + "0c".repeat(100)));
    assertThat(fits.getUnknownFields().hasField(1)).isTrue();
    for (int levels : new int[] {101, 10_000}) {
      assertThatThrownBy(() -> read(codec, Bytes.of("0b".repeat(levels) + "0c".repeat(levels))))
          .isInstanceOf(MalformedMessageException.class)
          .hasMessageContaining("too many levels of nesting");
    }
  }

  @Test
  void throwsNothingElseWhateverTheBytes() throws InvalidProtocolBufferException {
    var random = new Random(20_261_126);
    byte[] good = StringValue.getDescriptor().getFile().toProto().toByteArray();
    var codec = ProtobufCodec.of(FileDescriptorProto.parseFrom(good));
    int read = 0;
    for (int i = 0; i < 5000; i++) {
      byte[] bad = good.clone();
      for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      try {
        var message = read(codec, i % 10 == 0 ? Bytes.split(bad) : LinkBuffer.wrap(bad));
        codec.write(message, out);
        out.skip(out.size());
        read++;
      } catch (MalformedMessageException e) {
        assertThat(e).hasMessageStartingWith("FileDescriptorProto: ");
      }
    }
    assertThat(read).isBetween(250, 4750);
  }
}
