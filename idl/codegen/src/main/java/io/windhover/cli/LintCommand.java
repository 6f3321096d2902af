package io.windhover.cli;

import static java.util.stream.Collectors.partitioningBy;

import io.windhover.codegen.GeneratorOptions;
import io.windhover.codegen.JavaGenerator;
import io.windhover.codegen.JavaNotes;
import io.windhover.idl.Compilation;
import io.windhover.idl.ThriftCompiler;
import io.windhover.proto.lint.Linter;
import io.windhover.source.Diagnostic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `windhover lint`: checks Thrift and Protobuf files and writes nothing.
@Command(
    name = "lint",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Checks Thrift or Protobuf files and what they include, and writes nothing.",
      "Of Protobuf files (*.proto) the style of those that are named is checked too; --dialect and"
          + " --strict do not concern them."
    },
    footer = {
      "%nExamples:",
      "  windhover lint api/*.thrift -I shared",
      "  windhover lint --werror --disable unused-include hello.thrift",
      "  windhover lint --format json hello.thrift",
      "  windhover lint -I src/main/proto src/main/proto/shop/*.proto",
      "%nThe exit code is 1 if there are errors."
    })
final class LintCommand implements Callable<Integer> {

  /// How the findings are printed.
  enum Format {
    TEXT,
    JSON
  }

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files, *.proto or else Thrift.")
  private List<Path> files = List.of();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json. Default: text.")
  private Format format = Format.TEXT;

  @Mixin private CheckOptions checks = new CheckOptions();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  LintCommand() {}

  @Override
  public Integer call() {
    var byLanguage = files.stream().collect(partitioningBy(ProtoFiles::isOne));
    var diagnostics = new ArrayList<Diagnostic>();
    diagnostics.addAll(ofThrift(byLanguage.getOrDefault(false, List.of())));
    diagnostics.addAll(ofProto(byLanguage.getOrDefault(true, List.of())));
    var out = spec.commandLine().getOut();
    switch (format) {
      case TEXT -> diagnostics.forEach(out::print);
      case JSON -> out.print(JsonReport.of(diagnostics));
    }
    out.flush();
    return diagnostics.stream().anyMatch(Diagnostic::isError) ? 1 : 0;
  }

  private List<Diagnostic> ofThrift(List<Path> thriftFiles) {
    if (thriftFiles.isEmpty()) {
      return List.of();
    }
    var compilation = ThriftCompiler.compile(thriftFiles, checks.compiler());
    var found = new ArrayList<>(compilation.diagnostics());
    found.addAll(ofJava(compilation));
    return found;
  }

  private List<Diagnostic> ofProto(List<Path> protoFiles) {
    if (protoFiles.isEmpty()) {
      return List.of();
    }
    var compilation = new ProtoFiles(protoFiles, checks.folders()).compilation();
    var found = new ArrayList<>(compilation.diagnostics());
    found.addAll(Linter.lint(compilation.roots()));
    return checks.apply(found);
  }

  /// What only the generator sees: names that clash in Java, or are spelled otherwise there.
  private List<Diagnostic> ofJava(Compilation compilation) {
    var found = new ArrayList<>(JavaGenerator.generate(compilation.programs()).diagnostics());
    found.addAll(JavaNotes.of(compilation.programs(), GeneratorOptions.DEFAULTS));
    return checks.apply(found);
  }
}
