package io.windhover.proto.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.proto.ProtoCompilation;
import io.windhover.proto.ProtoCompiler;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.proto.source.Bytes;
import io.windhover.proto.source.SourcePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Reading files.
final class LoaderTest {
  private static final String TEXT = "syntax = \"proto3\";";

  @ParameterizedTest
  @CsvSource({
    "2f2fff, not UTF-8: byte 0xFF at offset 2",
    "2f2f0061, NUL byte at offset 2",
    "fffe2f00, this is UTF-16",
    "002f002f, this is UTF-16"
  })
  void whatIsNoTextIsReportedOnce(String hex, String message) {
    var compilation = compile(HexFormat.of().parseHex(hex));

    assertThat(compilation.diagnostics())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.rule()).isEqualTo(ProtoRule.BAD_ENCODING);
              assertThat(it.message()).isEqualTo(message);
            });
  }

  @Test
  void aByteOrderMarkIsSkipped() {
    assertThat(compile(("\uFEFF" + TEXT).getBytes(StandardCharsets.UTF_8)).diagnostics()).isEmpty();
  }

  @Test
  void aFileThatIsMissingIsReported() {
    var compilation = ProtoCompiler.compile(Map.of(), List.of("a/b.proto"));

    assertThat(compilation.diagnostics())
        .singleElement()
        .asString()
        .isEqualTo(
            """
            a/b.proto:1:1: error[E101]: no such file
            help: names are relative to the import folders
            """);
  }

  @Test
  void aFileThatCannotBeReadIsReported() {
    SourcePath path =
        (_, _) -> {
          throw new IOException("no luck");
        };

    var compilation = ProtoCompiler.compile(path, List.of("a.proto"));

    assertThat(compilation.diagnostics())
        .singleElement()
        .satisfies(it -> assertThat(it.message()).isEqualTo("'a.proto' cannot be read: no luck"));
  }

  @Test
  void rootsAreInTheOrderAskedForAndImportsBeforeThem() {
    var texts =
        Map.of(
            "a.proto", TEXT + "import public \"c.proto\";",
            "b.proto", TEXT,
            "c.proto", TEXT);

    var compilation = ProtoCompiler.compile(texts, List.of("b.proto", "a.proto", "b.proto"));

    assertThat(compilation.roots())
        .extracting(Object::toString)
        .containsExactly("b.proto", "a.proto");
    assertThat(compilation.files())
        .extracting(Object::toString)
        .containsExactly("b.proto", "c.proto", "a.proto");
  }

  private static ProtoCompilation compile(byte[] content) {
    return ProtoCompiler.compile(
        (_, _) -> Optional.of(new SourcePath.Found("f.proto", Bytes.of(content))),
        List.of("f.proto"));
  }
}
