package io.windhover.idl.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.idl.ast.Dialect;
import io.windhover.source.SourceFile;
import io.windhover.source.parse.Diagnostics;
import io.windhover.source.parse.Token;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LiteralsTest {
  private final Diagnostics diagnostics = new Diagnostics();
  private final Literals literals =
      new Literals(new DialectCheck(Dialect.BOTH, diagnostics), diagnostics);

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "+7, 7",
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808",
    "0x7fffffffffffffff, 9223372036854775807",
    "-0x10, -16",
    "0o17, 15"
  })
  void readsIntegers(String raw, long value) {
    var literal = literals.integer(token(raw));

    assertThat(literal.value()).isEqualTo(value);
    assertThat(literal.raw()).isEqualTo(raw);
    assertThat(diagnostics.reported()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1.5, 1.5", "-.5, -0.5", "1e5, 100000", "+2.5E-1, 0.25", "1e-999, 0"})
  void readsDoubles(String raw, double value) {
    assertThat(literals.decimal(token(raw)).value()).isEqualTo(value);
    assertThat(diagnostics.reported()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "plain|plain",
        "\\\"\\'\\\\|\"'\\",
        "\\u4e2d\\x41|中A",
        "${x} */|${x} */",
        "😀|😀",
      })
  void decodes(String raw, String value) {
    var literal = literals.string(token("\"" + raw + "\""));

    assertThat(literal.value()).isEqualTo(value);
    assertThat(literal.raw()).isEqualTo(raw);
    assertThat(diagnostics.reported()).isEmpty();
  }

  @Test
  void decodesControlCharacters() {
    assertThat(literals.string(token("'\\n\\r\\t\\b\\f\\0'")).value()).isEqualTo("\n\r\t\b\f\0");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"\\w", "\\u12", "\\x", "\\xg1", "\\u१२३४", "\\😀"})
  void keepsTheBackslashOfUnknownEscapes(String raw) {
    assertThat(literals.string(token("'" + raw + "'")).value()).isEqualTo(raw);
    assertThat(diagnostics.reported())
        .singleElement()
        .satisfies(it -> assertThat(it.message()).startsWith("unknown escape"));
  }

  @Test
  void leavesRegularExpressionsInAnnotationsAlone() {
    assertThat(literals.annotationValue(token("'\\w+'")).value()).isEqualTo("\\w+");
    assertThat(diagnostics.reported()).isEmpty();
  }

  private Token token(String text) {
    return new ThriftLexer(new SourceFile("f", text), diagnostics).next();
  }
}
