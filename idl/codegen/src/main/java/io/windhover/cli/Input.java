package io.windhover.cli;

import io.windhover.idl.ThriftCompiler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file of the command line as it was read, or the standard input where the path is `-`.
final class Input {
  private static final Path STANDARD_INPUT = Path.of("-");

  private final Path file;
  private final byte[] bytes;

  private Input(Path file, byte[] bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /// Reads up to the size that the commands that compile accept, and fails beyond it.
  static Input read(Path file) throws IOException {
    if (file.equals(STANDARD_INPUT)) {
      return new Input(file, read(file, System.in));
    }
    try (var in = Files.newInputStream(file)) {
      return new Input(file, read(file, in));
    }
  }

  private static byte[] read(Path file, InputStream in) throws IOException {
    var bytes = in.readNBytes(ThriftCompiler.MAX_FILE_BYTES + 1);
    if (bytes.length > ThriftCompiler.MAX_FILE_BYTES) {
      throw new IOException(
          "%s: larger than %d bytes".formatted(name(file), ThriftCompiler.MAX_FILE_BYTES));
    }
    return bytes;
  }

  private static String name(Path file) {
    return file.equals(STANDARD_INPUT) ? "<stdin>" : file.toString();
  }

  /// As messages have it.
  String name() {
    return name(file);
  }

  boolean isStandard() {
    return file.equals(STANDARD_INPUT);
  }

  /// The array itself, no copy.
  byte[] bytes() {
    return bytes;
  }
}
