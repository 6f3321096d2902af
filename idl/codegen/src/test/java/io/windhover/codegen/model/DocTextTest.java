package io.windhover.codegen.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DocTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain text|plain text",
        "a < b & c > d|a \\< b \\& c > d",
        "see [Order]|see \\[Order]",
        "{@code x}|{\\@code x}",
        "@param id the id|\\@param id the id",
        "mail me@example.com|mail me@example.com",
        "C:\\user|C:\\\\user",
        "`List<T>` and <T>|`List<T>` and \\<T>",
        "`C:\\user`|`C:\\\\user`",
        "`C:\\\\users`|`C:\\\\users`",
        "`C:\\\\\\users`|`C:\\\\\\\\users`"
      })
  void escapesMarkup(String idl, String java) {
    assertThat(DocText.escape(idl)).isEqualTo(java);
  }
}
