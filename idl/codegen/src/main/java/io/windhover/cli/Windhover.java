package io.windhover.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The `windhover` command. What it can do are its subcommands, each in a class of its own.
@Command(
    name = "windhover",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Tools for services that speak Thrift or Protobuf.%n",
    footer = {
      "%nExamples:",
      "  ./windhover demo     (in a checkout: a service, called in three protocols)",
      "  ./windhover bench    (in a checkout: Windhover and its peers on the same work)",
      "  windhover gen hello.thrift -o src/main/java",
      "  windhover lint hello.thrift",
      "  windhover help gen"
    })
public final class Windhover {

  private static final List<Class<?>> COMMANDS =
      List.of(
          GenCommand.class,
          LintCommand.class,
          ExplainCommand.class,
          FmtCommand.class,
          DumpCommand.class,
          DiffCommand.class,
          TrimCommand.class,
          PluginCommand.class,
          ProtocPluginCommand.class,
          NewCommand.class);

  Windhover() {}

  /// Runs one command and ends the process with its exit code: 0, 1 for errors in the input, 2 for
  /// a wrong command line.
  public static void main(String[] arguments) {
    System.exit(commandLine(arguments).execute(arguments));
  }

  /// What reads these arguments: with the command that they name, or else with all of them. (A
  /// model of a command is made by reflection; that of all takes a third of the time of a start.)
  static CommandLine commandLine(String... arguments) {
    var first = arguments.length == 0 ? "" : arguments[0];
    var named = COMMANDS.stream().filter(command -> name(command).equals(first)).toList();
    var line = new CommandLine(new Windhover());
    (named.isEmpty() ? COMMANDS : named).forEach(line::addSubcommand);
    if (named.isEmpty()) {
      line.addSubcommand(new CommandLine.HelpCommand());
    }
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setUseSimplifiedAtFiles(true) // one argument a line, as it is: no quotes, no escapes
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler((error, _) -> refuse(error));
  }

  /// Says what is wrong with a command line in two lines or three: all of the options, as picocli
  /// would print them, push that off the screen.
  private static int refuse(ParameterException error) {
    var command = error.getCommandLine();
    if (command.getParent() == null
        && error instanceof UnmatchedArgumentException unknown
        && !unknown.isUnknownOption()) {
      command
          .getErr()
          .println(
              "error: no command '%s' (expected: %s)"
                  .formatted(
                      unknown.getUnmatched().getFirst(),
                      String.join(", ", command.getSubcommands().keySet())));
    } else {
      command.getErr().println("error: " + error.getMessage());
    }
    UnmatchedArgumentException.printSuggestions(error, command.getErr());
    var name = command.getCommandSpec().qualifiedName();
    command.getErr().println("help: '%s --help' has all there is".formatted(name));
    return CommandLine.ExitCode.USAGE;
  }

  private static String name(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }
}
