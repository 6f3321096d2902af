package io.windhover.bench.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The memory that a server holds at one instant, after a full collection. What its sockets hold in
/// the kernel is not in it.
///
/// @param heapBytes of live objects, as the JVM's class histogram counts them; 0 without a JVM
/// @param jdkBytes of them, in objects of the JDK's own classes
/// @param nativeBytes of buffers, foreign memory, threads and monitors, as the JVM's tracking of
///   native memory counts them; 0 without a JVM. What grows with compiled code and loaded classes
///   is left out
/// @param residentBytes of the process in RAM, touched heap and all
record Footprint(long heapBytes, long jdkBytes, long nativeBytes, long residentBytes) {

  /// What the JVM of a server needs beside its usual flags for the figures to be exact: every full
  /// collection of the serial collector leaves gaps otherwise.
  static final String JVM_FLAGS =
      "-XX:NativeMemoryTracking=summary -XX:MarkSweepAlwaysCompactCount=1";

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int COLLECTIONS = 2; // what the first has found dead may hold more
  private static final Pattern CLASS = Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S.*)");
  private static final Pattern CATEGORY =
      Pattern.compile("-\\s+(\\S[\\w ]*) \\(reserved=\\d+, committed=(\\d+).*");
  private static final Set<String> CATEGORIES =
      Set.of("Internal", "Other", "Synchronization", "Thread");

  /// Takes that of a running server.
  static Footprint of(Contestant contestant, long pid) throws IOException, ContestantException {
    if (!contestant.program().isJava()) {
      return new Footprint(0, 0, 0, Proc.residentBytes(pid));
    }
    for (int i = 0; i < COLLECTIONS; i++) {
      jcmd(pid, "GC.run");
    }
    var classes = jcmd(pid, "GC.class_histogram");
    return new Footprint(
        heapBytes(classes, ""),
        heapBytes(classes, "(j"), // the module: java.base, jdk.net
        nativeBytes(jcmd(pid, "VM.native_memory", "summary", "scale=b")),
        Proc.residentBytes(pid));
  }

  private static String jcmd(long pid, String... words) throws ContestantException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    command.add(Long.toString(pid));
    command.addAll(List.of(words));
    var outcome = Shell.run(Path.of("."), LIMIT, command);
    if (outcome.isEmpty() || outcome.get().exit() != 0) {
      throw new ContestantException(
          "jcmd %s fails: %s"
              .formatted(words[0], outcome.map(Shell.Outcome::lastLine).orElse("there is none")));
    }
    return outcome.get().output();
  }

  /// Adds up the lines of a class histogram.
  ///
  /// @param module what must be in the name of a class or its module
  static long heapBytes(String histogram, String module) {
    return histogram
        .lines()
        .map(CLASS::matcher)
        .filter(line -> line.matches() && line.group(2).contains(module))
        .mapToLong(line -> Long.parseLong(line.group(1)))
        .sum();
  }

  /// Adds up the categories that can grow with connections.
  static long nativeBytes(String summary) {
    return summary
        .lines()
        .map(CATEGORY::matcher)
        .filter(line -> line.matches() && CATEGORIES.contains(line.group(1)))
        .mapToLong(line -> Long.parseLong(line.group(2)))
        .sum();
  }

  Footprint minus(Footprint earlier) {
    return new Footprint(
        heapBytes - earlier.heapBytes,
        jdkBytes - earlier.jdkBytes,
        nativeBytes - earlier.nativeBytes,
        residentBytes - earlier.residentBytes);
  }
}
