package io.windhover.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Numbers as C's `printf` writes them with `%.*g`.
final class DefaultTextTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, -0",
    "1, 1",
    "0.1, 0.1",
    "100000, 100000",
    "123456789012345, 123456789012345",
    "1e15, 1e+15",
    "1e100, 1e+100",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "4.9e-324, 4.94065645841247e-324",
    "-2.5, -2.5",
    "0.30000000000000004, 0.30000000000000004"
  })
  void doublesAre(double value, String text) {
    assertThat(DefaultText.ofDouble(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 0.1",
    "1e6, 1e+06",
    "999999, 999999",
    "16777216, 16777216",
    "3.4028235e38, 3.40282347e+38",
    "1.5, 1.5",
    "-1e-10, -1e-10"
  })
  void floatsAre(float value, String text) {
    assertThat(DefaultText.ofFloat(value)).isEqualTo(text);
  }

  @Test
  void theLanguageOfTheMachineDoesNotMatter() {
    var locale = Locale.getDefault();
    Locale.setDefault(Locale.of("ar", "EG")); // writes other digits
    try {
      assertThat(DefaultText.ofDouble(1e-5)).isEqualTo("1e-05");
    } finally {
      Locale.setDefault(locale);
    }
  }
}
