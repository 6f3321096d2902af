package io.windhover.bench.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Builds the programs that Maven does not, if their sources are newer.
final class Workshop {

  private static final Duration GO_LIMIT = Duration.ofMinutes(10);
  private static final Duration C_LIMIT = Duration.ofMinutes(1);

  private final Path bench;
  private final Path built;

  /// @param root of the repository
  /// @param built where the programs go
  Workshop(Path root, Path built) {
    this.bench = root.resolve("verify/bench");
    this.built = built;
  }

  /// @return why `program` can not be had here; empty if it is ready
  Optional<String> build(Program program) {
    try {
      return switch (program) {
        case Program.Java java -> findJava(java);
        case Program.Go() -> buildGo();
        case Program.C() -> buildC();
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<String> findJava(Program.Java java) {
    var module = "verify/bench/" + java.module();
    var target = bench.resolve(java.module()).resolve("target");
    if (!Files.isDirectory(target.resolve("lib"))) {
      return Optional.of(module + " is not built: run ./windhover bench");
    }
    var main = java.mainClass().replace('.', '/') + ".class";
    return Files.exists(target.resolve("classes").resolve(main))
        ? Optional.empty()
        : Optional.of(
            module
                + " was built without Apache's compiler: install it, on Debian with apt install"
                + " thrift-compiler, then run mvn -pl "
                + module
                + " -am -DskipTests package");
  }

  private Optional<String> buildGo() throws IOException {
    var out = built.resolve("go");
    var idl = bench.resolve("idl/src/main");
    var binary = out.resolve("contestants");
    if (isFresh(binary, List.of(bench.resolve("go"), idl))) {
      return Optional.empty();
    }
    if (Shell.firstLine(bench, "go", "version").isEmpty()) {
      return Optional.of("Go is not on the PATH: install Go 1.24 or later from https://go.dev/dl");
    }
    var protoc = protoc();
    if (protoc.isEmpty()) {
      return Optional.of("protoc is not in verify/bench/idl/target: run ./windhover bench");
    }
    return run(
        binary,
        GO_LIMIT,
        List.of(
            "bash",
            bench.resolve("go/build.sh").toString(),
            out.toString(),
            idl.resolve("thrift").toString(),
            idl.resolve("proto").toString(),
            protoc.get().toString()));
  }

  private Optional<Path> protoc() throws IOException {
    var plugins = bench.resolve("idl/target/protoc-plugins");
    if (!Files.isDirectory(plugins)) {
      return Optional.empty();
    }
    try (var files = Files.list(plugins)) {
      return files.filter(file -> file.getFileName().toString().startsWith("protoc-")).findFirst();
    }
  }

  private Optional<String> buildC() throws IOException {
    var source = bench.resolve("c/echo.c");
    var binary = built.resolve("c/echo");
    if (isFresh(binary, List.of(source))) {
      return Optional.empty();
    }
    Files.createDirectories(binary.getParent());
    if (Shell.firstLine(bench, "gcc", "--version").isEmpty()) {
      return Optional.of("gcc is not on the PATH: install it, on Debian with apt install gcc");
    }
    return run(binary, C_LIMIT, List.of("gcc", "-O2", "-o", binary.toString(), source.toString()));
  }

  private Optional<String> run(Path binary, Duration limit, List<String> command)
      throws IOException {
    var outcome = Shell.run(bench, limit, command);
    if (outcome.isPresent() && outcome.get().exit() == 0 && Files.exists(binary)) {
      Files.setLastModifiedTime(binary, FileTime.fromMillis(System.currentTimeMillis()));
      return Optional.empty();
    }
    Files.createDirectories(built);
    var log = built.resolve(binary.getFileName() + ".build.log");
    Files.writeString(log, outcome.map(Shell.Outcome::output).orElse(""), StandardCharsets.UTF_8);
    var why = outcome.map(Shell.Outcome::lastLine).orElse("there is no " + command.getFirst());
    return Optional.of("the build failed: " + why + " (all of it: " + log + ")");
  }

  private static boolean isFresh(Path binary, List<Path> sources) throws IOException {
    if (!Files.exists(binary)) {
      return false;
    }
    var builtAt = Files.getLastModifiedTime(binary);
    for (var source : sources) {
      try (Stream<Path> files = Files.walk(source)) {
        for (var file : files.filter(Files::isRegularFile).toList()) {
          if (Files.getLastModifiedTime(file).compareTo(builtAt) > 0) {
            return false;
          }
        }
      }
    }
    return true;
  }
}
