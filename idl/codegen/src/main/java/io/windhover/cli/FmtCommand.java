package io.windhover.cli;

import io.windhover.codegen.WholeFile;
import io.windhover.idl.format.Formatter;
import io.windhover.source.Formatted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `windhover fmt`: one layout for all Thrift files, and one for all `.proto` files.
@Command(
    name = "fmt",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Formats Thrift and Protobuf files: two spaces a level, a member a line, lines of up to 100"
          + " characters, comments and order kept. Prints the result, unless an option says"
          + " otherwise.",
      "A file with errors of syntax is left alone."
    },
    footer = {
      "%nExit codes: 0 fine; 1 a file has errors or, with --check, another layout; 2 bad use.",
      "%nExamples:",
      "  windhover fmt hello.thrift",
      "  windhover fmt -w src/main/thrift/*.thrift",
      "  windhover fmt --check src/main/proto/*.proto      (in a build)",
      "  windhover fmt - <hello.thrift                     (in an editor)",
      "  windhover fmt --stdin-name hello.proto - <hello.proto"
    })
final class FmtCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Files, *.proto or else Thrift; - is the input.")
  private List<Path> files = List.of();

  @Option(
      names = "--stdin-name",
      paramLabel = "NAME",
      description = "What the input is called: its ending says the language. Default: Thrift.")
  private Path stdinName = Path.of("<stdin>");

  @ArgGroup private Mode mode = new Mode();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  static final class Mode {

    @Option(
        names = {"-w", "--write"},
        description = "Write the result into the file, if it differs.")
    private boolean write;

    @Option(
        names = "--check",
        description = "Change nothing; name the files whose layout is another.")
    private boolean check;

    Mode() {}
  }

  FmtCommand() {}

  @Override
  public Integer call() {
    int exit = 0;
    for (var file : files) {
      try {
        exit = Math.max(exit, format(file));
      } catch (IOException e) {
        spec.commandLine().getErr().println("error: " + IoErrors.message(e));
        exit = 1;
      }
    }
    spec.commandLine().getOut().flush();
    return exit;
  }

  private int format(Path file) throws IOException {
    var input = Input.read(file);
    var result = formatted(input);
    if (result.text().isEmpty()) {
      var err = spec.commandLine().getErr();
      result.diagnostics().forEach(err::print);
      err.flush();
      return 1;
    }
    var text = result.text().get();
    var formatted = text.getBytes(StandardCharsets.UTF_8);
    boolean isSame = Arrays.equals(input.bytes(), formatted);
    if (mode.check) {
      if (!isSame) {
        spec.commandLine().getOut().println(file);
      }
      return isSame ? 0 : 1;
    }
    if (!mode.write || input.isStandard()) {
      spec.commandLine().getOut().print(text);
    } else if (!isSame) {
      WholeFile.write(file, formatted);
      spec.commandLine().getOut().println(file);
    }
    return 0;
  }

  private Formatted formatted(Input input) {
    var name = input.isStandard() ? stdinName.toString() : input.name();
    return ProtoFiles.isOne(Path.of(name))
        ? io.windhover.proto.format.Formatter.format(name, input.bytes())
        : Formatter.format(name, input.bytes());
  }
}
