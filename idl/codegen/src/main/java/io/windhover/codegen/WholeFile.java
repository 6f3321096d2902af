package io.windhover.codegen;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes files of people such that a full disk or the end of the process leaves the old content or
/// the new one, and never a part.
public final class WholeFile {

  private WholeFile() {}

  /// Gives a file other content. Its permissions stay; a link to it stays one.
  public static void write(Path file, byte[] content) throws IOException {
    var target = file.toRealPath();
    var scratch = Files.createTempFile(target.getParent(), ".windhover", null);
    try {
      Files.copy(target, scratch, REPLACE_EXISTING, COPY_ATTRIBUTES); // its permissions
      Files.write(scratch, content);
      Files.move(scratch, target, ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(scratch);
    }
  }
}
