package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UninitializedMessageException;
import com.google.protobuf.WireFormat;
import io.windhover.codegen.model.JavaNames;
import io.windhover.protobuf.ProtoCodec;
import io.windhover.protobuf.ProtoException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Generated messages read and write what protobuf-java does, refuse what it refuses, and
/// understand the same by it.
final class MessagesTest {

  private static final int ROUNDS = 200;

  private static final Map<String, GeneratedMessages> MESSAGES = new TreeMap<>();

  @BeforeAll
  static void generate(@TempDir Path folder) throws IOException {
    for (var name : new String[] {"proto2", "proto3", "editions"}) {
      MESSAGES.put(name, GeneratedMessages.load(Files.createDirectory(folder.resolve(name)), name));
    }
  }

  @SuppressWarnings("NullAway.Init") // each test begins with use
  private ProtoCodec<Object> codec;

  @SuppressWarnings("NullAway.Init") // likewise
  private Descriptor type;

  private void use(String file, String message) {
    var messages = Objects.requireNonNull(MESSAGES.get(file));
    codec = messages.codec(message);
    type = messages.descriptor(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"proto2", "proto3", "editions"})
  void eachFieldAloneHasTheSameValueAndBytes(String file) {
    use(file, "AllTypes");
    var random = new RandomMessage(1);

    for (var field : type.getFields()) {
      for (int i = 0; i < 30; i++) {
        var message = DynamicMessage.newBuilder(type);
        if (field.isRepeated()) {
          for (int left = i % 4; left >= 0; left--) {
            message.addRepeatedField(field, random.value(field, 1));
          }
        } else {
          message.setField(field, random.value(field, 1));
        }
        sameBytes(message.build().toByteArray());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "proto2, AllTypes",
    "proto3, AllTypes",
    "editions, AllTypes",
    "proto2, Required",
    "editions, Required"
  })
  void messagesByChanceHaveTheSameMeaningAndBytes(String file, String message) {
    use(file, message);
    var random = new RandomMessage(2);

    for (int i = 0; i < ROUNDS; i++) {
      sameBytes(random.of(type, 3).toByteArray());
    }
  }

  /// Two messages in a row are one that is merged. Its unknown fields stay in the order of arrival
  /// in ours.
  @ParameterizedTest
  @ValueSource(strings = {"proto2", "proto3", "editions"})
  void messagesAreMergedAlike(String file) throws IOException {
    use(file, "AllTypes");
    var random = new RandomMessage(3);

    for (int i = 0; i < ROUNDS; i++) {
      var both = new ByteArrayOutputStream();
      random.of(type, 2).writeTo(both);
      random.of(type, 2).writeTo(both);
      sameMeaning(both.toByteArray());
    }
  }

  @ParameterizedTest
  @CsvSource({"proto2, AllTypes", "proto3, AllTypes", "editions, AllTypes", "proto2, Required"})
  void whatIsCutAtAnyByteIsRefusedAlike(String file, String message) {
    use(file, message);
    var random = new RandomMessage(4);

    for (int i = 0; i < 20; i++) {
      byte[] whole = random.of(type, 1).toByteArray();
      for (int end = 0; end < Math.min(whole.length, 2_000); end++) {
        same(Arrays.copyOf(whole, end));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "proto2, AllTypes",
    "proto3, AllTypes",
    "editions, AllTypes",
    "proto2, Required",
    "editions, Required"
  })
  void bytesThatAreChangedAreTakenAlike(String file, String message) {
    use(file, message);
    var messages = new RandomMessage(5);
    var random = new Random(5);

    for (int i = 0; i < 20 * ROUNDS; i++) {
      byte[] bytes = messages.of(type, 1).toByteArray();
      for (int changes = random.nextInt(3); changes >= 0 && bytes.length > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      same(bytes);
    }
  }

  /// Any field with any wire type, packed or not, known or not, whole or not.
  @ParameterizedTest
  @ValueSource(strings = {"proto2", "proto3", "editions"})
  void fieldsOfAnyWireTypeAreTakenAlike(String file) throws IOException {
    use(file, "AllTypes");
    var random = new Random(6);

    for (int i = 0; i < 30 * ROUNDS; i++) {
      var bytes = new ByteArrayOutputStream();
      var out = CodedOutputStream.newInstance(bytes);
      for (int fields = random.nextInt(4); fields >= 0; fields--) {
        field(out, number(random), random, 0);
      }
      out.flush();
      same(bytes.toByteArray());
    }
  }

  private int number(Random random) {
    var fields = type.getFields();
    return random.nextInt(8) == 0
        ? 1 + random.nextInt(2_000)
        : fields.get(random.nextInt(fields.size())).getNumber();
  }

  private void field(CodedOutputStream out, int number, Random random, int depth)
      throws IOException {
    int wireType =
        random.nextInt(40) == 0
            ? random.nextInt(8)
            : new int[] {0, 1, 2, 2, 2, 3, 5}[random.nextInt(7)];
    out.writeTag(number, wireType);
    switch (wireType) {
      case WireFormat.WIRETYPE_VARINT ->
          out.writeUInt64NoTag(random.nextLong() >> random.nextInt(64));
      case WireFormat.WIRETYPE_FIXED64 -> out.writeFixed64NoTag(random.nextLong());
      case WireFormat.WIRETYPE_FIXED32 -> out.writeFixed32NoTag(random.nextInt());
      case WireFormat.WIRETYPE_LENGTH_DELIMITED -> delimited(out, random, depth);
      case WireFormat.WIRETYPE_START_GROUP -> {
        for (int fields = random.nextInt(3); fields > 0 && depth < 3; fields--) {
          field(out, 1 + random.nextInt(3), random, depth + 1);
        }
        out.writeTag(random.nextInt(30) == 0 ? number + 1 : number, WireFormat.WIRETYPE_END_GROUP);
      }
      default -> {} // an end of a group that has not begun, or no wire type
    }
  }

  private void delimited(CodedOutputStream out, Random random, int depth) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var inner = CodedOutputStream.newInstance(bytes);
    switch (random.nextInt(4)) {
      case 0 -> { // a text, mostly
        for (int i = random.nextInt(5); i > 0; i--) {
          inner.writeRawByte(random.nextInt(10) == 0 ? random.nextInt(256) : 'a');
        }
      }
      case 1 -> inner.writeRawBytes(new byte[8 * random.nextInt(4)]);
      case 2 -> { // packed varints
        for (int i = random.nextInt(5); i > 0; i--) {
          inner.writeUInt64NoTag(random.nextLong() >> random.nextInt(64));
        }
      }
      default -> { // a message, or the entry of a map
        for (int fields = random.nextInt(4); fields > 0 && depth < 3; fields--) {
          field(inner, 1 + random.nextInt(2), random, depth + 1);
        }
      }
    }
    inner.flush();
    byte[] content = bytes.toByteArray();
    out.writeUInt32NoTag(random.nextInt(40) == 0 ? content.length + 1 : content.length);
    out.writeRawBytes(content);
  }

  @Test
  void entriesWithNumbersThatAClosedEnumDoesNotHaveAreKept() {
    use("editions", "AllTypes");
    byte[] bytes =
        HexFormat.of()
            .parseHex("9a140408011000" + "9a140408021007" + "9a140408031001" + "921403000701");

    var read = codec.fromBytes(bytes);

    var meaning = Meaning.of(read, DynamicMessage.getDefaultInstance(type));
    assertThat(meaning.get("closed_map")).isEqualTo(Map.of(1, 0, 3, 1));
    assertThat(meaning.get("closeds")).isEqualTo(List.of(0, 1));
    assertThat(hex(codec.toBytes(read)))
        .isEqualTo("9214020001" + "9a140408011000" + "9a140408031001" + "9a140408021007901407");
  }

  @ParameterizedTest
  @ValueSource(strings = {"proto2", "proto3", "editions"})
  void whatIsSetIsAsIfItHadBeenRead(String file) {
    use(file, "AllTypes");
    var random = new RandomMessage(7);

    for (var field : type.getFields()) {
      var message = DynamicMessage.newBuilder(type);
      if (field.isRepeated()) {
        message.addRepeatedField(field, random.value(field, 1));
      } else {
        message.setField(field, random.value(field, 1));
      }
      setAndClear(field, codec.fromBytes(message.build().toByteArray()));
    }
  }

  private void setAndClear(FieldDescriptor field, Object read) {
    var oneof = field.getRealContainingOneof();
    var name = JavaNames.member(oneof == null ? field.getName() : oneof.getName(), Set.of());
    var value = Meaning.call(read, name);
    var copy = Meaning.call(Meaning.call(read, "deepCopy"), name);
    if (field.isRepeated() || field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      assertThat(copy).as(name).isNotSameAs(value).isEqualTo(value);
    }

    var empty = codec.create();
    var like = DynamicMessage.getDefaultInstance(type);
    boolean isEmpty = Meaning.of(read, like).equals(Meaning.of(empty, like));
    assertThat(read.equals(empty)).as(name).isEqualTo(isEmpty);

    var set = codec.create();
    Meaning.set(set, name, value);
    assertThat(set).as(name).isEqualTo(read);
    if (field.hasPresence()) {
      var stem = JavaNames.capitalize(name);
      assertThat(Meaning.call(set, "has" + stem)).as(name).isEqualTo(true);
      Meaning.call(set, "clear" + stem);
      assertThat(Meaning.call(set, "has" + stem)).as(name).isEqualTo(false);
      assertThat(set).as(name).isEqualTo(empty);
    }
  }

  // ---- comparisons

  private void sameMeaning(byte[] bytes) {
    assertThat(same(bytes)).as(() -> hex(bytes)).isTrue();
    var ours = codec.fromBytes(bytes);
    var copy = Meaning.call(ours, "deepCopy");
    assertThat(copy).as(() -> hex(bytes)).isEqualTo(ours).hasSameHashCodeAs(ours);
    assertThat(codec.toBytes(copy)).as(() -> hex(bytes)).isEqualTo(codec.toBytes(ours));
  }

  private void sameBytes(byte[] bytes) {
    sameMeaning(bytes);
    assertThat(codec.toBytes(codec.fromBytes(bytes)))
        .as(() -> hex(bytes))
        .isEqualTo(canonical(bytes));
  }

  /// Checks that both take these bytes for the same, or that neither takes them.
  private boolean same(byte[] bytes) {
    DynamicMessage theirs;
    try {
      theirs = DynamicMessage.parseFrom(type, bytes);
    } catch (InvalidProtocolBufferException | UninitializedMessageException e) {
      // the latter where it sees that a field is missing only as it builds a message within
      checkRefused(bytes, String.valueOf(e.getMessage()));
      return false;
    }
    Object ours;
    try {
      ours = codec.fromBytes(bytes);
    } catch (ProtoException e) {
      // protobuf-java reads ten bytes of some endless varints and goes on behind them, and takes
      // lengths and tags modulo 2^32
      assertThat(e)
          .as(() -> hex(bytes))
          .hasMessageFindingMatch(
              "a varint of more than ten bytes|field number [1-9]|length: [1-9]");
      return false;
    }
    if (!keepsUnknownEntries(theirs)) {
      assertThat(Meaning.of(ours, theirs)).as(() -> hex(bytes)).isEqualTo(Meaning.of(theirs));
      assertThat(reread(ours)).as(() -> hex(bytes)).isEqualTo(theirs);
    }
    return true;
  }

  private void checkRefused(byte[] bytes, String why) {
    try {
      codec.fromBytes(bytes);
    } catch (ProtoException _) {
      return;
    }
    // a DynamicMessage looks at entries that later ones have replaced, too
    assertThat(why).as(() -> hex(bytes)).contains("missing required fields: below[");
  }

  /// Whether a map has an entry whose value is no value of a closed enum. It is an unknown field,
  /// entry and all, in ours and in classes of protobuf-java; a DynamicMessage keeps it in the map.
  private static boolean keepsUnknownEntries(Message message) {
    for (var field : message.getDescriptorForType().getFields()) {
      if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
        continue;
      }
      var values =
          field.isRepeated()
              ? (List<?>) message.getField(field)
              : message.hasField(field) ? List.of(message.getField(field)) : List.of();
      for (var value : values) {
        var inner = (Message) value;
        if ((field.isMapField() && !inner.getUnknownFields().isEmpty())
            || keepsUnknownEntries(inner)) {
          return true;
        }
      }
    }
    return false;
  }

  /// Returns how protobuf-java writes the message of these bytes, each key of a map once.
  private byte[] canonical(byte[] bytes) {
    try {
      return withoutReplaced(DynamicMessage.parseFrom(type, bytes)).toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A DynamicMessage keeps entries that later ones replace. In a map they stand where the first of
  /// the key stood.
  private static Message withoutReplaced(Message message) {
    var copy = message.toBuilder();
    for (var field : message.getAllFields().keySet()) {
      if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
        continue;
      }
      if (!field.isRepeated()) {
        copy.setField(field, withoutReplaced((Message) message.getField(field)));
        continue;
      }
      var values = new LinkedHashMap<Object, Message>();
      for (var value : (List<?>) message.getField(field)) {
        var inner = withoutReplaced((Message) value);
        var key = field.getMessageType().findFieldByNumber(1);
        values.put(field.isMapField() ? inner.getField(key) : values.size(), inner);
      }
      copy.clearField(field);
      values.values().forEach(it -> copy.addRepeatedField(field, it));
    }
    return copy.build();
  }

  private DynamicMessage reread(Object ours) {
    try {
      return DynamicMessage.parseFrom(type, codec.toBytes(ours));
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
