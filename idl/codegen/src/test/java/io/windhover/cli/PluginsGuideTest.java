package io.windhover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.codegen.InsertionPoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Does what `docs/guides/plugins.md` says: writes its files, compiles its class, enters its
/// command.
final class PluginsGuideTest {
  private static final Path PAGE = Path.of("../../docs/guides/plugins.md");
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?:^`([^`\n]+)`( ends with)?:\n\n)?^```(\\w+)\n(.*?)^```$",
          Pattern.DOTALL | Pattern.MULTILINE);

  @TempDir Path folder;

  @Test
  void showsWhatHappens() throws IOException {
    int ends = 0;
    for (var block : BLOCK.matcher(Files.readString(PAGE)).results().toList()) {
      if (block.group(3).equals("console")) {
        enter(block.group(4));
      } else if (block.group(2) != null) {
        assertThat(folder.resolve(block.group(1))).content().endsWith(block.group(4));
        ends++;
      } else if (block.group(1) != null) {
        write(block);
      }
    }

    assertThat(ends).isEqualTo(1);
  }

  @Test
  void listsTheInsertionPoints() throws IOException {
    var page = Files.readString(PAGE);
    var listed =
        Pattern.compile("^\\| `(\\w+)` \\| [^|]*(?:class|imports)", Pattern.MULTILINE)
            .matcher(page)
            .results()
            .map(it -> it.group(1));

    assertThat(listed)
        .containsExactlyElementsOf(
            Stream.of(InsertionPoint.values()).map(InsertionPoint::label).toList());
  }

  private void write(MatchResult block) throws IOException {
    var file = Files.writeString(folder.resolve(block.group(1)), block.group(4));
    if (block.group(3).equals("java")) {
      var javac = ToolProvider.getSystemJavaCompiler();
      var classes = folder.resolve("classes").toString();
      var classPath = System.getProperty("java.class.path");
      var options =
          List.of("-proc:none", "-Xlint:all", "-d", classes, "-cp", classPath, file.toString());
      assertThat(javac.run(null, null, null, options.toArray(String[]::new))).isEqualTo(0);
    }
  }

  /// Enters a command in the folder and compares what it prints.
  private void enter(String console) {
    var output = new StringWriter();
    var words =
        console.lines().findFirst().orElseThrow().substring("$ windhover ".length()).split(" ", -1);
    for (int i = 0; i < words.length; i++) {
      if (words[i].endsWith(".thrift") || List.of("out", "classes").contains(words[i])) {
        words[i] = folder.resolve(words[i]).toString();
      }
    }
    Windhover.commandLine()
        .setOut(new PrintWriter(output, true))
        .setErr(new PrintWriter(output, true))
        .execute(words);

    var expected = console.substring(console.indexOf('\n') + 1);
    assertThat(withoutPlaceAndTime(output.toString())).isEqualTo(withoutPlaceAndTime(expected));
  }

  private String withoutPlaceAndTime(String text) {
    return text.replace(folder + "/", "").replaceAll("\\(\\d+ ms\\)", "(1 ms)");
  }
}
