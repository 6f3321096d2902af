package io.windhover.rpc.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.DescriptorProto.ExtensionRange;
import com.google.protobuf.DescriptorProtos.FeatureSet;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Empty;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.JavaFeaturesProto;
import com.google.protobuf.ListValue;
import com.google.protobuf.MessageLite;
import com.google.protobuf.StringValue;
import com.google.protobuf.Struct;
import com.google.protobuf.StructProto;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.Value;
import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.thrift.ObjectBudget;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ObjectEstimateTest {

  private static final int FREE_BYTES = 8 << 10;

  /// What is asked for.
  private final List<Long> asked = new ArrayList<>();

  private final ObjectBudget budget =
      (bytes, soFar) -> {
        asked.add(bytes);
        return true;
      };

  private long estimate(MessageLite type, byte[] bytes) {
    return estimate(ProtobufCodec.of(type), bytes);
  }

  private long estimate(ProtobufCodec<?> codec, byte[] bytes) {
    asked.clear();
    codec.read(LinkBuffer.wrap(bytes), budget);
    return asked.isEmpty() ? 0 : asked.getFirst() + FREE_BYTES + bytes.length;
  }

  private static byte[] empties(int count) {
    var list = ListValue.newBuilder();
    for (int i = 0; i < count; i++) {
      list.addValues(Value.getDefaultInstance());
    }
    return list.build().toByteArray();
  }

  @Test
  void asksNothingForSmallMessages() {
    assertThat(estimate(ListValue.getDefaultInstance(), empties(50))).isZero();
  }

  @Test
  void asksNothingForBytesAsBytes() {
    var message = BytesValue.of(ByteString.copyFrom(new byte[10 << 20]));

    assertThat(estimate(message, message.toByteArray())).isZero();
  }

  @Test
  void countsTheObjectsOfEmptyMessages() {
    int count = 1_000_000;

    assertThat(estimate(ListValue.getDefaultInstance(), empties(count)))
        .isBetween(40L * count, 120L * count);
  }

  @Test
  void countsFieldsThatAreNotKnown() {
    byte[] bytes = new byte[100_000]; // field 1, a varint
    for (int i = 0; i < bytes.length; i += 2) {
      bytes[i] = 8;
    }

    assertThat(estimate(Empty.getDefaultInstance(), bytes)).isGreaterThan(50_000L * 100);
  }

  @Test
  void countsFieldsOfAnotherWireType() {
    byte[] bytes = new byte[100_000]; // StringValue.value as a varint
    for (int i = 0; i < bytes.length; i += 2) {
      bytes[i] = 8;
    }

    assertThat(estimate(StringValue.getDefaultInstance(), bytes)).isGreaterThan(50_000L * 28);
  }

  @Test
  void countsWhatIsInGroups() {
    byte[] bytes = new byte[100_002]; // field 2, a group, with varints inside
    Arrays.fill(bytes, (byte) 1);
    bytes[0] = 2 << 3 | 3;
    for (int i = 1; i < bytes.length - 1; i += 2) {
      bytes[i] = 8;
    }
    bytes[bytes.length - 1] = 2 << 3 | 4;

    assertThat(estimate(Empty.getDefaultInstance(), bytes)).isGreaterThan(50_000L * 100);
  }

  /// As a group, a message is a field that is not known.
  @Test
  void countsMessagesThatComeAsGroups() {
    byte[] bytes = HexFormat.of().parseHex("0b08010c".repeat(25_000)); // ListValue.values

    assertThat(estimate(ListValue.getDefaultInstance(), bytes)).isGreaterThan(25_000L * 200);
  }

  @Test
  void countsGroupsThatComeAsMessages() throws Exception {
    var group =
        FieldDescriptorProto.newBuilder()
            .setName("g")
            .setNumber(1)
            .setLabel(FieldDescriptorProto.Label.LABEL_REPEATED)
            .setType(FieldDescriptorProto.Type.TYPE_GROUP)
            .setTypeName("G");
    var file =
        FileDescriptorProto.newBuilder()
            .setName("test.proto")
            .addMessageType(DescriptorProto.newBuilder().setName("G"))
            .addMessageType(DescriptorProto.newBuilder().setName("M").addField(group))
            .build();
    var type = FileDescriptor.buildFrom(file, new FileDescriptor[0]).findMessageTypeByName("M");
    byte[] bytes = HexFormat.of().parseHex("0a00".repeat(50_000));

    assertThat(estimate(DynamicMessage.getDefaultInstance(type), bytes))
        .isGreaterThan(50_000L * 100);
  }

  /// A MessageSet wraps its extensions in groups.
  @Test
  void countsWhatMayBeInMessageSets() throws Exception {
    var field =
        FieldDescriptorProto.newBuilder()
            .setNumber(4)
            .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
            .setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
            .setTypeName("google.protobuf.ListValue");
    var set =
        DescriptorProto.newBuilder()
            .setName("Set")
            .setOptions(MessageOptions.newBuilder().setMessageSetWireFormat(true))
            .addExtensionRange(ExtensionRange.newBuilder().setStart(4).setEnd(1000))
            .addExtension(field.clone().setName("list").setExtendee("Set"));
    var file =
        FileDescriptorProto.newBuilder()
            .setName("test.proto")
            .addDependency("google/protobuf/struct.proto")
            .addMessageType(set)
            .build();
    var type =
        FileDescriptor.buildFrom(file, new FileDescriptor[] {StructProto.getDescriptor()})
            .findMessageTypeByName("Set");
    var registry = ExtensionRegistry.newInstance();
    registry.add(type.getExtensions().getFirst(), ListValue.getDefaultInstance());
    var bytes = new ByteArrayOutputStream();
    var out = CodedOutputStream.newInstance(bytes);
    out.writeMessageSetExtension(4, ListValue.parseFrom(empties(50_000)));
    out.flush();

    var message = DynamicMessage.getDefaultInstance(type);

    assertThat(estimate(message, bytes.toByteArray())).isZero(); // one field that is not known
    assertThat(estimate(ProtobufCodec.of(message, registry), bytes.toByteArray()))
        .isGreaterThan(50_000L * 40);
  }

  @Test
  void countsWhatIsInExtensions() {
    byte[] inside = new byte[100_000]; // of JavaFeatures: field 15, which it does not have
    for (int i = 0; i < inside.length; i += 2) {
      inside[i] = 15 << 3;
    }
    var number = JavaFeaturesProto.java_.getNumber();
    var field =
        UnknownFieldSet.Field.newBuilder().addLengthDelimited(ByteString.copyFrom(inside)).build();
    var fields = UnknownFieldSet.newBuilder().addField(number, field).build();
    var registry = ExtensionRegistry.newInstance();
    registry.add(JavaFeaturesProto.java_);

    var codec = ProtobufCodec.of(FeatureSet.getDefaultInstance(), registry);

    assertThat(estimate(codec, fields.toByteArray())).isGreaterThan(50_000L * 100);
  }

  @Test
  void refusesNoDepthThatCanBeRead() {
    var value = Value.getDefaultInstance();
    for (int i = 0; i < 49; i++) { // two levels each
      value = Value.newBuilder().setListValue(ListValue.newBuilder().addValues(value)).build();
    }
    var deep = ListValue.newBuilder().addValues(value).build();
    byte[] bytes = deep.toByteString().concat(ByteString.copyFrom(empties(2000))).toByteArray();

    assertThat(estimate(deep, bytes)).isPositive();
    var deeper = ListValue.newBuilder();
    deeper.addValues(Value.newBuilder().setListValue(ListValue.newBuilder().addValues(value)));
    byte[] tooDeep =
        deeper.build().toByteString().concat(ByteString.copyFrom(empties(2000))).toByteArray();
    assertThatThrownBy(() -> estimate(deep, tooDeep))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("too many levels of nesting");
  }

  @Test
  void countsPackedNumbers() {
    var file = FileDescriptorProto.newBuilder();
    for (int i = 0; i < 100_000; i++) {
      file.addPublicDependency(1);
    }
    byte[] unpacked = file.build().toByteArray();
    byte[] packed = new byte[100_004];
    byte[] head = {10 << 3 | 2, (byte) 0xa0, (byte) 0x8d, 6};
    System.arraycopy(head, 0, packed, 0, head.length);

    assertThat(estimate(file.build(), unpacked)).isGreaterThan(400_000);
    assertThat(estimate(file.build(), packed)).isGreaterThan(400_000);
  }

  @Test
  void countsEntriesOfMaps() {
    var struct = Struct.newBuilder();
    for (int i = 0; i < 10_000; i++) {
      struct.putFields(Integer.toString(i), Value.getDefaultInstance());
    }

    assertThat(estimate(struct.build(), struct.build().toByteArray()))
        .isBetween(150L * 10_000, 500L * 10_000);
  }

  @Test
  void refusesWhatHasNoRoom() {
    var codec = ProtobufCodec.of(ListValue.getDefaultInstance());

    assertThatThrownBy(
            () ->
                codec.read(LinkBuffer.wrap(empties(100_000)), (bytes, soFar) -> bytes < 4_000_000))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("there is no room for them");
  }

  @Test
  void looksAtManyNodesAndConsumesNothing() {
    byte[] bytes = empties(2000);
    var codec = ProtobufCodec.of(ListValue.getDefaultInstance());

    assertThat(codec.read(Bytes.split(bytes), budget).getValuesCount()).isEqualTo(2000);
    assertThat(asked).hasSize(1);
  }
}
