package io.windhover.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The program of `src/main/validation/go`, which checks structs with the code that
/// thrift-gen-validator made.
final class GoValidator {
  private static final Path MAIN = Path.of("src", "main", "validation");
  private static final Path GO = MAIN.resolve("go");
  private static final Path THRIFT = MAIN.resolve("thrift");
  private static final Path TARGET = Path.of("target", "validator");
  private static final List<String> COMMANDS =
      List.of(
          "build -buildvcs=false -o bin/ github.com/cloudwego/thrift-gen-validator",
          "tool kitex -no-dependency-check -module windhover/validation"
              + " -thrift-plugin validator=bin/thrift-gen-validator idl/rules.thrift",
          "build -buildvcs=false -o bin/ ./check");

  private final Path folder;

  private GoValidator(Path folder) {
    this.folder = folder;
  }

  /// What the program says of one struct.
  ///
  /// @param verdict `valid`, `invalid` or `panic`
  /// @param reason its message
  record Answer(String verdict, String reason) {}

  /// Returns empty if this machine has no Go.
  static Optional<GoValidator> build() {
    return GoToolchain.find().map(GoValidator::build);
  }

  private static GoValidator build(GoToolchain go) {
    try {
      var folder = TARGET.resolve(new GoSources(List.of(GO, THRIFT)).digest()).toAbsolutePath();
      var complete = folder.resolve("complete");
      if (!Files.exists(complete)) {
        GoSources.copy(GO, folder);
        GoSources.copy(THRIFT, folder.resolve("idl"));
        for (var command : COMMANDS) {
          go.run(folder, command);
        }
        Files.createFile(complete);
      }
      return new GoValidator(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Checks structs.
  ///
  /// @param lines of a name, the name of the struct and its bytes in hex, with tabs in between
  /// @return the answers by name, in order
  Map<String, Answer> check(List<String> lines) {
    try {
      var input = folder.resolve("input.txt");
      var output = folder.resolve("output.txt");
      Files.write(input, lines);
      var command = new ProcessBuilder(folder.resolve("bin/check").toString());
      int exit = GoToolchain.run(command, input, output, Duration.ofMinutes(1));
      if (exit != 0) {
        throw new IllegalStateException("check ended with " + exit + ", see " + output);
      }
      var answers = new LinkedHashMap<String, Answer>();
      for (var line : GoToolchain.read(output).lines().toList()) {
        var cells = line.split("\t", -1);
        answers.put(cells[0], new Answer(cells[1], cells[2]));
      }
      return answers;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
