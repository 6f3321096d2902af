package io.windhover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GenCommandTest {

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void writeFiles() throws IOException {
    write(
        "hello.thrift",
        "namespace java com.example\n"
            + "include \"shared.thrift\"\n"
            + "struct A { 1: shared.B b }\n"
            + "service S {}");
    write("shared.thrift", "namespace java com.shared\nstruct B {} enum E { X }");
  }

  @Test
  void generatesFilesAndTheirIncludes() {
    int exit = run("gen", path("hello.thrift"), "-o", path("out"));

    assertThat(err.toString()).isEmpty();
    assertThat(exit).isEqualTo(0);
    assertThat(out.toString())
        .matches(
            "generated 3 types, 1 service from .*hello\\.thrift:"
                + " 5 written, 0 unchanged, 0 removed \\(\\d+ ms\\)\\R");
    assertThat(folder.resolve("out/com/example/A.java")).exists();
    assertThat(folder.resolve("out/com/shared/B.java")).exists();
  }

  @Test
  void leavesIncludesOutOnRequest() {
    assertThat(run("gen", "--no-includes", path("hello.thrift"), "-o", path("out"))).isEqualTo(0);
    assertThat(out.toString()).startsWith("generated 1 type, 1 service");
    assertThat(folder.resolve("out/com/shared")).doesNotExist();
  }

  @Test
  void leavesWarningsOfLibrariesOut() throws IOException {
    Files.createDirectories(folder.resolve("library"));
    write("library/other.thrift", "struct C { i32 c }\nstruct D { 1: i32 d }");
    write("own.thrift", "include \"other.thrift\"\nstruct A { 1: other.D d }");

    assertThat(run("gen", "--werror", "-I", path("library"), path("own.thrift"))).isEqualTo(1);
    assertThat(err.toString()).contains("other.thrift:1:16: error[W001]: field 'c' has no id");
    err.getBuffer().setLength(0);
    var arguments = List.of("gen", "--werror", "--library", path("library"), "-o", path("out"));
    assertThat(run(arguments, path("own.thrift"))).isEqualTo(0);
    assertThat(err.toString()).isEmpty();
    write("library/other.thrift", "struct C { 1: Missing c }\nstruct D { 1: i32 d }");
    assertThat(run(arguments, path("own.thrift"))).isEqualTo(1);
    assertThat(err.toString()).contains("other.thrift:1:15: error[E031]");
  }

  @Test
  void libraryFoldersComeLast() throws IOException {
    Files.createDirectories(folder.resolve("library"));
    Files.createDirectories(folder.resolve("included"));
    write("library/other.thrift", "struct FromLibrary {}");
    write("included/other.thrift", "struct FromIncluded {}");
    write("own.thrift", "include \"other.thrift\"\nstruct A { 1: other.FromIncluded d }");

    assertThat(
            run(
                List.of("gen", "--library", path("library"), "-I", path("included")),
                path("own.thrift"),
                "-o",
                path("out")))
        .isEqualTo(0);
  }

  @Test
  void namesWhatItLookedFor() throws IOException {
    assertThat(
            run(
                List.of("gen", "-I", path("included"), "--list-inputs", path("inputs")),
                path("hello.thrift"),
                "-o",
                path("out")))
        .isEqualTo(0);

    assertThat(Files.readAllLines(folder.resolve("inputs")))
        .contains(path("hello.thrift"), path("shared.thrift"))
        .allMatch(it -> Path.of(it).isAbsolute());

    write("hello.thrift", "include \"deep/shared.thrift\"\nstruct A { 1: shared.B b }");
    Files.createDirectories(folder.resolve("included/deep"));
    write("included/deep/shared.thrift", "struct B {}");
    run(
        List.of("gen", "-I", path("included"), "--list-inputs", path("inputs")),
        path("hello.thrift"),
        "-o",
        path("out"));
    assertThat(Files.readAllLines(folder.resolve("inputs")))
        .as("the places of an include that is found at the second")
        .contains(path("deep/shared.thrift"), path("included/deep/shared.thrift"));
  }

  @Test
  void makesRecordsOnRequest() throws IOException {
    assertThat(run("gen", "--style", "record", path("hello.thrift"), "-o", path("out")))
        .isEqualTo(0);
    assertThat(folder.resolve("out/com/example/A.java"))
        .content()
        .contains("public record A(B b, UnknownFields unknownFields) {");
    assertThat(run("gen", "--style", "bean", path("hello.thrift"))).isEqualTo(2);
    assertThat(err.toString()).contains("expected one of [CLASS, RECORD] (case-insensitive)");
  }

  @Test
  void removesTheClassesOfAnOldNamespace() throws IOException {
    run("gen", path("hello.thrift"), "-o", path("out"));
    write("shared.thrift", "namespace java com.moved\nstruct B {} enum E { X }");

    assertThat(run("gen", path("hello.thrift"), "-o", path("out"))).isEqualTo(0);
    assertThat(out.toString()).contains(": 3 written, 2 unchanged, 2 removed (");
    assertThat(folder.resolve("out/com/shared")).doesNotExist();
    assertThat(folder.resolve("out/com/moved/B.java")).exists();
  }

  @Test
  void filesOfOneNameKeepApart() throws IOException {
    for (var name : List.of("x", "y")) {
      Files.createDirectory(folder.resolve(name));
      write(name + "/a.thrift", "namespace java com.same\nstruct " + name + " {}");
      assertThat(run("gen", path(name + "/a.thrift"), "-o", path("out"))).isEqualTo(0);
    }

    assertThat(folder.resolve("out/com/same/X.java")).exists();
    assertThat(folder.resolve("out/com/same/Y.java")).exists();
  }

  @Test
  void showsErrorsWhereTheyAre() throws IOException {
    write("wrong.thrift", "struct A {\n  1: Missing b\n}");

    assertThat(run("gen", path("wrong.thrift"), "-o", path("out"))).isEqualTo(1);
    assertThat(err.toString()).contains("wrong.thrift:2:6: error[E031]: ").contains("1: Missing b");
    assertThat(out.toString()).isEmpty();
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void showsNamesThatCollideInJava() throws IOException {
    write("wrong.thrift", "struct A { 1: i32 a_b, 2: i32 aB }");

    assertThat(run("gen", path("wrong.thrift"), "-o", path("out"))).isEqualTo(1);
    assertThat(err.toString()).contains("wrong.thrift:1:31: error[E036]: 'a_b' and 'aB'");
  }

  @Test
  void doesNotOverwriteAPersonsFile() throws IOException {
    write("A.java", "class A {}");
    Files.createDirectories(folder.resolve("out/com/example"));
    Files.move(folder.resolve("A.java"), folder.resolve("out/com/example/A.java"));

    assertThat(run("gen", path("hello.thrift"), "-o", path("out"))).isEqualTo(1);
    assertThat(err.toString()).contains("A.java: not generated by Windhover");
  }

  @Test
  void takesArgumentsFromAFile() throws IOException {
    var odd = "it's \"odd\" \\n.thrift";
    write(odd, "struct Odd {}");
    write("arguments", String.join("\n", "-o", path("out"), path(odd), ""));

    assertThat(run("gen", "@" + path("arguments"))).isEqualTo(0);
    assertThat(out.toString()).startsWith("generated 1 type");
  }

  @Test
  void saysWhatIsMissing() {
    assertThat(run("gen")).isEqualTo(2);
    assertThat(err.toString()).contains("FILE");
  }

  @Test
  void showsItsVersionAndHelp() {
    assertThat(run("--version")).isEqualTo(0);
    assertThat(out.toString()).matches("windhover \\d+\\.\\d+\\.\\d+.*\\R");
    assertThat(run("gen", "--help")).isEqualTo(0);
    assertThat(out.toString()).contains("Examples:", "windhover gen hello.thrift", "--out");
  }

  private int run(List<String> arguments, String... further) {
    var all = new ArrayList<>(arguments);
    all.addAll(List.of(further));
    return run(all.toArray(String[]::new));
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
