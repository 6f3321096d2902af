package io.windhover.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A small Thrift file, good or bad, perhaps with files that it includes.
///
/// They are in `idl/*.txt`, a line each: a name, a colon, the text of `main.thrift`, and behind `
/// --- NAME: ` those of others. `\n`, `\r`, `\t`, `\f`, `\v`, `\\` and `\` with `ufeff` or `u00a0`
/// stand for what cannot be seen.
///
/// @param texts by file name
record Snippet(String name, Map<String, String> texts) {
  static final String MAIN = "main.thrift";
  static final Path FOLDER = Path.of("src", "test", "resources", "idl");

  static List<Snippet> all() {
    try (var files = Files.list(FOLDER)) {
      return files
          .filter(file -> !file.endsWith(IdlDifferences.FILE))
          .sorted()
          .flatMap(file -> GoToolchain.read(file).lines())
          .map(Snippet::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Snippet parse(String line) {
    int colon = line.indexOf(':');
    var texts = new LinkedHashMap<String, String>();
    var parts = (MAIN + line.substring(colon)).split(" --- ", -1);
    for (var part : parts) {
      int end = part.indexOf(": ");
      texts.put(part.substring(0, end), unescape(part.substring(end + 2)) + "\n");
    }
    return new Snippet(line.substring(0, colon), texts);
  }

  private static String unescape(String text) {
    var shown =
        Stream.of("n\n", "r\r", "t\t", "f\f", "v\u000b", "\\\\", "ufeff\ufeff", "u00a0\u00a0");
    var names = new LinkedHashMap<String, String>();
    shown.forEach(it -> names.put(it.substring(0, it.length() - 1), it.substring(it.length() - 1)));
    var plain = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      int start = i + 1;
      var name =
          text.charAt(i) == '\\'
              ? names.keySet().stream().filter(it -> text.startsWith(it, start)).findFirst()
              : Optional.<String>empty();
      plain.append(name.map(names::get).orElse(text.substring(i, i + 1)));
      i += 1 + name.map(String::length).orElse(0);
    }
    return plain.toString();
  }

  /// Writes the files into a folder and returns the main one.
  Path write(Path folder) {
    try {
      for (var text : texts.entrySet()) {
        var file = folder.resolve(text.getKey());
        Files.createDirectories(file.getParent());
        Files.writeString(file, text.getValue());
      }
      return folder.resolve(MAIN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
