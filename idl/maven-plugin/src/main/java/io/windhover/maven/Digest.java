package io.windhover.maven;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// A SHA-256 of things one after the other, each marked off from the next.
final class Digest {
  private final MessageDigest sha;

  Digest() {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  /// Returns the digest of a file's content, or a dash if there is no such file.
  static String of(Path file) throws IOException {
    return Files.isRegularFile(file) ? new Digest().add(file).hex() : "-";
  }

  Digest add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Adds what is in a file, or in all files of a folder with their paths there.
  Digest add(Path path) throws IOException {
    if (Files.isRegularFile(path)) {
      return add(Files.readAllBytes(path));
    }
    List<Path> files;
    try (var all = Files.walk(path)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (var file : files) {
      add(path.relativize(file).toString().replace(File.separatorChar, '/'));
      add(Files.readAllBytes(file));
    }
    return this;
  }

  private Digest add(byte[] bytes) {
    sha.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    sha.update(bytes);
    return this;
  }

  /// Ends it.
  String hex() {
    return HexFormat.of().formatHex(sha.digest());
  }
}
