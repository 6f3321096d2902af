package io.windhover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class WindhoverTest {

  private final CommandLine all = Windhover.commandLine();

  @Test
  void readsTheNamedCommandAsItWouldBesideTheOthers() {
    var names = all.getSubcommands().keySet();

    assertThat(names).contains("gen", "lint", "new", "help");
    for (var name : names) {
      var alone = Windhover.commandLine(name, "--help");

      assertThat(usage(alone, name)).isEqualTo(usage(all, name));
      assertThat(alone.getSubcommands().get(name).isUseSimplifiedAtFiles()).isTrue();
      assertThat(alone.getSubcommands()).hasSize(name.equals("help") ? names.size() : 1);
    }
  }

  @Test
  void knowsAllCommandsWhereNoneIsNamed() {
    for (var arguments : new String[][] {{}, {"--help"}, {"gne"}, {"@gen"}}) {
      assertThat(Windhover.commandLine(arguments).getUsageMessage())
          .isEqualTo(all.getUsageMessage());
    }
  }

  @Test
  void namesTheCommandsForOneThatThereIsNot(@TempDir Path folder) {
    var terminal = new Terminal(folder);

    assertThat(terminal.run("foo", "a.thrift")).isEqualTo(2);
    assertThat(terminal.err())
        .isEqualTo(
            """
            error: no command 'foo' (expected: gen, lint, explain, fmt, dump, diff, trim, plugin, \
            protoc-plugin, new, help)
            help: 'windhover --help' has all there is
            """);
  }

  /// An example that is broken in two cannot be pasted, and `.proto` is no end of a sentence.
  @Test
  void helpFitsEightyColumns() {
    var commands = new ArrayList<>(all.getSubcommands().values());
    commands.add(all);
    for (var command : commands) {
      command.setUsageHelpAutoWidth(false).setUsageHelpWidth(80);

      var lines = command.getUsageMessage().lines().toList();

      assertThat(lines).noneMatch(it -> it.endsWith(" .") || it.length() > 80);
      for (var text : command.getCommandSpec().usageMessage().footer()) {
        if (text.startsWith("  ")) {
          assertThat(lines).contains(text);
        }
      }
    }
  }

  private static String usage(CommandLine line, String command) {
    return line.getSubcommands().get(command).getUsageMessage();
  }
}
