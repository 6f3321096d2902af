package io.windhover.interop;

import io.windhover.idl.CompilerOptions;
import io.windhover.idl.ThriftCompiler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Whether a compiler takes a file.
interface IdlCompiler {

  /// What becomes of a file.
  enum Outcome {
    ACCEPTS,
    REJECTS,
    /// Not done after ten seconds.
    HANGS
  }

  /// @param folder for what comes out, and where the compiler is started
  Outcome compile(Path main, Path folder);

  /// Ours, as it is by default.
  static IdlCompiler windhover() {
    return (main, folder) ->
        ThriftCompiler.compile(List.of(main), CompilerOptions.DEFAULTS).hasErrors()
            ? Outcome.REJECTS
            : Outcome.ACCEPTS;
  }

  /// The `thrift` command, if there is one on the PATH.
  static Optional<IdlCompiler> apache() {
    return apache("java");
  }

  /// @param generator with its options
  static Optional<IdlCompiler> apache(String generator) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .map(folder -> Path.of(folder, "thrift"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(thrift -> process(thrift.toString(), "--gen", generator, "-out", "."));
  }

  /// Thriftgo; empty if there is no Go.
  static Optional<IdlCompiler> thriftgo() {
    return Thriftgo.build().map(it -> process(it.command().toString(), "-g", "go", "-o", "gen"));
  }

  private static IdlCompiler process(String... command) {
    return (main, folder) -> {
      var line = Stream.concat(Stream.of(command), Stream.of(main.toString())).toList();
      var builder =
          new ProcessBuilder(line)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile());
      try {
        var process = builder.start();
        try {
          process.getOutputStream().close();
          if (!process.waitFor(10, TimeUnit.SECONDS)) {
            return Outcome.HANGS;
          }
          return process.exitValue() == 0 ? Outcome.ACCEPTS : Outcome.REJECTS;
        } finally {
          process.destroyForcibly();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for " + line, e);
      }
    };
  }
}
