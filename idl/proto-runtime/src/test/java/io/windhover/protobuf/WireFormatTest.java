package io.windhover.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.LinkBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What lies on the wire, by the encoding page of the language.
final class WireFormatTest {

  private static String written(Node message) {
    return HexFormat.of().formatHex(Node.CODEC.toBytes(message));
  }

  private static Node read(String hex) {
    return Node.CODEC.fromBytes(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  @Test
  void writesVarintsAndTexts() {
    var message = new Node();
    message.id = 150;
    message.text = "testing";

    assertThat(written(message)).isEqualTo("089601" + "120774657374696e67");
  }

  @Test
  void writesANegativeNumberInTenBytes() {
    var message = new Node();
    message.id = -2;

    assertThat(written(message)).isEqualTo("08feffffffffffffffff01");
    assertThat(read(written(message)).id).isEqualTo(-2);
  }

  @Test
  void writesPackedNumbers() {
    var message = new Node();
    message.numbers = List.of(3, 270, 86942);
    message.fixed = List.of(1, -1);
    message.doubles = List.of(1.0);

    assertThat(written(message))
        .isEqualTo("2a06038e029ea705" + "420801000000ffffffff" + "8101000000000000f03f");
    assertThat(read(written(message)).numbers).isEqualTo(message.numbers);
    assertThat(read(written(message)).fixed).isEqualTo(message.fixed);
    assertThat(read(written(message)).doubles).isEqualTo(message.doubles);
  }

  @Test
  void readsRepeatedNumbersPackedOrNotAndAddsThem() {
    assertThat(read("2801 2a020203 2804 2805").numbers).containsExactly(1, 2, 3, 4, 5);
    assertThat(read("4501000000 4502000000 420403000000").fixed).containsExactly(1, 2, 3);
    assertThat(read("8101000000000000f03f 8101000000000000f03f").doubles).containsExactly(1.0, 1.0);
  }

  @Test
  void aFieldBehindAMessageIsNotOfIt() {
    var message = read("1a020807 120161");

    assertThat(message.text).isEqualTo("a");
    assertThat(message.child().id).isEqualTo(7);
    assertThat(message.child().text).isEmpty();
  }

  @Test
  void mergesAMessageThatComesTwice() {
    var message = read("1a020801 1a03120161");

    assertThat(message.child().id).isEqualTo(1);
    assertThat(message.child().text).isEqualTo("a");
  }

  @Test
  void readsWhatAnEntryOfAMapLacksAsItsDefault() {
    assertThat(read("3200 32030a0161 3204 1005 1801").counts)
        .containsExactlyInAnyOrderEntriesOf(Map.of("", 5L, "a", 0L));
  }

  @Test
  void readsAndWritesGroups() {
    var message = read("3b 0801 3b 0802 3c 3c");

    assertThat(message.group().group().id).isEqualTo(2);
    assertThat(written(message)).isEqualTo("3b08013b08023c3c");
  }

  @Test
  void keepsWhatItDoesNotKnow() {
    var unknown =
        "f80101 fb01 0801 fb01 0802 fc01 fc01 fa01026869 fd0101020304 f9010102030405060708";

    var message = read(unknown + "0807" + "0a0161"); // the last is field 1 with another wire type

    assertThat(message.id).isEqualTo(7);
    assertThat(written(message)).isEqualTo("0807" + unknown.replace(" ", "") + "0a0161");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 12, 13, 40, 127, 128, 5_000, 20_000, 3_000_000})
  void lengthsOfAnySizeArePutInBehind(int chars) {
    for (var letter : List.of("a", "é", "界", "?")) {
      var message = new Node();
      message.child = new Node();
      message.child.child = new Node();
      message.child.child.text = letter.repeat(chars);
      message.id = 1;

      byte[] bytes = Node.CODEC.toBytes(message);
      var read = Node.CODEC.fromBytes(bytes);

      assertThat(read.child().child().text).isEqualTo(message.child().child().text);
      assertThat(read.id).isEqualTo(1);
      assertThat(writtenToBuffer(message)).isEqualTo(bytes);
    }
  }

  private static byte[] writtenToBuffer(Node message) {
    try (var out = new LinkBuffer()) {
      Node.CODEC.write(message, out);
      byte[] bytes = new byte[out.size()];
      out.readBytes(bytes, 0, bytes.length);
      return bytes;
    }
  }

  @Test
  void readsAMessageThatLiesInSeveralNodes() {
    var message = new Node();
    message.children = IntStream.range(0, 2_000).mapToObj(WireFormatTest::child).toList();
    byte[] bytes = Node.CODEC.toBytes(message);
    try (var in = new LinkBuffer()) {
      var random = new Random(1);
      for (int from = 0; from < bytes.length; ) {
        int count = Math.min(1 + random.nextInt(4_000), bytes.length - from);
        byte[] part = new byte[count];
        System.arraycopy(bytes, from, part, 0, count);
        in.append(LinkBuffer.wrap(part));
        from += count;
      }

      var read = Node.CODEC.read(in);

      assertThat(read.children).extracting(it -> it.text).hasSize(2_000).endsWith("child 1999");
      assertThat(in.size()).isZero();
    }
  }

  private static Node child(int number) {
    var child = new Node();
    child.text = "child " + number;
    return child;
  }

  @Test
  void writesBehindWhatTheBufferHasAndMovesOnWhenThatIsFull() {
    try (var out = new LinkBuffer()) {
      for (int filled : new int[] {1, 3_900, 100}) {
        out.writeBytes(new byte[filled], 0, filled);
        var message = new Node();
        message.text = "x".repeat(400);

        Node.CODEC.write(message, out);

        out.skip(filled);
        assertThat(Node.CODEC.read(out.slice(403)).text).isEqualTo(message.text);
      }
    }
  }

  @Test
  void readsNothingAsAnEmptyMessage() {
    assertThat(read("").text).isEmpty();
    try (var in = new LinkBuffer()) {
      assertThat(Node.CODEC.read(in).children).isEmpty();
    }
  }

  @Test
  void keepsAnUnknownNumberOfAClosedEnumWhateverTheNumberOfItsField() {
    byte[] bytes = HexFormat.of().parseHex("808080800807");

    assertThat(Node.CODEC.toBytes(Node.CODEC.fromBytes(bytes))).isEqualTo(bytes);
  }
}
