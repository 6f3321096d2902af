package io.windhover.bench.compile;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Our compiler in a JVM that stays, as in a build daemon: it has compiled before.
final class ResidentProcess implements Compiler {

  private final Process process;
  private final BufferedReader answers;

  /// Starts the JVM, with a heap with which the process stays below 512 MiB, and no other flag but
  /// for the collector.
  ///
  /// @param log for what it prints
  ResidentProcess(Path log) throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Resident.class.getName())
            .redirectError(log.toFile())
            .start();
    answers = process.inputReader();
  }

  @Override
  public String name() {
    return "windhover, warm";
  }

  @Override
  public String version() {
    return FreshProcess.javaVersion();
  }

  @Override
  public Measurement run(Path idl, Path out, Path log) throws IOException {
    var writer = process.outputWriter();
    for (var path : List.of(idl, out)) {
      writer.write(path.toString());
      writer.newLine();
    }
    writer.flush();
    var answer = answers.readLine();
    if (answer == null) {
      throw new IOException(name() + " has ended: see " + log);
    }
    var times = answer.split(" ", 2);
    long peakBytes = Measurement.peakBytes(process.pid());
    return new Measurement(Long.parseLong(times[0]), Long.parseLong(times[1]), peakBytes);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
