package io.windhover.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// gRPC for Python, as the program of `src/main/grpcio`, with its packages of PyPI in a virtual
/// environment of its own.
final class Grpcio {
  private static final String PYTHON = "venv/bin/python";
  private static final String DESCRIPTORS = "suite.binpb";

  private Grpcio() {}

  /// Skips the test if this machine has no Python with `venv`.
  static GrpcProgram orAbort() {
    Requirement.orAbort("grpcio", "python3", "-c", "import ensurepip, venv");
    var folder = GrpcProgram.prepare("grpcio", Grpcio::install);
    return new GrpcProgram(
        name(folder), folder, List.of(folder.resolve(PYTHON).toString(), "peer.py", DESCRIPTORS));
  }

  private static void install(Path folder) {
    GrpcProgram.run(folder, "python3", "-m", "venv", "venv");
    GrpcProgram.run(
        folder,
        PYTHON,
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--only-binary=:all:", // none that would be compiled, for minutes
        "--requirement=requirements.txt");
    GrpcSuite.writeDescriptors(folder.resolve(DESCRIPTORS));
  }

  private static String name(Path folder) {
    try (var lines = Files.lines(folder.resolve("requirements.txt"))) {
      return lines
          .filter(line -> line.startsWith("grpcio=="))
          .findFirst()
          .orElseThrow()
          .replace("==", " ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
