package io.windhover.maven;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;

/// Picks the files of a directory by patterns in Maven's style, where `**/` matches no folder, too.
final class Sources {
  private final List<PathMatcher> includes;
  private final List<PathMatcher> excludes;

  Sources(List<String> includes, List<String> excludes) {
    this.includes = matchers(includes);
    this.excludes = matchers(excludes);
  }

  /// Returns the files, sorted, or none if there is no such directory.
  List<Path> in(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (var files = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> picks(directory.relativize(file)))
          .sorted()
          .toList();
    }
  }

  private boolean picks(Path file) {
    return includes.stream().anyMatch(it -> it.matches(file))
        && excludes.stream().noneMatch(it -> it.matches(file));
  }

  private static List<PathMatcher> matchers(List<String> patterns) {
    return patterns.stream().map(Sources::matcher).toList();
  }

  private static PathMatcher matcher(String pattern) {
    var glob = pattern.endsWith("/") ? pattern + "**" : pattern;
    return FileSystems.getDefault().getPathMatcher("glob:" + glob.replace("**/", "{**/,}"));
  }
}
