package io.windhover.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// Folders with the sources of programs of peers, most of them in Go.
record GoSources(List<Path> roots) {
  private static final int DIGEST_BYTES = 6;

  /// Returns a name for their state.
  String digest() throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var root : roots) {
        for (var file : files(root)) {
          digest.update(file.toString().getBytes(StandardCharsets.UTF_8));
          digest.update(Files.readAllBytes(file));
        }
      }
      return HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static void copy(Path from, Path to) throws IOException {
    for (var file : files(from)) {
      var copy = to.resolve(from.relativize(file));
      Files.createDirectories(copy.getParent());
      Files.write(copy, Files.readAllBytes(file));
    }
  }

  private static List<Path> files(Path root) throws IOException {
    try (var files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
