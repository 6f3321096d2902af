package io.windhover.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.codegen.GeneratorOptions.Descriptors;
import io.windhover.codegen.GeneratorOptions.StructStyle;
import org.junit.jupiter.api.Test;

final class GeneratorOptionsTest {

  @Test
  void everyOptionIsAParameter() {
    for (var style : StructStyle.values()) {
      for (var async : new boolean[] {false, true}) {
        for (var descriptors : Descriptors.values()) {
          var options = new GeneratorOptions(style, async, descriptors);
          var read = GeneratorOptions.DEFAULTS;
          for (var parameter : options.parameters()) {
            read = read.with(parameter);
          }
          assertThat(read).isEqualTo(options);
        }
      }
    }
  }

  @Test
  void refusesWhatIsNone() {
    assertThatThrownBy(() -> GeneratorOptions.DEFAULTS.with("style=beans"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "style=beans (expected: style=class|record, async=true|false,"
                + " descriptors=none|plain|docs)");
  }
}
