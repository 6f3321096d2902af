package io.windhover.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Annotations that say how Java is generated.
final class SettingsTest {

  record Sample(String idl, String error) {
    @Override
    public String toString() {
      return idl;
    }
  }

  static Stream<Sample> mistakes() {
    var nothing = "'windhover.style' means nothing here";
    return Stream.of(
        new Sample(
            "struct S { 1: string password (windhover.redakt) }",
            "1:32: error[E099]: 'windhover.redakt' means nothing here (expected:"
                + " windhover.redact)"),
        new Sample(
            "struct S { 1: string password (windhover.redact = \"yes\") }",
            "1:32: error[E099]: windhover.redact: 'yes' (expected: true or false)"),
        new Sample(
            "struct S { 1: string (windhover.redact) password }",
            "1:23: error[E099]: 'windhover.redact' means nothing here"),
        new Sample(
            "service S { void m(1: i32 a (windhover.style = \"x\")) }",
            "1:30: error[E099]: " + nothing + " (expected: windhover.redact)"),
        new Sample(
            "struct S {} (windhover.style = \"bean\")",
            "1:14: error[E099]: windhover.style: 'bean' (expected: class or record)"),
        new Sample(
            "namespace java a (windhover.style)",
            "1:19: error[E099]: windhover.style: 'true' (expected: class or record)"),
        new Sample(
            "namespace java a\nnamespace * b (windhover.style = \"record\")",
            "2:16: error[E099]: " + nothing),
        new Sample("union U {} (windhover.style = \"record\")", "1:13: error[E099]: " + nothing),
        new Sample(
            "service S {} (windhover.style = \"record\")",
            "1:15: error[E099]: " + nothing + " (expected: windhover.async)"),
        new Sample("enum E {} (windhover.style = \"record\")", "1:12: error[E099]: " + nothing));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void refuses(Sample sample) {
    var result = JavaGenerator.generate(Generated.compileText(sample.idl).programs());

    assertThat(result.files()).isEmpty();
    assertThat(result.diagnostics()).hasSize(1);
    assertThat(result.diagnostics().getFirst().toString().lines().findFirst().orElseThrow())
        .isEqualTo("test.thrift:" + sample.error);
  }

  @Test
  void theNearestSettingCounts() {
    var idl =
        """
        namespace java a (windhover.style = "record", windhover.async = "true")
        struct R {}
        struct C {} (windhover.style = "class")
        service A {}
        service B {} (windhover.async = "false")
        """;

    assertThat(Generated.byPath(Generated.sources(Generated.compileText(idl))))
        .hasEntrySatisfying("a/R.java", text -> assertThat(text).contains("public record R("))
        .hasEntrySatisfying("a/C.java", text -> assertThat(text).contains("public final class C {"))
        .containsKey("a/AAsync.java")
        .doesNotContainKey("a/BAsync.java");
  }

  @Test
  void theNamespaceOfAllLanguagesIsThatOfJavaToo() {
    var idl = "namespace * a (windhover.style = \"record\")\nstruct S {} (go.tag = \"x\")";

    assertThat(Generated.sources(Generated.compileText(idl)).getFirst().content())
        .contains("public record S(");
  }
}
