package io.windhover.idl;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.idl.ast.Dialect;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.idl.validation.ValidationRules;
import io.windhover.source.Reporting;
import io.windhover.source.Severity;
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
  private static final Set<ThriftRule> WITHOUT_EXAMPLE =
      EnumSet.of(
          ThriftRule.UNREADABLE_FILE,
          ThriftRule.BAD_ENCODING,
          ThriftRule.JAVA_NAME_CLASH,
          ThriftRule.JAVA_LIMIT,
          ThriftRule.OTHER_DIALECT,
          ThriftRule.JAVA_WORD,
          ThriftRule.JAVA_MEMBER,
          ThriftRule.TOO_MANY_BASES,
          ThriftRule.VALUE_TOO_LARGE,
          ThriftRule.GENERATOR_ERROR,
          ThriftRule.GENERATOR_WARNING);

  private static final Reporting ALL = new Reporting(Set.of(), Set.of(), false, false, true);

  @ParameterizedTest
  @EnumSource
  void hasAText(ThriftRule rule) {
    var text = rule.text();

    assertThat(text.prose()).isNotBlank().doesNotContain("##");
    assertThat(text.example().isEmpty()).isEqualTo(WITHOUT_EXAMPLE.contains(rule));
    assertThat(text).asString().startsWith(rule + " (" + rule.severity());
  }

  /// What the example breaks is this rule and no other of its severity.
  @ParameterizedTest
  @EnumSource
  void isBrokenByItsExample(ThriftRule rule) {
    var texts = rule.text().example();
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
  void isFoundByCodeAndName(ThriftRule rule) {
    assertThat(ThriftRule.find(rule.code())).contains(rule);
    assertThat(ThriftRule.find(rule.ruleName().toUpperCase(java.util.Locale.ROOT))).contains(rule);
  }

  @Test
  void codesDifferAndSayTheSeverity() {
    assertThat(ThriftRule.values()).extracting(ThriftRule::code).doesNotHaveDuplicates();
    assertThat(ThriftRule.UNUSED_INCLUDE.code()).isEqualTo("W017");
    assertThat(ThriftRule.UNUSED_INCLUDE.severity()).isEqualTo(Severity.WARNING);
    assertThat(ThriftRule.SYNTAX.severity()).isEqualTo(Severity.ERROR);
    assertThat(ThriftRule.find("W000")).isEmpty();
  }
}
