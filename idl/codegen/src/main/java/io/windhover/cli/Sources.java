package io.windhover.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Files that a command has read and must not overwrite, by whatever names and links they are
/// reached.
final class Sources {
  private final Set<Path> real = new HashSet<>();

  /// @param paths of which some may be of no file
  Sources(Collection<Path> paths) {
    paths.forEach(it -> real(it).ifPresent(real::add));
  }

  /// Whether to write to a path is to overwrite one of them.
  boolean has(Path path) {
    return real(path).filter(real::contains).isPresent();
  }

  /// Empty if there is no such file.
  private static Optional<Path> real(Path path) {
    try {
      return Optional.of(path.toRealPath());
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
