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

  /// CPU time of the whole machine.
  ///
  /// @param busyNanos of processes, without interrupts, which belong to nobody
  /// @param stolenNanos that the host gave to others
  record Machine(long busyNanos, long stolenNanos) {

    Machine minus(Machine earlier) {
      return new Machine(busyNanos - earlier.busyNanos, stolenNanos - earlier.stolenNanos);
    }
  }

  private Proc() {}

  static Machine machine() throws IOException {
    return machine(Files.readString(Path.of("/proc/stat")));
  }

  static Machine machine(String stat) {
    var line = stat.lines().findFirst().orElseThrow();
    var words = line.trim().split("\\s+", -1); // cpu user nice system idle iowait irq softirq steal
    long busy = 0;
    for (int i = 1; i <= 3; i++) {
      busy += Long.parseLong(words[i]);
    }
    return new Machine(busy * TICK_NANOS, Long.parseLong(words[8]) * TICK_NANOS);
  }

  /// CPU time that a process has used, all its threads, ended ones too.
  static long cpuNanos(long pid) throws IOException {
    return cpuNanos(Files.readString(Path.of("/proc/" + pid + "/stat")));
  }

  static long cpuNanos(String stat) {
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME])) * TICK_NANOS;
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
