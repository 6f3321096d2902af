package io.windhover.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.idl.CompilerOptions;
import io.windhover.idl.ThriftCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How much is generated. The bounds are what it is now and a little: whoever goes over one should
/// know what for. `docs/decisions/0002-generated-java.md` has the reasons.
final class SizeTest {

  @Test
  void aStructOfTenFieldsIsTwoPages() {
    var source = generate("size/ten.thrift").getFirst().content();

    int codec = source.indexOf("  /// Reads and writes [Ten].");
    assertThat(source.substring(0, codec).lines().count()).isLessThanOrEqualTo(105);
    assertThat(source.substring(codec).lines().count()).isLessThanOrEqualTo(95);
  }

  @Test
  void aStructOfTwoFieldsIsAsLongAsTheReadmeSays() throws IOException {
    var lines = generate("size/two.thrift").getFirst().content().lines().count();

    assertThat(Path.of("../../README.md"))
        .content()
        .contains(lines + " lines for a struct of two fields with its codec");
  }

  @Test
  void aLineOfTheIdlGivesAboutFourteen(@TempDir Path classes) throws IOException {
    var idl = "size/shop.thrift";

    var files = generate(idl);

    long lines = files.stream().mapToLong(file -> file.content().lines().count()).sum();
    try (var of = Files.lines(Generated.resource(idl))) {
      assertThat(lines).isLessThanOrEqualTo(15 * of.count());
    }
    assertThat(Generated.load(classes, idl).struct("com.example.shop.Order")).isNotNull();
  }

  private static List<GeneratedFile> generate(String idl) {
    var compilation =
        ThriftCompiler.compile(List.of(Generated.resource(idl)), CompilerOptions.DEFAULTS);
    return Generated.sources(compilation);
  }
}
