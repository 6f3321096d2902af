package io.windhover.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SourceFileTest {

  @Test
  void knowsWhichRulesItsCommentsSilence() {
    var file =
        new SourceFile(
            "f",
            """
            include a // windhover:ignore unused-include
            // windhover:ignore E030, nonsense -- since it is old
            enum b
            """);

    assertThat(file.ignores(SampleRule.UNUSED_INCLUDE, 1)).isTrue();
    assertThat(file.ignores(SampleRule.UNUSED_INCLUDE, 3)).isFalse();
    assertThat(file.ignores(SampleRule.DUPLICATE_DEFINITION, 3)).isTrue();
    assertThat(file.ignoredRules())
        .extracting(Span::text)
        .containsExactlyInAnyOrder("unused-include", "E030", "nonsense");
  }

  @Test
  void isCalledByItsNameAndFoundByItsPath() {
    var file = new SourceFile("a/b.proto", "src/a/b.proto", "x");

    assertThat(file).hasToString("a/b.proto");
    assertThat(file.span(0, 1)).hasToString("src/a/b.proto:1:1");
  }
}
