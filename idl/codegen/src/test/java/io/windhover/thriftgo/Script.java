package io.windhover.thriftgo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Plugins that are shell scripts.
public final class Script {

  private Script() {}

  /// Writes a program.
  public static Path write(Path file, String lines) {
    try {
      Files.writeString(file, "#!/bin/sh\n" + lines);
      return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes a program that reads its input and gives a prepared answer.
  public static Path answering(Path file, Response response) {
    try {
      var answer =
          Files.write(file.resolveSibling(file.getFileName() + ".answer"), response.write());
      return write(file, "cat >/dev/null\ncat '" + answer + "'\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
