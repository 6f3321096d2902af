package io.windhover.cli;

import io.windhover.idl.dump.SyntaxJson;
import io.windhover.source.Dumped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `windhover dump`: the syntax tree for tools in other languages.
@Command(
    name = "dump",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Prints the syntax tree of a Thrift or Protobuf file (*.proto) as JSON: headers and"
            + " definitions in the order of the file, each with its place. Included files are not"
            + " followed.",
    footer = {
      "%nExit codes: 0 fine; 1 the file has errors, then nothing is printed; 2 bad use.",
      "%nExamples:",
      "  windhover dump hello.thrift",
      "  windhover dump hello.thrift | jq -r '.definitions[].name'",
      "  windhover dump --stdin-name hello.proto - <hello.proto"
    })
final class DumpCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(paramLabel = "FILE", description = "A file, *.proto or else Thrift; - is the input.")
  private Path file;

  @Option(
      names = "--stdin-name",
      paramLabel = "NAME",
      description = "What the input is called: its ending says the language. Default: Thrift.")
  private Path stdinName = Path.of("<stdin>");

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  DumpCommand() {}

  @Override
  public Integer call() {
    var err = spec.commandLine().getErr();
    try {
      var input = Input.read(file);
      var result = dumped(input);
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

  private Dumped dumped(Input input) {
    var name = input.isStandard() ? stdinName.toString() : input.name();
    return ProtoFiles.isOne(Path.of(name))
        ? io.windhover.proto.dump.SyntaxJson.of(name, input.bytes())
        : SyntaxJson.of(name, input.bytes());
  }
}
