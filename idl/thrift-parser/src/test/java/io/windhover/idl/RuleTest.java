package io.windhover.idl;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.idl.ast.Dialect;
import io.windhover.idl.source.Reporting;
import io.windhover.idl.source.Rule;
import io.windhover.idl.source.RuleText;
import io.windhover.idl.source.Severity;
import io.windhover.idl.validation.ValidationRules;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The catalogue of rules and the texts about them.
final class RuleTest {

  /// Rules that no text in memory breaks, or only one of many pages.
  private static final Set<Rule> WITHOUT_EXAMPLE =
      EnumSet.of(
          Rule.UNREADABLE_FILE,
          Rule.BAD_ENCODING,
          Rule.JAVA_NAME_CLASH,
          Rule.JAVA_LIMIT,
          Rule.OTHER_DIALECT,
          Rule.JAVA_WORD,
          Rule.JAVA_MEMBER,
          Rule.TOO_MANY_BASES,
          Rule.VALUE_TOO_LARGE,
          Rule.GENERATOR_ERROR,
          Rule.GENERATOR_WARNING);

  private static final Reporting ALL = new Reporting(Set.of(), Set.of(), false, false, true);

  @ParameterizedTest
  @EnumSource
  void hasAText(Rule rule) {
    var text = RuleText.of(rule);

    assertThat(text.prose()).isNotBlank().doesNotContain("##");
    assertThat(text.example().isEmpty()).isEqualTo(WITHOUT_EXAMPLE.contains(rule));
    assertThat(text).asString().startsWith(rule + " (" + rule.severity());
  }

  /// What the example breaks is this rule and no other of its severity.
  @ParameterizedTest
  @EnumSource
  void isBrokenByItsExample(Rule rule) {
    var texts = RuleText.of(rule).example();
    if (texts.isEmpty()) {
      return;
    }

    var root = texts.keySet().iterator().next();
    var options = new CompilerOptions(List.of(), Dialect.BOTH, ALL);
    var compilation = ThriftCompiler.compile(texts, List.of(root), options);

    var found = new ArrayList<>(compilation.diagnostics());
    found.addAll(ValidationRules.of(compilation.programs()).diagnostics());
    assertThat(found)
        .filteredOn(it -> it.severity() == rule.severity())
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it.rule()).as(it.toString()).isEqualTo(rule));
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByCodeAndName(Rule rule) {
    assertThat(Rule.find(rule.code())).contains(rule);
    assertThat(Rule.find(rule.ruleName().toUpperCase(java.util.Locale.ROOT))).contains(rule);
  }

  @Test
  void codesDifferAndSayTheSeverity() {
    assertThat(Rule.values()).extracting(Rule::code).doesNotHaveDuplicates();
    assertThat(Rule.UNUSED_INCLUDE.code()).isEqualTo("W017");
    assertThat(Rule.UNUSED_INCLUDE.severity()).isEqualTo(Severity.WARNING);
    assertThat(Rule.SYNTAX.severity()).isEqualTo(Severity.ERROR);
    assertThat(Rule.find("W000")).isEmpty();
  }
}
