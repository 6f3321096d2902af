package io.windhover.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DumpCommandTest {

  @Test
  void printsTheTree(@TempDir Path folder) throws IOException {
    var terminal = new Terminal(folder);
    var file = terminal.write("a.thrift", "struct A {}");

    assertThat(terminal.run("dump", file)).isEqualTo(0);
    assertThat(terminal.out()).startsWith("{\n  \"version\": 1,\n  \"file\": \"a.thrift\",\n");
    assertThat(terminal.out()).contains("\"kind\": \"struct\"", "\"endColumn\": 12");
  }

  @Test
  void printsNothingOfABrokenFile(@TempDir Path folder) throws IOException {
    var terminal = new Terminal(folder);
    var file = terminal.write("a.thrift", "struct A {");

    assertThat(terminal.run("dump", file)).isEqualTo(1);
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err()).startsWith("a.thrift:1:11: error");
    assertThat(terminal.run("dump", terminal.path("none"))).isEqualTo(1);
    assertThat(terminal.err()).isEqualTo("error: none: no such file\n");
    assertThat(terminal.run("dump")).isEqualTo(2);
  }

  @Test
  void printsTheTreeOfAProtoFile(@TempDir Path folder) throws IOException {
    var terminal = new Terminal(folder);
    var file = terminal.write("a.proto", "message A {}");

    assertThat(terminal.run("dump", file)).isEqualTo(0);
    assertThat(terminal.out())
        .startsWith("{\n  \"version\": 1,\n  \"file\": \"a.proto\",\n")
        .contains("\"kind\": \"message\"");
    assertThat(terminal.run("dump", terminal.write("a.proto", "message A {"))).isEqualTo(1);
    assertThat(terminal.err()).startsWith("a.proto:1:12: error");
  }

  @Test
  void theNameOfTheInputSaysItsLanguage(@TempDir Path folder) {
    var terminal = new Terminal(folder);
    var input = System.in;
    System.setIn(new ByteArrayInputStream("message A {}".getBytes(UTF_8)));
    try {
      assertThat(terminal.run("dump", "--stdin-name", "a.proto", "-")).isEqualTo(0);
    } finally {
      System.setIn(input);
    }
    assertThat(terminal.out()).contains("\"file\": \"a.proto\"");
  }

  @Test
  void readsTheInput(@TempDir Path folder) {
    var terminal = new Terminal(folder);
    var input = System.in;
    System.setIn(new ByteArrayInputStream("struct A {}".getBytes(UTF_8)));
    try {
      assertThat(terminal.run("dump", "-")).isEqualTo(0);
    } finally {
      System.setIn(input);
    }
    assertThat(terminal.out()).startsWith("{\n  \"version\": 1,\n  \"file\": \"<stdin>\",\n");
  }
}
