package io.windhover.cli;

import io.windhover.proto.ProtoCompilation;
import io.windhover.proto.ProtoCompiler;
import io.windhover.proto.source.SourcePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The `.proto` files of a command line, and those that they import.
///
/// The folder of the path in which a file is says by which name others import it. A file that is in
/// none of these is at the top of its own, which becomes the last of the path. A path that is not
/// given is the working folder, and behind it the folders of the files.
final class ProtoFiles {
  private static final String SUFFIX = ".proto";
  private static final Path WORKING_FOLDER = Path.of("");

  private final Set<Path> path = new LinkedHashSet<>();
  private final Set<Path> seen = new LinkedHashSet<>();
  private final ProtoCompilation compilation;

  /// Compiles files.
  ///
  /// @param path folders and jars in which imports are searched
  ProtoFiles(List<Path> files, List<Path> path) {
    this.path.addAll(path.isEmpty() ? List.of(WORKING_FOLDER) : path);
    var names = files.stream().map(this::name).distinct().toList();
    if (path.isEmpty()) {
      files.forEach(file -> this.path.add(folder(file)));
    }
    var source = SourcePath.of(List.copyOf(this.path));
    compilation =
        ProtoCompiler.compile(
            (name, limit) -> {
              this.path.forEach(it -> seen.add(Files.isDirectory(it) ? it.resolve(name) : it));
              return source.find(name, limit);
            },
            names);
  }

  /// Whether a file is one, by its name.
  static boolean isOne(Path file) {
    return file.toString().endsWith(SUFFIX);
  }

  static Path folder(Path file) {
    return file.resolveSibling("");
  }

  private String name(Path file) {
    var absolute = absolute(file);
    for (var it : path) {
      if (absolute.startsWith(absolute(it))) {
        return slashes(absolute(it).relativize(absolute));
      }
    }
    path.add(folder(file));
    return absolute.getFileName().toString();
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private static String slashes(Path path) {
    return path.toString().replace('\\', '/');
  }

  ProtoCompilation compilation() {
    return compilation;
  }

  /// The paths that were looked for, be there a file or not.
  Set<Path> seen() {
    return seen;
  }
}
