package io.windhover.idl;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.idl.TrueType.ListType;
import io.windhover.idl.TrueType.MapType;
import io.windhover.idl.TrueType.SetType;
import io.windhover.idl.ast.Requiredness;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ModelTest {

  @Test
  void numbersEnumItems() {
    var type = only(EnumType.class, "enum E { A, B = 5, C, D = -1, F, G = 5 }");

    assertThat(type.items())
        .extracting(it -> it.name() + it.value())
        .containsExactly("A0", "B5", "C6", "D-1", "F0", "G5");
  }

  @Test
  void countsMissingIdsAsThriftgoDoes() {
    var struct =
        only(StructType.class, "struct S { i32 a, i32 b, 7: i32 c, i32 d, -4: i32 e, i32 f }");

    assertThat(struct.fields())
        .extracting(it -> it.name() + it.id())
        .containsExactly("a1", "b2", "c7", "d8", "e-4", "f-3");
  }

  @Test
  void saysWhatRequirednessCounts() {
    var program =
        compile(
            """
            struct S { 1: i32 a, 2: required i32 b, 3: optional i32 c }
            union U { 1: i32 a, 2: required i32 b }
            exception E {}
            service T { void f(1: i32 a, 2: optional i32 b, 3: required i32 c) throws (1: E e) }
            """);
    var structs = program.definitions(StructType.class);
    var method = program.definitions(Service.class).getFirst().methods().getFirst();

    assertThat(structs.get(0).fields())
        .extracting(Field::requiredness)
        .containsExactly(Requiredness.DEFAULT, Requiredness.REQUIRED, Requiredness.OPTIONAL);
    assertThat(structs.get(1).fields())
        .extracting(Field::requiredness)
        .containsOnly(Requiredness.OPTIONAL);
    assertThat(method.arguments())
        .extracting(Field::requiredness)
        .containsOnly(Requiredness.DEFAULT);
    assertThat(method.exceptions())
        .extracting(Field::requiredness)
        .containsOnly(Requiredness.OPTIONAL);
  }

  @Test
  void replacesTypedefsAtEveryDepth() {
    var program =
        compile(
            """
            struct S { 1: B b, 2: map<string, list<C>> c }
            typedef map<A, set<C>> B
            typedef i32 A
            typedef S C
            """);
    var struct = program.definitions(StructType.class).getFirst();
    var b = struct.fields().get(0).type();
    var c = struct.fields().get(1).type();

    assertThat(b).isInstanceOf(Typedef.class).hasToString("B");
    assertThat(b.trueType()).isEqualTo(new MapType(BaseType.I32, new SetType(struct)));
    assertThat(c).hasToString("map<string, list<C>>");
    assertThat(c.trueType()).isEqualTo(new MapType(BaseType.STRING, new ListType(struct)));
  }

  record Sample(String name, String text, String expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Sample> values() {
    return Stream.of(
        new Sample("bool", "const bool X = true", "OfBool[value=true]"),
        new Sample("bool as a number", "const bool X = 0", "OfBool[value=false]"),
        new Sample("i8", "const i8 X = -128", "OfInt[value=-128]"),
        new Sample("i64", "const i64 X = 0x7fffffffffffffff", "OfInt[value=9223372036854775807]"),
        new Sample("double", "const double X = 1.5", "OfDouble[value=1.5]"),
        new Sample("double as a whole number", "const double X = 2", "OfDouble[value=2.0]"),
        new Sample("string", "const string X = 'a'", "OfString[value=a]"),
        new Sample("binary", "const binary X = 'a'", "OfString[value=a]"),
        new Sample(
            "uuid",
            "const uuid X = '00112233-4455-6677-8899-AABBCCDDEEFF'",
            "OfUuid[value=00112233-4455-6677-8899-aabbccddeeff]"),
        new Sample("list", "const list<i32> X = [1, 2]", "OfList[elements=[1, 2]]"),
        new Sample("set", "const set<i32> X = [2, 1]", "OfList[elements=[2, 1]]"),
        new Sample(
            "map",
            "const map<i32, bool> X = {1: true}",
            "OfMap[entries=[Entry[key=1, value=OfBool[value=true]]]]"),
        new Sample(
            "struct",
            "const S X = {'b': 2, 'a': 1} struct S { 1: i32 a, 2: i32 b, 3: i32 c = 3 }",
            "OfStruct[type=S, members=[Member[field=b, value=2], Member[field=a, value=1]]]"),
        new Sample("enum item", "const E X = E.B enum E { A, B }", "E.B"),
        new Sample("bare enum item", "const E X = B enum E { A, B }", "E.B"),
        new Sample("enum item by number", "const E X = 1 enum E { A, B }", "E.B"),
        new Sample("no enum item", "const E X = 9 enum E { A, B }", "OfEnumNumber[number=9]"),
        new Sample("enum item by typedef", "const E X = T.B typedef E T enum E { A, B }", "E.B"),
        new Sample("enum item as a number", "const i32 X = E.B enum E { A, B }", "OfInt[value=1]"),
        new Sample(
            "constant", "const i32 X = Y const i32 Y = 7", "OfConstant[constant=Y, value=7]"),
        new Sample(
            "constant of a constant",
            "const i32 X = Y const i32 Y = Z const i32 Z = 7",
            "OfConstant[constant=Y, value=7]"),
        new Sample(
            "constant of a narrower type",
            "const double X = Y const i8 Y = 7",
            "OfConstant[constant=Y, value=OfDouble[value=7.0]]"),
        new Sample(
            "constant before a bare enum item",
            "const E X = B enum E { A, B } const E B = E.A",
            "OfConstant[constant=B, value=E.A]"),
        new Sample(
            "constant list through a typedef",
            "const list<i32> X = Y typedef list<i32> T const T Y = [1]",
            "OfConstant[constant=Y, value=OfList[elements=[1]]]"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void findsValues(Sample sample) {
    var constant = compile(sample.text).definitions(Constant.class).getFirst();

    String found =
        constant
            .value()
            .toString()
            .replaceAll("OfEnum\\[item=Item\\[name=(\\w+).*]]", "E.$1")
            .replaceAll("(?<=.)OfInt\\[value=(-?\\d+)]", "$1");
    assertThat(found.replaceAll("]+$", "")).isEqualTo(sample.expected.replaceAll("]+$", ""));
  }

  @Test
  void givesFieldsAndArgumentsTheirDefaults() {
    var program =
        compile(
            """
            struct S { 1: i32 a = LIMIT, 2: i32 b, 3: list<i32> c = [1] }
            service T { void f(1: i64 a = LIMIT) }
            const i32 LIMIT = 5
            """);
    var fields = program.definitions(StructType.class).getFirst().fields();
    var method = program.definitions(Service.class).getFirst().methods().getFirst();
    var limit = program.definitions(Constant.class).getFirst();

    var reference = new Value.OfConstant(limit, new Value.OfInt(5));
    assertThat(fields.get(0).defaultValue()).contains(reference);
    assertThat(fields.get(1).defaultValue()).isEmpty();
    assertThat(method.arguments().getFirst().defaultValue()).contains(reference);
  }

  @Test
  void tellsFilesOfOneBaseNameApart() {
    var compilation =
        ThriftCompiler.compile(
            Map.of(
                "main.thrift",
                    "include 'x/b.thrift' include 'y/b.thrift' struct S { 1: b.X x, 2: b.Y y }",
                "x/b.thrift", "struct X {}",
                "y/b.thrift", "struct Y {}"),
            List.of("main.thrift"));

    var fields = compilation.roots().getFirst().definitions(StructType.class).getFirst().fields();
    assertThat(fields)
        .extracting(it -> ((StructType) it.type()).program().file().path())
        .containsExactly("x/b.thrift", "y/b.thrift");
  }

  @Test
  void saysWhereEachIncludeLeads() {
    var compilation =
        ThriftCompiler.compile(
            Map.of(
                "a.thrift", "include 'x/b.thrift' include 'b.thrift' include 'x/../b.thrift'",
                "b.thrift", "",
                "x/b.thrift", ""),
            List.of("a.thrift"));
    var program = compilation.roots().getFirst();

    assertThat(program.syntax().includes())
        .extracting(it -> program.included(it).file().path())
        .containsExactly("x/b.thrift", "b.thrift", "b.thrift");
    assertThat(program.includes()).hasSize(2);
  }

  @Test
  void keepsTheRootsInTheirOrder() {
    var texts = Map.of("a.thrift", "include 'b.thrift'", "b.thrift", "", "c.thrift", "");

    var compilation = ThriftCompiler.compile(texts, List.of("c.thrift", "a.thrift", "b.thrift"));

    assertThat(compilation.roots()).extracting(Program::name).containsExactly("c", "a", "b");
    assertThat(compilation.programs()).extracting(Program::name).containsExactly("c", "b", "a");
  }

  private static <D extends Definition> D only(Class<D> kind, String text) {
    var definitions = compile(text).definitions(kind);
    assertThat(definitions).hasSize(1);
    return definitions.getFirst();
  }

  private static Program compile(String text) {
    var compilation = ThriftCompiler.compile(Map.of("main.thrift", text), List.of("main.thrift"));
    assertThat(compilation.hasErrors()).as(compilation.diagnostics().toString()).isFalse();
    return compilation.roots().getFirst();
  }
}
