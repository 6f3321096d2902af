package io.windhover.bench.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// What the kernel counts, from `/proc`.
final class Proc {

  /// The unit of all CPU times that the kernel shows to users, on every platform of Linux.
  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1) / 100;

  private static final int USER_TIME = 11; // of the fields that follow the command's name
  private static final int SYSTEM_TIME = 12;
  private static final int CHILDREN_USER_TIME = 13;
  private static final int CHILDREN_SYSTEM_TIME = 14;

  /// CPU time of the whole machine.
  ///
  /// @param processNanos that all processes have used
  /// @param busyNanos that was neither idle, nor stolen, nor spent on interrupts; it knows of
  ///   processes in other containers, too
  /// @param stolenNanos that the host gave to others
  record CpuTime(long processNanos, long busyNanos, long stolenNanos) {

    CpuTime minus(CpuTime earlier) {
      return new CpuTime(
          processNanos - earlier.processNanos,
          busyNanos - earlier.busyNanos,
          stolenNanos - earlier.stolenNanos);
    }

    /// What was left after `ours`, the time of some of the processes.
    ///
    /// A kernel without `IRQ_TIME_ACCOUNTING` counts interrupts within the time of the process that
    /// they interrupt and again by themselves, one with it only by themselves. Taken from
    /// [#busyNanos], `ours` may thus hide as much other load as it had interrupts, which for a
    /// server on the loopback is a sixth of a core and more; taken from [#processNanos], it cannot.
    long without(long ours) {
      return Math.max(0, Math.max(processNanos, busyNanos) - ours);
    }
  }

  private Proc() {}

  static CpuTime machine() throws IOException {
    return machine(Files.readString(Path.of("/proc/stat")), processNanos());
  }

  static CpuTime machine(String stat, long processNanos) {
    var line = stat.lines().findFirst().orElseThrow();
    var words = line.trim().split("\\s+", -1); // cpu user nice system idle iowait irq softirq steal
    long busy = 0;
    for (int i = 1; i <= 3; i++) {
      busy += Long.parseLong(words[i]);
    }
    return new CpuTime(processNanos, busy * TICK_NANOS, Long.parseLong(words[8]) * TICK_NANOS);
  }

  /// The time of an ended process is found with its parent.
  private static long processNanos() throws IOException {
    long nanos = 0;
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (var process : processes) {
        try {
          nanos += cpuNanosWithChildren(Files.readString(process.resolve("stat")));
        } catch (IOException e) {
          // it has ended meanwhile
        }
      }
    }
    return nanos;
  }

  /// CPU time that a process has used, all its threads, ended ones too.
  static long cpuNanos(long pid) throws IOException {
    return cpuNanos(Files.readString(Path.of("/proc/" + pid + "/stat")));
  }

  static long cpuNanos(String stat) {
    return sum(stat, USER_TIME, SYSTEM_TIME);
  }

  /// The same, and that of the children which it has outlived.
  static long cpuNanosWithChildren(String stat) {
    return sum(stat, USER_TIME, SYSTEM_TIME, CHILDREN_USER_TIME, CHILDREN_SYSTEM_TIME);
  }

  private static long sum(String stat, int... times) {
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = 0;
    for (int time : times) {
      ticks += Long.parseLong(fields[time]);
    }
    return ticks * TICK_NANOS;
  }

  /// Memory of a process that is in RAM now, in bytes.
  static long residentBytes(long pid) throws IOException {
    return residentBytes(Files.readString(Path.of("/proc/" + pid + "/status")));
  }

  static long residentBytes(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")) << 10)
        .findFirst()
        .orElse(0);
  }

  /// The model of the CPU, for reports.
  static String cpuModel() throws IOException {
    return Files.readString(Path.of("/proc/cpuinfo"))
        .lines()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).trim())
        .findFirst()
        .orElse("unknown CPU");
  }
}
