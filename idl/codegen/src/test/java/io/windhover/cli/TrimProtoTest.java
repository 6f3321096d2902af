package io.windhover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `windhover trim` of `.proto` files.
final class TrimProtoTest {
  private static final String SHOP =
      """
      syntax = "proto3";
      package shop.v1;
      import "lib/money.proto";
      import "google/protobuf/timestamp.proto";
      message Item { lib.Money price = 1; }
      message Report { google.protobuf.Timestamp day = 1; }
      service Shop {
        rpc Find(Item) returns (Item);
        rpc Sum(Report) returns (Report);
      }
      """;

  @TempDir Path folder;
  private Terminal terminal;
  private Trimming trimming;
  private String shop;

  @BeforeEach
  void writeFiles() throws IOException {
    terminal = new Terminal(folder);
    trimming = new Trimming(terminal, "-m", "Shop.Find");
    shop = terminal.write("api/shop/v1/shop.proto", SHOP);
    terminal.write("api/lib/money.proto", "syntax = \"proto3\";\npackage lib;\nmessage Money {}\n");
  }

  @Test
  void writesFilesAtThePathsThatTheyAreImportedBy() throws IOException {
    assertThat(trimming.run("api", "api/shop/v1/shop.proto", "out")).isZero();

    assertThat(terminal.out())
        .isEqualTo(
            """
            removed import "google/protobuf/timestamp.proto" of shop/v1/shop.proto
            removed message shop.v1.Report
            removed method shop.v1.Shop.Sum
            out: 3 removed, 2 of 2 files written
            """);
    assertThat(terminal.read("out/shop/v1/shop.proto"))
        .isEqualTo(
            """
            syntax = "proto3";
            package shop.v1;
            import "lib/money.proto";
            message Item { lib.Money price = 1; }
            service Shop {
              rpc Find(Item) returns (Item);
            }
            """);
    trimming.requireWhole("out", "shop/v1/shop.proto");
  }

  @Test
  void refusesToOverwriteItsInput() throws IOException {
    trimming.requireRefused("api", "api/shop/v1/shop.proto", "api");
    assertThat(terminal.read("api/shop/v1/shop.proto")).isEqualTo(SHOP);
  }

  @Test
  void refusesToOverwriteItsInputThroughLinks() throws IOException {
    Files.createSymbolicLink(folder.resolve("out"), folder.resolve("api"));
    Files.createDirectories(folder.resolve("other/lib"));
    var removed = terminal.write("api/lib/none.proto", "syntax = \"proto3\";\n");
    var importing = SHOP.replace("import \"lib", "import \"lib/none.proto\";\nimport \"lib");
    terminal.write("api/shop/v1/shop.proto", importing);
    Files.createSymbolicLink(folder.resolve("other/lib/money.proto"), Path.of(removed));

    for (var out : new String[] {"out", "other"}) {
      trimming.requireRefused("api", "api/shop/v1/shop.proto", out);
    }

    assertThat(terminal.read("api/shop/v1/shop.proto")).isEqualTo(importing);
    assertThat(terminal.read("api/lib/none.proto")).isEqualTo("syntax = \"proto3\";\n");
    assertThat(folder.resolve("other/shop")).doesNotExist();
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    var api = terminal.path("api");
    var out = terminal.path("out");

    assertThat(terminal.run("trim", "-I", api, shop, "-s", "X", "-m", "Y", "-o", out)).isEqualTo(1);
    assertThat(terminal.err())
        .isEqualTo("error: no method matches 'Y'\nerror: no definition is called 'X'\n");
    var wrong = terminal.write("wrong.proto", "message");
    assertThat(terminal.run("trim", wrong, "-o", out)).isEqualTo(1);
    assertThat(terminal.err()).contains("wrong.proto:1:8: error");
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
