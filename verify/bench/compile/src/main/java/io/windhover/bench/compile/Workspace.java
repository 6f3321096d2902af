package io.windhover.bench.compile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// The folder where compilers read and write: in memory if the system has a file system there.
///
/// On a disk the measurement is of the disk. Worse, ext4 does not give out an inode again within
/// some minutes of its deletion and looks at each such one first, so that who writes thousands of
/// files after a run that was deleted takes ten times as long for it.
///
/// @param root deleted when the JVM ends
record Workspace(Path root) {

  private static final Path MEMORY = Path.of("/dev/shm");

  /// @param otherwise a folder that is there, for systems without such a file system
  static Workspace create(Path otherwise) throws IOException {
    boolean isInMemory = Files.isDirectory(MEMORY) && Files.isWritable(MEMORY);
    var root = Files.createTempDirectory(isInMemory ? MEMORY : otherwise, "windhover-bench");
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> deleteQuietly(root)));
    return new Workspace(root.toAbsolutePath());
  }

  /// Returns a folder of this name with nothing in it.
  Path emptied(String name) throws IOException {
    var folder = root.resolve(name);
    delete(folder);
    return Files.createDirectories(folder);
  }

  private static void deleteQuietly(Path folder) {
    try {
      delete(folder);
    } catch (IOException | UncheckedIOException e) {
      System.err.println("left behind: " + folder + ": " + e.getMessage());
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
