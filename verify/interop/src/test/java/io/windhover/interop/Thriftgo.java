package io.windhover.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The real Thriftgo and a plugin built with its plugin package, of `src/main/thriftgo`; and our
/// own command line, as a process beside them.
final class Thriftgo {
  private static final Path SOURCES = Path.of("src", "main", "thriftgo");
  private static final Path TARGET = Path.of("target", "thriftgo");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path binaries;

  private Thriftgo(Path binaries) {
    this.binaries = binaries;
  }

  /// How a process has ended.
  record End(int exit, String output) {}

  /// Returns empty if this machine has no Go.
  static Optional<Thriftgo> build() {
    return GoToolchain.find().map(Thriftgo::build);
  }

  private static Thriftgo build(GoToolchain go) {
    try {
      var folder = TARGET.resolve(new GoSources(List.of(SOURCES)).digest()).toAbsolutePath();
      var complete = folder.resolve("complete");
      if (!Files.exists(complete)) {
        GoSources.copy(SOURCES, folder);
        go.run(folder, "build -buildvcs=false -o bin/ ./dump github.com/cloudwego/thriftgo");
        Files.createFile(complete);
      }
      return new Thriftgo(folder.resolve("bin"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The plugin that writes its request as JSON into the file of its parameter `out`, and answers
  /// with the JSON of the file of its parameter `answer`.
  Path dump() {
    return binaries.resolve("dump");
  }

  /// Thriftgo itself.
  Path command() {
    return binaries.resolve("thriftgo");
  }

  /// Runs Thriftgo, which makes no Go.
  End run(Map<String, String> environment, Path log, String... arguments) {
    var command = new ArrayList<>(List.of(command().toString()));
    command.addAll(List.of("-g", "go:thrift_streaming,skip_go_gen"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return end(builder, log);
  }

  /// Runs `windhover`.
  static End windhover(Path log, String... arguments) {
    var command = windhoverCommand();
    command.addAll(List.of(arguments));
    return end(new ProcessBuilder(command), log);
  }

  /// Writes the program `thrift-gen-windhover` into a folder.
  static Path windhoverPlugin(Path folder) {
    var line = "exec '" + String.join("' '", windhoverCommand()) + "' plugin\n";
    var script = folder.resolve("thrift-gen-windhover");
    try {
      Files.writeString(script, "#!/bin/sh\n" + line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!script.toFile().setExecutable(true)) {
      throw new IllegalStateException("cannot make " + script + " executable");
    }
    return script;
  }

  private static List<String> windhoverCommand() {
    var java = Path.of(System.getProperty("java.home"), "bin", "java");
    var classPath = System.getProperty("java.class.path");
    return new ArrayList<>(
        List.of(
            java.toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            "io.windhover.cli.Windhover"));
  }

  private static End end(ProcessBuilder builder, Path log) {
    return new End(GoToolchain.run(builder, log, PATIENCE), GoToolchain.read(log));
  }
}
