package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The plugin protocol against the real Thriftgo, from both ends.
///
/// Needs Go, as [InteropTest] does.
final class ThriftgoTest {
  private static final Optional<Thriftgo> THRIFTGO = Thriftgo.build();
  private static final String NO_GO =
      "*** NOT TESTED AGAINST THRIFTGO: there is no Go on this machine ***";

  private static final String CORPUS = "src/test/resources/thriftgo/";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        CORPUS + "everything.thrift",
        CORPUS + "commented.thrift",
        CORPUS + "windows.thrift",
        "src/main/thrift/interop.thrift",
        "src/main/thrift/newer/orders.thrift"
      })
  void pluginsSeeTheSameTreeFromUs(String idl) {
    assertThat(ours(idl)).isEqualTo(theirs(idl)).contains("\"Filename\": \"" + idl);
  }

  /// What plugins see in another way, and why.
  enum Difference {
    /// Thriftgo takes the exponent for the whole number.
    EXPONENT("const double A = 1e5", "\"Double\": 5", "\"Double\": 100000"),
    /// Octal in Thriftgo; decimal in Apache Thrift and here, with a warning.
    LEADING_ZERO("const i32 A = 010", "\"Int\": 8", "\"Int\": 10"),
    /// Thriftgo reads ids as decimal numbers and what is none as 0.
    HEXADECIMAL_ID("struct A { 0x10: i32 a }", "\"ID\": 0,", "\"ID\": 16,"),
    /// Thriftgo has no items without their enum.
    BARE_ITEM("enum E { X = 7 } const E A = X", null, "\"Int\": 7"),
    /// Nor annotations without a value.
    BARE_ANNOTATION("struct A {} (a)", null, "\"1\""),
    /// Thriftgo reads `optional Foo`.
    GLUED_WORD("typedef i32 optionalFoo struct A { 1: optionalFoo a }", null, "\"optionalFoo\""),
    /// Thriftgo has no such type, and its plugins have not.
    UUID("struct A { 1: uuid a }", null, null);

    final String idl;
    final String theirs;
    final String ours;

    /// @param theirs what the tree holds, or null if there is none
    Difference(String idl, String theirs, String ours) {
      this.idl = idl;
      this.theirs = theirs;
      this.ours = ours;
    }
  }

  @ParameterizedTest
  @EnumSource
  void pluginsSeeAnotherTreeForAReason(Difference difference) throws IOException {
    var idl = Files.writeString(folder.resolve("a.thrift"), difference.idl).toString();
    var theirs = theirs(idl).lines().toList();
    var ours = ours(idl).lines().toList();

    check(theirs, ours, difference.theirs);
    check(ours, theirs, difference.ours);
  }

  /// Asserts that only the lines with a text are in one tree and not in the other.
  private static void check(List<String> tree, List<String> other, String text) {
    if (text == null) {
      assertThat(tree).isEmpty();
    } else if (other.isEmpty()) {
      assertThat(tree).anyMatch(line -> line.contains(text));
    } else {
      assertThat(tree.stream().filter(line -> !other.contains(line)))
          .isNotEmpty()
          .allMatch(line -> line.contains(text));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1"})
  void makesTheSameJavaAsAPluginOfThriftgo(String compresses) throws IOException {
    var program = Thriftgo.windhoverPlugin(folder);
    var idl = CORPUS + "everything.thrift";
    var environment = Map.of("THRIFTGO_PLUGIN_COMPRESS_INCLUDE", compresses);

    var end =
        thriftgo()
            .run(environment, log(), "-r", "-q", "-o", out("a"), "-p", "windhover=" + program, idl);
    assertThat(end).isEqualTo(new Thriftgo.End(0, ""));
    assertThat(Thriftgo.windhover(log(), "gen", "-o", out("b"), idl).exit()).isEqualTo(0);

    Files.delete(folder.resolve("b/.windhover-manifest"));
    assertThat(files(folder.resolve("a")))
        .isEqualTo(files(folder.resolve("b")))
        .containsKey("com/example/everything/Shop.java");
  }

  @Test
  void makesJavaOfTheFileAloneInAFolderOfItsOwn() throws IOException {
    var plugin = "windhover=" + Thriftgo.windhoverPlugin(folder) + ":out=" + out("java");

    var end =
        thriftgo().run(Map.of(), log(), "-q", "-p", plugin, "src/main/thrift/newer/orders.thrift");

    assertThat(end).isEqualTo(new Thriftgo.End(0, ""));
    assertThat(files(folder.resolve("java")).keySet())
        .isNotEmpty()
        .allMatch(it -> it.contains("/newer/"));
  }

  @Test
  void otherPluginsOfThriftgoInsertIntoOurJava() throws IOException {
    var idl = Files.writeString(folder.resolve("a.thrift"), "namespace java com.a struct A {}");
    var answer =
        """
        {"Contents": [
          {"Name": "%s/com/a/A.java", "InsertionPoint": "members", "Content": "  // inserted\\n"}
        ]}
        """
            .formatted(out("a"));
    var file = Files.writeString(folder.resolve("answer.json"), answer);
    var ours = "windhover=" + Thriftgo.windhoverPlugin(folder);
    var theirs = "dump=" + thriftgo().dump() + ":answer=" + file;

    var end =
        thriftgo()
            .run(Map.of(), log(), "-q", "-o", out("a"), "-p", ours, "-p", theirs, idl.toString());

    assertThat(end).isEqualTo(new Thriftgo.End(0, ""));
    assertThat(folder.resolve("a/com/a/A.java"))
        .content()
        .endsWith("  // inserted\n}\n")
        .doesNotContain("@@");
  }

  @Test
  void tellsThriftgoWhatIsWrong() throws IOException {
    var program = Thriftgo.windhoverPlugin(folder);
    var idl = Files.writeString(folder.resolve("a.thrift"), "struct A { 1: required A a }");

    var end = thriftgo().run(Map.of(), log(), "-q", "-p", "windhover=" + program, idl.toString());
    assertThat(end.exit()).isEqualTo(2);
    assertThat(end.output()).contains("cannot make Java", "error[E043]: struct A never ends");

    end =
        thriftgo().run(Map.of(), log(), "-q", "-p", "windhover=" + program + ":a", idl.toString());
    assertThat(end.output()).contains("parameter a= (expected: style=class|record");
  }

  /// Returns the tree that Thriftgo sends, as JSON; empty if it sends none.
  private String theirs(String idl) {
    var json = folder.resolve("theirs.json");
    var plugin = "dump=" + thriftgo().dump() + ":out=" + json;
    thriftgo().run(Map.of(), log(), "-q", "-o", out("theirs"), "-p", plugin, idl);
    return tree(json);
  }

  /// Returns the tree that we send.
  private String ours(String idl) {
    var json = folder.resolve("ours.json");
    var plugin = "dump=" + thriftgo().dump() + ":out=" + json;
    Thriftgo.windhover(log(), "gen", "-o", out("ours"), "-p", plugin, idl);
    return tree(json);
  }

  private static String tree(Path json) {
    if (!Files.exists(json)) {
      return "";
    }
    var text = GoToolchain.read(json);
    return text.substring(text.indexOf("\"AST\""));
  }

  private Path log() {
    return folder.resolve("log");
  }

  private String out(String name) {
    return folder.resolve(name).toString();
  }

  private static Map<String, String> files(Path root) throws IOException {
    var texts = new TreeMap<String, String>();
    try (var files = Files.walk(root)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        texts.put(root.relativize(file).toString(), Files.readString(file));
      }
    }
    return texts;
  }

  private static Thriftgo thriftgo() {
    if (THRIFTGO.isEmpty() && "1".equals(System.getenv("WINDHOVER_REQUIRE_PEERS"))) {
      fail(NO_GO);
    }
    return THRIFTGO.orElseGet(() -> Assumptions.abort(NO_GO));
  }
}
