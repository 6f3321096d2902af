package io.windhover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `windhover lint` with `.proto` files.
final class LintProtoTest {
  @TempDir Path folder;
  private Terminal terminal;

  @BeforeEach
  void openTerminal() {
    terminal = new Terminal(folder);
  }

  @Test
  void checksProtoFilesBesideThriftFiles() throws IOException {
    terminal.write("a.thrift", "struct A {}\nstruct A {}");
    terminal.write("a.proto", "syntax = \"proto3\";\npackage a.v1;\nmessage order { Itme i = 1; }");

    assertThat(terminal.run("lint", terminal.path("a.proto"), terminal.path("a.thrift")))
        .isEqualTo(1);
    assertThat(terminal.out()).contains("error[E030]", "error[E131]");
  }

  @Test
  void saysWhatIsUnwiseInProtoFiles() throws IOException {
    terminal.write(
        "shop/v1/a.proto",
        """
        syntax = "proto3";
        package shop.v1;
        import "shop/v1/b.proto";
        message order {
          B theB = 1; // windhover:ignore field-name
        }
        """);
    terminal.write(
        "shop/v1/b.proto", "syntax = \"proto3\";\npackage shop.v1;\nmessage B { int32 X = 1; }");
    var file = terminal.path("shop/v1/a.proto");

    assertThat(terminal.run("lint", "-I", terminal.path(""), file)).isEqualTo(0);
    assertThat(terminal.out().lines().filter(it -> it.contains("[")))
        .singleElement()
        .asString()
        .isEqualTo(
            "shop/v1/a.proto:4:9: warning[W114]: name of a message: order (expected: TitleCase)");
    assertThat(terminal.run("lint", "-I", terminal.path(""), "--error", "type-name", file))
        .isEqualTo(1);
    assertThat(terminal.run("lint", "-I", terminal.path(""), "--disable", "W114", file))
        .isEqualTo(0);
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.run("lint", "-I", terminal.path(""), "--notes", file)).isEqualTo(0);
    assertThat(terminal.out()).contains("note[N108]: no comment about order");
  }

  @Test
  void explainsRulesOfBothLanguages() {
    assertThat(terminal.run("explain", "W114")).isEqualTo(0);
    assertThat(terminal.out()).startsWith("W114 type-name (warning)").contains("TitleCase");
    assertThat(terminal.run("explain", "syntax")).isEqualTo(0);
    assertThat(terminal.out()).contains("E008 syntax (error)", "E108 syntax (error)");
  }
}
