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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The files that stand for how generated code should look. After a wanted change, write them anew
/// and read the difference: `mvn -pl idl/codegen -am test -Dwindhover.golden.write=true`.
final class GoldenTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  @ParameterizedTest
  @ValueSource(strings = {"hello", "notes", "place"})
  void generatesTheGoldenFiles(String name) throws IOException {
    var generated = generate("golden/" + name + ".thrift");
    if (Boolean.getBoolean("windhover.golden.write")) {
      write(GOLDEN.resolve(name), generated);
    }

    assertThat(Generated.byPath(generated)).isEqualTo(golden(name));
  }

  @Test
  void aStructOfTwoFieldsIsAPageOfCode() {
    var idl = "/** Asks. */ struct Two { 1: string name /** How. */, 2: optional i32 times = 1 }";
    var files = Generated.sources(Generated.compileText(idl));

    assertThat(files.getFirst().content().lines().count()).isLessThanOrEqualTo(120);
  }

  @Test
  void theLanguageOfTheMachineDoesNotMatter() throws IOException {
    var locale = Locale.getDefault();
    Locale.setDefault(Locale.of("ar", "EG")); // writes other digits
    try {
      assertThat(Generated.byPath(generate("golden/hello.thrift"))).isEqualTo(golden("hello"));
    } finally {
      Locale.setDefault(locale);
    }
  }

  @Test
  void noLineIsLongerThanAScreenIsWide() {
    assertThat(generate("everything/everything.thrift"))
        .allSatisfy(
            file -> assertThat(file.content().lines()).allMatch(line -> line.length() <= 120));
  }

  private static List<GeneratedFile> generate(String resource) {
    return Generated.sources(
        ThriftCompiler.compile(List.of(Generated.resource(resource)), CompilerOptions.DEFAULTS));
  }

  private static void write(Path folder, List<GeneratedFile> generated) throws IOException {
    for (var file : generated) {
      var path = folder.resolve(file.path());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.content());
    }
  }

  private static Map<String, String> golden(String name) throws IOException {
    var folder = GOLDEN.resolve(name);
    var texts = new TreeMap<String, String>();
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        texts.put(folder.relativize(file).toString().replace('\\', '/'), Files.readString(file));
      }
    }
    return texts;
  }
}
