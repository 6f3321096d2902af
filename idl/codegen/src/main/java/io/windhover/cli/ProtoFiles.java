package io.windhover.cli;

import io.windhover.proto.ProtoCompilation;
import io.windhover.proto.ProtoCompiler;
import io.windhover.proto.source.SourcePath;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// `.proto` files of the command line.
final class ProtoFiles {
  private static final String SUFFIX = ".proto";

  private ProtoFiles() {}

  /// Whether a file is one, by its name.
  static boolean isOne(Path file) {
    return file.toString().endsWith(SUFFIX);
  }

  /// Compiles files. An import folder that holds a file says by which name others import it; one
  /// that is in none is at the top of a folder of its own.
  ///
  /// @param folders where imports are searched, jars among them
  static ProtoCompilation compile(List<Path> files, List<Path> folders) {
    SequencedSet<Path> path = new LinkedHashSet<>(folders);
    var names = files.stream().map(file -> name(file, folders, path)).toList();
    return ProtoCompiler.compile(SourcePath.of(List.copyOf(path)), names);
  }

  private static String name(Path file, List<Path> folders, SequencedSet<Path> path) {
    var absolute = absolute(file);
    for (var folder : folders) {
      if (absolute.startsWith(absolute(folder))) {
        return slashes(absolute(folder).relativize(absolute));
      }
    }
    var own = file.resolveSibling("");
    path.add(own);
    return own.relativize(file).toString();
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private static String slashes(Path path) {
    return path.toString().replace('\\', '/');
  }
}
