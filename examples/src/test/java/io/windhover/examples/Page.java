package io.windhover.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// A page of the documentation, by its path from the root of the project.
record Page(String path) {

  String text() throws IOException {
    return Files.readString(Path.of("..").resolve(path));
  }

  /// Returns its blocks of code in one language.
  List<String> blocks(String language) throws IOException {
    return Pattern.compile("```" + language + "\\R(.*?)```", Pattern.DOTALL)
        .matcher(text())
        .results()
        .map(block -> block.group(1))
        .toList();
  }
}
