package io.windhover.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.idl.validation.RuleKey;
import io.windhover.thrift.Binary;
import io.windhover.thrift.validation.Validated;
import io.windhover.thrift.validation.ValidationException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every rule for every type it fits, with values that keep it and values that break it.
final class RuleTableTest {

  /// Stands for a field that is not set.
  private static final Object UNSET = new Object();

  /// What rules can refer to, in each struct beside the field with the rule.
  private static final String OTHERS =
      """
      101: i32 five = 5
      102: optional i32 unset
      103: string ab = "ab"
      104: optional string unset_text
      105: double half = 0.5
      106: list<i32> three = [1, 2, 3]
      107: bool yes = true
      108: optional Color green = Color.GREEN
      109: i64 zero
      110: binary bytes = "ab"
      111: i32 ruled (vt.lt = "5")
      """;

  /// @param declaration of the field `x`: its type and requiredness
  /// @param good values that keep the rules
  /// @param bad values that break one of them
  record Row(String declaration, String rules, List<Object> good, List<Object> bad) {
    Row keeps(Object... values) {
      return new Row(declaration, rules, Arrays.asList(values), bad);
    }

    Row breaks(Object... values) {
      return new Row(declaration, rules, good, Arrays.asList(values));
    }

    @Override
    public String toString() {
      return declaration + " x (" + rules + ")";
    }
  }

  private static Row row(String declaration, String rules) {
    return new Row(declaration, rules, List.of(), List.of());
  }

  @TempDir static Path classes;

  private static Generated generated;

  @BeforeAll
  static void generate() {
    var idl =
        new StringBuilder(
            """
            enum Color { RED = 1, GREEN = 2, BLUE = 3, ROSE = 1 }
            const Color FAVOURITE = Color.BLUE
            struct Inner { 1: i32 n (vt.lt = "10") }
            union Arm { 1: i32 n (vt.lt = "10"), 2: Inner inner, 3: string text }
            """);
    var rows = rows().toList();
    for (int i = 0; i < rows.size(); i++) {
      var row = rows.get(i);
      idl.append(
          "struct Row%d { 1: %s x (%s) %s }\n".formatted(i, row.declaration, row.rules, OTHERS));
    }
    generated = Generated.loadText(classes, idl.toString());
  }

  static Stream<Row> rows() {
    return Stream.of(numbers(), texts(), others(), containers(), structs(), operands())
        .flatMap(it -> it);
  }

  private static Stream<Row> numbers() {
    return Stream.of(
        row("i8", "vt.const = '7'").keeps((byte) 7).breaks((byte) 8),
        row("i8", "vt.lt = '0x10'").keeps((byte) 15).breaks((byte) 16),
        row("i8", "vt.in = '1', vt.in = '-2'").keeps((byte) -2).breaks((byte) 2),
        row("i16", "vt.le = '010'").keeps((short) 8).breaks((short) 9),
        row("i16", "vt.not_in = '[1,2,3,4,5,6,7,8,9]'").keeps((short) 10).breaks((short) 9),
        row("i32", "vt.gt = '-5'").keeps(-4).breaks(-5),
        row("i32", "vt.ge = '1_000'").keeps(1000).breaks(999),
        row("i32", "vt.in = '[1, 2]', vt.in = '3'").keeps(1, 3).breaks(0, 4),
        row("i32", "vt.gt = '0', vt.lt = '10', vt.not_in = '5'").keeps(1, 9).breaks(0, 5, 10),
        row("i64", "vt.const = '9223372036854775807'").keeps(Long.MAX_VALUE).breaks(0L),
        row("i64", "vt.in = '[1,2,3,4,5,6,7,8,9]'").keeps(9L).breaks(10L),
        row("double", "vt.lt = '1.5'").keeps(1.4, Double.NaN).breaks(1.5),
        row("double", "vt.le = '1e3'").keeps(1000.0).breaks(1000.1),
        row("double", "vt.gt = '0'").keeps(0.1).breaks(0.0, -0.0),
        row("double", "vt.ge = '.5'").keeps(0.5).breaks(0.4),
        row("double", "vt.const = '0'").keeps(-0.0).breaks(Double.NaN),
        row("double", "vt.in = '[0, 1.5]'").keeps(-0.0, 1.5).breaks(1.0, Double.NaN),
        row("double", "vt.in = '[1,2,3,4,5,6,7,8,9]'").keeps(9.0).breaks(0.0),
        row("double", "vt.not_in = '1'").keeps(2.0, Double.NaN).breaks(1.0),
        row("optional i32", "vt.gt = '5'").keeps(UNSET, 6).breaks(5),
        row("optional i32", "vt.gt = '5', vt.not_nil = 'true'").keeps(6).breaks(UNSET, 5),
        row("optional i32", "vt.not_nil = 'false'").keeps(UNSET, 0),
        row("required i64", "vt.lt = '5'").keeps(4L).breaks(5L),
        row("optional double", "vt.not_nil = '1'").keeps(0.0).breaks(UNSET));
  }

  private static Stream<Row> texts() {
    return Stream.of(
        row("string", "vt.const = 'a\\\\n'").keeps("a\\n").breaks("a", ""),
        row("string", "vt.min_size = '3'").keeps("abc", "é1", "日", "😀").breaks("ab", "é", ""),
        row("string", "vt.max_size = '3'").keeps("abc", "日", UNSET).breaks("abcd", "😀", "日1"),
        row("string", "vt.min_rune_size = '2'").keeps("日本", "a😀").breaks("日", "😀"),
        row("string", "vt.max_rune_size = '2'").keeps("😀😀").breaks("abc"),
        row("string", "vt.pattern = '^[a-z]+\\\\d$'").keeps("a1").breaks("a1\n", "1", "é1"),
        row("string", "vt.pattern = 'b'").keeps("abc").breaks("ac"),
        row("string", "vt.prefix = '@x'").keeps("@xy").breaks("y@x"),
        row("string", "vt.suffix = 'yz'").keeps("xyz").breaks("yzx"),
        row("string", "vt.contains = '@'").keeps("a@b").breaks("ab"),
        row("string", "vt.not_contains = '@'").keeps("ab").breaks("a@b"),
        row("string", "vt.in = '[a]', vt.in = 'b'").keeps("[a]", "b").breaks("a"),
        row("string", "vt.not_in = 'a', vt.not_in = 'b'").keeps("c").breaks("a", "b"),
        row("optional string", "vt.min_size = '1'").keeps(UNSET, "a").breaks(""),
        row("optional string", "vt.not_nil = 'true'").keeps("").breaks(UNSET),
        row("required string", "vt.not_nil = 'true', vt.min_size = '1'")
            .keeps("a")
            .breaks(UNSET, ""),
        row("binary", "vt.const = 'ab'").keeps(bytes("ab")).breaks(bytes("abc")),
        row("binary", "vt.min_size = '2'").keeps(bytes("é")).breaks(bytes("a")),
        row("binary", "vt.max_size = '2'").keeps(bytes("é")).breaks(bytes("日")),
        row("binary", "vt.pattern = '^.é$'").keeps(bytes("日é")).breaks(bytes("é")),
        row("binary", "vt.prefix = 'a'").keeps(bytes("ab")).breaks(bytes("b")),
        row("binary", "vt.suffix = 'b'").keeps(bytes("ab")).breaks(bytes("a")),
        row("binary", "vt.contains = 'b'").keeps(bytes("abc")).breaks(bytes("ac")),
        row("binary", "vt.not_contains = 'b'").keeps(bytes("ac")).breaks(bytes("abc")),
        row("binary", "vt.in = 'a', vt.in = 'b'").keeps(bytes("b")).breaks(bytes("ab")),
        row("binary", "vt.not_in = 'a'").keeps(bytes("b")).breaks(bytes("a")),
        row("optional binary", "vt.not_nil = 'true'").keeps(Binary.EMPTY).breaks(UNSET));
  }

  private static Stream<Row> others() {
    return Stream.of(
        row("bool", "vt.const = 'true'").keeps(true).breaks(false),
        row("optional bool", "vt.const = 'false'").keeps(UNSET, false).breaks(true),
        row("optional bool", "vt.not_nil = 'true'").keeps(false).breaks(UNSET),
        row("optional uuid", "vt.not_nil = 'true'").breaks(UNSET),
        row("Color", "vt.const = 'Color.RED'").keeps(color(1), UNSET).breaks(color(2)),
        row("Color", "vt.const = 'ROSE'").keeps(color(1)).breaks(color(3)),
        row("Color", "vt.in = 'Color.RED', vt.in = 'FAVOURITE'").keeps(color(3)).breaks(color(2)),
        row("Color", "vt.in = '[RED, $green]'").keeps(color(1), color(2)).breaks(color(3)),
        row("Color", "vt.not_in = 'Color.RED'").keeps(color(2), color(9)).breaks(color(1)),
        row("Color", "vt.defined_only = 'true'").keeps(color(1)).breaks(color(9)),
        row("Color", "vt.defined_only = 'false'").keeps(color(9)),
        row("optional Color", "vt.not_nil = 'true'").keeps(color(9)).breaks(UNSET));
  }

  private static Stream<Row> containers() {
    return Stream.of(
        row("list<i32>", "vt.min_size = '1'").keeps(List.of(1)).breaks(List.of(), UNSET),
        row("list<i32>", "vt.max_size = '1'").keeps(List.of(1)).breaks(List.of(1, 2)),
        row("optional list<i32>", "vt.min_size = '1'").keeps(UNSET, List.of(1)).breaks(List.of()),
        row("list<i32>", "vt.elem.gt = '0'").keeps(List.of(), List.of(1)).breaks(List.of(1, 0)),
        row("list<string>", "vt.elem.min_size = '1'").keeps(List.of("a")).breaks(List.of("a", "")),
        row("list<double>", "vt.elem.in = '1'").keeps(List.of(1.0)).breaks(List.of(2.0)),
        row("list<bool>", "vt.elem.const = 'true'").keeps(List.of(true)).breaks(List.of(false)),
        row("list<i8>", "vt.elem.in = '[1,2,3,4,5,6,7,8,9]'")
            .keeps(List.of((byte) 9))
            .breaks(List.of((byte) 10)),
        row("list<Color>", "vt.elem.defined_only = 'true'")
            .keeps(listOf(color(1)))
            .breaks(listOf(color(9))),
        row("list<list<i32>>", "vt.elem.min_size = '1', vt.elem.elem.lt = '5'")
            .keeps(List.of(List.of(4)))
            .breaks(List.of(List.of()), List.of(List.of(1), List.of(4, 5))),
        row("set<i32>", "vt.min_size = '2'").keeps(Set.of(1, 2)).breaks(Set.of(1)),
        row("set<i32>", "vt.max_size = '@len($three)'")
            .keeps(Set.of(1, 2))
            .breaks(Set.of(1, 2, 3, 4)),
        row("set<string>", "vt.elem.prefix = 'a'").keeps(Set.of("ab")).breaks(Set.of("ab", "b")),
        row("map<string, i32>", "vt.min_size = '1'").keeps(Map.of("a", 1)).breaks(Map.of()),
        row("map<string, i32>", "vt.max_size = '1'")
            .keeps(Map.of("a", 1))
            .breaks(Map.of("a", 1, "b", 2)),
        row("map<string, i32>", "vt.key.min_size = '1'")
            .keeps(Map.of("a", 1))
            .breaks(Map.of("", 1)),
        row("map<string, i32>", "vt.value.gt = '0'").keeps(Map.of("a", 1)).breaks(Map.of("a", 0)),
        row("map<i32, list<i32>>", "vt.value.elem.gt = '0', vt.key.lt = '9'")
            .keeps(Map.of(1, List.of(1)))
            .breaks(Map.of(1, List.of(0)), Map.of(9, List.of())),
        row("map<i32, Inner>", "vt.no_sparse = 'true'")
            .keeps(Map.of(), mapOf(inner(99)))
            .breaks(mapOf(() -> null)));
  }

  private static Stream<Row> structs() {
    return Stream.of(
        row("Inner", "vt.skip = 'false'").keeps(inner(9), UNSET).breaks(inner(10)),
        row("Inner", "vt.skip = 'true'").keeps(inner(10)),
        row("Inner", "vt.not_nil = 'true'").keeps(inner(9)).breaks(UNSET, inner(10)),
        row("Inner", "vt.not_nil = 'true', vt.skip = 'true'").keeps(inner(10)).breaks(UNSET),
        row("optional Inner", "vt.not_nil = 'false'").keeps(UNSET, inner(9)).breaks(inner(10)),
        row("list<Inner>", "vt.max_size = '1'").keeps(listOf(inner(10))),
        row("list<Inner>", "vt.elem.skip = 'false'")
            .keeps(listOf(inner(9)))
            .breaks(listOf(inner(10))),
        row("list<Inner>", "vt.elem.not_nil = 'true'")
            .keeps(listOf(inner(9)))
            .breaks(listOf(inner(10)), listOf(() -> null)),
        row("map<i32, Inner>", "vt.value.skip = 'false'")
            .keeps(mapOf(inner(9)))
            .breaks(mapOf(inner(10))),
        row("Arm", "vt.not_nil = 'true'")
            .keeps(arm("N", () -> 9), arm("Inner", inner(9)), arm("Text", () -> ""))
            .breaks(arm("N", () -> 10), arm("Inner", inner(10))));
  }

  private static Stream<Row> operands() {
    return Stream.of(
        row("i32", "vt.lt = '$five'").keeps(4).breaks(5),
        row("i64", "vt.ge = '$five'").keeps(5L).breaks(4L),
        row("i8", "vt.const = '$five'").keeps((byte) 5).breaks((byte) 4),
        row("i32", "vt.gt = '$half'").keeps(1).breaks(0),
        row("double", "vt.gt = '$five'").keeps(5.1).breaks(5.0),
        row("i32", "vt.lt = '$unset'").keeps(Integer.MAX_VALUE),
        row("i32", "vt.in = '[1, $five, $unset]'").keeps(1, 5).breaks(0),
        row("i32", "vt.not_in = '[1, $five, $unset]'").keeps(0).breaks(1, 5),
        row("string", "vt.const = '$ab'").keeps("ab").breaks("a"),
        row("string", "vt.prefix = '$ab'").keeps("abc").breaks("a"),
        row("string", "vt.in = '$ab', vt.in = '$unset_text'").keeps("ab").breaks(""),
        row("string", "vt.contains = '$unset_text'").keeps("x"),
        row("binary", "vt.suffix = '$bytes'").keeps(bytes("cab")).breaks(bytes("a")),
        row("string", "vt.max_size = '$five'").keeps("abcde").breaks("abcdef"),
        row("bool", "vt.const = '$yes'").keeps(true).breaks(false),
        row("Color", "vt.const = '$green'").keeps(color(2)).breaks(color(1)),
        row("i64", "vt.const = '@len($ab)'").keeps(2L).breaks(3L),
        row("i64", "vt.lt = '@len($unset_text)'").keeps(99L),
        row("i64", "vt.const = '@add(@len($three), $five)'").keeps(8L).breaks(9L),
        row("double", "vt.const = '@add($half, 1)'").keeps(1.5).breaks(1.0),
        row("i64", "vt.const = '@mod(-7, $five)'").keeps(-2L).breaks(3L),
        row("i64", "vt.const = '@mod(7, $zero)'").keeps(7L).breaks(0L),
        row("i64", "vt.gt = '@now_unix_nano()'").keeps(Long.MAX_VALUE).breaks(1L),
        row("bool", "vt.const = '@equal($ab, \"ab\")'").keeps(true).breaks(false),
        row("bool", "vt.const = '@equal($five, @len($three))'").keeps(false).breaks(true),
        row("bool", "vt.const = '@equal($yes, $yes)'").keeps(true).breaks(false),
        row("string", "vt.const = '@sprintf(\"%s-%d%%\", $ab, $five)'")
            .keeps("ab-5%")
            .breaks("ab-5"),
        row("string", "vt.const = '@sprintf(\"%d%t\", $five, $yes)'")
            .keeps("5true")
            .breaks("6true"),
        row("string", "vt.prefix = '@sprintf(\"\")'").keeps("", "a"),
        row("string", "vt.const = '@sprintf(\"%s\", $unset_text)'").keeps("x"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void holds(Row row) {
    var type = "test.Row" + rows().map(Row::toString).toList().indexOf(row.toString());

    for (var value : row.good) {
      var struct = struct(type, value);
      assertThat(struct.violations()).as("%s", struct).isEmpty();
      assertThatCode(struct::validate).doesNotThrowAnyException();
    }
    for (var value : row.bad) {
      var struct = struct(type, value);
      assertThat(struct.violations()).as("%s", struct).hasSize(1);
      assertThatThrownBy(struct::validate)
          .as("%s", struct)
          .isInstanceOf(ValidationException.class)
          .hasMessageMatching("x\\S* needs .+, has .+ \\(vt\\..+\\)|x.n needs .*");
    }
  }

  @Test
  void coversAllRules() {
    var all = rows().map(Row::rules).reduce("", String::concat);

    assertThat(RuleKey.values())
        .filteredOn(key -> key != RuleKey.ASSERT) // in ValidationCodeTest
        .allSatisfy(key -> assertThat(all).contains("." + key));
  }

  private static Validated struct(String type, Object value) {
    var struct = generated.struct(type);
    if (value != UNSET) {
      struct.set("x", value instanceof Supplier<?> later ? later.get() : value);
    }
    return (Validated) struct.value();
  }

  private static Binary bytes(String text) {
    return Binary.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  // ---- values of generated classes, which there are none of yet when the rows are made

  private static Supplier<?> color(int number) {
    return () -> Struct.callStatic(generated.type("test.Color"), "of", number);
  }

  private static Supplier<?> inner(int n) {
    return () -> generated.struct("test.Inner").set("n", n).value();
  }

  private static Supplier<?> arm(String name, Supplier<?> value) {
    return () -> Struct.construct(generated.type("test.Arm$" + name), value.get());
  }

  private static Supplier<?> listOf(Supplier<?> element) {
    return () -> Collections.singletonList(element.get());
  }

  private static Supplier<?> mapOf(Supplier<?> value) {
    return () -> Collections.singletonMap(1, value.get());
  }
}
