package io.windhover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.idl.diff.ThriftChange;
import io.windhover.proto.diff.ProtoChange;
import io.windhover.source.diff.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs `docs/guides/tools.md`: writes its files, enters its commands, compares what they print.
final class ToolsGuideTest {
  private static final Path PAGE = Path.of("../../docs/guides/tools.md");
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?:^`([^`\n]+)`(?: is then)?:\n\n)?^```(\\w*)\n(.*?)^```$",
          Pattern.DOTALL | Pattern.MULTILINE);

  @Test
  void showsWhatCommandsPrint(@TempDir Path folder) throws IOException {
    var terminal = new Terminal(folder);
    var commands = new ArrayList<String>();
    for (var block : BLOCK.matcher(Files.readString(PAGE)).results().toList()) {
      if (block.group(2).equals("console")) {
        for (var command : block.group(3).split("(?m)^\\$ ", -1)) {
          if (!command.isEmpty()) {
            commands.add(command);
            assertThat(run(terminal, command.lines().findFirst().orElseThrow()))
                .isEqualTo(command.substring(command.indexOf('\n') + 1));
          }
        }
      } else if (block.group(2).isEmpty()) {
        assertThat(terminal.read(block.group(1))).isEqualTo(block.group(3));
      } else if (block.group(1) != null) {
        terminal.write(block.group(1), block.group(3));
      }
    }

    assertThat(commands).hasSizeGreaterThan(3);
  }

  @Test
  void listsEveryRuleOfDiff() throws IOException {
    var page = Files.readString(PAGE);
    for (var level : Level.values()) {
      var rules =
          Arrays.stream(ThriftChange.values())
              .filter(rule -> rule.level() == level)
              .map(rule -> "`" + rule.id() + "`")
              .collect(Collectors.joining(", "));
      assertThat(page).contains("| %s | %s |".formatted(level, rules));
    }
  }

  @Test
  void listsEveryRuleOfDiffOfProtoFiles() throws IOException {
    var page = Files.readString(PAGE);
    for (var level : Level.values()) {
      var rules =
          Arrays.stream(ProtoChange.values())
              .filter(rule -> rule.level() == level)
              .map(rule -> "`" + rule.id() + "`")
              .collect(Collectors.joining(", "));
      assertThat(page).contains("| %s | %s |".formatted(level, rules));
    }
  }

  /// Enters a command in the folder, whose files are the words that look like paths.
  private static String run(Terminal terminal, String line) {
    var words = List.of(line.split(" "));
    assertThat(words.getFirst()).isEqualTo("windhover");
    var arguments =
        words.stream()
            .skip(1)
            .map(
                it ->
                    it.contains("/") || it.matches(".*\\.(thrift|proto)") ? terminal.path(it) : it);
    terminal.run(arguments.toArray(String[]::new));
    return terminal.out() + terminal.err();
  }
}
