package io.windhover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiffCommandTest {
  private static final String OLD = "struct A { 1: i32 a, 2: i32 b }";

  @TempDir Path folder;
  private Terminal terminal;
  private String old;

  @BeforeEach
  void writeOldVersion() throws IOException {
    terminal = new Terminal(folder);
    old = terminal.write("old.thrift", OLD);
  }

  @Test
  void failsOnWhatBreaksTheWire() throws IOException {
    var wire = terminal.write("new.thrift", OLD.replace("i32 b", "i64 b"));

    assertThat(terminal.run("diff", old, wire)).isEqualTo(1);
    assertThat(terminal.out())
        .isEqualTo(
            """
            breaks the wire: A.b: type is i64, was i32 [field-type-changed]
              old.thrift:1:25 -> new.thrift:1:25
              A reader skips a value of another type: either side finds the other's missing.
            1 breaks the wire
            """);
    assertThat(terminal.run("diff", old, wire, "--fail-on", "none")).isEqualTo(0);
    assertThat(terminal.run("diff", old, wire, "--fail-on=source")).isEqualTo(1);
  }

  @Test
  void failsOnWhatBreaksTheSourceOnRequest() throws IOException {
    var source = terminal.write("new.thrift", "struct A { 1: i32 c, 2: i32 b, 3: i32 d }");

    assertThat(terminal.run("diff", old, source)).isEqualTo(0);
    assertThat(terminal.out())
        .startsWith("breaks the source: A.a: ")
        .endsWith("1 breaks the source, 1 note\n");
    assertThat(terminal.run("diff", old, source, "--fail-on", "source")).isEqualTo(1);
  }

  @Test
  void speaksToTools() throws IOException {
    var renamed = terminal.write("new.thrift", OLD.replace("i32 b", "i32 c"));

    assertThat(terminal.run("diff", "--format", "json", old, renamed)).isEqualTo(0);
    assertThat(terminal.out())
        .isEqualTo(
            """
            {
              "version": 1,
              "wire": 0,
              "source": 1,
              "notes": 0,
              "changes": [
                {
                  "rule": "field-renamed",
                  "level": "source",
                  "subject": "A.b",
                  "message": "field 2 is 'c', was 'b'",
                  "consequence": "The wire carries ids; code, and JSON, go by the name.",
                  "before": {
                    "file": "old.thrift",
                    "line": 1,
                    "column": 29
                  },
                  "after": {
                    "file": "new.thrift",
                    "line": 1,
                    "column": 29
                  }
                }
              ]
            }
            """);
  }

  @Test
  void findsNothing() {
    assertThat(terminal.run("diff", old, old)).isEqualTo(0);
    assertThat(terminal.out()).isEqualTo("no changes\n");
  }

  @Test
  void findsIncludedFilesInFolders() throws IOException {
    terminal.write("shared/base.thrift", "struct B {}");
    var now = terminal.write("new.thrift", "include 'base.thrift' " + OLD);

    assertThat(terminal.run("diff", old, now, "-I", terminal.path("shared"))).isEqualTo(0);
    assertThat(terminal.out()).contains("note: base: file is included now [include-added]");
  }

  @Test
  void findsIncludedFilesOfEitherVersion() throws IOException {
    terminal.write("old/shared/base.thrift", "struct B { 1: i32 a }");
    terminal.write("new/shared/base.thrift", "struct B { 1: i64 a }");
    var text = "include 'shared/base.thrift' struct A { 1: base.B b }";
    var before = terminal.write("old/shop/a.thrift", text);
    var after = terminal.write("new/shop/a.thrift", text);
    var oldRoot = terminal.path("old");
    var newRoot = terminal.path("new");

    assertThat(
            terminal.run("diff", before, after, "--old-include", oldRoot, "--new-include", newRoot))
        .isEqualTo(1);
    assertThat(terminal.out()).contains("type is i64, was i32");
    assertThat(terminal.run("diff", before, after, "-I", oldRoot)).isEqualTo(0);
    assertThat(terminal.run("diff", before, after, "--old-include", oldRoot)).isEqualTo(1);
    assertThat(terminal.err()).contains("included file 'shared/base.thrift' not found");
  }

  @Test
  void readsInADialect() throws IOException {
    var disputed = terminal.write("disputed.thrift", "const i32 A = 1 (k = \"v\")");

    assertThat(terminal.run("diff", disputed, disputed, "--dialect", "thriftgo")).isEqualTo(0);
    assertThat(terminal.run("diff", disputed, disputed, "--dialect", "apache")).isEqualTo(1);
  }

  @Test
  void showsErrorsOfEitherVersion() throws IOException {
    var wrong = terminal.write("wrong.thrift", "struct A { 1: B b }");

    assertThat(terminal.run("diff", old, wrong)).isEqualTo(1);
    assertThat(terminal.err())
        .startsWith("wrong.thrift:1:15: error")
        .contains("undefined type 'B'");
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.run("diff", wrong, old)).isEqualTo(1);
    assertThat(terminal.run("diff", old)).isEqualTo(2);
    assertThat(terminal.run("diff", old, old, "--fail-on", "all")).isEqualTo(2);
  }
}
