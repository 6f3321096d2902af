package io.windhover.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.NodePool;
import io.windhover.protobuf.ProtoException.Code;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows 34 to 37 of `docs/bad-input.md`, and what else is no message.
final class MalformedMessageTest {

  enum Malformed {
    LONG_VARINT("08ffffffffffffffffffff01", Code.MALFORMED, "test.Node.id: a varint"),
    CUT_VARINT("08ff", Code.TRUNCATED, "test.Node.id: the message ends"),
    VARINT_OVER_THE_END(
        "1a0208ff08070807080708070807", Code.TRUNCATED, "test.Node.child.id: the message ends"),
    CUT_TEXT_BEHIND_A_NUMBER("080712056162", Code.TRUNCATED, "test.Node.text: the message ends"),
    NO_VALUE("08", Code.TRUNCATED, "test.Node.id"),
    FIELD_0("0001", Code.MALFORMED, "test.Node: field number 0 (at byte 1)"),
    FIELD_0_LONG("8000", Code.MALFORMED, "test.Node: field number 0 (at byte 2)"),
    FIELD_0_BEHIND_A_FIELD("08070001", Code.MALFORMED, "test.Node: field number 0 (at byte 3)"),
    FIELD_2_TO_THE_29("888080801007", Code.MALFORMED, "test.Node: field number 536870913 (at"),
    NEGATIVE_TAG("88ffffffffffffffff0107", Code.MALFORMED, "test.Node: field number 2305"),
    LONG_TAG_IN_A_GROUP("fb0188808080100784", Code.MALFORMED, "test.Node.31: field number 5368"),
    CUT_TAG("080780", Code.TRUNCATED, "test.Node: the message ends"),
    WIRE_TYPE_6("0e", Code.MALFORMED, "test.Node.id: wire type: 6"),
    WIRE_TYPE_7("ff01", Code.MALFORMED, "test.Node.31: wire type: 7"),
    STRAY_END("0c", Code.MALFORMED, "test.Node: the end of a group that has not begun"),
    STRAY_END_INSIDE("1a010c", Code.MALFORMED, "test.Node.child: the end"),
    OTHER_END("3b44", Code.MALFORMED, "test.Node.group: the end"),
    OPEN_GROUP("3b0801", Code.TRUNCATED, "test.Node.group: the message ends"),
    OPEN_UNKNOWN_GROUP("fb010801", Code.TRUNCATED, "test.Node.31: the message ends"),
    OTHER_UNKNOWN_END("fb018402", Code.MALFORMED, "test.Node.31: the end"),
    GROUP_OVER_THE_END("1a01fb01", Code.TRUNCATED, "test.Node.child: the message ends"),
    LENGTH_BEYOND_THE_END("1203616", Code.TRUNCATED, "test.Node.text: the message ends"),
    LENGTH_BEYOND_THE_MESSAGE("1a041205616161616161", Code.TRUNCATED, "test.Node.child.text"),
    HUGE_LENGTH("12ffffffff07", Code.TRUNCATED, "test.Node.text"),
    NEGATIVE_LENGTH("12ffffffffffffffffff01", Code.MALFORMED, "test.Node.text: length: -1"),
    LENGTH_OF_33_BITS("12818080801061", Code.MALFORMED, "test.Node.text: length: 4294967297"),
    UNKNOWN_LENGTH_OF_33_BITS("fa01818080801061", Code.MALFORMED, "test.Node.31: length: 429"),
    LENGTH_OF_32_BITS("12ffffffff0f61", Code.MALFORMED, "test.Node.text: length: 4294967295"),
    ODD_PACKED(
        "4203010203",
        Code.MALFORMED,
        "test.Node.fixed: packed bytes: 3 (expected: a multiple of 4)"),
    CUT_PACKED("2a0201ff", Code.TRUNCATED, "test.Node.numbers"),
    PACKED_BEYOND("2aff0101", Code.TRUNCATED, "test.Node.numbers"),
    NOT_UTF_8("1202c328", Code.BAD_TEXT, "test.Node.text: the text is not UTF-8 (at byte 2)"),
    LONE_SURROGATE("1203eda080", Code.BAD_TEXT, "test.Node.text: the text is not UTF-8"),
    OVERLONG("1202c080", Code.BAD_TEXT, "test.Node.text: the text is not UTF-8"),
    NOT_UTF_8_BESIDE_A_REPLACEMENT(
        "1205efbfbdff61", Code.BAD_TEXT, "test.Node.text: the text is not UTF-8"),
    BAD_KEY("32040a02c328", Code.BAD_TEXT, "test.Node.counts: the text"),
    ENTRY_BEYOND("320210ff01", Code.TRUNCATED, "test.Node.counts");

    final String hex;
    final Code code;
    final String message;

    Malformed(String hex, Code code, String message) {
      this.hex = hex.length() % 2 == 0 ? hex : hex + "1";
      this.code = code;
      this.message = message;
    }
  }

  @ParameterizedTest
  @EnumSource
  void refuses(Malformed malformed) {
    assertThatExceptionOfType(ProtoException.class)
        .isThrownBy(() -> Node.CODEC.fromBytes(HexFormat.of().parseHex(malformed.hex)))
        .satisfies(it -> assertThat(it).hasMessageStartingWith(malformed.message))
        .matches(it -> it.code() == malformed.code, malformed.code.name());
  }

  @Test
  void readsAReplacementCharacterThatTheSenderWrote() {
    assertThat(Node.CODEC.fromBytes(HexFormat.of().parseHex("1203efbfbd")).text)
        .isEqualTo("\uFFFD");
  }

  @Test
  void readsAnythingAsALenientText() {
    assertThat(Node.CODEC.fromBytes(HexFormat.of().parseHex("4a02c328")).lenient)
        .isEqualTo("\uFFFD(");
  }

  @ParameterizedTest
  @ValueSource(strings = {"message", "map", "group", "unknown group"})
  void readsAHundredLevelsAndRefusesMore(String kind) {
    assertThat(Node.CODEC.fromBytes(nested(kind, 100))).isNotNull();
    assertThatExceptionOfType(ProtoException.class)
        .isThrownBy(() -> Node.CODEC.fromBytes(nested(kind, 101)))
        .matches(it -> it.code() == Code.DEPTH_LIMIT);
    assertThatExceptionOfType(ProtoException.class)
        .isThrownBy(() -> Node.CODEC.fromBytes(nested(kind, 10_000)))
        .matches(it -> it.code() == Code.DEPTH_LIMIT);
  }

  private static byte[] nested(String kind, int levels) {
    if (kind.equals("message") || kind.equals("map")) {
      byte[] inner = {};
      for (int level = levels; level > 0; level--) {
        int entryOrValue = level % 2 == 1 ? 10 : 2;
        byte[] length = new byte[Varint.size(inner.length)];
        Varint.put(inner.length, length, 0);
        byte[] outer = new byte[1 + length.length + inner.length];
        outer[0] = (byte) ((kind.equals("map") ? entryOrValue : 3) << 3 | WireType.BYTES);
        System.arraycopy(length, 0, outer, 1, length.length);
        System.arraycopy(inner, 0, outer, 1 + length.length, inner.length);
        inner = outer;
      }
      return inner;
    }
    int number = kind.equals("group") ? 7 : 15;
    byte[] bytes = new byte[2 * levels];
    Arrays.fill(bytes, 0, levels, (byte) (number << 3 | WireType.GROUP));
    Arrays.fill(bytes, levels, 2 * levels, (byte) (number << 3 | WireType.END_GROUP));
    return bytes;
  }

  @Test
  void refusesToWriteWhatNestsTooDeeply() {
    var message = new Node();
    message.child = message;

    assertThatExceptionOfType(ProtoException.class)
        .isThrownBy(() -> Node.CODEC.toBytes(message))
        .withMessageContaining("test.Node: nested more than 100 levels deep");
  }

  @Test
  void writesAsManyLevelsOfMapsAsAReaderTakes() {
    var fifty = mapsIn(50);
    var more = mapsIn(51);

    assertThat(Node.CODEC.fromBytes(Node.CODEC.toBytes(fifty)).nodes).hasSize(1);
    assertThatExceptionOfType(ProtoException.class)
        .isThrownBy(() -> Node.CODEC.toBytes(more))
        .matches(it -> it.code() == Code.DEPTH_LIMIT);
  }

  private static Node mapsIn(int maps) {
    var message = new Node();
    for (int i = 0; i < maps; i++) {
      var outer = new Node();
      outer.nodes = Map.of(7, message);
      message = outer;
    }
    return message;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\uD800", "a long text with \uDC00 in it", "é\uD83D", "?\uD83D\uD83D\uDE00"})
  void refusesToWriteHalfASurrogatePair(String text) {
    var message = new Node();
    message.text = text;
    long held = NodePool.shared().heldBytes();
    try (var out = new LinkBuffer()) {

      assertThatExceptionOfType(ProtoException.class)
          .isThrownBy(() -> Node.CODEC.write(message, out))
          .withMessageContaining("half a surrogate pair");
      assertThat(out.size()).isZero();
    }
    assertThat(NodePool.shared().heldBytes()).isEqualTo(held);
  }

  @Test
  void nothingElseLeavesAReader() {
    var random = new Random(7);
    byte[] good = // at the end a map of messages, a group, an unknown enum, an unknown field
        HexFormat.of()
            .parseHex(
                "089601120774657374696e671a0208012a06038e029ea705320808001202c3a8"
                    + "5204080112003b08013c808080800807f80107");
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = Arrays.copyOf(good, random.nextInt(good.length + 1));
      for (int flips = random.nextInt(6); flips > 0 && bytes.length > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      Node read;
      try {
        read = Node.CODEC.fromBytes(bytes);
      } catch (ProtoException e) {
        assertThat(e.path()).startsWith("test.Node");
        continue;
      }
      byte[] written = Node.CODEC.toBytes(read);
      assertThat(Node.CODEC.toBytes(Node.CODEC.fromBytes(written))).isEqualTo(written);
    }
  }
}
