package io.windhover.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ExcerptTest {

  /// @param text with the span between `<` and `>`
  record Sample(String name, String text, String expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Sample> samples() {
    return Stream.of(
        new Sample("in the middle", "a <bc> d", "a bc d\n  ^~\n"),
        new Sample("of no length", "a <>bc", "a bc\n  ^\n"),
        new Sample("at the end", "a bc<>", "a bc\n    ^\n"),
        new Sample("second line", "a\n <b> c\nd", " b c\n ^\n"),
        new Sample("CR LF", "a\r\n<b>\r\nc", "b\n^\n"),
        new Sample("CR", "a\r<b>\rc", "b\n^\n"),
        new Sample("over lines", "a <b\nc> d", "a b\n  ^\n"),
        new Sample("tabs", "\ta\t<b>", "\ta\tb\n\t \t^\n"),
        new Sample("no BMP characters", "😀 <é😀>!", "😀 é😀!\n  ^~\n"),
        new Sample(
            "control characters",
            "a\u001B[2J\u009B\u202E <b>",
            "a\uFFFD[2J\uFFFD\uFFFD b\n        ^\n"),
        new Sample("blank line", "a\n<>\nb", ""));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void underlines(Sample sample) {
    int start = sample.text.indexOf('<');
    int end = sample.text.indexOf('>') - 1;
    var file = new SourceFile("f", sample.text.replace("<", "").replace(">", ""));

    assertThat(Excerpt.of(file.span(start, end)).orElse("")).isEqualTo(sample.expected);
  }

  @Test
  void showsOnlyAPartOfALongLine() {
    var file = new SourceFile("f", "x".repeat(1_000) + "here" + "y".repeat(1_000));

    String excerpt = Excerpt.of(file.span(1_000, 1_004)).orElseThrow();

    assertThat(excerpt)
        .isEqualTo(
            "..."
                + "x".repeat(80)
                + "here"
                + "y".repeat(116)
                + "...\n"
                + " ".repeat(83)
                + "^~~~\n");
  }

  @Test
  void marksOnlyAPartOfALongText() {
    var file = new SourceFile("f", "x".repeat(1_000));

    String excerpt = Excerpt.of(file.span(0, 1_000)).orElseThrow();

    assertThat(excerpt).isEqualTo("x".repeat(200) + "...\n^" + "~".repeat(79) + "\n");
  }
}
