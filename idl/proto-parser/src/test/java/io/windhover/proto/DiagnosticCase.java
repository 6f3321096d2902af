package io.windhover.proto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Files and what is said about them.
///
/// The cases are in text files: after `===` the name of a case, after each `---` the name of a file
/// and its text, the first being the one to compile, and after `--- expected` what has to come out.
/// `␍` stands for a carriage return.
public record DiagnosticCase(String name, Map<String, String> texts, String expected) {

  /// Reads all cases of a folder.
  public static Stream<DiagnosticCase> in(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().toList().stream().flatMap(DiagnosticCase::of);
    }
  }

  private static Stream<DiagnosticCase> of(Path file) {
    var cases = new ArrayList<DiagnosticCase>();
    for (String text : split(read(file), "=== ")) {
      String name = file.getFileName() + ": " + text.substring(0, text.indexOf('\n'));
      var texts = new LinkedHashMap<String, String>();
      for (String section : split(text.substring(text.indexOf('\n') + 1), "--- ")) {
        int lineEnd = section.indexOf('\n');
        texts.put(section.substring(0, lineEnd), section.substring(lineEnd + 1).replace('␍', '\r'));
      }
      String expected = texts.remove("expected");
      cases.add(new DiagnosticCase(name, texts, expected == null ? "" : expected));
    }
    return cases.stream();
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
