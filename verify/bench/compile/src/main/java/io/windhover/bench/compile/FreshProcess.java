package io.windhover.bench.compile;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A compiler that is started for each run.
///
/// @param command without the folder of the output and the file, which follow in this order
record FreshProcess(String name, String version, List<String> command) implements Compiler {

  private static final Path GO_MODULE = Path.of("verify/bench/compile");
  private static final String THRIFTGO = "github.com/cloudwego/thriftgo";

  /// Ours, in the JVM that runs this and with the flags of the launcher, but for its cache.
  static Compiler windhover() {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new FreshProcess(
        "windhover gen",
        javaVersion(),
        List.of(
            java,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            "io.windhover.cli.Windhover",
            "gen",
            "-o"));
  }

  /// Ours as people start it: the script at the root of the repository, if this is one.
  static Optional<Compiler> launcher() {
    var script = Path.of("windhover").toAbsolutePath();
    return Files.isExecutable(script)
        ? Optional.of(
            new FreshProcess(
                "./windhover gen", javaVersion(), List.of(script.toString(), "gen", "-o")))
        : Optional.empty();
  }

  static String javaVersion() {
    return "Java " + Runtime.version().feature();
  }

  /// Apache's compiler to Java, if the machine has it.
  static Optional<Compiler> apache() throws IOException, InterruptedException {
    return output(List.of("thrift", "--version"), new File("."))
        .map(
            version ->
                new FreshProcess(
                    "thrift --gen java",
                    version.replace("Thrift version ", ""),
                    List.of("thrift", "-r", "--gen", "java", "-out")));
  }

  /// Kitex's compiler to Go, built from the version in go.mod, if the machine has Go: as it is, and
  /// without the formatter that its output goes through.
  static List<Compiler> thriftgo(Path folder) throws IOException, InterruptedException {
    var binary = folder.resolve("thriftgo").toAbsolutePath().toString();
    if (output(List.of("go", "build", "-o", binary, THRIFTGO), GO_MODULE.toFile()).isEmpty()) {
      return List.of();
    }
    var version =
        output(List.of("go", "list", "-m", "-f", "{{.Version}}", THRIFTGO), GO_MODULE.toFile())
            .orElse("?");
    return List.of(
        new FreshProcess("thriftgo -g go", version, List.of(binary, "-r", "-g", "go", "-o")),
        new FreshProcess(
            "thriftgo -g go:no_fmt", version, List.of(binary, "-r", "-g", "go:no_fmt", "-o")));
  }

  @Override
  public Measurement run(Path idl, Path out, Path log) throws IOException, InterruptedException {
    var line = new ArrayList<>(command);
    line.add(out.toString());
    line.add(idl.toString());
    long start = System.nanoTime();
    var process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    var measurement = Measurement.of(process, start);
    if (process.exitValue() != 0) {
      throw new IOException(name + " ended with " + process.exitValue() + ": see " + log);
    }
    return measurement;
  }

  /// What a command prints, if it can be started and succeeds.
  static Optional<String> output(List<String> command, File folder)
      throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(folder)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException _) {
      return Optional.empty(); // there is no such program
    }
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? Optional.of(output.strip()) : Optional.empty();
  }
}
