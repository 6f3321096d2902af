package io.windhover.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The IDL by which the parser proves that it knows every production.
final class GrammarTest {
  private static final Path SHOP =
      Path.of("../thrift-parser/src/test/resources/grammar/shop.thrift");

  @Test
  void everyProductionGivesJavaThatCompiles(@TempDir Path classes) {
    var generated = Generated.load(classes, SHOP);

    assertThat(generated.type("com.example.shop.Keywords")).isFinal();
  }
}
