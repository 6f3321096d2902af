package io.windhover.cli;

import io.windhover.idl.dump.SyntaxJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `windhover dump`: the syntax tree for tools in other languages.
@Command(
    name = "dump",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Prints the syntax tree of a Thrift file as JSON: headers and definitions in the order of"
            + " the file, each with its place. Included files are not followed.",
    footer = {
      "%nExit codes: 0 fine; 1 the file has errors, then nothing is printed; 2 bad use.",
      "%nExamples:",
      "  windhover dump hello.thrift",
      "  windhover dump hello.thrift | jq -r '.definitions[] | select(.kind == \"struct\").name'"
    })
final class DumpCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(paramLabel = "FILE", description = "A Thrift file; - is the input.")
  private Path file;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  DumpCommand() {}

  @Override
  public Integer call() {
    var err = spec.commandLine().getErr();
    try {
      var input = Input.read(file);
      var result = SyntaxJson.of(input.name(), input.bytes());
      result.diagnostics().forEach(err::print);
      err.flush();
      result.json().ifPresent(spec.commandLine().getOut()::print);
      spec.commandLine().getOut().flush();
      return result.json().isPresent() ? 0 : 1;
    } catch (IOException e) {
      err.println("error: " + IoErrors.message(e));
      return 1;
    }
  }
}
