package io.windhover.bench.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// What one run of a compiler took.
///
/// @param wallNanos from before its start to its end
/// @param cpuNanos of all its threads, 10 ms exact
/// @param peakBytes of its resident set
record Measurement(long wallNanos, long cpuNanos, long peakBytes) {

  private static final long POLL_MILLIS = 10;
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final String PEAK = "VmHWM:";

  /// Watches a process to its end, which comes by force after ten minutes. What it does in its last
  /// 10 ms is missed by all but the wall time.
  static Measurement of(Process process, long startNanos) throws InterruptedException {
    long peakBytes = 0;
    var cpu = Duration.ZERO;
    while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      peakBytes = Math.max(peakBytes, peakBytes(process.pid()));
      cpu = process.info().totalCpuDuration().orElse(cpu);
      if (System.nanoTime() - startNanos > LIMIT.toNanos()) {
        process.destroyForcibly();
      }
    }
    return new Measurement(System.nanoTime() - startNanos, cpu.toNanos(), peakBytes);
  }

  /// The kernel's own high-water mark, 0 once the process has ended.
  static long peakBytes(long pid) {
    try {
      for (var line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
        if (line.startsWith(PEAK)) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024; // the kernel says kB
        }
      }
    } catch (IOException _) {
      // it has ended: what was read before counts
    }
    return 0;
  }
}
