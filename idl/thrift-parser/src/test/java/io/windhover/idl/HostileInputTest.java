package io.windhover.idl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.windhover.source.Diagnostic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Files that are made to break compilers: deep, long, or both.
final class HostileInputTest {
  private static final Duration HANG = Duration.ofSeconds(30); // a slow machine is none
  private static final int DEEP = 300_000;
  private static final int LONG = 20_000;

  /// @param expected the message of the first error, or nothing if there must be none
  record Sample(String name, String text, String expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Sample> samples() {
    String tooDeep = "nested deeper than 256 levels";
    return Stream.of(
        new Sample("deep type", "typedef " + "list<".repeat(DEEP), tooDeep),
        new Sample(
            "deep type, closed",
            "struct S { 1: " + "set<".repeat(DEEP) + "i32" + ">".repeat(DEEP) + " a }",
            tooDeep),
        new Sample("deep list", "const i32 A = " + "[".repeat(DEEP), tooDeep),
        new Sample("deep map", "const i32 A = " + "{1:".repeat(DEEP), tooDeep),
        new Sample("deep xsd_attrs", "struct S {" + "1: i32 a xsd_attrs {".repeat(LONG), tooDeep),
        new Sample("deep braces", "struct S " + "{".repeat(DEEP), "expected a type, found '{'"),
        new Sample("deep parentheses", "(".repeat(DEEP), "expected a definition, found '('"),
        new Sample(
            "deepest type allowed",
            "typedef " + "list<".repeat(255) + "i32" + ">".repeat(255) + " A",
            ""),
        new Sample(
            "long name", "struct " + "a".repeat(DEEP), "name is longer than 1000 characters"),
        new Sample(
            "long number", "const i64 A = " + "9".repeat(DEEP), "number does not fit 64 bits"),
        new Sample("long fraction", "const double A = ." + "9".repeat(DEEP), ""),
        new Sample("long literal", "const string A = '" + "\\n".repeat(DEEP) + "'", ""),
        new Sample("quotes", "'\\\n".repeat(DEEP), "expected a definition, found a quoted text"),
        new Sample(
            "escaped quotes",
            "\"" + "\n\\\"".repeat(DEEP), // each opens a text that nothing closes
            "quoted text is not closed"),
        new Sample(
            "control characters", "\u0001 ".repeat(DEEP), "unexpected character '\uFFFD' (U+0001)"),
        new Sample(
            "literals on one line", "const list<string> A = [" + "'a' ".repeat(DEEP) + "]", ""),
        new Sample("names on one line", "x ".repeat(DEEP), "expected a definition, found 'x'"),
        new Sample("undefined names on one line", fields(i -> "X" + i), "undefined type 'X1'"),
        new Sample(
            "misspelled names", structs(i -> "Name" + i + "x", LONG), "undefined type 'Name1x'"),
        new Sample("long typedef chain", chain("typedef T%d T%d ", "typedef i32 T%d "), ""),
        new Sample(
            "long typedef cycle",
            chain("typedef T%d T%d ", "typedef T1 T%d "),
            "typedef of itself: "
                + "T1 -> T2 -> T3 -> T4 -> T5 -> T6 -> T7 -> T8 -> T9 -> T10 -> ... -> T1"),
        new Sample(
            "typedefs that double",
            chain("typedef map<T%1$d, T%1$d> T%2$d ", "typedef i32 T%d "),
            "type of more than 256 parts, its typedefs replaced"),
        new Sample(
            "long constant chain", chain("const i32 C%2$d = C%1$d ", "const i32 C%d = 1 "), ""),
        new Sample(
            "constants that double",
            "const list<i32> C0 = [1] "
                + "const set<list<list<i32>>> S = [[C0, C0]] "
                + IntStream.range(1, 60)
                    .mapToObj(
                        i ->
                            "const %si32%s C%d = [C%d, C%d] "
                                .formatted(
                                    "list<".repeat(i + 1), ">".repeat(i + 1), i, i - 1, i - 1))
                    .collect(Collectors.joining()),
            "value of more than 10000 parts, its constants replaced"),
        new Sample(
            "default of large constants",
            "const list<i32> C = ["
                + "1, ".repeat(5_000)
                + "] struct S { 1: list<list<i32>> a = [C], 2: list<list<i32>> b = [C, C] }",
            "value of more than 10000 parts, its constants replaced"),
        new Sample(
            "constants that nest",
            chain("const S C%2$d = {'s': C%1$d} ", "const S C%d = {} ")
                + "struct S { 1: optional S s } struct D { 1: S s = C1 }",
            "value of more than 256 levels, its constants replaced"),
        new Sample(
            "long chain of required structs",
            chain("struct S%2$d { 1: required S%1$d s } ", "struct S%d {} "),
            ""),
        new Sample(
            "long cycle of required structs",
            chain("struct S%2$d { 1: required S%1$d s } ", "struct S%d {1: required S1 s} "),
            "struct S1 never ends: "
                + "S1 -> S2 -> S3 -> S4 -> S5 -> S6 -> S7 -> S8 -> S9 -> S10 -> ... -> S1"),
        new Sample(
            "long chain of bases",
            chain("service S%2$d extends S%1$d { void f%2$d() } ", "service S%d {} "),
            "service has more than 64 bases"),
        new Sample(
            "a fault in each definition",
            numbered("struct S%d { 1 i32 a }\n"),
            "expected ':' after the field id, found 'i32'"),
        new Sample(
            "silencing comments on one line", "/* windhover:ignore W001 */".repeat(DEEP), ""),
        new Sample(
            "silencing comments above one another", "# windhover:ignore W001\n".repeat(DEEP), ""),
        new Sample(
            "one route for all methods",
            "service S {" + numbered("void f%d() (api.get = '/a') ") + "}",
            ""),
        new Sample(
            "long pattern",
            "struct S { 1: string a (vt.pattern = '" + "(".repeat(DEEP) + "') }",
            ""),
        new Sample("one enum", "enum E {" + numbered("I%d ") + "} const E X = I7", ""),
        new Sample("one struct", "struct S {" + numbered("%1$d: i32 f%1$d ") + "}", ""));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void isSurvived(Sample sample) {
    var compilation =
        assertTimeoutPreemptively(
            HANG,
            () -> ThriftCompiler.compile(Map.of("f.thrift", sample.text), List.of("f.thrift")));

    var errors = compilation.diagnostics().stream().filter(Diagnostic::isError).toList();
    assertThat(errors).hasSizeLessThanOrEqualTo(100);
    assertThat(errors.isEmpty() ? "" : errors.getFirst().message()).isEqualTo(sample.expected);
    assertThat(compilation.diagnostics().toString()).hasSizeLessThan(1_000_000);
  }

  @Test
  void followsLongChainsOfIncludes() {
    var texts = new HashMap<String, String>();
    for (int i = 0; i < 10_000; i++) {
      texts.put("f" + i + ".thrift", "include 'f" + (i + 1) + ".thrift'");
    }
    texts.put("f10000.thrift", "");

    var compilation = ThriftCompiler.compile(texts, List.of("f0.thrift"));

    assertThat(compilation.programs()).hasSize(10_001);
    assertThat(compilation.programs().getFirst().name()).isEqualTo("f10000");
  }

  /// Definitions 1 to LONG, each made of the next.
  private static String chain(String link, String last) {
    var text = new StringBuilder();
    for (int i = 1; i < LONG; i++) {
      text.append(link.formatted(i + 1, i));
    }
    return text.append(last.formatted(LONG)).toString();
  }

  private static String numbered(String format) {
    return IntStream.range(1, LONG).mapToObj(format::formatted).collect(Collectors.joining());
  }

  private static String fields(IntFunction<String> type) {
    return "struct S {"
        + IntStream.range(1, LONG)
            .mapToObj(i -> i + ": " + type.apply(i) + " f" + i + " ")
            .collect(Collectors.joining())
        + "}";
  }

  private static String structs(IntFunction<String> undefined, int count) {
    return IntStream.range(1, count)
        .mapToObj(i -> "struct Name%d { 1: %s f }\n".formatted(i, undefined.apply(i)))
        .collect(Collectors.joining());
  }
}
