package io.windhover.idl.dump;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.idl.parser.ParsedFile;
import io.windhover.source.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class SyntaxJsonTest {
  private static final Path GRAMMAR = Path.of("src/test/resources/grammar/shop.thrift");
  private static final Path GOLDEN = Path.of("src/test/resources/dump");

  /// One of each thing that has a member of its own.
  @Test
  void writesEveryMember() throws IOException {
    assertThat(withoutPlaces(Files.readString(GOLDEN.resolve("all.thrift"))))
        .isEqualTo(Files.readString(GOLDEN.resolve("all.json")));
  }

  @Test
  void writesPlaces() {
    var json = SyntaxJson.of("a.thrift", "\n  struct A {\n}".getBytes(UTF_8)).json();

    assertThat(json)
        .contains(
            """
            {
              "version": 1,
              "file": "a.thrift",
              "definitions": [
                {
                  "kind": "struct",
                  "span": {
                    "start": 3,
                    "end": 15,
                    "line": 2,
                    "column": 3,
                    "endLine": 3,
                    "endColumn": 2
                  },
                  "name": "A"
                }
              ]
            }
            """);
  }

  @Test
  void saysTheSameOfFilesThatSayTheSame() {
    var one = "struct A { 1: i32 a } // x";
    var other = "\n\nstruct A {\n  1: i32 a;\n}";

    assertThat(withoutPlaces(one)).isEqualTo(withoutPlaces(other));
    assertThat(withoutPlaces(one)).isNotEqualTo(withoutPlaces(one.replace("i32", "i64")));
  }

  @Test
  void writesTheWholeGrammar() throws IOException {
    var result = SyntaxJson.of("shop.thrift", Files.readAllBytes(GRAMMAR));

    assertThat(result.json().orElseThrow()).contains("\"name\": \"Branch\"", "\"raw\": \"-0x10\"");
  }

  @Test
  void writesNothingOfABrokenFile() {
    var result = SyntaxJson.of("a.thrift", "struct".getBytes(UTF_8));

    assertThat(result.json()).isEmpty();
    assertThat(result.diagnostics())
        .extracting(Diagnostic::message)
        .containsExactly("expected the name of the struct, found end of file");
  }

  private static String withoutPlaces(String text) {
    return SyntaxJson.withoutPlaces(ParsedFile.of("a.thrift", text.getBytes(UTF_8)).document());
  }
}
