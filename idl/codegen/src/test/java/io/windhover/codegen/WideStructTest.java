package io.windhover.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.thrift.ThriftProtocolException;
import io.windhover.thrift.validation.Validated;
import io.windhover.thrift.validation.Validation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Structs and unions of hundreds of fields, and fields of much code.
final class WideStructTest {
  private static final int FIELDS = 500;

  @TempDir Path classes;

  @Test
  void travelsAndStaysCompilable() throws IOException {
    var wide = Generated.loadText(classes, idl()).struct("test.Wide");
    for (int i = 1; i <= FIELDS; i++) {
      switch (i % 4) {
        case 0 -> wide.set("field" + i, (long) i);
        case 1 -> wide.set("field" + i, "text " + i);
        case 2 -> wide.set("field" + i, List.of(i));
        default -> wide.set("field" + i, i);
      }
    }

    assertThat(wide.again()).isEqualTo(wide);
    assertThat(new Struct(wide.call("deepCopy"))).isEqualTo(wide);
    assertThat(wide.toString()).startsWith("Wide[field_1=text 1, ").endsWith(", ...]");
    assertThatThrownBy(() -> Struct.read(wide.value().getClass(), "00"))
        .isInstanceOf(ThriftProtocolException.class)
        .hasMessageContaining("Wide.field_3");
    ClassFiles.assertThatAllMethodsAreCompiled(classes);
  }

  @Test
  void containersOfContainersStayCompilable() throws IOException {
    var type = "map<string, map<i32, list<list<Deep>>>>";
    var generated =
        Generated.loadText(
            classes,
            "struct Deep {\n%s\n} exception Failure {\n%s\n}"
                .formatted(fields("optional " + type), fields("required " + type)));

    var deep = generated.struct("test.Deep");
    var value = Map.of("a", Map.of(1, List.of(List.of(deep.value()))));
    var full = generated.struct("test.Deep").set("field1", value).set("field500", value);
    assertThat(full.again()).isEqualTo(full);
    assertThat(new Struct(full.call("deepCopy"))).isEqualTo(full);
    assertThat(full).isNotEqualTo(generated.struct("test.Deep").set("field1", value));
    assertThat(full.value().hashCode()).isNotEqualTo(deep.value().hashCode());
    ClassFiles.assertThatAllMethodsAreCompiled(classes);
  }

  @Test
  void wideUnionsStayCompilable() throws IOException {
    var generated =
        Generated.loadText(
            classes,
            """
            struct Leaf { 1: i32 value }
            union Wide {
              %s
              501: Leaf leaf
              502: list<string> texts
              503: i32 number
            }
            """
                .formatted(fields("map<string, list<Leaf>>")));
    var codec = Struct.codec(generated.type("test.Wide"));
    var leaf = generated.struct("test.Leaf").set("value", 7).value();

    for (var arm :
        List.of(
            arm(generated, "Field1", Map.of("a", List.of(leaf))),
            arm(generated, "Field499", Map.of("a", List.of(leaf))),
            arm(generated, "Leaf", leaf),
            arm(generated, "Texts", List.of("a")),
            arm(generated, "Number", 7))) {
      var again = Struct.read(generated.type("test.Wide"), Struct.hex(codec, arm));
      assertThat(again.value()).isEqualTo(arm);
      assertThat(again.call("deepCopy")).isEqualTo(arm);
    }
    var unknown = "0a 07d0 0000000000000007 00";
    assertThat(Struct.hex(codec, Struct.read(generated.type("test.Wide"), unknown).value()))
        .isEqualTo(unknown.replace(" ", ""));
    ClassFiles.assertThatAllMethodsAreCompiled(classes);
  }

  @Test
  void rulesForWideStructsStayCompilable() throws IOException {
    var many = Collections.nCopies(300, "vt.elem.elem.prefix = \"a\"");
    var generated =
        Generated.loadText(
            classes,
            """
            struct Wide {
              %s
              501: list<list<string>> texts (%s)
              502: i32 last (vt.const = "@add(1, @add(2, @add($field_1, @len($texts))))")
            }
            union Arms { %s }
            """
                .formatted(
                    ruled("i32", "vt.in = \"[0, 1, 2, 3, 4, 5, 6, 7, 8]\", vt.lt = \"$field_500\""),
                    String.join(", ", many),
                    ruled("string", "vt.pattern = \"a\"")));
    var wide = generated.struct("test.Wide").set("last", 4);

    assertThat(((Validated) wide.value()).violations()).hasSize(Validation.MAX_VIOLATIONS);
    for (int i = 1; i < FIELDS; i++) {
      wide.set("field" + i, i % 8);
    }
    wide.set("field500", 8).set("texts", List.of(List.of("a"), List.of("ab", "ba")));
    assertThat(((Validated) wide.value()).violations())
        .as("500 is not below itself, 300 rules, and 1 + 2 + 1 + 2 is not 4")
        .hasSize(Validation.MAX_VIOLATIONS)
        .element(0)
        .hasFieldOrPropertyWithValue("path", "field_500");
    wide.set("texts", List.of(List.of("ab"))).set("last", 5);
    assertThat(((Validated) wide.value()).violations()).hasSize(1);
    assertThat(((Validated) arm("test.Arms", generated, "Field500", "b")).violations()).hasSize(1);
    ClassFiles.assertThatAllMethodsAreCompiled(classes);
  }

  private static String ruled(String type, String rules) {
    return IntStream.rangeClosed(1, FIELDS)
        .mapToObj(i -> "%s: %s field_%s (%s)".formatted(i, type, i, rules))
        .collect(Collectors.joining("\n"));
  }

  private static Object arm(String union, Generated generated, String name, Object value) {
    return Struct.construct(generated.type(union + "$" + name), value);
  }

  private static Object arm(Generated generated, String name, Object value) {
    return arm("test.Wide", generated, name, value);
  }

  private static String fields(String type) {
    return IntStream.rangeClosed(1, FIELDS)
        .mapToObj(i -> "%s: %s field_%s".formatted(i, type, i))
        .collect(Collectors.joining("\n"));
  }

  private static String idl() {
    return IntStream.rangeClosed(1, FIELDS)
        .mapToObj(WideStructTest::field)
        .collect(Collectors.joining("\n", "struct Wide {\n", "\n}"));
  }

  private static String field(int i) {
    return i
        + ": "
        + switch (i % 4) {
          case 0 -> "optional i64";
          case 1 -> "string";
          case 2 -> "list<i32>";
          default -> "required i32";
        }
        + " field_"
        + i;
  }
}
