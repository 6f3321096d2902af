package io.windhover.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.codegen.GeneratorOptions.StructStyle;
import io.windhover.source.Diagnostic;
import io.windhover.thrift.ThriftProtocolException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Structs that are records: generated, compiled and run.
final class RecordTest {

  private static final GeneratorOptions RECORDS =
      GeneratorOptions.DEFAULTS.withStyle(StructStyle.RECORD);

  private static final String IDL =
      """
      struct Point { 1: required i32 x, 2: required i64 y, 3: required string label }
      struct Path {
        1: list<Point> points
        2: optional i32 width = 2
        3: optional string name
        4: optional list<string> tags = ["a"]
        5: Point start
        6: Kind kind
        7: Mixed mixed
        8: map<string, Path> copies
        9: string note = "none"
      }
      struct Mixed { 1: i32 value } (windhover.style = "class")
      struct Nothing {}
      union Kind { 1: Point point, 2: double length }
      const Path LINE = {"points": [{"x": 1, "y": 5000000000, "label": "a"}], "width": 3}
      exception Off { 1: string message }
      """;

  @TempDir Path classes;

  @Test
  void recordsTravel() {
    var generated = Generated.loadText(classes, IDL, RECORDS);
    var line = new Struct(Struct.callStatic(generated.type("test.TestConstants"), "LINE"));

    assertThat(line.value()).isInstanceOf(Record.class);
    assertThat(line)
        .hasToString(
            "Path[points=[Point[x=1, y=5000000000, label=a]], width=3, name=null, tags=null,"
                + " start=null, kind=null, mixed=null, copies={}, note=none]");
    assertThat(line.again()).isEqualTo(line);
    assertThat(line.value()).hasSameHashCodeAs(line.again().value());
    assertThat(new Struct(line.call("deepCopy"))).isEqualTo(line);
    assertThat(generated.struct("test.Nothing").again())
        .isEqualTo(generated.struct("test.Nothing"));
    assertThat(generated.type("test.Mixed").isRecord()).isFalse();
    assertThat(generated.type("test.Off").isRecord()).isFalse();
  }

  @Test
  void aDeepCopySharesNothingThatCanChange() {
    var generated = Generated.loadText(classes, IDL, RECORDS);
    var mixed = generated.struct("test.Mixed").set("value", 1);
    var path = build(builder(generated, "Path").set("mixed", mixed));

    var copy = new Struct(path.call("deepCopy"));
    mixed.set("value", 2);

    assertThat(new Struct(copy.get("mixed")).get("value")).isEqualTo(1);
  }

  @Test
  void absentFieldsAreNullAndHaveTheirDefaultBesides() {
    var generated = Generated.loadText(classes, IDL, RECORDS);
    var empty = build(builder(generated, "Path"));

    assertThat(empty.get("width")).isNull();
    assertThat(empty.get("widthOrDefault")).isEqualTo(2);
    assertThat(empty.get("tags")).isNull();
    assertThat(empty.get("tagsOrDefault")).isEqualTo(List.of("a"));
    assertThat(empty.get("note")).isEqualTo("none");
    var wide = build(builder(generated, "Path").set("width", 2));
    assertThat(wide.again().get("width")).isEqualTo(2);
    assertThat(build(new Struct(wide.call("toBuilder")).set("width", null))).isEqualTo(empty);
  }

  @Test
  void whatIsRequiredIsThereFromTheStart() {
    var generated = Generated.loadText(classes, IDL, RECORDS);

    assertThatThrownBy(() -> build(builder(generated, "Point")))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("label");
    assertThatThrownBy(() -> builder(generated, "Point").set("label", null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("label");
    assertThatThrownBy(() -> Struct.read(generated.type("test.Point"), "08 0001 00000001 00"))
        .isInstanceOf(ThriftProtocolException.class)
        .hasMessageContaining("Point.y");
  }

  @Test
  void unknownFieldsSurviveAndDoNotCount() {
    var generated = Generated.loadText(classes, IDL, RECORDS);
    var hex = "08 0063 00000005 0b 0009 00000000 00";

    var path = Struct.read(generated.type("test.Path"), hex);

    assertThat(path.hex()).contains("08006300000005");
    assertThat(build(new Struct(path.call("toBuilder"))).hex()).isEqualTo(path.hex());
    assertThat(path).isEqualTo(build(builder(generated, "Path").set("note", "")));
  }

  @Test
  void namesOfTheRecordAreTaken() {
    var generated =
        Generated.loadText(
            classes,
            """
            namespace java test (windhover.style = "record")
            struct Builder { 1: Builder builder, 2: i32 build, 3: i32 to_builder, 4: i32 value }
            struct Other {
              1: optional i32 x = 1, 2: i32 x_or_default, 3: list<Builder> that, 4: i32 hash
              5: list<list<i32>> other, 6: i64 in, 7: bool class, 8: i32 copy, 9: i32 unknown_fields
            }
            """);
    var one = build(builder(generated, "Builder_").set("value", 1).set("build", 2));
    var two = build(builder(generated, "Builder_").set("builder_", one).set("toBuilder_", 3));
    var other = builder(generated, "Other").set("that", List.of(one.value())).set("xOrDefault_", 4);

    assertThat(two.again()).isEqualTo(two);
    assertThat(build(other).again()).isEqualTo(build(other)).isNotEqualTo(two);
    assertThat(build(other).get("xOrDefault")).isEqualTo(1);
  }

  @Test
  void theWidestRecordTravels() {
    var generated = Generated.loadText(classes, wide(126, 1), RECORDS); // 1 + 252 + 1 + 1 slots
    var builder = builder(generated, "Wide").set("last", 7);
    IntStream.rangeClosed(1, 126).forEach(i -> builder.set("field" + i, (long) i));

    var wide = build(builder);

    assertThat(wide.again()).isEqualTo(wide);
    assertThat(new Struct(wide.call("deepCopy"))).isEqualTo(wide);
    assertThat(build(new Struct(wide.call("toBuilder")))).isEqualTo(wide);
  }

  @Test
  void aWiderOneIsRefused() {
    var programs = Generated.compileText(wide(126, 2)).programs();

    var result = JavaGenerator.generate(programs, RECORDS);

    assertThat(result.files()).isEmpty();
    assertThat(result.diagnostics())
        .hasSize(1)
        .first()
        .extracting(Diagnostic::toString)
        .asString()
        .startsWith(
            "test.thrift:1:8: error[E037]: 'Wide' has too many fields for a record: its constructor"
                + " would take 256 slots (expected: at most 255; i64 and double take two)")
        .contains("help: write (windhover.style = \"class\") behind the struct");
    var asClass = wide(126, 2) + " (windhover.style = \"class\")";
    assertThat(
            JavaGenerator.generate(Generated.compileText(asClass).programs(), RECORDS).hasErrors())
        .isFalse();
  }

  private static String wide(int longs, int others) {
    return Stream.concat(
            IntStream.rangeClosed(1, longs).mapToObj("required i64 field_%s"::formatted),
            Stream.of("optional i64 other", "required i32 last").skip(2 - others))
        .collect(Collectors.joining(", ", "struct Wide { ", " }"));
  }

  private static Struct builder(Generated generated, String type) {
    return new Struct(Struct.callStatic(generated.type("test." + type), "builder"));
  }

  private static Struct build(Struct builder) {
    return new Struct(builder.call("build"));
  }
}
