package io.windhover.idl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The files of `grammar/`, which use every production of the grammar.
final class GrammarFixture {
  private static final Path FOLDER = Path.of("src/test/resources/grammar");
  static final String ROOT = "shop.thrift";
  static final String BASE = "shared/base.thrift";
  static final String MONEY = "shared/money.v1.thrift";

  private GrammarFixture() {}

  static Map<String, String> texts() {
    var texts = new LinkedHashMap<String, String>();
    for (String name : List.of(ROOT, BASE, MONEY)) {
      texts.put(name, read(FOLDER.resolve(name)));
    }
    return texts;
  }

  static Compilation compile() {
    return ThriftCompiler.compile(List.of(FOLDER.resolve(ROOT)), CompilerOptions.DEFAULTS);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
