package io.windhover.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Files out of the tests of `idl/proto-parser`, the first of them to be compiled.
///
/// @param texts by name
record ProtoCase(String name, Map<String, String> texts) {
  private static final String EXPECTED = "expected"; // what our compiler has to say of them

  static Stream<ProtoCase> in(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().toList().stream().flatMap(ProtoCase::of);
    }
  }

  private static Stream<ProtoCase> of(Path file) {
    var cases = new ArrayList<ProtoCase>();
    for (String text : split(read(file), "=== ")) {
      int end = text.indexOf('\n');
      var texts = new LinkedHashMap<String, String>();
      for (String section : split(text.substring(end + 1), "--- ")) {
        int lineEnd = section.indexOf('\n');
        texts.put(section.substring(0, lineEnd), section.substring(lineEnd + 1));
      }
      texts.remove(EXPECTED);
      cases.add(new ProtoCase(file.getFileName() + ": " + text.substring(0, end), texts));
    }
    return cases.stream();
  }

  /// The file to compile.
  String root() {
    return texts.keySet().iterator().next();
  }

  void write(Path folder) throws IOException {
    for (var text : texts.entrySet()) {
      Files.writeString(folder.resolve(text.getKey()), text.getValue());
    }
  }

  private static List<String> split(String text, String mark) {
    return Stream.of(text.split("(?m)^" + mark)).filter(part -> !part.isEmpty()).toList();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
