package io.windhover.idl.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.idl.ast.StringLiteral;
import io.windhover.idl.validation.WrittenRule.Text;
import io.windhover.source.SourceFile;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What patterns find follows the syntax page of RE2.
final class Re2Test {

  record Sample(String pattern, List<String> found, List<String> notFound) {
    @Override
    public String toString() {
      return pattern;
    }
  }

  static Stream<Sample> samples() {
    return Stream.of(
        new Sample("b+", List.of("abc", "b"), List.of("", "ac")),
        new Sample("^a$", List.of("a"), List.of("a\n", "b\na")),
        new Sample("(?m)^a$", List.of("a\n", "b\na", "a"), List.of("a\r\n")),
        new Sample("(?m:^a)$", List.of("b\na"), List.of("b\na\n")),
        new Sample("^.$", List.of("\r", "\u0085", "日"), List.of("\n")),
        new Sample("(?s)^.$", List.of("\n"), List.of("\n\n")),
        new Sample("^\\s$", List.of("\t", "\f", " "), List.of("\u000b", "\u00a0")),
        new Sample("^[\\s]$", List.of("\t"), List.of("\u000b")),
        new Sample("^\\S$", List.of("\u000b"), List.of(" ")),
        new Sample("^[\\Sx]$", List.of("\u000b", "y"), List.of(" ")),
        new Sample("^\\v$", List.of("\u000b"), List.of("\n")),
        new Sample("^\\d\\w$", List.of("1a"), List.of("١a", "1é")),
        new Sample("(?i)^é$", List.of("É", "é"), List.of("e")),
        new Sample("^[[:alpha:]_]+$", List.of("ab_"), List.of("a1", ":")),
        new Sample("^[[:^digit:]]$", List.of("a"), List.of("1")),
        new Sample("^[[:word:]]$", List.of("_"), List.of("-")),
        new Sample("^[a&&b]+$", List.of("a&b"), List.of("c")),
        new Sample("^[a[b]$", List.of("[", "a"), List.of("]")),
        new Sample("^[]a]$", List.of("]", "a"), List.of("b")),
        new Sample("^[^]a]$", List.of("b"), List.of("]", "a")),
        new Sample("^[a-c-]$", List.of("b", "-"), List.of("d")),
        new Sample("^a{2,3}$", List.of("aa"), List.of("a", "aaaa")),
        new Sample("^a{,3}$", List.of("a{,3}"), List.of("aa")),
        new Sample("^{}]$", List.of("{}]"), List.of("")),
        new Sample("^(?P<year>\\d{4})(?<month>x)?$", List.of("2024", "2024x"), List.of("24")),
        new Sample("^\\p{Greek}\\pL\\p{Lu}$", List.of("αaA"), List.of("aaA")),
        new Sample("^\\P{^Greek}$", List.of("α"), List.of("a")),
        new Sample("^\\x41\\x{1F600}\\101\\0$", List.of("A😀A\0"), List.of("A")),
        new Sample("^\\Qa.[b\\E$", List.of("a.[b"), List.of("ab")),
        new Sample("\\bcat\\b", List.of("a cat!"), List.of("cats")),
        new Sample("^a.*?b+?\\z", List.of("axb"), List.of("axb\n")),
        new Sample("a|^$", List.of("", "ba"), List.of("b")));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void findsWhatGoFinds(Sample sample) throws BadRuleException {
    var pattern = Pattern.compile(Re2.parse(text(sample.pattern)).java());

    assertThat(sample.found)
        .allSatisfy(it -> assertThat(pattern.matcher(it).find()).as(it).isTrue());
    assertThat(sample.notFound)
        .allSatisfy(it -> assertThat(pattern.matcher(it).find()).as(it).isFalse());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a(?=b)",
        "a(?!b)",
        "(?<=a)b",
        "(?<!a)b",
        "(?>a)",
        "(a)\\1",
        "a++",
        "a**",
        "a*{2}",
        "a{2}+",
        "a{1001}",
        "(?U)a",
        "[a",
        "[[:foo:]]",
        "[\\b]",
        "(a",
        "a)",
        "*a",
        "a\\",
        "\\y",
        "\\é",
        "\\h",
        "\\p{NoSuchScript}",
        "\\x{zz}",
        "\\xg",
        "\\p",
        "[b-a]",
        "a{3,2}",
        "$field",
        "@len($a)"
      })
  void refusesWhatGoRefusesAndMore(String pattern) {
    assertThatThrownBy(() -> Re2.parse(text(pattern))).isInstanceOf(BadRuleException.class);
  }

  @Test
  void refusesDeepNesting() {
    assertThatThrownBy(() -> Re2.parse(text("(".repeat(50_000) + ")".repeat(50_000))))
        .isInstanceOf(BadRuleException.class);
  }

  private static Text text(String value) {
    var file = new SourceFile("test.thrift", "'" + value + "'");
    var literal = new StringLiteral(value, value, file.span(0, value.length() + 2));
    return new Text(literal, 0, value.length());
  }
}
