package io.windhover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `windhover new` with `.proto` files.
final class NewProtoTest {
  private static final String CODE = "shop/src/main/java/com/example/shop/";
  private static final String IDL = "shop/src/main/proto/shop/v1/shop.proto";

  @TempDir Path folder;
  private Terminal terminal;

  @BeforeEach
  void openTerminal() {
    terminal = new Terminal(folder);
  }

  @Test
  void makesAProjectThatGreetsOverGrpc() throws IOException {
    assertThat(terminal.run("new", terminal.path("shop"), "--proto")).as(terminal.err()).isZero();

    assertThat(terminal.out())
        .isEqualTo(
            """
            created shop/pom.xml
            created shop/src/main/proto/shop/v1/shop.proto
            created shop/src/main/java/com/example/shop/ShopServiceHandler.java
            created shop/src/main/java/com/example/shop/Main.java
            created shop/src/test/java/com/example/shop/ShopServiceTest.java
            created shop/Dockerfile
            created shop/README.md
            created shop/.gitignore
            next: cd shop && mvn test
            """);
    assertThat(terminal.read("shop/pom.xml"))
        .contains(
            "<goal>generate-proto</goal>",
            "windhover-grpc<",
            "windhover-proto<",
            "windhover-protobuf<",
            "<descriptorSet>shop.protoset</descriptorSet>")
        .doesNotContain("{{", "windhover-core<");
    assertThat(terminal.read(CODE + "Main.java"))
        .contains(
            """
                        .port(port)
                        .transport(GrpcTransport.create())
                        .service(ShopService.serve(new ShopServiceHandler()))
                        .service(health.service())
                        .onReadiness(health);
            """,
            "List.of(ShopService.FULL_NAME);",
            "getResourceAsStream(\"/shop.protoset\")");
    assertThat(terminal.read("shop/src/test/java/com/example/shop/ShopServiceTest.java"))
        .contains("ShopService.on(client)", "GrpcClientTransport.create()");
    assertThat(terminal.read("shop/README.md"))
        .contains(
            "Serves ShopService over gRPC,",
            "src/main/proto",
            "-pl rpc/testing,rpc/grpc,",
            "grpcurl -plaintext localhost:8888 list");
  }

  @Test
  void theIdlIsInOrder() {
    terminal.run("new", terminal.path("shop"), "--proto");

    assertThat(terminal.run("fmt", "--check", terminal.path(IDL))).isZero();
    terminal.run("lint", "-I", terminal.path("shop/src/main/proto"), terminal.path(IDL));
    assertThat(terminal.out()).isEmpty();
  }

  @Test
  void takesAnIdlWithWhatItImports() throws IOException {
    terminal.write(
        "api/shop.proto",
        """
        syntax = "proto3";
        package shop;
        import "lib/money.proto";
        import "google/protobuf/timestamp.proto";
        import "google/protobuf/note.proto"; // which is nowhere at hand
        service Shop {
          rpc Buy(lib.Money) returns (google.protobuf.Timestamp);
          rpc Watch(stream lib.Money) returns (stream lib.Money);
        }
        """);
    terminal.write("api/lib/money.proto", "syntax = \"proto3\"; package lib; message Money {}");
    terminal.write("api/google/protobuf/note.proto", "syntax = \"proto3\"; message Note {}");

    assertThat(
            terminal.run(
                "new",
                terminal.path("shop"),
                "--idl",
                terminal.path("api/shop.proto"),
                "--package",
                "com.own"))
        .as(terminal.err())
        .isZero();

    assertThat(terminal.read("shop/src/main/proto/lib/money.proto")).contains("message Money");
    assertThat(folder.resolve("shop/src/main/proto/google/protobuf"))
        .isDirectoryNotContaining("glob:**/timestamp.proto")
        .isDirectoryContaining("glob:**/note.proto");
    assertThat(terminal.read("shop/src/main/java/com/own/ShopHandler.java"))
        .contains(
            "import io.windhover.protobuf.types.Timestamp;\n",
            "import lib.Money;\n",
            "public Timestamp buy(Money request) {",
            "public void watch(StreamReceiver<Money> in, StreamSender<Money> out) {");
    assertThat(terminal.read("shop/src/main/java/com/own/Main.java"))
        .contains("import shop.Shop;\n", "import io.windhover.rpc.grpc.GrpcTransport;\n");
  }

  @Test
  void findsImportsInFolders() throws IOException {
    var idl =
        terminal.write(
            "api/shop/v1/shop.proto",
            """
            syntax = "proto3";
            package shop.v1;
            import "lib/money.proto";
            import "shop/v1/item.proto";
            service Shop { rpc Buy(Item) returns (lib.Money); }
            """);
    terminal.write(
        "api/shop/v1/item.proto", "syntax = \"proto3\"; package shop.v1; message Item {}");
    terminal.write("shared/lib/money.proto", "syntax = \"proto3\"; package lib; message Money {}");
    var shop = terminal.path("shop");
    var api = terminal.path("api");

    assertThat(terminal.run("new", shop, "--idl", idl, "-I", api)).isEqualTo(1);
    assertThat(
            terminal.run(
                "new", shop, "--proto", "--idl", idl, "-I", api, "-I", terminal.path("shared")))
        .as(terminal.err())
        .isZero();

    assertThat(terminal.out())
        .contains(
            "created shop/src/main/proto/shop/v1/shop.proto\n",
            "created shop/src/main/proto/shop/v1/item.proto\n",
            "created shop/src/main/proto/lib/money.proto\n");
    assertThat(terminal.run("new", shop)).as(terminal.err()).isZero();
  }

  @Test
  void addsMethods() throws IOException {
    var shop = terminal.path("shop");
    terminal.run("new", shop, "--proto");
    var service = "service ShopService {";
    terminal.write(
        IDL,
        terminal
            .read(IDL)
            .replace(service, service + "\n  rpc Count(GreetRequest) returns (GreetResponse);"));

    assertThat(terminal.run("new", shop)).as(terminal.err()).isZero();

    assertThat(terminal.out()).isEqualTo("added ShopServiceHandler.count\n");
    assertThat(terminal.read(CODE + "ShopServiceHandler.java"))
        .contains("\"Hello, \"", "public GreetResponse count(GreetRequest request) {");
    assertThat(terminal.run("new", shop, "--proto")).isEqualTo(2);
  }

  @Test
  void refusesWhatIsWrong() throws IOException {
    var thrift = terminal.write("a.thrift", "service S {}");
    var broken = terminal.write("a.proto", "service S { rpc }");

    assertThat(terminal.run("new", terminal.path("shop"), "--proto", "--idl", thrift)).isEqualTo(2);
    assertThat(terminal.err()).contains("a.thrift (expected: a .proto file)");
    assertThat(terminal.run("new", terminal.path("shop"), "--idl", broken)).isEqualTo(1);
    assertThat(terminal.err()).startsWith("a.proto:1:17: error");
    assertThat(folder.resolve("shop")).doesNotExist();
  }
}
