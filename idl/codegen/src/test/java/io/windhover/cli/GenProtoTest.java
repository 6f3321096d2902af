package io.windhover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.proto.ProtoCompiler;
import io.windhover.proto.source.SourcePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `windhover gen` over `.proto` files.
final class GenProtoTest {

  @TempDir Path folder;
  private Terminal terminal;

  @BeforeEach
  void writeFiles() throws IOException {
    terminal = new Terminal(folder);
    terminal.write(
        "proto/shop/order.proto",
        """
        syntax = "proto3";
        package shop;
        import "shop/money.proto";
        import "google/protobuf/timestamp.proto";
        import "google/protobuf/descriptor.proto";
        message Order { Money price = 1; google.protobuf.Timestamp at = 2; }
        service Orders { rpc Find(Order) returns (stream Order); }
        extend google.protobuf.FieldOptions { string note = 50000; }
        """);
    terminal.write(
        "proto/shop/money.proto",
        "syntax = \"proto3\"; package shop; message Money { int64 c = 1; }");
  }

  private int gen(String... more) {
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("gen", "-I", terminal.path("proto")));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("-o", terminal.path("out")));
    return terminal.run(arguments.toArray(String[]::new));
  }

  @Test
  void generatesFilesWhatTheyImportAndTheStandardTypesThatTheyUse() {
    assertThat(gen(terminal.path("proto/shop/order.proto"))).as(terminal.err()).isZero();

    assertThat(terminal.out())
        .startsWith("generated 3 types, 1 service from proto/shop/order.proto: 6 written");
    for (var name : new String[] {"Order", "Money", "Orders", "OrdersClient", "OrdersCalls"}) {
      assertThat(folder.resolve("out/shop/" + name + ".java")).exists();
    }
    var standard = folder.resolve("out/io/windhover/protobuf/types");
    assertThat(standard.resolve("Timestamp.java")).exists();
    assertThat(standard.resolve("FieldOptions.java")).doesNotExist();
  }

  @Test
  void leavesImportsOutOnRequestAndRemovesWhatIsGone() {
    gen(terminal.path("proto/shop/order.proto"));

    assertThat(gen("--prune", "--no-includes", terminal.path("proto/shop/order.proto"))).isZero();

    assertThat(folder.resolve("out/shop/Money.java")).doesNotExist();
    assertThat(terminal.out()).contains("0 written, 5 unchanged, 1 removed");
  }

  @Test
  void generatesServicesAloneForProtobufJava() throws IOException {
    assertThat(gen("--messages", "protobuf-java", terminal.path("proto/shop/order.proto")))
        .isZero();

    assertThat(terminal.out()).startsWith("generated 0 types, 1 service from ");
    assertThat(folder.resolve("out/shop/Order.java")).doesNotExist();
    assertThat(terminal.read("out/shop/OrdersCalls.java"))
        .contains("ProtobufCodec.of(OrderOuterClass.Order.getDefaultInstance())");
  }

  @Test
  void givesServicesASecondInterfaceOnRequest() throws IOException {
    terminal.write(
        "proto/shop/stock.proto",
        "syntax = \"proto3\"; package shop; message S {} service Stock { rpc Count(S) returns (S);"
            + " }");

    assertThat(gen("--async", terminal.path("proto/shop/stock.proto"))).as(terminal.err()).isZero();
    assertThat(gen("--async", terminal.path("proto/shop/order.proto"))).as(terminal.err()).isZero();

    assertThat(terminal.read("out/shop/StockAsync.java")).contains("CompletionStage<S> count(");
    assertThat(folder.resolve("out/shop/OrdersAsync.java"))
        .as("it has streams alone")
        .doesNotExist();
  }

  @Test
  void writesDescriptorsOfFilesAndOfWhatTheyImport() throws IOException {
    var set = terminal.path("set/shop.protoset");

    assertThat(gen("--descriptor-set", set, terminal.path("proto/shop/order.proto"))).isZero();

    var path = SourcePath.of(List.of(folder.resolve("proto")));
    var compilation = ProtoCompiler.compile(path, List.of("shop/order.proto"));
    assertThat(Path.of(set)).hasBinaryContent(compilation.runtimeDescriptorSet());
    var before = FileTime.fromMillis(1_000_000_000);
    Files.setLastModifiedTime(Path.of(set), before);
    assertThat(gen("--descriptor-set", set, terminal.path("proto/shop/order.proto"))).isZero();
    assertThat(Files.getLastModifiedTime(Path.of(set))).as("is the same").isEqualTo(before);
    assertThat(gen("--descriptor-set", set, terminal.write("a.thrift", "struct A {}")))
        .isEqualTo(2);
    assertThat(terminal.err()).contains("--descriptor-set is for .proto files");
  }

  @Test
  void saysWhatItHasLookedFor() throws IOException {
    var inputs = terminal.path("inputs");

    gen("--list-inputs", inputs, terminal.path("proto/shop/order.proto"));

    assertThat(Files.readAllLines(Path.of(inputs)))
        .contains(terminal.path("proto/shop/order.proto"), terminal.path("proto/shop/money.proto"));
  }

  @Test
  void refusesToOverwriteWhatItReads() throws IOException {
    var order = terminal.path("proto/shop/order.proto");
    var money = terminal.read("proto/shop/money.proto");
    var link = folder.resolve("link");
    Files.createSymbolicLink(link, folder.resolve("proto/shop/money.proto"));

    for (var option : new String[] {"--descriptor-set", "--list-inputs"}) {
      assertThat(gen(option, link.toString(), order)).isEqualTo(2);
      assertThat(terminal.err()).contains(option + " link: is one of the files that are read");
    }

    assertThat(terminal.read("proto/shop/money.proto")).isEqualTo(money);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aFileInNoFolderOfThePathIsFoundByItself() throws IOException {
    terminal.write("else/a.proto", "syntax = \"proto3\"; package p; message A {}");

    assertThat(gen(terminal.path("else/a.proto"))).as(terminal.err()).isZero();

    assertThat(folder.resolve("out/p/A.java")).exists();
  }

  @Test
  void importsAreFoundBesideTheFilesIfNoFolderIsGiven() throws IOException {
    terminal.write(
        "else/a.proto",
        "syntax = \"proto3\"; package p; import \"b.proto\"; message A { B b = 1; }");
    terminal.write("else/b.proto", "syntax = \"proto3\"; package p; message B {}");

    assertThat(terminal.run("gen", terminal.path("else/a.proto"), "-o", terminal.path("out")))
        .as(terminal.err())
        .isZero();

    assertThat(folder.resolve("out/p/B.java")).exists();
  }

  @Test
  void theWorkingFolderIsTheFirstIfNoneIsGiven() throws IOException {
    var file = "src/test/resources/golden/order.proto";

    assertThat(terminal.run("gen", file, "-o", terminal.path("out"))).as(terminal.err()).isZero();

    assertThat(terminal.read("out/com/example/shop/Order.java")).contains("from " + file + ".");
  }

  @Test
  void warningsAreErrorsOnRequest() throws IOException {
    terminal.write(
        "proto/warn.proto",
        "syntax = \"proto3\"; package p; import \"shop/money.proto\"; enum E { A = 0; }");
    var file = terminal.path("proto/warn.proto");

    assertThat(gen(file)).isZero();
    assertThat(terminal.err()).contains("warning[W102]");
    assertThat(gen("--disable", "unused-import", file)).isZero();
    assertThat(terminal.err()).isEmpty();
    assertThat(gen("--werror", file)).isEqualTo(1);
    assertThat(terminal.err()).contains("error[W102]");
  }

  @Test
  void reportsErrorsWithTheirPlace() throws IOException {
    terminal.write("proto/bad.proto", "syntax = \"proto3\";\nmessage A { Nothing a = 1; }\n");

    assertThat(gen(terminal.path("proto/bad.proto"))).isEqualTo(1);

    assertThat(terminal.err()).contains("bad.proto:2:13: error[E131]");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void oneRunIsOfOneIdl() throws IOException {
    terminal.write("a.thrift", "struct A {}");

    assertThat(gen(terminal.path("a.thrift"), terminal.path("proto/shop/order.proto")))
        .isEqualTo(2);
    assertThat(terminal.err()).contains("expected: a run for each");
    assertThat(gen("--style", "record", terminal.path("proto/shop/order.proto"))).isEqualTo(2);
    assertThat(terminal.err()).contains("are for Thrift files");
    assertThat(gen("--plugin", "x", terminal.path("proto/shop/order.proto"))).isEqualTo(2);
    assertThat(terminal.err()).contains("plugins are for Thrift files");
  }
}
