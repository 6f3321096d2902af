package io.windhover.cli;

import io.windhover.idl.CompilerOptions;
import io.windhover.idl.ast.Dialect;
import io.windhover.source.Diagnostic;
import io.windhover.source.Reporting;
import io.windhover.source.Rule;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// The options of every command that checks files.
final class CheckOptions {

  @Option(
      names = {"-I", "--include"},
      paramLabel = "DIR",
      description = "Folder in which included files are searched. May be repeated.")
  private List<Path> includes = List.of();

  @Option(
      names = "--library",
      paramLabel = "DIR",
      description =
          "The same for files of others, whose warnings are left out. Searched behind all -I.")
  private List<Path> libraries = List.of();

  @Option(
      names = "--dialect",
      paramLabel = "NAME",
      defaultValue = "both",
      description = "Whose reading counts where compilers differ: both, apache, thriftgo.")
  private Dialect dialect = Dialect.BOTH;

  @Option(names = "--werror", description = "Take all warnings as errors.")
  private boolean warningsAreErrors;

  @Option(
      names = "--error",
      paramLabel = "RULE",
      converter = RuleConverter.class,
      description = "Take the warnings of a rule as errors. May be repeated.")
  private Set<Rule> errors = Set.of();

  @Option(
      names = "--disable",
      paramLabel = "RULE",
      converter = RuleConverter.class,
      description = "Leave the warnings of a rule out: W017 or unused-include. May be repeated.")
  private Set<Rule> disabled = Set.of();

  @Option(
      names = "--strict",
      description = "Take as errors what the Thrift compilers do not agree about.")
  private boolean strict;

  @Option(names = "--notes", description = "Say what is good to know, too.")
  private boolean notes;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  CheckOptions() {}

  CompilerOptions compiler() {
    return new CompilerOptions(folders(), dialect, reporting());
  }

  /// Where included and imported files are searched, in order.
  List<Path> folders() {
    return Stream.concat(includes.stream(), libraries.stream()).toList();
  }

  Reporting reporting() {
    try {
      return new Reporting(disabled, errors, warningsAreErrors, strict, notes, libraries);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /// What counts of findings that others than the compiler have made.
  List<Diagnostic> apply(List<Diagnostic> found) {
    var reporting = reporting();
    return found.stream().flatMap(it -> reporting.apply(it).stream()).toList();
  }

  /// Reads the code or the name of a rule.
  static final class RuleConverter implements ITypeConverter<Rule> {
    RuleConverter() {}

    @Override
    public Rule convert(String text) {
      return Rules.called(text).stream()
          .findFirst()
          .orElseThrow(() -> new TypeConversionException(Rules.unknown(text)));
    }
  }
}
