package io.windhover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `windhover diff` with `.proto` files.
final class DiffProtoTest {
  private static final String OLD = "syntax = \"proto3\"; message A { int32 a = 1; int32 b = 2; }";

  @TempDir Path folder;
  private Terminal terminal;
  private String old;

  @BeforeEach
  void writeOldVersion() throws IOException {
    terminal = new Terminal(folder);
    old = terminal.write("old.proto", OLD);
  }

  @Test
  void failsOnWhatBreaksTheWire() throws IOException {
    var wire = terminal.write("new.proto", OLD.replace("int32 b", "string b"));

    assertThat(terminal.run("diff", old, wire)).isEqualTo(1);
    assertThat(terminal.out())
        .isEqualTo(
            """
            breaks the wire: A.b: type is string, was int32 [field-type-changed]
              old.proto:1:51 -> new.proto:1:52
              What one writes is no value for the other: it reads nothing, or something else.
            1 breaks the wire
            """);
    assertThat(terminal.run("diff", old, wire, "--fail-on", "none")).isZero();
  }

  @Test
  void failsOnWhatBreaksTheSourceOnRequest() throws IOException {
    var source = terminal.write("new.proto", OLD.replace("int32 b", "int32 c"));

    assertThat(terminal.run("diff", old, source)).isZero();
    assertThat(terminal.run("diff", old, source, "--fail-on", "source")).isEqualTo(1);
    assertThat(terminal.run("diff", old, old, "--fail-on", "source")).isZero();
    assertThat(terminal.out()).isEqualTo("no changes\n");
  }

  @Test
  void speaksToTools() throws IOException {
    var renamed = terminal.write("new.proto", OLD.replace("int32 b", "int32 c"));

    terminal.run("diff", "--format", "json", old, renamed);

    assertThat(terminal.out())
        .startsWith("{\n  \"version\": 1,\n  \"wire\": 0,\n  \"source\": 1,\n")
        .contains("\"rule\": \"field-renamed\"", "\"file\": \"new.proto\"");
  }

  @Test
  void findsImportedFilesOfEitherVersion() throws IOException {
    var imported = "syntax = \"proto3\"; package p; message B { %s a = 1; }";
    terminal.write("old/p/b.proto", imported.formatted("int32"));
    terminal.write("new/p/b.proto", imported.formatted("int64"));
    var text = "syntax = \"proto3\"; import \"p/b.proto\"; message A { p.B b = 1; }";
    var before = terminal.write("old/a.proto", text);
    var after = terminal.write("new/a.proto", text);

    assertThat(terminal.run("diff", before, after)).as(terminal.err()).isEqualTo(1);
    assertThat(terminal.out()).contains("B.a: type is int64, was int32");
    assertThat(terminal.run("diff", before, before, "-I", terminal.path("old"))).isZero();
    assertThat(
            terminal.run(
                "diff",
                before,
                before,
                "--old-include",
                terminal.path("old"),
                "--new-include",
                terminal.path("old")))
        .isZero();
  }

  @Test
  void showsErrorsOfEitherVersion() throws IOException {
    var wrong = terminal.write("wrong.proto", "syntax = \"proto3\"; message A { B b = 1; }");

    assertThat(terminal.run("diff", old, wrong)).isEqualTo(1);
    assertThat(terminal.err()).startsWith("wrong.proto:1:32: error").contains("undefined type 'B'");
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.run("diff", wrong, old)).isEqualTo(1);
  }

  @Test
  void comparesNoProtoFileWithAThriftFile() throws IOException {
    var thrift = terminal.write("a.thrift", "struct A {}");

    assertThat(terminal.run("diff", old, thrift)).isEqualTo(2);
    assertThat(terminal.run("diff", thrift, old)).isEqualTo(2);
    assertThat(terminal.err()).contains("one is a .proto file (expected: both, or none)");
  }
}
