package io.windhover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is made; that it builds and runs is said by `NewProjectTest` of the examples.
final class NewCommandTest {
  private static final String CODE = "shop/src/main/java/com/example/shop/";

  @TempDir Path folder;
  private Terminal terminal;

  @BeforeEach
  void openTerminal() {
    terminal = new Terminal(folder);
  }

  @Test
  void makesAProjectThatGreets() throws IOException {
    assertThat(terminal.run("new", terminal.path("shop"))).isEqualTo(0);
    assertThat(terminal.out())
        .isEqualTo(
            """
            created shop/pom.xml
            created shop/src/main/thrift/shop.thrift
            created shop/src/main/java/com/example/shop/ShopServiceHandler.java
            created shop/src/main/java/com/example/shop/Main.java
            created shop/src/test/java/com/example/shop/ShopServiceTest.java
            created shop/Dockerfile
            created shop/README.md
            created shop/.gitignore
            next: cd shop && mvn test
            """);
    assertThat(terminal.read(CODE + "ShopServiceHandler.java")).contains("\"Hello, \"");
    assertThat(files().values()).noneMatch(it -> it.contains("{{"));
    assertThat(terminal.read("shop/README.md")).contains("mvn install -Dmaven.test.skip=true");
    assertThat(terminal.read("shop/pom.xml")).doesNotContain("<repositories>");
    assertThat(terminal.run("fmt", "--check", terminal.path("shop/src/main/thrift/shop.thrift")))
        .isEqualTo(0);
  }

  @Test
  void takesAnIdlWithWhatItIncludes() throws IOException {
    var idl =
        terminal.write(
            "api/shop.thrift",
            "include '../lib/base.thrift'\nnamespace java com.shop\n"
                + "service A extends base.D { base.B a() }\nservice C {}\n");
    terminal.write(
        "lib/base.thrift", "namespace java com.base\nstruct B {}\nservice D { i64 d() }\n");

    assertThat(terminal.run("new", terminal.path("shop"), "--idl", idl, "--package", "com.own"))
        .isEqualTo(0);
    assertThat(terminal.read("shop/src/main/thrift/lib/base.thrift")).contains("struct B");
    assertThat(terminal.read("shop/src/main/java/com/own/AHandler.java"))
        .contains(
            "import com.base.B;\nimport com.shop.A;\n", "public B a() {", "public long d() {");
    assertThat(terminal.read("shop/src/main/java/com/own/Main.java"))
        .contains("import com.shop.A;\nimport com.shop.C;\n")
        .contains(".service(A.serve(new AHandler()))\n        .service(C.serve(new CHandler()))");
  }

  @Test
  void findsIncludesInFolders() throws IOException {
    var idl =
        terminal.write(
            "api/v1/shop.thrift",
            "include 'lib/money.thrift'\ninclude 'v1/item.thrift'\n"
                + "service A { money.Money a(), item.Item b() }\n");
    terminal.write("api/v1/item.thrift", "struct Item {}\n");
    terminal.write("shared/lib/money.thrift", "include 'base.thrift'\ntypedef base.M Money\n");
    terminal.write("shared/lib/base.thrift", "struct M {}\n");
    var api = terminal.path("api");
    var shared = terminal.path("shared");

    assertThat(terminal.run("new", terminal.path("shop"), "--idl", idl, "-I", api, "-I", shared))
        .as(terminal.err())
        .isZero();

    assertThat(files().keySet().stream().filter(it -> it.startsWith("shop/src/main/thrift")))
        .containsExactly(
            "shop/src/main/thrift/lib/base.thrift",
            "shop/src/main/thrift/lib/money.thrift",
            "shop/src/main/thrift/v1/item.thrift",
            "shop/src/main/thrift/v1/shop.thrift");
    terminal.write("shop/src/main/thrift/v1/other.thrift", "include 'v1/item.thrift'");
    assertThat(terminal.run("new", terminal.path("shop"))).as(terminal.err()).isZero();
  }

  @Test
  void copiesNoFilesThatWouldNotFindEachOther() throws IOException {
    var two =
        terminal.write("api/shop.thrift", "include 'lib/item.thrift'\nservice A { item.M a() }");
    terminal.write("own/lib/item.thrift", "include 'shop.thrift'\ntypedef shop.M M\n");
    terminal.write("own/lib/shop.thrift", "include '../shop.thrift'\ntypedef i64 M\n");
    terminal.write("own/shop.thrift", "struct X {}");
    var out = terminal.write("api/out.thrift", "include '../lib/a.thrift'\nservice A { a.M a() }");
    terminal.write("lib/a.thrift", "struct M {}");
    var shop = terminal.path("shop");
    var api = terminal.path("api");

    assertThat(terminal.run("new", shop, "--idl", out, "-I", api)).isEqualTo(1);
    assertThat(terminal.err())
        .startsWith("error: the files would not find each other at the paths");
    assertThat(terminal.run("new", shop, "-I", api)).isEqualTo(2);
    assertThat(terminal.err()).contains("(expected: with --idl FILE)");
    assertThat(terminal.run("new", shop, "--idl", two, "-I", api, "-I", terminal.path("own")))
        .isEqualTo(1);
    assertThat(terminal.err()).contains("another file has the path shop.thrift, too");
    assertThat(folder.resolve("shop")).doesNotExist();
  }

  @Test
  void addsMethodsAndTouchesNothingElse() throws IOException {
    var shop = terminal.path("shop");
    terminal.run("new", shop);
    var idl = "shop/src/main/thrift/shop.thrift";
    var service = "service ShopService {";
    terminal.write(idl, terminal.read(idl).replace(service, service + "\n  i32 count()"));
    var before = files();

    assertThat(terminal.run("new", shop)).isEqualTo(0);
    assertThat(terminal.out()).isEqualTo("added ShopServiceHandler.count\n");
    var after = files();
    assertThat(after.remove(CODE + "ShopServiceHandler.java"))
        .contains("\"Hello, \"", "public int count() {");
    before.remove(CODE + "ShopServiceHandler.java");
    assertThat(after).isEqualTo(before);
    assertThat(terminal.run("new", shop)).isEqualTo(0);
    assertThat(terminal.out()).isEqualTo("nothing to add: the handlers of shop have all methods\n");
  }

  /// Emacs puts a link that leads nowhere beside a file with changes that are not saved.
  @Test
  void completesAProjectThatSomebodyEdits() throws IOException {
    var shop = terminal.path("shop");
    terminal.run("new", shop);
    var nowhere = Path.of("me@host.17:1");
    Files.createSymbolicLink(folder.resolve(CODE + ".#Main.java"), nowhere);
    Files.createSymbolicLink(folder.resolve("shop/src/main/thrift/.#shop.thrift"), nowhere);

    assertThat(terminal.run("new", shop)).isEqualTo(0);
  }

  @Test
  void namesASourceFileThatItCannotRead() throws IOException {
    var shop = terminal.path("shop");
    terminal.run("new", shop);
    Files.write(folder.resolve(CODE + "Other.java"), new byte[] {'/', '/', (byte) 0xE9});

    assertThat(terminal.run("new", shop)).isEqualTo(1);
    assertThat(terminal.err()).contains("Other.java: is not in UTF-8");
  }

  @Test
  void fillsTemplatesOfOnesOwn() throws IOException {
    terminal.write("own/README.md", "# {{name}} of {{package}}\n");
    terminal.write("own/src/main/java/{{packagePath}}/Extra.java", "// for {{service}}\n");

    assertThat(terminal.run("new", terminal.path("shop"), "--template-dir", terminal.path("own")))
        .isEqualTo(0);
    assertThat(terminal.read("shop/README.md")).isEqualTo("# shop of com.example.shop\n");
    assertThat(terminal.read(CODE + "Extra.java")).isEqualTo("// for ShopService\n");
    terminal.write("own/wrong", "{{what}}");
    assertThat(terminal.run("new", terminal.path("other"), "--template-dir", terminal.path("own")))
        .isEqualTo(1);
    assertThat(terminal.err()).startsWith("error: own/wrong: {{what}} (expected: one of [");
    assertThat(folder.resolve("other")).doesNotExist();
  }

  @Test
  void copiesTheArtifactsOfACheckout() throws IOException {
    var poms = Map.of("bom", "windhover-bom", "build", "windhover-build");
    var jars =
        Map.ofEntries(
            Map.entry("net/buffer", "windhover-buffer"),
            Map.entry("net/netpoll", "windhover-netpoll"),
            Map.entry("idl/thrift-runtime", "windhover-thrift-runtime"),
            Map.entry("idl/source", "windhover-source"),
            Map.entry("idl/thrift-parser", "windhover-thrift-parser"),
            Map.entry("idl/proto-parser", "windhover-proto-parser"),
            Map.entry("idl/codegen", "windhover-codegen"),
            Map.entry("idl/maven-plugin", "windhover-maven-plugin"),
            Map.entry("rpc/api", "windhover-api"),
            Map.entry("rpc/core", "windhover-core"),
            Map.entry("rpc/testing", "windhover-testing"));
    var version = Version.number();
    for (var module : jars.entrySet()) {
      terminal.write("checkout/" + module.getKey() + "/pom.xml", "a pom");
      terminal.write("checkout/" + module.getKey() + "/src/x", "");
      terminal.write(
          "checkout/%s/target/%s-%s.jar".formatted(module.getKey(), module.getValue(), version),
          "a jar");
    }
    for (var module : poms.keySet()) {
      terminal.write("checkout/" + module + "/pom.xml", "a pom");
    }

    var jar = Path.of("rpc/core/target/windhover-core-" + version + ".jar");
    var checkout = terminal.path("checkout");
    Files.move(Path.of(checkout).resolve(jar), folder.resolve("jar"));
    assertThat(terminal.run("new", terminal.path("shop"), "--checkout", checkout)).isEqualTo(1);
    assertThat(terminal.err())
        .isEqualTo("error: checkout/" + jar + ": is not built: run mvn package\n");
    assertThat(folder.resolve("shop")).doesNotExist();
    Files.move(folder.resolve("jar"), Path.of(checkout).resolve(jar));
    assertThat(terminal.run("new", terminal.path("shop"), "--checkout", checkout)).isEqualTo(0);
    assertThat(terminal.read("shop/pom.xml"))
        .contains("<url>file://${project.basedir}/repository</url>");
    assertThat(terminal.read("shop/README.md")).contains("`repository` has the artifacts");
    var core = "shop/repository/io/windhover/windhover-core/" + version + "/";
    assertThat(files().keySet().stream().filter(it -> it.startsWith(core))).hasSize(3);
    var stamp = "\\d{8}\\.\\d{6}";
    assertThat(terminal.read(core + "maven-metadata.xml"))
        .containsPattern("<timestamp>" + stamp + "</timestamp>")
        .containsPattern("<value>\\d+\\.\\d+\\.\\d+-" + stamp + "-1</value>");
  }

  @Test
  void refusesWhatIsWrong() throws IOException {
    assertThat(terminal.run("new", terminal.path("Shop"))).isEqualTo(2);
    assertThat(terminal.err()).contains("NAME: Shop (expected: ");
    assertThat(terminal.run("new", terminal.path("shop"), "--package", "1")).isEqualTo(2);
    terminal.write("full/x", "");
    assertThat(terminal.run("new", terminal.path("full"))).isEqualTo(1);
    assertThat(terminal.err()).isEqualTo("error: full: is not empty, and has no pom.xml\n");
    terminal.write("other/pom.xml", "");
    assertThat(terminal.run("new", terminal.path("other"))).isEqualTo(1);
    assertThat(terminal.err())
        .isEqualTo(
            "error: other has a pom.xml, but neither src/main/thrift nor src/main/proto (expected:"
                + " a project of windhover new, or a new folder)\n");
    var idl = terminal.write("a.thrift", "struct A {}");
    assertThat(terminal.run("new", terminal.path("shop"), "--idl", idl)).isEqualTo(1);
    assertThat(terminal.err())
        .isEqualTo("error: the IDL has no service (expected: one at least)\n");
    assertThat(folder.resolve("shop")).doesNotExist();
    terminal.run("new", terminal.path("shop"));
    assertThat(terminal.run("new", terminal.path("shop"), "--idl", idl)).isEqualTo(2);
    assertThat(terminal.err())
        .contains(
            "shop exists: --idl, -I, --proto, --package and --template-dir are for new projects");
  }

  /// The texts of all files, by path.
  private Map<String, String> files() throws IOException {
    var texts = new TreeMap<String, String>();
    try (var paths = Files.walk(folder)) {
      for (var path : paths.filter(Files::isRegularFile).toList()) {
        texts.put(folder.relativize(path).toString(), Files.readString(path));
      }
    }
    return texts;
  }
}
