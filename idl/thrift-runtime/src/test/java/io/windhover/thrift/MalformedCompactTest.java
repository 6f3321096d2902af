package io.windhover.thrift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.thrift.ThriftProtocolException.Code;
import io.windhover.thrift.call.Signature;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Structs in the compact protocol that a peer must not send, by their rows in the table of bad
/// inputs.
final class MalformedCompactTest extends LeakTest {

  enum Malformed {
    ROW_41_LIST("39 f6 ffffffff07 0000", Code.INVALID_DATA, "2147483647 elements"),
    ROW_41_UNKNOWN_LIST("99 f6 ffffffff07 0000", Code.INVALID_DATA, "2147483647 elements"),
    ROW_41_UNKNOWN_SET("9a f8 ffffffff07 0000", Code.INVALID_DATA, "2147483647 elements"),
    ROW_41_UNKNOWN_MAP("9b ffffffff07 88 0000", Code.INVALID_DATA, "2147483647 elements"),
    ROW_42_UNKNOWN_DOUBLES("99 f7 8080808002 0000", Code.INVALID_DATA, "536870912 elements"),
    ROW_43_LIST_MINUS_1("39 f6 ffffffff0f", Code.NEGATIVE_SIZE, "size: -1"),
    ROW_43_LIST_MIN("39 f6 8080808008", Code.NEGATIVE_SIZE, "size: -2147483648"),
    ROW_43_LIST_OF_ANOTHER_TYPE("39 f8 ffffffff0f", Code.NEGATIVE_SIZE, "size: -1"),
    ROW_43_UNKNOWN_MAP("9b ffffffff0f 55", Code.NEGATIVE_SIZE, "size: -1"),
    ROW_43_UNKNOWN_STRING("98 ffffffff0f", Code.NEGATIVE_SIZE, "size: -1"),
    ROW_44_UNKNOWN_STRING("98 08 00000000000000", Code.INVALID_DATA, "needs"),
    ROW_44_UNKNOWN_STRING_OF_2_GIB("98 ffffffff07 00", Code.INVALID_DATA, "needs"),
    ROW_45_I32_OF_6_BYTES("15 808080808000 00", Code.INVALID_DATA, "more than 5 bytes"),
    ROW_45_I32_OF_33_BITS("15 8080808010 00", Code.INVALID_DATA, "more than 32 bits"),
    ROW_45_I64_OF_11_BYTES("96 8080808080808080808000 00", Code.INVALID_DATA, "more than 10 bytes"),
    ROW_45_I64_OF_65_BITS("96 80808080808080808002 00", Code.INVALID_DATA, "more than 64 bits"),
    ROW_45_I16_OF_17_BITS("94 808004 00", Code.INVALID_DATA, "i16: 32768"),
    ROW_45_SIZE_OF_6_BYTES("98 808080808000 00", Code.INVALID_DATA, "more than 5 bytes"),
    ROW_45_ID_OF_4_BYTES("05 80808000 00 00", Code.INVALID_DATA, "Tree.value is required"),
    ROW_48_ID_WRAPS("05 feff03 00 15 00 00", Code.INVALID_DATA, "field id: 32768"),
    ROW_48_ID_OF_17_BITS("05 808004 00 00", Code.INVALID_DATA, "i16: 32768"),
    ROW_48_NO_STOP("15 02", Code.INVALID_DATA, "ends too early"),
    ROW_48_NO_STOP_IN_UNKNOWN_STRUCT("9c 15 02", Code.INVALID_DATA, "ends too early"),
    ROW_51_TYPE_0("10 00", Code.INVALID_DATA, "type code: 0"),
    ROW_51_TYPE_14("1e 00 00", Code.INVALID_DATA, "type code: 14"),
    ROW_51_TYPE_15_IN_UNKNOWN_STRUCT("9c 1f 00 00", Code.INVALID_DATA, "type code: 15"),
    ROW_51_LIST_OF_TYPE_14("99 1e 00", Code.INVALID_DATA, "type code: 14"),
    ROW_51_MAP_OF_TYPE_0("9b 01 05 00 00", Code.INVALID_DATA, "type code: 0"),
    ROW_51B_REQUIRED_MISSING("00", Code.INVALID_DATA, "Tree.value is required"),
    ROW_51B_REQUIRED_OF_ANOTHER_TYPE("14 02 00", Code.INVALID_DATA, "Tree.value is required");

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
  void rejects(Malformed malformed) {
    for (var feed : Feed.values()) {
      try (var buffer = feed.of(malformed.hex)) {
        assertThatThrownBy(() -> Tree.CODEC.read(new CompactReader(buffer)))
            .hasMessageContaining(malformed.message)
            .isInstanceOfSatisfying(
                ThriftProtocolException.class, e -> assertThat(e.code()).isEqualTo(malformed.code));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void rejectsATreeThatIsCutAnywhere(Feed feed) {
    var tree = Tree.ofDepth(3);
    tree.numbers.add(Long.MIN_VALUE);
    try (var buffer = new LinkBuffer()) {
      Tree.CODEC.write(tree, new CompactWriter(buffer));
      var bytes = Feed.drain(buffer);
      for (int length = 0; length < bytes.length; length++) {
        try (var cut = feed.of(Arrays.copyOf(bytes, length))) {
          assertCode(Code.INVALID_DATA, () -> Tree.CODEC.read(new CompactReader(cut)));
        }
      }
    }
  }

  @Test
  void readsAndWritesDepth64AndNoMoreRow46() {
    try (var buffer = new LinkBuffer()) {
      Tree.CODEC.write(Tree.ofDepth(64), new CompactWriter(buffer));
      assertThat(Tree.CODEC.read(new CompactReader(buffer)).depth()).isEqualTo(64);

      assertCode(
          Code.DEPTH_LIMIT, () -> Tree.CODEC.write(Tree.ofDepth(65), new CompactWriter(buffer)));
    }
  }

  @Test
  void survivesAMillionLevelsRows46And47() {
    int levels = 1_000_000;
    var known = "2c".repeat(levels);
    var unknown = "9c".repeat(levels);
    var lists = "99" + "19".repeat(levels);
    var maps = "9b" + "01 3b 00".repeat(levels);

    for (var hex : new String[] {known, unknown, lists, maps}) {
      assertCode(Code.DEPTH_LIMIT, () -> Tree.CODEC.read(new CompactReader(Feed.WHOLE.of(hex))));
      assertCode(
          Code.DEPTH_LIMIT,
          () -> Signature.EMPTY.request().read(new CompactReader(Feed.WHOLE.of(hex))));
    }
  }

  @Test
  void skipsDepth64AndNoMoreRow47() {
    // the struct itself is the first level, and the innermost list counts too
    var deepest = "99" + "19".repeat(62) + "13 00" + "05 02 02" + "00";
    var tooDeep = "99" + "19".repeat(63) + "13 00" + "05 02 02" + "00";

    assertThat(Tree.CODEC.read(new CompactReader(Feed.WHOLE.of(deepest))).value).isEqualTo(1);
    assertCode(Code.DEPTH_LIMIT, () -> Tree.CODEC.read(new CompactReader(Feed.WHOLE.of(tooDeep))));
  }

  @Test
  void skipsListOfAnotherTypeRow51b() {
    try (var buffer = Feed.ONE_BYTE_A_NODE.of("39 28 01 61 00 05 02 0e 00")) {
      var tree = Tree.CODEC.read(new CompactReader(buffer));

      assertThat(tree.value).isEqualTo(7);
      assertThat(tree.numbers).isEmpty();
      assertThat(buffer.size()).isZero();
    }
  }

  @Test
  void skipsMapsOfOtherTypesRow51b() {
    for (var map : List.of("01 88 00 00", "01 55 02 02")) {
      try (var buffer = Feed.WHOLE.of("1b" + map + "00")) {
        var in = new CompactReader(buffer);
        in.structBegin();
        in.fieldHeader();

        assertThat(in.mapBegin(ThriftType.STRING, ThriftType.I32)).isEqualTo(-1);
        assertThat(in.fieldHeader()).isZero();
        in.structEnd();
        assertThat(buffer.size()).isZero();
      }
    }
  }

  @Test
  void asksForTheMemoryOfWhatItKeeps() {
    // a zero takes a byte on the wire, and eight as it is kept
    var elements = 1 << 20;
    var longs = "99 f6 808040" + "00".repeat(elements) + "15 02 00";
    var in =
        new CompactReader(Feed.WHOLE.of(longs), (bytes, soFar) -> soFar + bytes < 2L * elements);

    assertCode(Code.SIZE_LIMIT, () -> Tree.CODEC.read(in));
  }

  private static void assertCode(Code code, Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            ThriftProtocolException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
