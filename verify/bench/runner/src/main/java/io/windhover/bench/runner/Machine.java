package io.windhover.bench.runner;

import java.nio.file.Files;
import java.nio.file.Path;

/// Whether a run is possible on this machine at all.
final class Machine {

  private static final int CORES = 2;

  private Machine() {}

  /// @throws UsageException if not
  static void check() throws UsageException {
    check(
        Runtime.getRuntime().availableProcessors(),
        Files.exists(Path.of("/proc/self/stat")),
        Shell.firstLine(Path.of("."), "taskset", "--version").isPresent());
  }

  static void check(int cores, boolean proc, boolean taskset) throws UsageException {
    if (!proc) {
      throw new UsageException(
          "/proc is not there: CPU time is read from it, so the bench runs on Linux only");
    }
    if (cores < CORES) {
      throw new UsageException(
          "cores: %d (expected: >= %d): the server gets one, the client another"
              .formatted(cores, CORES));
    }
    if (!taskset) {
      throw new UsageException(
          "taskset is not on the PATH: it pins processes to cores (on Debian in util-linux)");
    }
  }
}
