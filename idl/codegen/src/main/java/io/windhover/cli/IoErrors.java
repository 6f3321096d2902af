package io.windhover.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/// Words for I/O errors whose own message is a bare path.
final class IoErrors {

  private IoErrors() {}

  static String message(IOException error) {
    return switch (error) {
      case NoSuchFileException it when it.getReason() == null -> it.getMessage() + ": no such file";
      case AccessDeniedException it -> it.getMessage() + ": permission denied";
      case FileAlreadyExistsException it when it.getReason() == null ->
          it.getMessage() + ": exists already";
      default -> String.valueOf(error.getMessage());
    };
  }
}
