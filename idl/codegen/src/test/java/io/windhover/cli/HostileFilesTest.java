package io.windhover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Row 97 of the table of bad inputs: `windhover gen`, as a process of its own with a small heap,
/// ends soon and says what is wrong and where. (More of them, but not as processes, are in
/// `HostileInputTest` of the parser.)
final class HostileFilesTest {
  private static final int MAX_HEAP_MIB = 256;

  /// Each takes less than 2 s where nothing else runs, and this is no test of the machine.
  private static final int MAX_SECONDS = 30;

  private static final int MILLION = 1_000_000;
  private static final int MANY = 10_000;

  @TempDir Path folder;

  /// Writes the files of a case; `main.thrift` is the one to compile.
  private interface Setup {
    void write(HostileFilesTest test) throws IOException;
  }

  enum Case {
    CYCLE(
        test -> {
          test.write("main.thrift", "include 'f0.thrift'");
          for (int i = 0; i < MANY; i++) {
            test.write("f" + i + ".thrift", "include 'f" + (i + 1) % MANY + ".thrift'");
          }
        },
        "f0.thrift:1:1: error[E022]: files include each other: f0.thrift -> f1.thrift -> "),
    MANY_INCLUDES(
        test -> {
          for (int i = 0; i < MANY; i++) {
            test.write("f" + i + ".thrift", "struct S {}");
          }
          test.write("main.thrift", numbered("include 'f%s.thrift'\n", MANY) + "struct");
        },
        "main.thrift:10001:7: error[E008]: expected the name of the struct, found end of file"),
    ENDLESS(
        test -> {
          Files.createSymbolicLink(test.folder.resolve("zero.thrift"), Path.of("/dev/zero"));
          test.write("main.thrift", "include 'zero.thrift'");
        },
        "main.thrift:1:9: error[E020]: included file 'zero.thrift' not found"),
    FOLDER(
        test -> {
          Files.createDirectory(test.folder.resolve("x.thrift"));
          test.write("main.thrift", "include 'x.thrift'");
        },
        "main.thrift:1:9: error[E020]: included file 'x.thrift' not found"),
    OTHERS_FILE(
        "include '../../../../../../../../etc/passwd'",
        "main.thrift:1:9: error[E021]: included file '../../../../../../../../etc/passwd' is not"
            + " called"),
    OTHERS_FILE_BY_A_LINK(
        test -> {
          Files.createSymbolicLink(test.folder.resolve("x.thrift"), Path.of("/etc/passwd"));
          test.write("main.thrift", "include 'x.thrift'");
        },
        "main.thrift:1:9: error[E021]: included file 'x.thrift' is a link to what is not called"),
    DEEP_TYPE(
        "typedef " + "list<".repeat(MILLION) + "i32" + ">".repeat(MILLION) + " A",
        "main.thrift:1:1289: error[E009]: nested deeper than 256 levels"),
    DEEP_VALUE(
        "const list<i32> A = " + "[".repeat(MILLION) + "]".repeat(MILLION),
        "main.thrift:1:277: error[E009]: nested deeper than 256 levels"),
    DEFAULT_OF_ITSELF(
        "struct S { 1: S s = {} }",
        "main.thrift:1:8: error[E044]: the defaults of struct S never end: S -> S"),
    DUPLICATE_IDS(
        "struct S {" + "1: i32 a ".repeat(100_000) + "}",
        "main.thrift:1:20: error[E040]: field id 1 is already taken by 'a'"),
    ONE_LINE(
        "struct S {" + numbered("%1$s: i32 f%1$s ", 32_000) + "} " + "x ".repeat(2_300_000),
        "main.thrift:1:553793: error[E008]: expected a definition, found 'x'"),
    BYTE_ORDER_MARKS(
        "\ufeff\ufeffstruct S {}", "main.thrift:1:1: error[E005]: unexpected character"),
    CARRIAGE_RETURNS(
        "struct S {\r\n\r\n  1: i32 a;\r  2: x b\r\n}",
        "main.thrift:4:6: error[E031]: undefined type 'x'"),
    NO_UTF8(
        test ->
            Files.write(
                test.folder.resolve("main.thrift"),
                "struct S {\n // \u00e9".getBytes(StandardCharsets.ISO_8859_1)),
        "main.thrift:2:5: error[E002]: not UTF-8: byte 0xE9 at offset 15");

    private final Setup files;
    private final String error;

    Case(Setup files, String error) {
      this.files = files;
      this.error = error;
    }

    Case(String text, String error) {
      this(test -> test.write("main.thrift", text), error);
    }
  }

  @ParameterizedTest
  @EnumSource
  void endsSoonAndSaysWhere(Case hostile) throws IOException, InterruptedException {
    hostile.files.write(this);
    var log = folder.resolve("log").toFile();
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx" + MAX_HEAP_MIB + "m",
                "-cp",
                System.getProperty("java.class.path"),
                "io.windhover.cli.Windhover",
                "gen",
                "-o",
                folder.resolve("out").toString(),
                folder.resolve("main.thrift").toString())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    try {
      assertThat(process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }

    var output = Files.readString(log.toPath()).replace(folder + "/", "");
    assertThat(process.exitValue()).as(output).isEqualTo(1);
    assertThat(output.lines().filter(line -> line.contains(": error[")).findFirst().orElse(output))
        .startsWith(hostile.error);
    assertThat(output).hasSizeLessThan(100_000).doesNotContain("root:", "Exception");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  private static String numbered(String format, int count) {
    return IntStream.range(0, count).mapToObj(format::formatted).collect(Collectors.joining());
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
