package io.windhover.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.windhover.source.Diagnostic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that are made to break compilers: deep, long, or both.
final class HostileInputTest {
  private static final Duration HANG = Duration.ofSeconds(30); // a slow machine is none
  private static final int DEEP = 300_000;
  private static final int LONG = 20_000;
  private static final String SYNTAX = "syntax = 'proto3'; ";
  private static final String OLD = "syntax = 'proto2'; ";

  /// @param expected the message of the first error, or nothing if there must be none
  record Sample(String name, String text, String expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Sample> samples() {
    String tooDeep = "nested deeper than 31 levels";
    return Stream.of(
        new Sample("deep messages", SYNTAX + "message A {".repeat(DEEP), tooDeep),
        new Sample(
            "deep groups", OLD + "message A {" + "optional group G = 1 {".repeat(DEEP), tooDeep),
        new Sample(
            "deepest messages allowed", SYNTAX + "message A {".repeat(31) + "}".repeat(31), ""),
        new Sample(
            "deep value",
            SYNTAX + "option (a) = " + "{ a ".repeat(DEEP),
            "nested deeper than 100 levels"),
        new Sample(
            "deep value in angles",
            SYNTAX + "option (a) = { a: " + "< a: ".repeat(DEEP),
            "nested deeper than 100 levels"),
        new Sample("deep braces", SYNTAX + "{".repeat(DEEP), "expected a definition, found '{'"),
        new Sample("closing braces", SYNTAX + "}".repeat(DEEP), "'}' closes nothing"),
        new Sample("semicolons", SYNTAX + ";".repeat(DEEP), ""),
        new Sample(
            "long name",
            SYNTAX + "message " + "a".repeat(DEEP) + " {}",
            "name is longer than 1000 characters"),
        new Sample(
            "long package",
            SYNTAX + "package " + "a.".repeat(DEEP) + "a;",
            "name is longer than 4000 characters"),
        new Sample(
            "package of many parts",
            SYNTAX + "package " + "a.".repeat(150) + "a;",
            "package of more than 101 parts"),
        new Sample(
            "long number",
            OLD + "message A { optional int32 a = 1 [default = 1" + "0".repeat(DEEP) + "]; }",
            "number of more than 400 digits"),
        new Sample(
            "long fraction",
            OLD + "message A { optional double a = 1 [default = ." + "9".repeat(DEEP) + "]; }",
            ""),
        new Sample(
            "large exponent",
            OLD + "message A { optional double a = 1 [default = 1e999999999]; }",
            ""),
        new Sample(
            "long option name",
            SYNTAX + "option " + "(a).".repeat(DEEP) + "a = 1;",
            "unknown option '(a)'"),
        new Sample(
            "long text", SYNTAX + "option java_package = " + "'\\n' ".repeat(DEEP) + ";", ""),
        new Sample("quotes", SYNTAX + "'\n".repeat(DEEP), "quoted text is not closed on its line"),
        new Sample(
            "control characters",
            SYNTAX + "\u0001 ".repeat(DEEP),
            "unexpected character '\uFFFD' (U+0001)"),
        new Sample("comments", SYNTAX + "// a\n".repeat(DEEP), ""),
        new Sample(
            "words on one line", SYNTAX + "x ".repeat(DEEP), "expected a definition, found 'x'"),
        new Sample(
            "undefined types",
            SYNTAX + "message A {" + numbered("X%1$d x%1$d = %1$d; ") + "}",
            "undefined type 'X1'"),
        new Sample(
            "misspelled types",
            SYNTAX + numbered("message Name%1$d { Name%1$dx f = 1; }\n"),
            "undefined type 'Name1x'"),
        new Sample(
            "a fault in each message",
            SYNTAX + numbered("message S%d { int32 a 1; }\n"),
            "expected '=' and the number of the field, found '1'"),
        new Sample(
            "one number for all fields",
            SYNTAX + "message A {" + numbered("int32 f%d = 1; ") + "}",
            "number 1 is that of field 'f1'"),
        new Sample(
            "one name for all fields",
            SYNTAX + "message A {" + numbered("int32 f = %d; ", 18_000) + "}",
            "'f' is already defined in 'A'"),
        new Sample(
            "reserved ranges and fields",
            SYNTAX + "message A {" + numbered("reserved %1$d0; int32 f%1$d = %1$d1; ", 1_800) + "}",
            ""),
        new Sample(
            "overlapping ranges",
            SYNTAX + "message A {" + numbered("reserved 5 to %d; ") + "}",
            "range of numbers: 5 to 1 (expected: from low to high, within 1..2147483646)"),
        new Sample(
            "one message",
            SYNTAX + "message A {" + numbered("optional int32 f%1$d = %1$d; ", 18_000) + "}",
            ""),
        new Sample("one enum", SYNTAX + "enum A { Z = 0; " + numbered("V%1$d = %1$d; ") + "}", ""),
        new Sample(
            "many extensions",
            OLD
                + "message A { extensions 1 to max; } extend A {"
                + numbered("optional int32 f%1$d = %1$d; ", 18_000)
                + "}",
            ""),
        new Sample(
            "many ranges of extensions",
            OLD
                + "message A {"
                + numbered("extensions %1$d; ", 15_000)
                + "} extend A {"
                + numbered("optional int32 f%1$d = %1$d; ", 15_000)
                + "}",
            ""),
        new Sample(
            "large value",
            SYNTAX
                + "import 'google/protobuf/descriptor.proto';"
                + "extend google.protobuf.FileOptions { P p = 50000; }"
                + "message P { repeated int32 a = 1; repeated P p = 2; }"
                + "option (p) = {"
                + "a: 1 p { a: [1, 2] } ".repeat(LONG)
                + "};",
            ""),
        new Sample(
            "many options of one message",
            SYNTAX
                + "import 'google/protobuf/descriptor.proto';"
                + "extend google.protobuf.FileOptions { repeated int32 a = 50000; }"
                + numbered("option (a) = %d; "),
            ""));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void isSurvived(Sample sample) {
    var compilation =
        assertTimeoutPreemptively(
            HANG, () -> ProtoCompiler.compile(Map.of("f.proto", sample.text), List.of("f.proto")));

    var errors = compilation.diagnostics().stream().filter(Diagnostic::isError).toList();
    assertThat(errors).hasSizeLessThanOrEqualTo(100);
    assertThat(errors.isEmpty() ? "" : errors.getFirst().message()).isEqualTo(sample.expected);
    assertThat(compilation.diagnostics().toString()).hasSizeLessThan(1_000_000);
    assertTimeoutPreemptively(HANG, compilation::descriptorSet);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "public "})
  void followsLongChainsOfImports(String kind) {
    var texts = new HashMap<String, String>();
    for (int i = 0; i < 3_000; i++) {
      String next = "import " + kind + "\"f" + (i + 1) + ".proto\";";
      texts.put("f" + i + ".proto", "syntax = \"proto3\"; " + next);
    }
    texts.put("f3000.proto", "syntax = \"proto3\";");

    var compilation =
        assertTimeoutPreemptively(HANG, () -> ProtoCompiler.compile(texts, List.of("f0.proto")));

    assertThat(compilation.files()).hasSize(3_001);
    assertThat(compilation.files().getFirst().name()).isEqualTo("f3000.proto");
  }

  @Test
  void filesAboveTheLimitAreRefused() {
    String text = "syntax = \"proto3\";" + " ".repeat(ProtoCompiler.MAX_FILE_BYTES);

    var compilation = ProtoCompiler.compile(Map.of("f.proto", text), List.of("f.proto"));

    assertThat(compilation.diagnostics())
        .singleElement()
        .satisfies(it -> assertThat(it.message()).contains("larger than 16777216 bytes"));
  }

  private static String numbered(String format) {
    return numbered(format, LONG);
  }

  private static String numbered(String format, int count) {
    return IntStream.range(1, count).mapToObj(format::formatted).collect(Collectors.joining());
  }
}
