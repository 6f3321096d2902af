package io.windhover.buffer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LinkBufferTest extends PoolTest {

  private static final int NODE = NodePool.MIN_BYTES;

  /// A value in its big-endian bytes: two's complement and IEEE 754.
  record Sample(
      String name, String hex, Consumer<LinkBuffer> write, Consumer<LinkBuffer> readsBack) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Sample> samples() {
    return Stream.of(
        new Sample("byte", "80", b -> b.writeByte(0x80), b -> is(b.readByte(), (byte) 0x80)),
        new Sample("short", "fffe", b -> b.writeShort(-2), b -> is(b.readShort(), (short) -2)),
        new Sample(
            "int", "80000001", b -> b.writeInt(0x80000001), b -> is(b.readInt(), 0x80000001)),
        new Sample(
            "long",
            "fedcba9876543210",
            b -> b.writeLong(0xfedcba9876543210L),
            b -> is(b.readLong(), 0xfedcba9876543210L)),
        new Sample(
            "three low bytes",
            "0b0001",
            b -> b.writeBits(0x7f0b0001, 3),
            b -> is(b.readByte() << 16 | b.readShort(), 0x0b0001)),
        new Sample(
            "eight bytes of bits",
            "ffffffffffffffff",
            b -> b.writeBits(-1, 8),
            b -> is(b.readLong(), -1L)),
        new Sample(
            "three bytes and a long",
            "0a0002 8000000000000007",
            b -> b.writeBits(0x0a0002, 3, 0x8000000000000007L),
            b -> {
              is(b.readByte(), (byte) 10);
              is(b.readShort(), (short) 2);
              is(b.readLong(), 0x8000000000000007L);
            }),
        new Sample(
            "one byte of a varint",
            "7f",
            b -> b.writeVarint(127),
            b -> is(b.readByte(), (byte) 127)),
        new Sample(
            "two bytes of a varint",
            "8001",
            b -> b.writeVarint(128),
            b -> is(b.readShort(), (short) 0x8001)),
        new Sample(
            "ten bytes of a varint",
            "ffffffffffffffffff01",
            b -> b.writeVarint(-1),
            b -> {
              is(b.readLong(), -1L);
              is(b.readShort(), (short) 0xff01);
            }),
        new Sample(
            "ASCII", "68690a", b -> is(b.writeUtf8("hi\n"), 3), b -> is(b.readUtf8(3), "hi\n")),
        new Sample(
            "all lengths of UTF-8",
            "7f c280 e282ac f09f9880",
            b -> is(b.writeUtf8("\u007f\u0080\u20ac\ud83d\ude00"), 10),
            b -> is(b.readUtf8(10), "\u007f\u0080\u20ac\ud83d\ude00")),
        new Sample(
            "lone surrogates become question marks",
            "3f 3f 61",
            b -> is(b.writeUtf8("\ud83d\ud83da"), 3),
            b -> is(b.readUtf8(3), "??a")),
        new Sample("empty text", "", b -> is(b.writeUtf8(""), 0), b -> is(b.readUtf8(0), "")),
        new Sample(
            "sized text",
            "00000002 6869",
            b -> b.writeSizedUtf8("hi"),
            b -> {
              is(b.readInt(), 2);
              is(b.readUtf8(2), "hi");
            }),
        new Sample(
            "sized text that is not ASCII",
            "00000003 e282ac",
            b -> b.writeSizedUtf8("\u20ac"),
            b -> {
              is(b.readInt(), 3);
              is(b.readUtf8(3), "\u20ac");
            }));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void writes(Sample sample) {
    try (var buffer = buffer()) {
      sample.write.accept(buffer);

      assertThat(content(buffer)).isEqualTo(hex(sample.hex));
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void writesAtEachPlaceOfANode(Sample sample) {
    for (int free = 0; free <= 24; free++) {
      try (var buffer = buffer()) {
        buffer.writeBytes(new byte[NODE - free], 0, NODE - free);
        sample.write.accept(buffer);

        buffer.skip(NODE - free);
        assertThat(content(buffer)).as("with %s bytes free", free).isEqualTo(hex(sample.hex));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void readsWhole(Sample sample) {
    try (var buffer = LinkBuffer.wrap(hex(sample.hex))) {
      sample.readsBack.accept(buffer);

      assertThat(buffer.size()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void readsAcrossNodesOfAnySize(Sample sample) {
    for (int nodeBytes = 1; nodeBytes <= 9; nodeBytes++) {
      try (var buffer = chain(hex(sample.hex), nodeBytes)) {
        sample.readsBack.accept(buffer);

        assertThat(buffer.size()).isZero();
      }
    }
  }

  /// Those that one read takes whole.
  static Stream<Sample> singleReads() {
    return samples().filter(s -> !s.name.contains(" ") && !s.hex.isEmpty());
  }

  @ParameterizedTest
  @MethodSource("singleReads")
  void readsNothingWhenAByteIsMissing(Sample sample) {
    var bytes = hex(sample.hex);
    for (int nodeBytes = 1; nodeBytes <= 9; nodeBytes++) {
      var short1 = Arrays.copyOf(bytes, bytes.length - 1);
      try (var buffer = chain(short1, nodeBytes)) {
        assertThatThrownBy(() -> sample.readsBack.accept(buffer))
            .isInstanceOf(UnderflowException.class)
            .hasMessage("needs %s bytes, has %s", bytes.length, bytes.length - 1);

        assertThat(content(buffer)).isEqualTo(short1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 100})
  void looksAtAnyOffsetWithoutConsuming(int nodeBytes) {
    var bytes = sequence(100);
    var expected = ByteBuffer.wrap(bytes);
    try (var buffer = chain(bytes, nodeBytes)) {
      for (int offset = 99; offset >= 0; offset--) {
        assertThat(buffer.getByte(offset)).isEqualTo(bytes[offset]);
      }
      for (int offset = 0; offset <= 92; offset++) {
        assertThat(buffer.getShort(offset)).isEqualTo(expected.getShort(offset));
        assertThat(buffer.getInt(offset)).isEqualTo(expected.getInt(offset));
        assertThat(buffer.getLong(offset)).isEqualTo(expected.getLong(offset));
      }
      assertThat(buffer.size()).isEqualTo(100);
    }
  }

  @Test
  void looksNoFurtherThanItsEnd() {
    try (var buffer = chain(sequence(8), 3)) {
      assertThatThrownBy(() -> buffer.getInt(5))
          .isInstanceOf(UnderflowException.class)
          .hasMessage("needs 9 bytes, has 8");
      assertThatThrownBy(() -> buffer.getLong(Integer.MAX_VALUE))
          .isInstanceOf(UnderflowException.class);
      assertThatThrownBy(() -> buffer.getByte(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void looksOnAfterTheHeadHasMoved() {
    var bytes = sequence(64);
    try (var buffer = chain(bytes, 4)) {
      assertThat(buffer.getByte(9)).isEqualTo(bytes[9]);
      buffer.skip(11);
      buffer.writeByte(77);

      assertThat(buffer.getByte(0)).isEqualTo(bytes[11]);
      assertThat(buffer.getByte(53)).isEqualTo((byte) 77);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 65, 1000, 5000, 100_000, 1_000_000})
  void carriesTextOfAnyLength(int length) {
    for (var unit : new String[] {"a", "\u00e9", "\u20ac"}) {
      var text = unit.repeat(length);
      try (var buffer = buffer()) {
        buffer.writeSizedUtf8(text);

        int bytes = buffer.readInt();
        assertThat(bytes).isEqualTo(text.getBytes(UTF_8).length);
        assertThat(buffer.readUtf8(bytes)).isEqualTo(text);
      }
    }
  }

  @Test
  void showsTheArrayOfEachNodeInTurn() {
    var bytes = hex("000102030405060708090a");
    try (var buffer = chain(bytes, 4)) {
      var shown = new ByteArrayOutputStream();
      buffer.skip(1);
      while (buffer.size() > 0) {
        var array = buffer.headArray();
        assertThat(buffer.headCount()).isBetween(1, 4);
        shown.write(array, buffer.headOffset(), buffer.headCount());
        buffer.skip(buffer.headCount());
      }

      assertThat(shown.toByteArray()).isEqualTo(Arrays.copyOfRange(bytes, 1, bytes.length));
      buffer.headArray();
      assertThat(buffer.headCount()).isZero();
    }
  }

  @Test
  void showsWhatWasWrittenSince() {
    try (var buffer = buffer()) {
      buffer.writeInt(1);
      buffer.headArray();
      buffer.writeInt(2);

      assertThat(buffer.headArray()).isNotEmpty();
      assertThat(buffer.headCount()).isEqualTo(8);
    }
  }

  @Test
  void showsNothingOfAReleasedBuffer() {
    var buffer = buffer();
    buffer.release();

    assertThatThrownBy(buffer::headArray).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void takesBytesThatWereWrittenIntoItsArray() {
    for (int count : new int[] {0, 1, 4096, 100_000, 1_000_000}) {
      try (var buffer = buffer()) {
        buffer.writeByte(7);
        byte[] array = buffer.tailArray(count);
        for (int i = 0; i < count; i++) {
          array[buffer.tailOffset() + i] = (byte) i;
        }
        buffer.addTail(count);
        buffer.writeByte(9);

        assertThat(buffer.size()).isEqualTo(count + 2);
        assertThat(buffer.readByte()).isEqualTo((byte) 7);
        for (int i = 0; i < count; i++) {
          assertThat(buffer.readByte()).isEqualTo((byte) i);
        }
        assertThat(buffer.readByte()).isEqualTo((byte) 9);
      }
    }
  }

  @Test
  void takesNoMoreBytesThanItsArrayHasRoomFor() {
    try (var buffer = buffer()) {
      int room = buffer.tailArray(100).length - buffer.tailOffset();

      assertThat(buffer.tailRoom()).isEqualTo(room);
      assertThatThrownBy(() -> buffer.addTail(room + 1))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> buffer.addTail(-1)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThat(buffer.size()).isZero();
    }
  }

  @Test
  void lendsNoArrayOfAReleasedBuffer() {
    var buffer = buffer();
    buffer.writeInt(1);
    buffer.release();

    assertThatThrownBy(() -> buffer.tailArray(1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void findsAByteInAnyNode() {
    for (int nodeBytes = 1; nodeBytes <= 9; nodeBytes++) {
      try (var buffer = chain(hex("09 09 01 02 03 01 02 03"), nodeBytes)) {
        buffer.skip(2);

        assertThat(buffer.indexOf((byte) 1, 0)).isZero();
        assertThat(buffer.indexOf((byte) 3, 0)).isEqualTo(2);
        assertThat(buffer.indexOf((byte) 1, 1)).isEqualTo(3);
        assertThat(buffer.indexOf((byte) 3, 5)).isEqualTo(5);
        assertThat(buffer.indexOf((byte) 3, 6)).isEqualTo(-1);
        assertThat(buffer.indexOf((byte) 9, 0)).as("consumed").isEqualTo(-1);
        assertThatThrownBy(() -> buffer.indexOf((byte) 1, 7))
            .isInstanceOf(IndexOutOfBoundsException.class);
      }
    }
    try (var empty = buffer()) {
      assertThat(empty.indexOf((byte) 0, 0)).isEqualTo(-1);
    }
  }

  @Test
  void sumsTheBytesOfAllNodes() {
    for (int nodeBytes = 1; nodeBytes <= 9; nodeBytes++) {
      try (var buffer = chain(hex("09 31 32 33 34 35 36 37 38 39"), nodeBytes)) {
        buffer.skip(1);
        var whole = new CRC32C();
        var end = new CRC32C();
        var nothing = new CRC32C();

        buffer.checksum(whole, 0);
        buffer.checksum(end, 7);
        buffer.checksum(nothing, 9);

        assertThat(whole.getValue()).as("the check value of CRC-32C").isEqualTo(0xe3069283L);
        var expected = new CRC32C();
        expected.update(hex("38 39"));
        assertThat(end.getValue()).isEqualTo(expected.getValue());
        assertThat(nothing.getValue()).isZero();
        assertThat(buffer.size()).isEqualTo(9);
        assertThatThrownBy(() -> buffer.checksum(nothing, 10))
            .isInstanceOf(IndexOutOfBoundsException.class);
      }
    }
  }

  @Test
  void duplicatesShareMemoryAndNothingElse() {
    for (int nodeBytes = 1; nodeBytes <= 9; nodeBytes++) {
      try (var original = chain(hex("01 02 03 04 05"), nodeBytes)) {
        original.skip(1);
        var duplicate = original.duplicate();
        var empty = buffer().duplicate();

        original.skip(2);
        original.writeByte(6);
        duplicate.writeByte(7);

        assertThat(content(original)).isEqualTo(hex("04 05 06"));
        assertThat(content(duplicate)).isEqualTo(hex("02 03 04 05 07"));
        assertThat(empty.size()).isZero();
        duplicate.release();
      }
    }
  }

  @Test
  void copiesAnotherBufferAcrossNodes() {
    var bytes = new byte[3 * NODE + 5];
    new Random(7).nextBytes(bytes);
    try (var source = chain(bytes, NODE / 2 + 1);
        var copy = buffer()) {
      source.skip(3);
      copy.writeByte(1);
      copy.copy(source);

      assertThat(source.size()).isZero();
      assertThat(copy.readByte()).isEqualTo((byte) 1);
      assertThat(content(copy)).isEqualTo(Arrays.copyOfRange(bytes, 3, bytes.length));
    }
  }

  @Test
  void fillsReservedRoomLater() {
    try (var buffer = buffer()) {
      buffer.writeByte(1);
      var large = buffer.reserve(4);
      var small = buffer.reserve(2);
      buffer.writeUtf8("payload");
      large.setInt(large.bytesAfter());
      small.setShort(-1);

      assertThat(content(buffer)).isEqualTo(hex("01 00000009 ffff 7061796c6f6164"));
    }
  }

  @Test
  void reservesInOneNode() {
    for (int free = 0; free < 8; free++) {
      try (var buffer = buffer()) {
        buffer.writeBytes(new byte[NODE - free], 0, NODE - free);
        var room = buffer.reserve(4);
        buffer.writeBytes(new byte[NODE], 0, NODE);
        room.setInt(0x01020304);

        assertThat(buffer.getInt(NODE - free)).isEqualTo(0x01020304);
        assertThat(room.bytesAfter()).isEqualTo(NODE);
        var more = buffer.reserve(8);
        more.setLong(0x0102030405060708L);
        assertThat(buffer.getLong(2 * NODE - free + 4)).isEqualTo(0x0102030405060708L);
      }
    }
  }

  @Test
  void refusesToFillRoomThatHasLeft() {
    try (var buffer = buffer();
        var other = buffer()) {
      var read = buffer.reserve(4);
      var moved = other.reserve(4);
      buffer.readByte();
      buffer.append(other);

      assertThatThrownBy(() -> read.setInt(1)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> moved.setInt(1)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> buffer.reserve(3).setInt(1))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void refusesToFillRoomOfAReleasedBuffer() {
    var buffer = buffer();
    var room = buffer.reserve(4);
    buffer.release();

    assertThatThrownBy(() -> room.setInt(1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void appendsByMovingNodes() {
    var bytes = sequence(1000);
    try (var buffer = buffer();
        var other = buffer()) {
      buffer.writeByte(1);
      other.writeBytes(bytes, 0, bytes.length);
      long held = pool.heldBytes();
      buffer.append(other);
      assertThat(pool.heldBytes()).isEqualTo(held);
      other.writeByte(2);
      buffer.writeByte(3);

      assertThat(buffer.readByte()).isEqualTo((byte) 1);
      assertThat(content(buffer)).startsWith(bytes).endsWith(3).hasSize(1001);
      assertThat(content(other)).containsExactly(2);
    }
  }

  @Test
  void appendsAFewBytesWithoutANodeForThem() {
    try (var buffer = buffer()) {
      for (int i = 0; i < 500; i++) {
        var other = buffer();
        other.writeLong(i);
        buffer.append(other);
      }

      assertThat(pool.heldBytes()).isEqualTo(NODE);
      for (int i = 0; i < 500; i++) {
        assertThat(buffer.readLong()).isEqualTo(i);
      }
    }
  }

  @Test
  void refusesToAppendItself() {
    try (var buffer = buffer()) {
      assertThatThrownBy(() -> buffer.append(buffer)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void neverWritesIntoWrappedBytes() {
    var bytes = new byte[] {1, 2};
    try (var buffer = LinkBuffer.wrap(bytes)) {
      buffer.readByte();
      buffer.writeShort(0x0304);

      assertThat(content(buffer)).containsExactly(2, 3, 4);
      assertThat(bytes).containsExactly(1, 2);
    }
  }

  @Test
  void returnsNodesAsTheyAreRead() {
    try (var buffer = buffer()) {
      buffer.writeBytes(sequence(1 << 20), 0, 1 << 20);
      buffer.skip((1 << 20) - 1);

      assertThat(pool.heldBytes()).isLessThanOrEqualTo(NodePool.MAX_BYTES);
    }
  }

  static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static void is(Object actual, Object expected) {
    assertThat(actual).isEqualTo(expected);
  }
}
