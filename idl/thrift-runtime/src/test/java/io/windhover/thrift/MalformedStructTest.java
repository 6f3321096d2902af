package io.windhover.thrift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.thrift.ThriftProtocolException.Code;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Structs that a peer must not send, by their rows in the table of bad inputs.
final class MalformedStructTest extends LeakTest {

  enum Malformed {
    ROW_41_LIST(
        "0f0003 0a 7fffffff 000000000000000000000000", Code.INVALID_DATA, "2147483647 elements"),
    ROW_41_UNKNOWN_LIST(
        "0f0009 0a 7fffffff 0000000000000000", Code.INVALID_DATA, "2147483647 elements"),
    ROW_41_UNKNOWN_SET(
        "0e0009 0b 7fffffff 0000000000000000", Code.INVALID_DATA, "2147483647 elements"),
    ROW_41_UNKNOWN_MAP(
        "0d0009 0b0b 7fffffff 0000000000000000", Code.INVALID_DATA, "2147483647 elements"),
    ROW_42_LIST("0f0003 0a 40000000 0000000000000000", Code.INVALID_DATA, "1073741824 elements"),
    ROW_42_UNKNOWN_LIST(
        "0f0009 0a 20000000 0000000000000000", Code.INVALID_DATA, "536870912 elements"),
    ROW_42_UNKNOWN_MAP(
        "0d0009 0a0a 10000000 0000000000000000", Code.INVALID_DATA, "268435456 elements"),
    ROW_43_LIST_MINUS_1("0f0003 0a ffffffff", Code.NEGATIVE_SIZE, "size: -1"),
    ROW_43_LIST_MIN("0f0003 0a 80000000", Code.NEGATIVE_SIZE, "size: -2147483648"),
    ROW_43_LIST_OF_ANOTHER_TYPE("0f0003 0b ffffffff", Code.NEGATIVE_SIZE, "size: -1"),
    ROW_43_UNKNOWN_SET("0e0009 0a 80000000", Code.NEGATIVE_SIZE, "size: -2147483648"),
    ROW_43_UNKNOWN_MAP("0d0009 0a0a ffffffff", Code.NEGATIVE_SIZE, "size: -1"),
    ROW_43_UNKNOWN_STRING("0b0009 ffffffff", Code.NEGATIVE_SIZE, "size: -1"),
    ROW_44_UNKNOWN_STRING("0b0009 00000008 00000000000000", Code.INVALID_DATA, "needs"),
    ROW_44_UNKNOWN_STRING_OF_2_GIB("0b0009 7fffffff 00", Code.INVALID_DATA, "needs"),
    ROW_48_NO_STOP("080001 00000001", Code.INVALID_DATA, "ends too early"),
    ROW_48_NO_STOP_IN_UNKNOWN_STRUCT("0c0009 080001 00000001", Code.INVALID_DATA, "within a value"),
    ROW_51_TYPE_9("090001 00000001 00", Code.INVALID_DATA, "type code: 9"),
    ROW_51_TYPE_255("ff0001 00000001 00", Code.INVALID_DATA, "type code: 255"),
    ROW_51_TYPE_9_IN_UNKNOWN_STRUCT("0c0009 090001 00 00", Code.INVALID_DATA, "type code: 9"),
    ROW_51_LIST_OF_TYPE_1("0f0009 01 00000001 00", Code.INVALID_DATA, "type code: 1"),
    ROW_51B_REQUIRED_MISSING("00", Code.INVALID_DATA, "Tree.value is required"),
    ROW_51B_REQUIRED_OF_ANOTHER_TYPE("060001 0001 00", Code.INVALID_DATA, "Tree.value is required");

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
        assertThatThrownBy(() -> Tree.CODEC.read(new BinaryReader(buffer)))
            .hasMessageContaining(malformed.message)
            .isInstanceOfSatisfying(
                ThriftProtocolException.class, e -> assertThat(e.code()).isEqualTo(malformed.code));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ffffffff", "80000000"})
  void rejectsNegativeStringAndBinaryRow43(String hex) {
    assertCode(Code.NEGATIVE_SIZE, () -> new BinaryReader(Feed.WHOLE.of(hex)).string());
    assertCode(Code.NEGATIVE_SIZE, () -> new BinaryReader(Feed.WHOLE.of(hex)).binary());
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000002 61", "7fffffff 61"})
  void rejectsStringAndBinaryLongerThanTheRestRow44(String hex) {
    assertCode(Code.INVALID_DATA, () -> new BinaryReader(Feed.WHOLE.of(hex)).string());
    assertCode(Code.INVALID_DATA, () -> new BinaryReader(Feed.WHOLE.of(hex)).binary());
  }

  @Test
  void rejectsSetAndMapThatCannotFitRows41And42() {
    var set = "0a 7fffffff 0000000000000000";
    var map = "0a0a 20000000 0000000000000000";

    assertCode(
        Code.INVALID_DATA, () -> new BinaryReader(Feed.WHOLE.of(set)).setBegin(ThriftType.I64));
    assertCode(
        Code.INVALID_DATA,
        () -> new BinaryReader(Feed.WHOLE.of(map)).mapBegin(ThriftType.I64, ThriftType.I64));
  }

  @Test
  void readsAndWritesDepth64AndNoMoreRow46() {
    try (var buffer = new LinkBuffer()) {
      Tree.CODEC.write(Tree.ofDepth(64), new BinaryWriter(buffer));
      assertThat(Tree.CODEC.read(new BinaryReader(buffer)).depth()).isEqualTo(64);

      assertCode(
          Code.DEPTH_LIMIT, () -> Tree.CODEC.write(Tree.ofDepth(65), new BinaryWriter(buffer)));
    }
    assertCode(
        Code.DEPTH_LIMIT,
        () -> Tree.CODEC.read(new BinaryReader(Feed.WHOLE.of("0c0002".repeat(64)))));
  }

  @Test
  void countsDepthAndNotStructsRow46() {
    var tree = read("0c0002 080001 00000005 00".repeat(100) + "080001 00000001 00");

    assertThat(tree.depth()).isEqualTo(2);
  }

  @Test
  void survivesAMillionLevelsRows46And47() {
    int levels = 1_000_000;
    var known = Feed.WHOLE.of("0c0002".repeat(levels));
    var unknown = Feed.WHOLE.of("0c0009".repeat(levels));
    var lists = Feed.WHOLE.of("0f0009" + "0f00000001".repeat(levels));
    var maps = Feed.WHOLE.of("0d0009" + "030d00000001 01".repeat(levels));

    assertCode(Code.DEPTH_LIMIT, () -> Tree.CODEC.read(new BinaryReader(known)));
    assertCode(Code.DEPTH_LIMIT, () -> Tree.CODEC.read(new BinaryReader(unknown)));
    assertCode(Code.DEPTH_LIMIT, () -> Tree.CODEC.read(new BinaryReader(lists)));
    assertCode(Code.DEPTH_LIMIT, () -> Tree.CODEC.read(new BinaryReader(maps)));
  }

  @Test
  void skipsDepth64AndNoMoreRow47() {
    // the struct itself is the first level, and the innermost list counts too
    var deepest = "0f0009" + "0f00000001".repeat(62) + "0300000000" + "080001 00000001" + "00";
    var tooDeep = "0f0009" + "0f00000001".repeat(63) + "0300000001 00" + "00";

    assertThat(Tree.CODEC.read(new BinaryReader(Feed.WHOLE.of(deepest))).value).isEqualTo(1);
    assertCode(Code.DEPTH_LIMIT, () -> Tree.CODEC.read(new BinaryReader(Feed.WHOLE.of(tooDeep))));
  }

  @Test
  void lastOfDuplicateFieldsWinsRow48() {
    var tree = read("080001 00000001 080001 00000002 00");

    assertThat(tree.value).isEqualTo(2);
  }

  @Test
  void skipsFieldOfAnotherTypeRow48() {
    var tree = read("080001 00000007 0b0002 00000002 6869 0a0003 0000000000000001 00");

    assertThat(tree.value).isEqualTo(7);
    assertThat(tree.child).isNull();
    assertThat(tree.numbers).isEmpty();
  }

  @Test
  void skipsListOfAnotherTypeRow51b() {
    var tree = read("0f0003 0b 00000002 00000001 61 00000000 080001 00000007 00");

    assertThat(tree.value).isEqualTo(7);
    assertThat(tree.numbers).isEmpty();
  }

  @Test
  void keepsUnknownFieldsInTheirOrder() {
    var unknown =
        "0b0009 00000002 6869 030400 05 0dffff 0b0f 00000001 00000001 6b 08 00000001 00000063";
    var bytes = "080001 00000007" + unknown + "0f0003 0a 00000000" + "00";
    var expected = "080001 00000007" + "0f0003 0a 00000000" + unknown + "00";
    for (var feed : Feed.values()) {
      try (var buffer = feed.of(bytes);
          var out = new LinkBuffer()) {
        var tree = Tree.CODEC.read(new BinaryReader(buffer));
        Tree.CODEC.write(tree, new BinaryWriter(out));

        assertThat(Feed.drain(out)).isEqualTo(Feed.hex(expected));
        assertThat(tree.unknown.isEmpty()).isFalse();
        assertThat(tree.unknown)
            .isEqualTo(new UnknownFields(Feed.hex(unknown), Feed.hex(unknown).length));
      }
    }
  }

  /// Reads it however it lies in a buffer.
  private static Tree read(String hex) {
    var trees = new ArrayList<Tree>();
    for (var feed : Feed.values()) {
      try (var buffer = feed.of(hex)) {
        trees.add(Tree.CODEC.read(new BinaryReader(buffer)));
        assertThat(buffer.size()).isZero();
      }
    }
    assertThat(trees).extracting(tree -> tree.value).containsOnly(trees.getFirst().value);
    assertThat(trees).extracting(tree -> tree.numbers).containsOnly(trees.getFirst().numbers);
    return trees.getFirst();
  }

  private static void assertCode(Code code, Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            ThriftProtocolException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
