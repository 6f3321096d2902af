package io.windhover.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The `windhover` command. What it can do are its subcommands, each in a class of its own.
@Command(
    name = "windhover",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      GenCommand.class,
      LintCommand.class,
      ExplainCommand.class,
      FmtCommand.class,
      DumpCommand.class,
      DiffCommand.class,
      TrimCommand.class,
      PluginCommand.class,
      NewCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    description = "Tools for services that speak Thrift.%n",
    footer = {
      "%nExamples:",
      "  ./windhover demo     (of the launcher in a checkout: a service, called in three"
          + " protocols)",
      "  ./windhover bench    (likewise: Windhover and its peers on the same work)",
      "  windhover gen hello.thrift -o src/main/java",
      "  windhover lint hello.thrift",
      "  windhover help gen"
    })
public final class Windhover {

  Windhover() {}

  /// Runs one command and ends the process with its exit code: 0, 1 for errors in the input, 2 for
  /// a wrong command line.
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Windhover())
        .addSubcommand(new CommandLine.HelpCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUseSimplifiedAtFiles(true) // one argument a line, as it is: no quotes, no escapes
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true);
  }
}
