package io.windhover.idl.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.idl.Program;
import io.windhover.idl.ThriftCompiler;
import io.windhover.source.Span;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The table of changes. The first 34 are the cases of Apache Thrift's audit, by their numbers.
final class ComparisonTest {

  /// @param what has changed; a number is a case of Apache's
  /// @param changes each `level rule subject`
  record Sample(String what, String before, String after, List<String> changes) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static Sample sample(String what, String before, String after, String... changes) {
    return new Sample(what, before, after, List.of(changes));
  }

  static Stream<Sample> samples() {
    return Stream.of(apacheFields(), apacheMethods(), apacheRest(), types(), fields(), rest())
        .flatMap(it -> it);
  }

  private static Stream<Sample> apacheFields() {
    var enums = "enum E { A } enum F { A, B } ";
    return Stream.of(
        struct("2 i16 to i32", "1: i16 a", "1: i32 a", "wire field-type-changed S.a"),
        structAfter(enums, "3 enum to enum", "1: E a", "1: F a", "wire field-type-changed S.a"),
        struct("4 bool to string", "1: bool a", "1: string a", "wire field-type-changed S.a"),
        struct("5 bool to list", "1: bool a", "1: list<bool> a", "wire field-type-changed S.a"),
        struct(
            "6 elements of a list",
            "1: list<double> a",
            "1: list<i16> a",
            "wire field-type-changed S.a"),
        struct(
            "7 required no more",
            "1: required i32 a",
            "1: i32 a",
            "wire field-no-longer-required S.a"),
        struct("8 required now", "1: i32 a", "1: required i32 a", "wire field-became-required S.a"),
        struct(
            "9 field removed",
            "1: i32 a, 2: i32 b, 3: i32 c",
            "1: i32 a, 3: i32 c",
            "source field-removed S.b"),
        struct("10 first removed", "1: i32 a, 2: i32 b", "2: i32 b", "source field-removed S.a"),
        struct("11 last removed", "1: i32 a, 2: i32 b", "1: i32 a", "source field-removed S.b"),
        struct(
            "23 required added",
            "1: i32 a",
            "1: i32 a, 2: required i32 b",
            "wire required-field-added S.b"),
        struct(
            "34 added between",
            "1: i32 a, 3: i32 c",
            "1: i32 a, 2: i32 b, 3: i32 c",
            "note field-added-between S.b"));
  }

  private static Stream<Sample> apacheMethods() {
    var enums = "enum E { A } enum F { B } enum G { C } ";
    var structs = "struct A { 1: i32 a } struct B { 1: string a } struct C { 1: bool a } ";
    var errors = "exception X { 1: i32 a } exception Y { 1: string a } ";
    return Stream.of(
        sample(
            "1 method of the base removed",
            "service B { void f() void g() } service S extends B {}",
            "service B { void f() } service S extends B {}",
            "wire method-removed B.g"),
        service(enums, "12 result: enum", "E f()", "F f()", "wire result-type-changed S.f"),
        service(structs, "13 result: struct", "A f()", "B f()", "wire result-type-changed S.f"),
        service("", "14 result: base", "string f()", "double f()", "wire result-type-changed S.f"),
        service(
            "",
            "15 result: elements",
            "list<i32> f()",
            "list<i16> f()",
            "wire result-type-changed S.f"),
        service(
            enums,
            "16 result: keys",
            "map<E, F> f()",
            "map<G, F> f()",
            "wire result-type-changed S.f"),
        service(
            structs,
            "17 result: values",
            "map<A, B> f()",
            "map<A, C> f()",
            "wire result-type-changed S.f"),
        service(
            "",
            "18 oneway no more",
            "oneway void f()",
            "void f()",
            "wire method-no-longer-oneway S.f"),
        service(
            "", "19 oneway now", "void f()", "oneway void f()", "wire method-became-oneway S.f"),
        service(
            "struct A {}",
            "streams",
            "A f(1: A a)",
            "A f(1: A a) (streaming.mode = 'server')",
            "wire streaming-mode-changed S.f"),
        service(
            "struct A {}",
            "streams of another kind",
            "A f(1: A a) (streaming.mode = 'client')",
            "A f(1: A a) (streaming.mode = 'bidirectional')",
            "wire streaming-mode-changed S.f"),
        service(
            "struct A {}", "no streams", "A f(1: A a)", "A f(1: A a) (streaming.mode = 'unary')"),
        service(
            "",
            "26 argument: base",
            "void f(1: i32 a, 3: i64 c)",
            "void f(1: i32 a, 3: double c)",
            "wire argument-type-changed S.f.c"),
        service(
            enums,
            "27 argument: elements",
            "void f(8: list<E> a)",
            "void f(8: list<G> a)",
            "wire argument-type-changed S.f.a"),
        service(
            "",
            "28 argument: map to list",
            "void f(1: map<i64, double> a)",
            "void f(1: list<i64> a)",
            "wire argument-type-changed S.f.a"),
        service(
            "",
            "29 argument: list to string",
            "void f(1: list<string> a)",
            "void f(1: string a)",
            "wire argument-type-changed S.f.a"),
        service(
            structs,
            "30 argument: struct to map",
            "void f(1: A a)",
            "void f(1: map<A, A> a)",
            "wire argument-type-changed S.f.a"),
        service(
            errors,
            "31 exception removed",
            "void f() throws (1: X x, 2: Y y)",
            "void f() throws (1: X x)",
            "wire throws-removed S.f.y"),
        service(
            errors,
            "33 exception: type",
            "void f() throws (1: X x)",
            "void f() throws (1: Y x)",
            "wire throws-type-changed S.f.x"));
  }

  private static Stream<Sample> apacheRest() {
    var bases = "service B { void f() } service C { void g() } ";
    return Stream.of(
        sample(
            "20 first item",
            "enum E { A, B = 1, C = 2 }",
            "enum E { B = 1, C = 2 }",
            "wire enum-item-removed E.A"),
        sample(
            "21 last item", "enum E { A, B, C }", "enum E { A, B }", "wire enum-item-removed E.C"),
        sample(
            "22 item between",
            "enum E { A, B = 1, C = 2 }",
            "enum E { A, C = 2 }",
            "wire enum-item-removed E.B"),
        sample(
            "24 base removed",
            bases + "service S extends B {}",
            bases + "service S {}",
            "source base-service-changed S",
            "wire method-removed S.f"),
        sample(
            "25 base changed",
            bases + "service S extends B {}",
            bases + "service S extends C {}",
            "source base-service-changed S",
            "wire method-removed S.f",
            "source method-added S.g"),
        sample(
            "32 field of an exception",
            "exception X { 1: i32 a }",
            "exception X { 1: string a }",
            "wire field-type-changed X.a"),
        sample(
            "warning: namespace",
            "namespace java a.b",
            "namespace java a.c",
            "source namespace-changed namespace java"),
        sample(
            "warning: namespace removed",
            "namespace py a",
            "",
            "source namespace-changed namespace py"),
        sample(
            "warning: item renamed",
            "enum E { A, B }",
            "enum E { A, C }",
            "source enum-item-renamed E.B"),
        sample("warning: enum removed", "enum E { A }", "", "source enum-removed E"),
        struct("warning: default", "1: i32 a = 1", "1: i32 a = 2", "note default-changed S.a"),
        struct(
            "warning: default gone",
            "1: string a = 'x'",
            "1: string a",
            "note default-changed S.a"),
        struct(
            "warning: default of a map",
            "1: map<string, i32> a = {'x': 1}",
            "1: map<string, i32> a = {'y': 1}",
            "note default-changed S.a"),
        struct("warning: field renamed", "1: i32 a", "1: i32 b", "source field-renamed S.a"),
        sample("warning: constant removed", "const i32 C = 1", "", "source const-removed C"),
        sample(
            "warning: type of a constant",
            "const i32 C = 1",
            "const i64 C = 1",
            "source const-type-changed C"),
        sample(
            "warning: value of a constant",
            "const i32 C = 1",
            "const i32 C = 2",
            "note const-changed C"));
  }

  private static Stream<Sample> types() {
    return Stream.of(
        sample(
            "through a typedef",
            "typedef i32 T typedef list<T> U struct S { 1: U a }",
            "typedef i64 T typedef list<T> U struct S { 1: U a }",
            "source typedef-changed T",
            "source typedef-changed U",
            "wire field-type-changed S.a"),
        structAfter("typedef i32 T ", "a typedef instead", "1: i32 a", "1: T a"),
        sample("typedef removed", "typedef i32 T", "", "source typedef-removed T"),
        struct(
            "string and binary",
            "1: string a, 2: binary b",
            "1: binary a, 2: string b",
            "source field-type-replaced S.a",
            "source field-type-replaced S.b"),
        structAfter(
            "enum E { A } ",
            "enum and number",
            "1: E a, 2: i32 b",
            "1: i32 a, 2: E b",
            "source field-type-replaced S.a",
            "source field-type-replaced S.b"),
        struct("list and set", "1: list<i32> a", "1: set<i32> a", "wire field-type-changed S.a"),
        struct("byte is i8", "1: byte a", "1: i8 a"),
        struct("string and uuid", "1: string a", "1: uuid a", "wire field-type-changed S.a"),
        sample(
            "struct renamed",
            "struct A { 1: i32 a, 2: optional A b } struct S { 1: A a }",
            "struct B { 1: i32 a, 2: optional B b } struct S { 1: B a }",
            "source struct-removed A",
            "source field-type-replaced S.a",
            "note definition-added B"),
        sample(
            "struct replaced by a wider one",
            "struct A { 1: i32 a } struct S { 1: A a }",
            "struct B { 1: i32 a, 2: required i32 b } struct S { 1: B a }",
            "source struct-removed A",
            "wire field-type-changed S.a",
            "note definition-added B"),
        sample(
            "enum renamed",
            "enum E { A } struct S { 1: E a }",
            "enum F { A } struct S { 1: F a }",
            "source enum-removed E",
            "source field-type-replaced S.a",
            "note definition-added F"),
        sample(
            "struct to union",
            "struct A { 1: optional i32 a }",
            "union A { 1: i32 a }",
            "source kind-changed A"),
        sample(
            "struct to enum",
            "struct A {} struct S { 1: A a }",
            "enum A { B } struct S { 1: A a }",
            "source kind-changed A",
            "wire field-type-changed S.a"));
  }

  private static Stream<Sample> fields() {
    return Stream.of(
        struct("optional added", "1: i32 a", "1: i32 a, 2: optional i32 b", "note field-added S.b"),
        struct(
            "required removed",
            "1: i32 a, 2: required i32 b",
            "1: i32 a",
            "wire required-field-removed S.b"),
        struct(
            "optional now",
            "1: i32 a",
            "1: optional i32 a",
            "source field-optionality-changed S.a"),
        struct(
            "optional to required",
            "1: optional i32 a",
            "1: required i32 a",
            "wire field-became-required S.a"),
        struct(
            "required to optional",
            "1: required i32 a",
            "1: optional i32 a",
            "wire field-no-longer-required S.a"),
        struct(
            "id changed", "1: i32 a, 2: i32 b", "1: i32 a, 3: i32 b", "wire field-id-changed S.b"),
        struct(
            "ids swapped",
            "1: i32 a, 2: i32 b",
            "2: i32 a, 1: i32 b",
            "wire field-id-changed S.a",
            "wire field-id-changed S.b"),
        struct(
            "ids that are counted",
            "i32 a, i32 b",
            "i32 b",
            "source field-removed S.a",
            "wire field-id-changed S.b"),
        struct(
            "id used again",
            "1: i32 a",
            "1: string b",
            "source field-renamed S.a",
            "wire field-type-changed S.a"),
        struct("order of the file", "1: i32 a, 2: i32 b", "2: i32 b, 1: i32 a"),
        struct(
            "default of an optional field",
            "1: optional i32 a = 1",
            "1: optional i32 a = 2",
            "wire optional-default-changed S.a"),
        structAfter(
            "const i32 C = 1 ",
            "default by a constant",
            "1: optional i32 a = 1",
            "1: optional i32 a = C"),
        struct(
            "default spelled otherwise",
            "1: double a = 1, 2: i32 b = 16",
            "1: double a = 1.0, 2: i32 b = 0x10"),
        union("arm added", "1: i32 a", "1: i32 a, 2: i32 b", "source arm-added U.b"),
        union("arm removed", "1: i32 a, 2: i32 b", "1: i32 a", "wire arm-removed U.b"),
        union("arm renamed", "1: i32 a", "1: i32 b", "source arm-renamed U.a"),
        union("arm of another id", "1: i32 a", "2: i32 a", "wire arm-id-changed U.a"),
        union("arm of another type", "1: i32 a", "1: i64 a", "wire arm-type-changed U.a"),
        union(
            "arm of the same bytes", "1: string a", "1: binary a", "source arm-type-replaced U.a"));
  }

  private static Stream<Sample> rest() {
    var errors = "exception X { 1: i32 a } exception Y { 1: i32 a } ";
    return Stream.of(
        sample("nothing", "struct S { 1: i32 a }", "/* x */ struct S { 1: i32 a; } (x = 'y')"),
        sample(
            "numbers swapped",
            "enum E { A = 1, B = 2 }",
            "enum E { A = 2, B = 1 }",
            "wire enum-value-changed E.A",
            "wire enum-value-changed E.B"),
        sample(
            "numbers that are counted",
            "enum E { A, B }",
            "enum E { C, A, B }",
            "wire enum-value-changed E.A",
            "wire enum-value-changed E.B",
            "source enum-item-added E.C"),
        sample("item added", "enum E { A }", "enum E { A, B }", "source enum-item-added E.B"),
        sample("service removed", "service S { void f() }", "", "wire service-removed S"),
        sample(
            "service to struct",
            "service S {}",
            "struct S {}",
            "source kind-changed S",
            "wire service-removed S"),
        sample("service added", "", "service S { void f() }", "note definition-added S"),
        service("", "method removed", "void f() void g()", "void g()", "wire method-removed S.f"),
        service("", "method added", "void f()", "void f() void g()", "source method-added S.g"),
        service("", "void to a result", "void f()", "i32 f()", "wire result-type-changed S.f"),
        service("", "a result to void", "i32 f()", "void f()", "wire result-type-changed S.f"),
        service(
            "",
            "result of the same bytes",
            "string f()",
            "binary f()",
            "source result-type-replaced S.f"),
        service(
            "",
            "argument added",
            "void f(1: i32 a)",
            "void f(1: i32 a, 2: i32 b)",
            "source argument-added S.f.b"),
        service(
            "",
            "argument removed",
            "void f(1: i32 a, 2: i32 b)",
            "void f(1: i32 a)",
            "source argument-removed S.f.b"),
        service(
            "",
            "argument renamed",
            "void f(1: i32 a)",
            "void f(1: i32 b)",
            "note argument-renamed S.f.a"),
        service(
            "",
            "argument of another id",
            "void f(1: i32 a)",
            "void f(2: i32 a)",
            "wire argument-id-changed S.f.a"),
        service(
            "",
            "argument of the same bytes",
            "void f(1: string a)",
            "void f(1: binary a)",
            "source argument-type-replaced S.f.a"),
        service(
            "",
            "arguments in another order",
            "void f(1: i32 a, 2: i32 b)",
            "void f(2: i32 b, 1: i32 a)",
            "source arguments-reordered S.f"),
        service(
            errors,
            "exception added",
            "void f()",
            "void f() throws (1: X x)",
            "wire throws-added S.f.x"),
        service(
            errors,
            "exception of another id",
            "void f() throws (1: X x)",
            "void f() throws (2: X x)",
            "wire throws-id-changed S.f.x"),
        service(
            errors,
            "exception renamed",
            "void f() throws (1: X x)",
            "void f() throws (1: X y)",
            "note throws-renamed S.f.x"),
        service(
            errors,
            "exception of the same fields",
            "void f() throws (1: X x)",
            "void f() throws (1: Y x)",
            "source throws-type-replaced S.f.x"),
        sample(
            "method moved to the base",
            "service B {} service S extends B { void f() }",
            "service B { void f() } service S extends B {}",
            "source method-added B.f"),
        sample(
            "base with the same methods",
            "service B { void f() } service C { void f() } service S extends B {}",
            "service B { void f() } service C { void f() } service S extends C {}",
            "source base-service-changed S"),
        sample(
            "in an included file",
            "include 'b.thrift' struct S { 1: b.T a }\n=== b.thrift\nstruct T { 1: i32 a }",
            "include 'b.thrift' struct S { 1: b.T a }\n=== b.thrift\nstruct T { 1: i64 a }",
            "wire field-type-changed T.a"),
        sample(
            "included no more",
            "include 'b.thrift' struct S { 1: b.T a }\n=== b.thrift\nstruct T { 1: i32 a }",
            "struct T { 1: i32 a } struct S { 1: T a }",
            "note include-removed b",
            "source field-type-replaced S.a",
            "note definition-added T"),
        sample(
            "included now",
            "struct T { 1: i32 a } struct S { 1: T a }",
            "include 'b.thrift' struct S { 1: b.T a }\n=== b.thrift\nstruct T { 1: i32 a }",
            "note include-added b",
            "source struct-removed T",
            "source field-type-replaced S.a"));
  }

  private static Sample struct(String what, String before, String after, String... changes) {
    return structAfter("", what, before, after, changes);
  }

  private static Sample structAfter(
      String rest, String what, String before, String after, String... changes) {
    return within(rest + "struct S { %s }", what, before, after, changes);
  }

  private static Sample union(String what, String before, String after, String... changes) {
    return within("union U { %s }", what, before, after, changes);
  }

  private static Sample service(
      String rest, String what, String before, String after, String... changes) {
    return within(rest + "service S { %s }", what, before, after, changes);
  }

  private static Sample within(
      String around, String what, String before, String after, String... changes) {
    return sample(what, around.formatted(before), around.formatted(after), changes);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void findsWhatHasChanged(Sample sample) {
    var changes = Comparison.of(compile(sample.before), compile(sample.after));

    assertThat(changes)
        .extracting(
            it ->
                "%s %s %s"
                    .formatted(
                        it.level().name().toLowerCase(Locale.ROOT), it.rule().id(), it.subject()))
        .containsExactlyElementsOf(sample.changes);
  }

  /// So that a rule that is added gets its sample.
  @Test
  void tableHasEveryRule() {
    var found =
        samples()
            .flatMap(it -> it.changes.stream())
            .map(it -> it.split(" ", 3)[1])
            .collect(Collectors.toSet());

    assertThat(found)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ThriftChange.values()).map(ThriftChange::id).toList());
  }

  @Test
  void saysWhereAndHow() {
    var change =
        Comparison.of(
                compile("typedef i32 T\nstruct S {\n  1: T total\n}"),
                compile("typedef i64 T\n\nstruct S {\n  1: T total\n}"))
            .getLast();

    assertThat(change.message()).isEqualTo("type is T (i64), was T (i32)");
    assertThat(change.before().map(Span::toString)).contains("a.thrift:3:6");
    assertThat(change.after().map(Span::toString)).contains("a.thrift:4:6");
  }

  private static Program compile(String text) {
    Map<String, String> files = new LinkedHashMap<>();
    var name = "a.thrift";
    for (var part : text.split("\n=== ", -1)) {
      if (files.isEmpty()) {
        files.put(name, part);
      } else {
        files.put(part.substring(0, part.indexOf('\n')), part.substring(part.indexOf('\n')));
      }
    }
    var compilation = ThriftCompiler.compile(files, List.of(name));
    assertThat(compilation.hasErrors()).as("%s", compilation.diagnostics()).isFalse();
    return compilation.roots().getFirst();
  }
}
