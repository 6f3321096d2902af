package io.windhover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.idl.rule.ThriftRule;
import io.windhover.proto.rule.ProtoRule;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `windhover lint` and `windhover explain`.
final class LintCommandTest {

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printsWhatItFinds() throws IOException {
    write("a.thrift", "include \"b.thrift\"\nstruct A { i32 a }");
    write("b.thrift", "struct B {}");

    assertThat(run("lint", path("a.thrift"))).isEqualTo(0);
    assertThat(out.toString())
        .contains("a.thrift:1:1: warning[W017]: nothing here uses 'b.thrift'")
        .contains("a.thrift:2:16: warning[W001]: field 'a' has no id");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void findsNamesThatClashInJava() throws IOException {
    write("a.thrift", "struct A { 1: i32 a_b, 2: i32 aB }");

    assertThat(run("lint", path("a.thrift"))).isEqualTo(1);
    assertThat(out.toString()).contains("a.thrift:1:31: error[E036]: 'a_b' and 'aB' are both");
  }

  @Test
  void takesWarningsAsErrors() throws IOException {
    write("a.thrift", "struct A { i32 a }\nconst i32 B = 010");

    assertThat(run("lint", "--werror", path("a.thrift"))).isEqualTo(1);
    assertThat(out.toString()).contains(": error[W001]: ").contains(": error[W003]: ");
    assertThat(run("lint", "--error", "leading-zero", path("a.thrift"))).isEqualTo(1);
    assertThat(run("lint", "--strict", path("a.thrift"))).isEqualTo(1);
    assertThat(run("lint", "--werror", "--disable", "W001", "--disable", "W003", path("a.thrift")))
        .isEqualTo(0);
  }

  @Test
  void readsInTheDialectAskedFor() throws IOException {
    write("a.thrift", "const i32 A = 010\nconst i32 B = 1 (k = \"v\")");

    assertThat(run("lint", path("a.thrift"))).isEqualTo(0);
    assertThat(out.toString()).contains(":1:15: warning[W003]: ");
    assertThat(run("lint", "--dialect", "thriftgo", "--werror", path("a.thrift"))).isEqualTo(0);
    assertThat(run("lint", "--dialect", "apache", path("a.thrift"))).isEqualTo(1);
    assertThat(out.toString()).contains(":2:18: error[E013]: Apache Thrift refuses annotations");
  }

  @Test
  void generatesNothingWhereWarningsAreErrors() throws IOException {
    write("a.thrift", "struct A { i32 a }");

    assertThat(run("gen", "--werror", path("a.thrift"), "-o", path("out"))).isEqualTo(1);
    assertThat(err.toString()).contains("a.thrift:1:16: error[W001]: ");
    assertThat(folder.resolve("out")).doesNotExist();
    assertThat(run("gen", "--disable", "missing-field-id", path("a.thrift"), "-o", path("out")))
        .isEqualTo(0);
    assertThat(folder.resolve("out")).exists();
  }

  @Test
  void writesJson() throws IOException {
    write("a.thrift", "struct A {}\nstruct A {}\nstruct B { 1: Mising b }\nstruct Missing {}");

    assertThat(run("lint", "--format", "json", path("a.thrift"))).isEqualTo(1);
    var file = "\"file\":\"" + path("a.thrift") + "\",";
    assertThat(out.toString())
        .isEqualTo(
            "[\n{"
                + file
                + "\"line\":2,\"column\":8,\"endLine\":2,\"endColumn\":9,\"severity\":\"error\","
                + "\"code\":\"E030\",\"rule\":\"duplicate-definition\","
                + "\"message\":\"'A' is already defined\",\"labels\":[{"
                + file
                + "\"line\":1,\"column\":8,\"endLine\":1,\"endColumn\":9,"
                + "\"text\":\"first defined here\"}]},\n{"
                + file
                + "\"line\":3,\"column\":15,\"endLine\":3,\"endColumn\":21,\"severity\":\"error\","
                + "\"code\":\"E031\",\"rule\":\"undefined-name\","
                + "\"message\":\"undefined type 'Mising'\","
                + "\"help\":\"did you mean 'Missing'?\",\"labels\":[]}\n]\n");
  }

  @Test
  void writesJsonThatHoldsAnything() throws IOException {
    write("good.thrift", "struct A {}");
    write("bad.thrift", "include \"a\\\"\\\\\u001b.thrift\"");

    assertThat(run("lint", "--format", "json", path("good.thrift"))).isEqualTo(0);
    assertThat(out.toString()).isEqualTo("[]\n");
    assertThat(run("lint", "--format", "json", path("bad.thrift"))).isEqualTo(1);
    assertThat(out.toString()).contains("a\\\"\\\\\ufffd.thrift").doesNotContain("\u001b");
  }

  @Test
  void explainsRulesByCodeAndName() {
    assertThat(run("explain", "W017")).isEqualTo(0);
    var text = out.toString();
    assertThat(text)
        .startsWith("W017 unused-include (warning)\n\nNothing in this file uses")
        .contains("main.thrift:\n\n    include \"base.thrift\"\n");
    assertThat(run("explain", "unused-include")).isEqualTo(0);
    assertThat(out.toString()).isEqualTo(text + text);
  }

  @Test
  void listsRules() {
    assertThat(run("explain")).isEqualTo(0);
    assertThat(out.toString().lines())
        .hasSize(ThriftRule.values().length + ProtoRule.values().length)
        .contains("E008 syntax");
  }

  @Test
  void doesNotExplainRulesThatAreNone() {
    assertThat(run("explain", "W017", "W999")).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines())
        .containsExactly(
            "error: no rule is called 'W999' ('windhover explain' lists them)",
            "help: 'windhover explain --help' has all there is");
  }

  @Test
  void saysShortlyWhatIsWrongWithACommand() {
    assertThat(run("lint", "--werorr", "a.thrift")).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            "error: Unknown option: '--werorr'",
            "Possible solutions: --werror",
            "help: 'windhover lint --help' has all there is");
    err.getBuffer().setLength(0);
    assertThat(run("lnt")).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            "error: no command 'lnt' (expected: gen, lint, explain, fmt, dump, diff, trim, plugin,"
                + " protoc-plugin, new, help)",
            "Did you mean: windhover lint?",
            "help: 'windhover --help' has all there is");
  }

  @Test
  void saysThatAFileIsUtf16() throws IOException {
    Files.write(folder.resolve("a.thrift"), "struct A {}".getBytes(StandardCharsets.UTF_16LE));

    assertThat(run("lint", path("a.thrift"))).isEqualTo(1);
    assertThat(out.toString())
        .endsWith(
            "a.thrift:1:1: error[E002]: this is UTF-16\nstruct A {}\n^\n"
                + "help: save the file as UTF-8\n");
  }

  @Test
  void refusesRulesThatAreNone() {
    assertThat(run("lint", "--disable", "nonsense", "a.thrift")).isEqualTo(2);
    assertThat(err.toString()).contains("no rule is called 'nonsense'");
    assertThat(run("lint", "--disable", "E008", "a.thrift")).isEqualTo(2);
    assertThat(err.toString())
        .contains("disabled: E008 syntax is an error, and no error is left out");
  }

  private int run(String... arguments) {
    return Windhover.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }
}
