package io.windhover.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpanTest {

  @ParameterizedTest
  @CsvSource({
    "0, 1, 1", "1, 1, 2", "2, 2, 1", "4, 2, 2", "5, 2, 3", "7, 3, 1", "8, 4, 1", "9, 4, 2"
  })
  void countsLinesAndCharacters(int offset, int line, int column) {
    var file = new SourceFile("f", "a\n😀b\r\n\rc"); // 4 lines; the smiley is 2 units long

    Span span = file.span(offset, offset);

    assertThat(span.line()).isEqualTo(line);
    assertThat(span.column()).isEqualTo(column);
  }

  @Test
  void endsBehindItsLastCharacter() {
    Span span = new SourceFile("dir/f.thrift", "ab\ncd").span(1, 4);

    assertThat(span.endLine()).isEqualTo(2);
    assertThat(span.endColumn()).isEqualTo(2);
    assertThat(span.text()).isEqualTo("b\nc");
    assertThat(span).hasToString("dir/f.thrift:1:2");
  }

  @Test
  void staysWithinItsFile() {
    var file = new SourceFile("f", "abc");

    assertThatThrownBy(() -> file.span(2, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("span: 2..4 (expected: within 0..3)");
  }
}
