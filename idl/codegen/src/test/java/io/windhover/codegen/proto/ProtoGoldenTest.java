package io.windhover.codegen.proto;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.codegen.GeneratedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The files that stand for how the classes of `.proto` files should look. After a wanted change,
/// write them anew and read the difference: `mvn -pl idl/codegen -am test
/// -Dwindhover.golden.write=true`.
final class ProtoGoldenTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  @ParameterizedTest
  @ValueSource(strings = {"order", "talks"})
  void generatesTheGoldenFiles(String name) throws IOException {
    var generated = generate(name);
    if (Boolean.getBoolean("windhover.golden.write")) {
      for (var file : generated) {
        var path = GOLDEN.resolve(name).resolve(file.path());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.content());
      }
    }

    assertThat(byPath(generated)).isEqualTo(golden(name));
  }

  @Test
  void theLanguageOfTheMachineDoesNotMatter() throws IOException {
    var locale = Locale.getDefault();
    Locale.setDefault(Locale.of("ar", "EG")); // writes other digits
    try {
      assertThat(byPath(generate("order"))).isEqualTo(golden("order"));
    } finally {
      Locale.setDefault(locale);
    }
  }

  @Test
  void theGoldenFilesCompile(@TempDir Path classes) throws IOException {
    assertThat(ProtoGenerated.load(classes, generate("order")).type("com.example.shop.Order"))
        .isNotNull();
  }

  private static List<GeneratedFile> generate(String name) throws IOException {
    var text = Files.readString(GOLDEN.resolve(name + ".proto"));
    return ProtoGenerated.sources(
        Map.of(name + ".proto", text), ProtoOptions.DEFAULTS.withAsync(true));
  }

  private static Map<String, String> byPath(List<GeneratedFile> files) {
    var texts = new TreeMap<String, String>();
    files.forEach(file -> texts.put(file.path(), file.content()));
    return texts;
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
