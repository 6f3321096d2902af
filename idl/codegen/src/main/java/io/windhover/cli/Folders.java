package io.windhover.cli;

import java.nio.file.Path;
import java.util.List;

/// Places of files to each other.
final class Folders {

  private Folders() {}

  static Path absolute(String path) {
    return Path.of(path).toAbsolutePath().normalize();
  }

  /// The innermost folder that has all of the files in it.
  static Path common(List<String> files) {
    var folder = absolute(files.getFirst()).resolveSibling(".").normalize();
    for (var file : files) {
      while (!absolute(file).startsWith(folder)) {
        folder = folder.resolve("..").normalize();
      }
    }
    return folder;
  }
}
