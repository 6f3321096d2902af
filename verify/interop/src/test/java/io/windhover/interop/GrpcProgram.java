package io.windhover.interop;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A program with gRPC's interop suite, on a library of gRPC in another language: with an address
/// it calls, without one it serves.
///
/// @param name that of its library, with its version
/// @param folder where it runs
record GrpcProgram(String name, Path folder, List<String> command) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// Copies a program of `src/main` under `target`, once for each state of its source.
  ///
  /// @param steps make it ready to run there
  /// @return where it is
  static Path prepare(String program, Consumer<Path> steps) {
    try {
      var sources = Path.of("src", "main", program);
      var digest = new GoSources(List.of(sources)).digest();
      var folder = Path.of("target", program, digest).toAbsolutePath();
      var complete = folder.resolve("complete");
      if (!Files.exists(complete)) {
        GoSources.copy(sources, folder);
        steps.accept(folder);
        Files.createFile(complete);
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Runs a command that makes a program ready.
  static void run(Path folder, String... command) {
    var log = folder.resolve("prepare.log");
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    if (GoToolchain.run(builder, log, PATIENCE) != 0) {
      throw new IllegalStateException(
          String.join(" ", command) + " failed in " + folder + ":\n" + GoToolchain.read(log));
    }
  }

  /// Runs all its scenarios.
  List<Outcome> call(InetSocketAddress server) {
    var output = folder.resolve("client.log");
    if (GoToolchain.run(process(Kitex.text(server)), output, PATIENCE) != 0) {
      throw new IllegalStateException(name + " failed:\n" + GoToolchain.read(output));
    }
    return Outcome.read(GoToolchain.read(output));
  }

  private ProcessBuilder process(String... arguments) {
    var line = new ArrayList<>(command);
    line.addAll(List.of(arguments));
    return new ProcessBuilder(line).directory(folder.toFile());
  }

  /// Starts its server, on a port that the kernel chooses.
  Server serve() throws IOException {
    File log = folder.resolve("server.log").toFile();
    var process = process().redirectError(log).start();
    try {
      var lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      var words = lines.readLine().split("[ :]", -1);
      return new Server(process, new InetSocketAddress(words[1], Integer.parseInt(words[2])));
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /// Ends with its standard input, or with this.
  record Server(Process process, InetSocketAddress address) implements AutoCloseable {
    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
