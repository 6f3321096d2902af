package io.windhover.idl;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.idl.ast.Dialect;
import io.windhover.source.Diagnostic;
import io.windhover.source.Reporting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Where Apache Thrift and Thriftgo differ: what is said by default, and in the dialect of each.
final class DialectTest {

  /// The codes of what is said in each dialect.
  record Sample(String text, String both, String apache, String thriftgo) {
    @Override
    public String toString() {
      return text;
    }
  }

  static Stream<Sample> samples() {
    return Stream.of(
        // read differently
        new Sample("struct A { i32 a }", "W001", "W001", "W001"),
        new Sample("struct A { -1: i32 a }", "W002", "W002", "W002"),
        new Sample("struct A { 0x10: i32 a }", "W025", "", "W025"),
        new Sample("struct A { 010: i32 a }", "", "", ""),
        new Sample("const i32 A = 010", "W003", "", ""),
        new Sample("const i32 A = 08", "W003", "", "E007"),
        new Sample("const string A = '\\d'", "W004", "E013", "W004"),
        // taken by one of them only
        new Sample("const string A = '\\x41'", "", "E013", ""),
        new Sample("const string A = '\\n\\r\\t\\\\\\''", "", "", ""),
        new Sample("struct A { 1: i32 a (k = '\\d+') }", "", "E013", ""),
        new Sample("const i32 A = 1 (k = 'v')", "", "E013", ""),
        new Sample("struct A {} struct B { 1: A a (k = 'v') }", "", "", ""),
        new Sample("struct A {} struct B { 1: A (k = 'v') a }", "", "E013", ""),
        new Sample("struct B { 1: i32 (k = 'v') a }", "", "", ""),
        new Sample("struct A { 1: i32 a (k) }", "", "", "E013"),
        new Sample("const i32 A = 0o17", "", "E013", ""),
        new Sample("const i32 A = -0x10", "", "", "E013"),
        new Sample("const i32 A = 0x10", "", "", ""),
        new Sample("struct A { 1: uuid a }", "", "", "E013"),
        new Sample("typedef string uuid struct A { 1: uuid a = 'none' }", "", "", ""),
        new Sample("struct A { 1: optional A & a }", "", "", "E013"),
        new Sample("struct A xsd_all { 1: i32 a xsd_optional }", "", "", "E013 E013"),
        new Sample("struct A { 1: list cpp_type 'x' <i32> a }", "", "", "E013"),
        new Sample("struct A { 1: list<i32> cpp_type 'x' a }", "", "", ""),
        new Sample("service S { async void f() }", "W006", "W006", "E013 W006"),
        new Sample("enum E { list }", "", "E013", ""),
        new Sample("struct oneway {}", "", "E013", ""),
        new Sample("service S { i32 list() }", "", "E013", ""),
        new Sample("struct A { 1: i32 class }", "", "E013", ""),
        new Sample("struct A { 1: i32 list }", "", "", ""));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void says(Sample sample) {
    assertThat(codes(sample.text, Dialect.BOTH)).isEqualTo(sample.both);
    assertThat(codes(sample.text, Dialect.APACHE)).isEqualTo(sample.apache);
    assertThat(codes(sample.text, Dialect.THRIFTGO)).isEqualTo(sample.thriftgo);
  }

  /// As both compilers number them (Apache Thrift 0.17, Thriftgo 0.4.5).
  @Test
  void numbersFieldsAsTheDialectDoes() {
    var text = "struct A { i32 a, 5: i32 b, i32 c, -7: i32 d, i32 e }";

    assertThat(ids(text, Dialect.BOTH)).isEqualTo("a=1 b=5 c=6 d=-7 e=-6");
    assertThat(ids(text, Dialect.THRIFTGO)).isEqualTo("a=1 b=5 c=6 d=-7 e=-6");
    assertThat(ids(text, Dialect.APACHE)).isEqualTo("a=-1 b=5 c=-2 d=-3 e=-4");
  }

  @Test
  void readsNumbersAsTheDialectDoes() {
    var text = "const i32 A = 010";

    assertThat(value(text, Dialect.BOTH)).isEqualTo(new Value.OfInt(10));
    assertThat(value(text, Dialect.APACHE)).isEqualTo(new Value.OfInt(10));
    assertThat(value(text, Dialect.THRIFTGO)).isEqualTo(new Value.OfInt(8));
  }

  @Test
  void searchesIncludesAsTheDialectDoes() {
    var texts =
        texts(
            "folder/main.thrift",
            "include 'base.thrift' const i32 A = base.B",
            "folder/base.thrift",
            "const i32 B = 1",
            "base.thrift",
            "const i32 B = 2");

    assertThat(included(texts, Dialect.BOTH)).isEqualTo("folder/base.thrift [W026]");
    assertThat(included(texts, Dialect.APACHE)).isEqualTo("folder/base.thrift []");
    assertThat(included(texts, Dialect.THRIFTGO)).isEqualTo("base.thrift []");
  }

  @Test
  void apacheDoesNotLookInTheWorkingFolder() {
    var texts =
        texts(
            "folder/main.thrift",
            "include 'base.thrift' const i32 A = base.B",
            "base.thrift",
            "const i32 B = 2");

    assertThat(included(texts, Dialect.BOTH)).isEqualTo("base.thrift [W007]");
    assertThat(included(texts, Dialect.APACHE)).isEqualTo("null [E020]");
    assertThat(included(texts, Dialect.THRIFTGO)).isEqualTo("base.thrift []");
  }

  /// What a dialect refuses hides nothing else.
  @Test
  void goesOnBehindWhatTheDialectRefuses() {
    assertThat(codes("const i32 A = 1 (k = 'v') const i32 B = C", Dialect.APACHE))
        .isEqualTo("E013 E031");
  }

  private static String codes(String text, Dialect dialect) {
    return compile(Map.of("f.thrift", text), dialect).diagnostics().stream()
        .map(it -> it.rule().code())
        .collect(joining(" "));
  }

  private static String ids(String text, Dialect dialect) {
    return program(text, dialect).definitions(StructType.class).getFirst().fields().stream()
        .map(field -> field.name() + "=" + field.id())
        .collect(joining(" "));
  }

  private static Value value(String text, Dialect dialect) {
    return program(text, dialect).definitions(Constant.class).getFirst().value();
  }

  private static Program program(String text, Dialect dialect) {
    return compile(Map.of("f.thrift", text), dialect).roots().getFirst();
  }

  /// The file that the first one includes, and what is said about it.
  private static String included(Map<String, String> texts, Dialect dialect) {
    var compilation = compile(texts, dialect);
    var file = compilation.programs().stream().map(Program::toString).findFirst().orElse("null");
    var codes = compilation.diagnostics().stream().map(Diagnostic::rule).map(it -> it.code());
    return file + " " + codes.toList();
  }

  private static Compilation compile(Map<String, String> texts, Dialect dialect) {
    return ThriftCompiler.compile(
        texts,
        List.of(texts.keySet().iterator().next()),
        new CompilerOptions(List.of(), dialect, Reporting.DEFAULTS));
  }

  private static Map<String, String> texts(String... namesAndTexts) {
    var texts = new LinkedHashMap<String, String>();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      texts.put(namesAndTexts[i], namesAndTexts[i + 1]);
    }
    return texts;
  }
}
