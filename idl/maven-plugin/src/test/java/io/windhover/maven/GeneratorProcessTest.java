package io.windhover.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GeneratorProcessTest {

  private final List<String> lines = new ArrayList<>();

  @Test
  void keepsMessagesWhole() throws IOException {
    var output =
        """
        a.thrift:1:2: warning[W017]: odd
          struct
           ^
        a.thrift:7:6: error[E031]: wrong
          1: Itme item
             ^~~~
        help: did you mean 'Item'?
        warning: plugin 'x': two
        lines
        generated 1 type, 0 services from a.thrift (1 ms)
        """;

    GeneratorProcess.pass(new BufferedReader(new StringReader(output)), new RecordingLog());

    assertThat(lines)
        .containsExactly(
            "WARN a.thrift:1:2: warning[W017]: odd",
            "WARN   struct",
            "WARN    ^",
            "ERROR a.thrift:7:6: error[E031]: wrong",
            "ERROR   1: Itme item",
            "ERROR      ^~~~",
            "ERROR help: did you mean 'Item'?",
            "WARN warning: plugin 'x': two",
            "WARN lines",
            "INFO generated 1 type, 0 services from a.thrift (1 ms)");
  }

  @Test
  void passesArgumentsInAFileAndRunsInItsFolder(@TempDir Path folder)
      throws IOException, InterruptedException {
    var arguments = Collections.nCopies(20_000, "a folder with spaces/a.thrift");
    var echo = folder.resolve("Echo.java");
    Files.writeString(
        echo,
        """
        public class Echo {
          public static void main(String[] arguments) throws Exception {
            var path = java.nio.file.Path.of(arguments[0].substring(1));
            var lines = java.nio.file.Files.readAllLines(path);
            System.out.println(lines.size() + " times " + lines.get(0));
            System.out.println(path);
            System.out.println(java.nio.file.Path.of("").toRealPath());
          }
        }
        """);
    var java = new Jdk(Path.of(System.getProperty("java.home"))).java().toString();

    int exit =
        new GeneratorProcess(List.of(java, echo.toString()), arguments, folder)
            .run(new RecordingLog());

    assertThat(exit).isEqualTo(0);
    assertThat(lines.get(0)).isEqualTo("INFO 20000 times a folder with spaces/a.thrift");
    assertThat(Path.of(lines.get(1).substring("INFO ".length()))).doesNotExist();
    assertThat(lines.get(2)).isEqualTo("INFO " + folder.toRealPath());
  }

  private final class RecordingLog extends SystemStreamLog {
    @Override
    public void debug(CharSequence line) {}

    @Override
    public void info(CharSequence line) {
      lines.add("INFO " + line);
    }

    @Override
    public void warn(CharSequence line) {
      lines.add("WARN " + line);
    }

    @Override
    public void error(CharSequence line) {
      lines.add("ERROR " + line);
    }
  }
}
