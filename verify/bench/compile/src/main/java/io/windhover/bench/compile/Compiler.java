package io.windhover.bench.compile;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One contestant: a command line that compiles a file and what it includes.
///
/// @param version what it says of itself
/// @param command without the folder of the output and the file, which follow in this order
record Compiler(String name, String version, List<String> command) {

  private static final Path GO_MODULE = Path.of("verify/bench/compile");
  private static final String THRIFTGO = "github.com/cloudwego/thriftgo";

  /// Ours, in the JVM that runs this and with the flags of the launcher.
  static Compiler windhover() {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new Compiler(
        "windhover gen",
        "Java " + Runtime.version().feature(),
        List.of(
            java,
            "-XX:+UseParallelGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "io.windhover.cli.Windhover",
            "gen",
            "-o"));
  }

  /// Apache's compiler to Java, if the machine has it.
  static Optional<Compiler> apache() throws IOException, InterruptedException {
    return output(List.of("thrift", "--version"), new File("."))
        .map(
            version ->
                new Compiler(
                    "thrift --gen java",
                    version.replace("Thrift version ", ""),
                    List.of("thrift", "-r", "--gen", "java", "-out")));
  }

  /// Kitex's compiler to Go, built from the version in go.mod, if the machine has Go.
  static Optional<Compiler> thriftgo(Path folder) throws IOException, InterruptedException {
    var binary = folder.resolve("thriftgo").toAbsolutePath();
    var built =
        output(List.of("go", "build", "-o", binary.toString(), THRIFTGO), GO_MODULE.toFile());
    if (built.isEmpty()) {
      return Optional.empty();
    }
    var version =
        output(List.of("go", "list", "-m", "-f", "{{.Version}}", THRIFTGO), GO_MODULE.toFile());
    return Optional.of(
        new Compiler(
            "thriftgo -g go",
            version.orElse("?"),
            List.of(binary.toString(), "-r", "-g", "go", "-o")));
  }

  /// Compiles `idl` into `out`, an empty folder.
  ///
  /// @throws IOException if the compiler fails, with where to read why
  Measurement run(Path idl, Path out, Path log) throws IOException, InterruptedException {
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
  private static Optional<String> output(List<String> command, File folder)
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
