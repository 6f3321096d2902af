package io.windhover.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FmtCommandTest {
  private static final String GOOD = "struct A {\n  1: i32 a,\n}\n";
  private static final String UGLY = "struct A{1:i32 a}";

  @TempDir Path folder;
  private Terminal terminal;

  @BeforeEach
  void openTerminal() {
    terminal = new Terminal(folder);
  }

  @Test
  void printsTheResult() throws IOException {
    var file = terminal.write("a.thrift", UGLY);

    assertThat(terminal.run("fmt", file)).isEqualTo(0);
    assertThat(terminal.out()).isEqualTo(GOOD);
    assertThat(terminal.read("a.thrift")).isEqualTo(UGLY);
  }

  @Test
  void writesOnlyWhatDiffers() throws IOException {
    var ugly = terminal.write("ugly.thrift", UGLY);
    var good = terminal.write("good.thrift", GOOD);
    var past = FileTime.fromMillis(0);
    Files.setLastModifiedTime(Path.of(good), past);

    assertThat(terminal.run("fmt", "-w", ugly, good)).isEqualTo(0);
    assertThat(terminal.out()).isEqualTo("ugly.thrift\n");
    assertThat(terminal.read("ugly.thrift")).isEqualTo(GOOD);
    assertThat(Files.getLastModifiedTime(Path.of(good))).isEqualTo(past);
  }

  @Test
  void checks() throws IOException {
    var ugly = terminal.write("ugly.thrift", UGLY);
    var good = terminal.write("good.thrift", GOOD);

    assertThat(terminal.run("fmt", "--check", good)).isEqualTo(0);
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.run("fmt", "--check", ugly, good)).isEqualTo(1);
    assertThat(terminal.out()).isEqualTo("ugly.thrift\n");
    assertThat(terminal.read("ugly.thrift")).isEqualTo(UGLY);
  }

  @Test
  void filtersTheInput() {
    var input = System.in;
    System.setIn(new ByteArrayInputStream(UGLY.getBytes(UTF_8)));
    try {
      assertThat(terminal.run("fmt", "-")).isEqualTo(0);
    } finally {
      System.setIn(input);
    }
    assertThat(terminal.out()).isEqualTo(GOOD);
  }

  @Test
  void knowsProtoFilesByTheirNames() throws IOException {
    var ugly = terminal.write("ugly.proto", "message A{}");

    assertThat(terminal.run("fmt", ugly)).isEqualTo(0);
    assertThat(terminal.out()).isEqualTo("message A {}\n");
  }

  @Test
  void takesTheInputForWhatItIsCalled() {
    var input = System.in;
    System.setIn(new ByteArrayInputStream("message A{}".getBytes(UTF_8)));
    try {
      assertThat(terminal.run("fmt", "--stdin-name", "a.proto", "-")).isEqualTo(0);
    } finally {
      System.setIn(input);
    }
    assertThat(terminal.out()).isEqualTo("message A {}\n");
  }

  @Test
  void leavesABrokenFileAloneAndGoesOn() throws IOException {
    var broken = terminal.write("broken.thrift", "struct A{1:i32}");
    var ugly = terminal.write("ugly.thrift", UGLY);

    assertThat(terminal.run("fmt", "-w", broken, terminal.path("none.thrift"), ugly)).isEqualTo(1);
    assertThat(terminal.err())
        .contains("broken.thrift:1:15: error", "error: none.thrift: no such file");
    assertThat(terminal.read("broken.thrift")).isEqualTo("struct A{1:i32}");
    assertThat(terminal.read("ugly.thrift")).isEqualTo(GOOD);
  }

  @Test
  void refusesBadUse() throws IOException {
    var file = terminal.write("a.thrift", UGLY);

    assertThat(terminal.run("fmt")).isEqualTo(2);
    assertThat(terminal.run("fmt", "-w", "--check", file)).isEqualTo(2);
    assertThat(terminal.err()).contains("mutually exclusive");
    assertThat(terminal.run("fmt", "--help")).isEqualTo(0);
    assertThat(terminal.out()).contains("Examples:", "--check", "Exit codes:");
  }
}
