package io.windhover.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Files that a command has read and must not overwrite, by whatever names and links they are
/// reached.
final class Sources {
  private final Set<Object> keys = new HashSet<>();

  /// @param paths of which some may be of no file
  Sources(Collection<Path> paths) {
    paths.forEach(it -> key(it).ifPresent(keys::add));
  }

  /// Whether to write to a path is to overwrite one of them.
  boolean has(Path path) {
    return key(path).filter(keys::contains).isPresent();
  }

  /// Returns what the file has whatever its name, hard links included where the system tells of
  /// them; empty if there is no such file.
  private static Optional<Object> key(Path path) {
    try {
      var key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
      return Optional.of(key != null ? key : path.toRealPath());
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
