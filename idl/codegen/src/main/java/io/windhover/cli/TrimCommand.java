package io.windhover.cli;

import io.windhover.idl.CompilerOptions;
import io.windhover.idl.ThriftCompiler;
import io.windhover.idl.trim.Selection;
import io.windhover.idl.trim.Trimmer;
import io.windhover.idl.trim.Trimmer.TrimmedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `windhover trim`: the part of an IDL that some methods need.
@Command(
    name = "trim",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Copies a Thrift file and what it includes without what the chosen methods and definitions do"
          + " not need; without a choice, what the file's services do not need. Layout and comments"
          + " stay. A definition under a comment '// @preserve' stays, too."
    },
    footer = {
      "%nExit codes: 0 fine; 1 a file has errors, or nothing has a chosen name; 2 bad use.",
      "%nExamples:",
      "  windhover trim shop.thrift -o trimmed",
      "  windhover trim shop.thrift -m Shop.buy -m 'Shop\\.get.*' -o trimmed",
      "  windhover trim shop.thrift -s Item -s base.Trace -o trimmed"
    })
final class TrimCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(paramLabel = "FILE", description = "A Thrift file.")
  private Path file;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      required = true,
      description = "Where the files go, in the folders that they have to each other.")
  private Path out;

  @Option(
      names = {"-m", "--method"},
      paramLabel = "PATTERN",
      description =
          "Methods to keep: a regular expression for all of Service.method, or of method for the"
              + " last service. May be repeated.")
  private List<Pattern> methods = List.of();

  @Option(
      names = {"-s", "--struct"},
      paramLabel = "NAME",
      description = "A struct or other definition to keep. May be repeated.")
  private List<String> structs = List.of();

  @Option(
      names = {"-I", "--include"},
      paramLabel = "DIR",
      description = "Folder in which included files are searched. May be repeated.")
  private List<Path> includes = List.of();

  @Option(names = "--no-preserve", description = "Pay no heed to comments '@preserve'.")
  private boolean ignoresMarks;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  TrimCommand() {}

  @Override
  public Integer call() {
    var err = spec.commandLine().getErr();
    var compilation = ThriftCompiler.compile(List.of(file), new CompilerOptions(includes));
    compilation.diagnostics().stream().filter(it -> it.isError()).forEach(err::print);
    err.flush();
    if (compilation.hasErrors()) {
      return 1;
    }
    var result = Trimmer.trim(compilation, new Selection(methods, structs, !ignoresMarks));
    result.unknown().forEach(it -> err.println("error: " + it));
    if (!result.unknown().isEmpty()) {
      return 1;
    }
    var console = spec.commandLine().getOut();
    try {
      write(result.files());
    } catch (IOException e) {
      err.println("error: " + IoErrors.message(e));
      return 1;
    }
    result.removed().forEach(it -> console.println("removed " + it));
    console.println(
        "%s: %d removed, %d of %d files written"
            .formatted(
                out,
                result.removed().size(),
                result.files().size(),
                compilation.programs().size()));
    return 0;
  }

  private void write(List<TrimmedFile> files) throws IOException {
    var root = Folders.common(files.stream().map(TrimmedFile::path).toList());
    if (out.toAbsolutePath().normalize().equals(root)) {
      throw new ParameterException(
          spec.commandLine(), "-o " + out + ": is where the files come from (expected: another)");
    }
    for (var trimmed : files) {
      var target = out.resolve(root.relativize(Folders.absolute(trimmed.path())));
      Files.createDirectories(target.resolveSibling("."));
      Files.writeString(target, trimmed.text());
    }
  }
}
