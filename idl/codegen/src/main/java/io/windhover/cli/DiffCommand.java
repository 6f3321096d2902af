package io.windhover.cli;

import io.windhover.idl.Compilation;
import io.windhover.idl.CompilerOptions;
import io.windhover.idl.ThriftCompiler;
import io.windhover.idl.ast.Dialect;
import io.windhover.idl.diff.Comparison;
import io.windhover.proto.ProtoCompilation;
import io.windhover.source.Diagnostic;
import io.windhover.source.Reporting;
import io.windhover.source.diff.Level;
import io.windhover.source.diff.Report;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `windhover diff`: what a new version of an IDL breaks.
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Compares two versions of a Thrift or Protobuf file (*.proto) and of what they include, and"
          + " says of each change whether it breaks the wire (old and new peers misunderstand each"
          + " other), the source (code has to be changed), or neither. --dialect is for Thrift."
    },
    footer = {
      "%nExit codes: 0 fine; 1 a change is as bad as --fail-on says, or a file has errors; 2 bad"
          + " use.",
      "%nExamples:",
      "  windhover diff released/shop.thrift src/main/thrift/shop.thrift",
      "  windhover diff old.thrift new.thrift --fail-on source --format json",
      "  windhover diff old/a.thrift new/a.thrift --old-include old --new-include new",
      "  windhover diff old/a.proto new/a.proto --old-include old --new-include new"
    })
final class DiffCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(index = "0", paramLabel = "OLD", description = "The version that peers have.")
  private Path before;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(index = "1", paramLabel = "NEW", description = "The version that is to replace it.")
  private Path after;

  @Option(
      names = {"-I", "--include"},
      paramLabel = "DIR",
      description = "Folder in which included files are searched, for both. May be repeated.")
  private List<Path> includes = List.of();

  @Option(
      names = "--old-include",
      paramLabel = "DIR",
      description = "The same for OLD alone. Searched before all -I. May be repeated.")
  private List<Path> oldIncludes = List.of();

  @Option(
      names = "--new-include",
      paramLabel = "DIR",
      description = "The same for NEW alone. Searched before all -I. May be repeated.")
  private List<Path> newIncludes = List.of();

  @Option(
      names = "--dialect",
      paramLabel = "NAME",
      defaultValue = "both",
      description = "Whose reading counts where compilers differ: both, apache, thriftgo.")
  private Dialect dialect = Dialect.BOTH;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json. Default: text.")
  private Format format = Format.text;

  @Option(
      names = "--fail-on",
      paramLabel = "LEVEL",
      defaultValue = "wire",
      description =
          "Which changes make the exit code 1: wire, source (and wire), or none. Default: wire.")
  private FailOn failOn = FailOn.wire;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /// Spelled as on the command line.
  private enum Format {
    text,
    json
  }

  /// Spelled as on the command line.
  private enum FailOn {
    wire(Level.WIRE),
    source(Level.WIRE, Level.SOURCE),
    none;

    private final List<Level> levels;

    FailOn(Level... levels) {
      this.levels = List.of(levels);
    }

    boolean includes(Report report) {
      return levels.stream().anyMatch(level -> report.count(level) > 0);
    }
  }

  DiffCommand() {}

  @Override
  public Integer call() {
    boolean isProto = ProtoFiles.isOne(after);
    if (isProto != ProtoFiles.isOne(before)) {
      throw new ParameterException(
          spec.commandLine(),
          "%s and %s: one is a .proto file (expected: both, or none)".formatted(before, after));
    }
    var compared = isProto ? compareProto() : compareThrift();
    if (compared.isEmpty()) {
      return 1;
    }
    var report = compared.get();
    var out = spec.commandLine().getOut();
    out.print(
        switch (format) {
          case text -> report.text();
          case json -> report.json();
        });
    out.flush();
    return failOn.includes(report) ? 1 : 0;
  }

  private Optional<Report> compareThrift() {
    var old = compileThrift(before, oldIncludes);
    var now = compileThrift(after, newIncludes);
    if (old.hasErrors() || now.hasErrors()) {
      refuse(old.diagnostics(), now.diagnostics());
      return Optional.empty();
    }
    return Optional.of(new Report(Comparison.of(old.roots().getFirst(), now.roots().getFirst())));
  }

  private Optional<Report> compareProto() {
    var old = compileProto(before, oldIncludes);
    var now = compileProto(after, newIncludes);
    if (old.hasErrors() || now.hasErrors()) {
      refuse(old.diagnostics(), now.diagnostics());
      return Optional.empty();
    }
    return Optional.of(
        new Report(
            io.windhover.proto.diff.Comparison.of(old.roots().getFirst(), now.roots().getFirst())));
  }

  private void refuse(List<Diagnostic> old, List<Diagnostic> now) {
    var err = spec.commandLine().getErr();
    Stream.concat(old.stream(), now.stream()).filter(Diagnostic::isError).forEach(err::print);
    err.flush();
  }

  private Compilation compileThrift(Path file, List<Path> own) {
    var options = new CompilerOptions(folders(own), dialect, Reporting.DEFAULTS);
    return ThriftCompiler.compile(List.of(file), options);
  }

  /// Without folders, never in the working folder: what OLD imports may be there in the new
  /// version.
  private ProtoCompilation compileProto(Path file, List<Path> own) {
    var folders = folders(own);
    return new ProtoFiles(
            List.of(file), folders.isEmpty() ? List.of(ProtoFiles.folder(file)) : folders)
        .compilation();
  }

  private List<Path> folders(List<Path> own) {
    return Stream.concat(own.stream(), includes.stream()).toList();
  }
}
