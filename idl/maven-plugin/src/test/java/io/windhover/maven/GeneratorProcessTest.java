package io.windhover.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;

final class GeneratorProcessTest {

  private final List<String> lines = new ArrayList<>();

  @Test
  void keepsMessagesWhole() throws IOException {
    var output =
        """
        a.thrift:1:2: warning: odd
          struct
           ^
        a.thrift:7:6: error: wrong
          1: Itme item
             ^~~~
        help: did you mean 'Item'?
        generated 1 type, 0 services from a.thrift (1 ms)
        """;

    GeneratorProcess.pass(new BufferedReader(new StringReader(output)), new RecordingLog());

    assertThat(lines)
        .containsExactly(
            "WARN a.thrift:1:2: warning: odd",
            "WARN   struct",
            "WARN    ^",
            "ERROR a.thrift:7:6: error: wrong",
            "ERROR   1: Itme item",
            "ERROR      ^~~~",
            "ERROR help: did you mean 'Item'?",
            "INFO generated 1 type, 0 services from a.thrift (1 ms)");
  }

  private final class RecordingLog extends SystemStreamLog {
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
