package io.windhover.cli;

import io.windhover.idl.CompilerOptions;
import io.windhover.idl.ThriftCompiler;
import io.windhover.idl.trim.Trimmer;
import io.windhover.source.Diagnostic;
import io.windhover.source.trim.Selection;
import io.windhover.source.trim.Trimmed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
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
      "Copies a Thrift or Protobuf file (*.proto) and what it includes without what the chosen"
          + " methods and definitions do not need; without a choice, what the file's services do"
          + " not need. Layout and comments stay. A definition under a comment '// @preserve'"
          + " stays, too."
    },
    footer = {
      "%nExit codes: 0 fine; 1 a file has errors, or nothing has a chosen name; 2 bad use.",
      "%nExamples:",
      "  windhover trim shop.thrift -o trimmed",
      "  windhover trim shop.thrift -m Shop.buy -m 'Shop\\.get.*' -o trimmed",
      "  windhover trim shop.thrift -s Item -s base.Trace -o trimmed",
      "  windhover trim -I api api/shop/v1/shop.proto -m Shop.Buy -o trimmed"
    })
final class TrimCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(paramLabel = "FILE", description = "A file, *.proto or else Thrift.")
  private Path file;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      required = true,
      description =
          "Where the files go, in the folders that they have to each other, or of Protobuf at the"
              + " paths that they are imported by.")
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
      description = "A struct, message or other definition to keep. May be repeated.")
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
    return ProtoFiles.isOne(file) ? proto() : thrift();
  }

  private int thrift() {
    var compilation = ThriftCompiler.compile(List.of(file), new CompilerOptions(includes));
    if (hasErrors(compilation.diagnostics())) {
      return 1;
    }
    var trimmed = Trimmer.trim(compilation, selection());
    var paths = trimmed.files().stream().map(Trimmed.File::path).toList();
    var root = paths.isEmpty() ? Path.of("") : Folders.common(paths);
    var sources = compilation.programs().stream().map(it -> Path.of(it.file().path())).toList();
    return write(trimmed, it -> root.relativize(Folders.absolute(it.path())), sources);
  }

  private int proto() {
    var compilation = new ProtoFiles(List.of(file), includes).compilation();
    if (hasErrors(compilation.diagnostics())) {
      return 1;
    }
    var trimmed = io.windhover.proto.trim.Trimmer.trim(compilation, selection());
    var sources =
        compilation.files().stream()
            .filter(it -> !it.isStandard())
            .map(it -> Path.of(it.syntax().file().path()))
            .toList();
    return write(trimmed, it -> Path.of(it.name()), sources);
  }

  private Selection selection() {
    return new Selection(methods, structs, !ignoresMarks);
  }

  private boolean hasErrors(List<Diagnostic> diagnostics) {
    var err = spec.commandLine().getErr();
    diagnostics.stream().filter(Diagnostic::isError).forEach(err::print);
    err.flush();
    return diagnostics.stream().anyMatch(Diagnostic::isError);
  }

  /// @param place of a file in the output folder
  /// @param all files that there were
  private int write(Trimmed trimmed, Function<Trimmed.File, Path> place, List<Path> all) {
    var err = spec.commandLine().getErr();
    trimmed.unknown().forEach(it -> err.println("error: " + it));
    if (!trimmed.unknown().isEmpty()) {
      return 1;
    }
    var sources = new Sources(all);
    var files = new LinkedHashMap<Path, String>();
    for (var it : trimmed.files()) {
      var target = out.resolve(place.apply(it));
      if (sources.has(target)) {
        throw new ParameterException(
            spec.commandLine(), "-o " + out + ": is where the files come from (expected: another)");
      }
      files.put(target, it.text());
    }
    try {
      for (var it : files.entrySet()) {
        Files.createDirectories(it.getKey().resolveSibling("."));
        Files.writeString(it.getKey(), it.getValue());
      }
    } catch (IOException e) {
      err.println("error: " + IoErrors.message(e));
      return 1;
    }
    var console = spec.commandLine().getOut();
    trimmed.removed().forEach(it -> console.println("removed " + it));
    console.println(
        "%s: %d removed, %d of %d files written"
            .formatted(out, trimmed.removed().size(), files.size(), all.size()));
    return 0;
  }
}
