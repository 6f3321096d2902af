package io.windhover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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

  private static String usage(CommandLine line, String command) {
    return line.getSubcommands().get(command).getUsageMessage();
  }
}
