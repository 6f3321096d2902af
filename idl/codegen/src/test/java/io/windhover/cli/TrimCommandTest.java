package io.windhover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrimCommandTest {
  private static final String SHOP =
      "include '../lib/base.thrift'\nstruct A { 1: base.B b }\nstruct C {}\n"
          + "service S { A a(), C c() }\n";

  @TempDir Path folder;
  private Terminal terminal;
  private Trimming trimming;
  private String shop;

  @BeforeEach
  void writeFiles() throws IOException {
    terminal = new Terminal(folder);
    trimming = new Trimming(terminal, "-m", "S.a");
    shop = terminal.write("api/shop.thrift", SHOP);
    terminal.write("lib/base.thrift", "struct B {}\nstruct D {}\n");
  }

  @Test
  void writesFilesInTheirFolders() throws IOException {
    assertThat(trimming.run("lib", "api/shop.thrift", "out")).isZero();

    assertThat(terminal.out())
        .isEqualTo(
            """
            removed struct base.D
            removed struct shop.C
            removed method shop.S.c
            out: 3 removed, 2 of 2 files written
            """);
    assertThat(terminal.read("out/lib/base.thrift")).isEqualTo("struct B {}\n");
    assertThat(terminal.read("out/api/shop.thrift"))
        .isEqualTo(
            "include '../lib/base.thrift'\nstruct A { 1: base.B b }\nservice S { A a(), }\n");
    trimming.requireWhole("out", "api/shop.thrift");
  }

  @Test
  void keepsWhatIsMarked() throws IOException {
    terminal.write("lib/base.thrift", "struct B {}\n// @preserve\nstruct D {}\n");
    var out = terminal.path("out");

    assertThat(terminal.run("trim", shop, "-m", "S.a", "-o", out)).isEqualTo(0);
    assertThat(terminal.out()).doesNotContain("base.D");
    assertThat(terminal.run("trim", shop, "-m", "S.a", "-o", out, "--no-preserve")).isEqualTo(0);
    assertThat(terminal.out()).contains("removed struct base.D\n");
  }

  @Test
  void refusesToOverwriteItsInput() throws IOException {
    trimming.requireRefused("lib", "api/shop.thrift", ".");
    assertThat(terminal.read("api/shop.thrift")).isEqualTo(SHOP);
  }

  @Test
  void refusesToOverwriteItsInputThroughLinks() throws IOException {
    Files.createSymbolicLink(folder.resolve("out"), folder);
    Files.createDirectories(folder.resolve("other/api"));
    Files.createSymbolicLink(folder.resolve("other/api/shop.thrift"), Path.of(shop));
    Files.createDirectories(folder.resolve("hard/api"));
    Files.createLink(folder.resolve("hard/api/shop.thrift"), Path.of(shop));

    for (var out : new String[] {"out", "other", "hard"}) {
      trimming.requireRefused("lib", "api/shop.thrift", out);
    }

    assertThat(terminal.read("api/shop.thrift")).isEqualTo(SHOP);
    assertThat(folder.resolve("other/lib")).doesNotExist();
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    var out = terminal.path("out");

    assertThat(terminal.run("trim", shop, "-s", "X", "-o", out)).isEqualTo(1);
    assertThat(terminal.err()).isEqualTo("error: no definition is called 'X'\n");
    var wrong = terminal.write("wrong.thrift", "struct");
    assertThat(terminal.run("trim", wrong, "-o", out)).isEqualTo(1);
    assertThat(terminal.err()).contains("wrong.thrift:1:7: error");
    assertThat(terminal.run("trim", shop)).isEqualTo(2);
    assertThat(terminal.run("trim", shop, "-m", "(", "-o", out)).isEqualTo(2);
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
