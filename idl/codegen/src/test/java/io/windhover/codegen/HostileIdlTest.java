package io.windhover.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.codegen.GeneratorOptions.StructStyle;
import io.windhover.idl.ThriftCompiler;
import io.windhover.source.Diagnostic;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Row 96 of the table of bad inputs: files that would put code of theirs into ours. (Names that
/// are words of Java are in [KeywordsTest], files by chance in [ShapeTest], and what a file may be
/// called is row 96b, in [OutputDirectoryTest].)
///
/// [SourceShape] finds what is no text and no comment any more.
final class HostileIdlTest {

  /// As Java sees them once its unicode escapes are translated, which is first of all.
  static Stream<String> texts() {
    return Stream.of(
        "*/ class Pwned {} /*",
        "\\u002a\\u002f class Pwned {} \\u002f\\u002a",
        "\\uuuu002a/ class Pwned {}",
        "\"; Object x = new Pwned(); //",
        "\\\"; Object x = new Pwned(); //",
        "\\u0022; Object x = new Pwned(); //",
        "\\u005c\\u0022; Object x = new Pwned(); //",
        "\n Object x = new Pwned(); //",
        "\\u000a Object x = new Pwned(); //",
        "\r Object x = new Pwned(); //",
        "\u2028 Object x = new Pwned(); \u0085 //",
        "\"\"\"\n + new Pwned() + \"\"\"",
        "${Pwned} #{Pwned} %s %n",
        "{@code Pwned} @see Pwned <script>Pwned</script> [Pwned]",
        "```\nPwned\n```",
        "\\",
        "\\u",
        "¦⟦Pwned⟧`Pwned`");
  }

  @ParameterizedTest
  @MethodSource("texts")
  void textsStayTexts(String text, @TempDir Path classes) {
    var idl =
        """
        namespace java com.example (a = "%1$s", b.c = "%1$s")
        const string TEXT = "%1$s"
        const binary BYTES = "%1$s"
        const map<string, list<string>> MORE = {"%1$s": ["%1$s"], "": []}
        struct S {
          1: string a = "%1$s" (go.tag = "%1$s")
          2: optional binary b = "%1$s"
          3: list<string> c = ["%1$s"]
        } (x = "%1$s")
        service V { void m(1: S s) (api.get = "%1$s") } (y = "%1$s")
        """
            .formatted(literal(text));

    check(idl);
    var constants = Generated.loadText(classes, idl).type("com.example.TestConstants");
    assertThat(Struct.constant(constants, "TEXT")).isEqualTo(text);
    assertThat(Struct.constant(constants, "MORE"))
        .isEqualTo(Map.of(text, List.of(text), "", List.of()));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void commentsStayComments(String text) {
    var doc = "/** " + text.replace("*/", "* /") + " */ ";
    var idl =
        """
        @const i32 C = 1
        @enum E { @ITEM }
        @struct S { @1: string a, @2: optional list<i32> b }
        @exception X { @1: string message }
        @union U { @1: string a, @2: S b }
        @service V { @void m(@1: S s) throws (@1: X x) }
        """;

    check(idl.replace("@", doc));
  }

  private static void check(String idl) {
    for (var style : StructStyle.values()) {
      var options = GeneratorOptions.DEFAULTS.withStyle(style).withAsync(true);
      var compilation = Generated.compileText(idl);
      assertThat(SourceShape.of(Generated.sources(compilation, options)))
          .isEqualTo(ModelShape.of(compilation.programs(), options));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\nPwned x;.thrift",
        "a\r Pwned x;.thrift",
        "a\\u000aPwned x;.thrift",
        "*/ Pwned.thrift",
        "Pwned;Pwned.thrift",
        "é.thrift"
      })
  void namesOfFilesAreNoCode(String name) {
    var compilation =
        ThriftCompiler.compile(Map.of(name, "const i32 A = 1 struct S {}"), List.of(name));

    assertThat(SourceShape.of(Generated.sources(compilation)))
        .isEqualTo(ModelShape.of(compilation.programs(), GeneratorOptions.DEFAULTS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "struct a\\u002eb {}|1:9|unexpected character '\\'",
        "struct a$b {}|1:9|unexpected character '$'",
        "struct é {}|1:8|name 'é' with letters that are not ASCII",
        "struct `S` {}|1:8|unexpected character '`'",
        "struct \"S\" {}|1:8|expected the name of the struct, found a quoted text",
        "namespace java a;b|1:18|expected a definition, found 'b'",
        "namespace java a.*|1:17|unexpected character '.'",
        "namespace java \"a;b\"|1:16|expected",
        "enum E { A B$ }|1:13|unexpected character '$'"
      })
  void refusesOtherNames(String idl, String position, String message) {
    var first = Generated.compileText(idl).diagnostics().getFirst();

    assertThat(first.toString()).startsWith("test.thrift:" + position + ": error");
    assertThat(first.message()).startsWith(message);
  }

  /// 65,535 bytes are what a class file can hold.
  @Test
  void longTextsCompileOrAreRefused(@TempDir Path classes) {
    var longest = "a".repeat(65_529) + "中\0x"; // in class files, a NUL has two bytes
    var idl = "const string A = '%s' struct S { 1: binary a = '%s' }";

    var constants = Generated.loadText(classes, idl.formatted(literal(longest), literal(longest)));
    assertThat(Struct.constant(constants.type("test.TestConstants"), "A")).isEqualTo(longest);
    assertThat(errors(idl.formatted(literal(longest + "b"), "a".repeat(10 << 20))))
        .containsExactly(
            "test.thrift:1:65580: a text of 10485760 characters is too long for a class file"
                + " (expected: at most 65535 bytes)",
            "test.thrift:1:18: a text of 65533 characters is too long for a class file"
                + " (expected: at most 65535 bytes)");
  }

  @Test
  void largeDefaultsCompileOrAreRefused(@TempDir Path classes) {
    var idl = "struct S { 1: list<i32> a = [%s] }";

    var largest = Generated.loadText(classes, idl.formatted("70000, ".repeat(1_999)));
    assertThat((List<?>) largest.struct("test.S").get("a")).hasSize(1_999);
    assertThat(errors(idl.formatted("70000, ".repeat(2_000))))
        .containsExactly(
            "test.thrift:1:8: the defaults of 'S' hold 2001 values, more than a class has room for"
                + " (expected: at most 2000)");
  }

  private static List<String> errors(String idl) {
    var result = JavaGenerator.generate(Generated.compileText(idl).programs());
    assertThat(result.files()).isEmpty();
    return result.diagnostics().stream().map(HostileIdlTest::line).toList();
  }

  private static String line(Diagnostic diagnostic) {
    return diagnostic.span() + ": " + diagnostic.message();
  }

  /// Returns what a literal of the IDL has between its quotes.
  private static String literal(String text) {
    return text.replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\0", "\\0");
  }
}
