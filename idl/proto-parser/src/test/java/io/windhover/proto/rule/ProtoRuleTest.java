package io.windhover.proto.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.proto.ProtoCompiler;
import io.windhover.proto.lint.Linter;
import io.windhover.source.Severity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The texts of `rules.md`, and what breaks each rule of the linter.
final class ProtoRuleTest {

  @ParameterizedTest
  @EnumSource
  void hasAText(ProtoRule rule) {
    var text = rule.text();

    assertThat(text.prose()).isNotBlank().doesNotContain("##");
    assertThat(text.example().isEmpty()).isNotEqualTo(isOfLinter(rule));
    assertThat(text).asString().startsWith(rule + " (" + rule.severity());
  }

  /// What the example breaks is this rule and no other of its severity.
  @ParameterizedTest
  @EnumSource
  void isBrokenByItsExample(ProtoRule rule) {
    var texts = rule.text().example();
    if (texts.isEmpty()) {
      return;
    }

    var root = texts.keySet().iterator().next();
    var compilation = ProtoCompiler.compile(texts, List.of(root));

    var found = new ArrayList<>(compilation.diagnostics());
    found.addAll(Linter.lint(compilation.roots()));
    assertThat(found)
        .filteredOn(it -> it.severity() == rule.severity())
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it.rule()).as(it.toString()).isEqualTo(rule));
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByCodeAndName(ProtoRule rule) {
    assertThat(ProtoRule.find(rule.code())).contains(rule);
    assertThat(ProtoRule.find(rule.ruleName().toUpperCase(java.util.Locale.ROOT))).contains(rule);
  }

  @Test
  void codesDiffer() {
    assertThat(ProtoRule.values()).extracting(ProtoRule::code).doesNotHaveDuplicates();
    assertThat(ProtoRule.find("W001")).isEmpty();
  }

  private static boolean isOfLinter(ProtoRule rule) {
    return rule.compareTo(ProtoRule.NO_SUCH_RULE) >= 0 && rule.severity() != Severity.ERROR;
  }
}
