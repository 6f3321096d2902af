package io.windhover.interop;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Google's compiler of `.proto` files, which the build has brought.
final class Protoc {
  private static final Path COMMAND = Path.of("target", "protoc", "protoc");
  private static final long MAX_SECONDS = 60;

  private Protoc() {}

  /// What it says of files, and the descriptors that it makes of them.
  ///
  /// @param set the bytes of a `FileDescriptorSet` of the files and all that they import; empty if
  ///   it has refused one
  record Result(boolean isAccepted, String log, ByteString set) {}

  /// @param path folders
  /// @param files names within them
  static Result compile(List<Path> path, List<String> files) throws IOException {
    return compile(path, files, List.of("--retain_options"));
  }

  /// As [#compile(List, List)], without options that are only for who compiles.
  static Result compileForRuntime(List<Path> path, List<String> files) throws IOException {
    return compile(path, files, List.of());
  }

  private static Result compile(List<Path> path, List<String> files, List<String> more)
      throws IOException {
    Path set = Files.createTempFile("protoc", ".set");
    try {
      var options = new ArrayList<>(List.of("--descriptor_set_out=" + set, "--include_imports"));
      options.addAll(more);
      Result result = run(path, files, options);
      ByteString bytes =
          result.isAccepted ? ByteString.copyFrom(Files.readAllBytes(set)) : ByteString.EMPTY;
      return new Result(result.isAccepted, result.log, bytes);
    } finally {
      Files.deleteIfExists(set);
    }
  }

  /// Has a plugin generate.
  ///
  /// @param plugin a program
  /// @param out the folder for what it makes
  /// @return without descriptors
  static Result generate(Path plugin, Path out, List<Path> path, List<String> files)
      throws IOException {
    return run(
        path, files, List.of("--plugin=protoc-gen-windhover=" + plugin, "--windhover_out=" + out));
  }

  private static Result run(List<Path> path, List<String> files, List<String> options)
      throws IOException {
    COMMAND.toFile().setExecutable(true); // which the repository has not kept
    Path log = Files.createTempFile("protoc", ".log");
    try {
      var line = new ArrayList<>(List.of(COMMAND.toAbsolutePath().toString()));
      path.forEach(it -> line.add("-I" + it));
      line.addAll(options);
      line.addAll(files);
      return new Result(run(line, log) == 0, Files.readString(log), ByteString.EMPTY);
    } finally {
      Files.deleteIfExists(log);
    }
  }

  private static int run(List<String> line, Path log) throws IOException {
    var process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("protoc is not done: " + line);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for protoc", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
