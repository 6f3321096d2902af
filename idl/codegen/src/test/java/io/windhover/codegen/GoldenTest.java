package io.windhover.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.idl.CompilerOptions;
import io.windhover.idl.ThriftCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The files that stand for how generated code should look. After a wanted change, write them anew
/// and read the difference: `mvn -pl idl/codegen -am test -Dwindhover.golden.write=true`.
final class GoldenTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/hello");

  private final List<GeneratedFile> generated =
      Generated.sources(
          ThriftCompiler.compile(
              List.of(Generated.resource("golden/hello.thrift")), CompilerOptions.DEFAULTS));

  @Test
  void generatesTheGoldenFiles() throws IOException {
    if (Boolean.getBoolean("windhover.golden.write")) {
      write();
    }

    assertThat(Generated.byPath(generated)).isEqualTo(golden());
  }

  @Test
  void aStructOfTwoFieldsIsAPageOfCode() {
    var text = Generated.byPath(generated).get("com/example/hello/HelloRequest.java");

    assertThat(text.lines().count()).isLessThanOrEqualTo(120);
  }

  @Test
  void theLanguageOfTheMachineDoesNotMatter() {
    var before = Locale.getDefault();
    Locale.setDefault(Locale.of("ar", "EG")); // writes other digits
    try {
      var again =
          Generated.sources(
              ThriftCompiler.compile(
                  List.of(Generated.resource("golden/hello.thrift")), CompilerOptions.DEFAULTS));

      assertThat(again).isEqualTo(generated);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void noLineIsLongerThanTheFormatterAllows() {
    assertThat(generated)
        .allSatisfy(
            file -> assertThat(file.content().lines()).allMatch(line -> line.length() <= 100));
  }

  private void write() throws IOException {
    for (var file : generated) {
      var path = GOLDEN.resolve(file.path());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.content());
    }
  }

  private static Map<String, String> golden() throws IOException {
    var texts = new TreeMap<String, String>();
    try (var files = Files.walk(GOLDEN)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        texts.put(GOLDEN.relativize(file).toString().replace('\\', '/'), Files.readString(file));
      }
    }
    return texts;
  }
}
