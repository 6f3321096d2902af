package io.windhover.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.cli.Windhover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The script `windhover`, in a tree of its own, with a Maven that only says that it was called.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class LauncherTest {

  private static final String MAVEN = "Maven was called";
  private static final FileTime BUILT = FileTime.from(Instant.parse("2026-01-02T00:00:00Z"));
  private static final FileTime BEFORE = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));
  private static final FileTime AFTER = FileTime.from(Instant.parse("2026-01-03T00:00:00Z"));

  private static final List<String> JARS =
      List.of(
          "examples/target/windhover-examples-0.1.0-SNAPSHOT.jar",
          "idl/codegen/target/windhover-codegen-0.1.0-SNAPSHOT.jar",
          "idl/maven-plugin/target/windhover-maven-plugin-0.1.0-SNAPSHOT.jar",
          "rpc/core/target/windhover-core-0.1.0-SNAPSHOT.jar",
          "rpc/grpc/target/windhover-grpc-0.1.0-SNAPSHOT.jar",
          "rpc/protobuf/target/windhover-protobuf-0.1.0-SNAPSHOT.jar",
          "rpc/testing/target/windhover-testing-0.1.0-SNAPSHOT.jar",
          "verify/bench/runner/target/windhover-bench-runner-0.1.0-SNAPSHOT.jar");

  @TempDir Path root;

  private record Outcome(int exitCode, String output) {}

  private Outcome windhover(String... arguments) throws IOException, InterruptedException {
    return windhover(Map.of(), arguments);
  }

  private Outcome windhover(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    var builder =
        launcher("seq 100 130\necho '[ERROR] " + MAVEN + "'\necho END\nexit 1\n", arguments);
    builder.environment().putAll(environment);
    return outcome(builder);
  }

  /// @param maven what its Maven does, as a script of the shell
  private ProcessBuilder launcher(String maven, String... arguments) throws IOException {
    var launcher = Path.of("../windhover");
    Files.copy(launcher, root.resolve("windhover"), StandardCopyOption.REPLACE_EXISTING);
    var bin = Files.createDirectories(root.resolve("bin"));
    var mvn = bin.resolve("mvn");
    Files.writeString(mvn, "#!/bin/sh\n" + maven);
    assertThat(mvn.toFile().setExecutable(true)).isTrue();

    var command = new ArrayList<>(List.of("bash", root + "/windhover"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().merge("PATH", "", (path, none) -> bin + ":" + path);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder;
  }

  private static Outcome outcome(ProcessBuilder builder) throws IOException, InterruptedException {
    var process = builder.start();
    process.getOutputStream().close();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Outcome(process.waitFor(), output);
  }

  @ParameterizedTest
  @CsvSource({
    "demo, rpc/core/src/main/java/Client.java, true",
    "demo, examples/hello/hello.thrift, true",
    "demo, examples/pom.xml, true",
    "demo, examples/target/src/main/java/Generated.java, false",
    "demo, examples/src/test/java/SomeTest.java, false",
    "demo, verify/bench/idl/src/main/proto/bench.proto, false",
    "demo, docs/page.md, false",
    "demo, order.thrift, false",
    "bench, verify/bench/idl/src/main/proto/bench.proto, true",
    "bench, verify/bench/runner/src/main/resources/versions.properties, true",
    "bench, net/netpoll/src/main/java/Poller.java, true",
    "gen, idl/source/src/main/java/Span.java, true",
    "gen, idl/thrift-parser/src/main/java/Lexer.java, true",
    "gen, build/pom.xml, true",
    "gen, rpc/core/src/main/java/Client.java, false",
    "gen, mine/src/main/thrift/order.thrift, false",
    "new, rpc/core/src/main/java/Client.java, true",
    "new, idl/maven-plugin/src/main/resources/some.xml, true",
    "new, examples/hello/hello.thrift, false"
  })
  void buildsAgainWhatItsSourcesAreNewerThan(String command, String changed, boolean builds)
      throws IOException, InterruptedException {
    for (var jar : JARS) {
      touch(jar, BUILT);
    }
    touch("net/buffer/src/main/java/Old.java", BEFORE);
    touch(changed, AFTER);

    assertThat(windhover(command).output.contains(MAVEN)).isEqualTo(builds);
  }

  @Test
  void buildsEveryJarOfANewProject() throws IOException, InterruptedException {
    touch("idl/maven-plugin/target/windhover-maven-plugin-0.1.0-SNAPSHOT.jar", BUILT);

    assertThat(windhover("new").output).contains(MAVEN);
  }

  @Test
  void saysWhatItBuildsAndWhereTheLogIs() throws IOException, InterruptedException {
    var log = root.resolve("target/build.log");

    assertThat(windhover("gen", "a.thrift").output)
        .startsWith("building idl/codegen, the first time: some minutes")
        .contains("; log: " + log + "\n");
    touch("idl/codegen/target/windhover-codegen-0.1.0-SNAPSHOT.jar", BUILT);
    touch("pom.xml", AFTER);
    assertThat(windhover("gen", "a.thrift").output)
        .startsWith("building idl/codegen, whose sources have changed; log: " + log + "\n");
  }

  @Test
  void showsTheEndOfTheLogOfABuildThatFails() throws IOException, InterruptedException {
    var outcome = windhover("gen", "a.thrift");

    assertThat(outcome.exitCode).isEqualTo(1);
    assertThat(outcome.output)
        .contains(" failed, the end of the log:\n113\n", "\n130\n[ERROR] " + MAVEN + "\nEND\n")
        .endsWith("the build failed. All of the log: " + root.resolve("target/build.log") + "\n");
  }

  @Test
  void takesTheBuildAlongWhenItIsStopped() throws IOException, InterruptedException {
    var pipe = root.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    var process =
        launcher("echo $$ >'" + pipe + "'\nexec sleep 50\n", "gen", "a.thrift")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD) // a pipe ends with destroy()
            .start();
    long build = Long.parseLong(Files.readString(pipe).strip()); // once it has begun

    process.destroy();

    assertThat(process.waitFor()).isEqualTo(143);
    for (var left : ProcessHandle.of(build).stream().toList()) {
      assertThat(left.onExit()).succeedsWithin(Duration.ofSeconds(10));
    }
  }

  private void touch(String file, FileTime time) throws IOException {
    var path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "");
    Files.setLastModifiedTime(path, time);
  }

  @ParameterizedTest
  @CsvSource({"--help, 0", "-h, 0", "--fast, 2"})
  void helpForTheDemoRunsNothing(String argument, int exitCode)
      throws IOException, InterruptedException {
    var outcome = windhover("demo", argument);

    assertThat(outcome.exitCode).isEqualTo(exitCode);
    assertThat(outcome.output).contains("Usage: ./windhover demo").doesNotContain(MAVEN);
  }

  @Test
  void saysWhatIsWrongWithAnArgument() throws IOException, InterruptedException {
    assertThat(windhover("demo", "--fast").output)
        .contains("windhover: demo takes no argument: --fast");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-h", "--help"})
  void listsTheCommandsWithoutABuild(String argument) throws IOException, InterruptedException {
    var outcome = windhover(argument);

    assertThat(outcome.exitCode).isZero();
    assertThat(outcome.output).contains("Usage: ./windhover COMMAND").doesNotContain(MAVEN);
  }

  @Test
  void listsTheCommandsThatThereAre() throws IOException, InterruptedException {
    var java = System.getProperty("java.home") + "/bin/java";
    var path = System.getProperty("java.class.path");
    var tool = new ProcessBuilder(java, "-cp", path, Windhover.class.getName(), "nothing");
    var expected = Pattern.compile("expected: (.*)\\)");
    var names = expected.matcher(outcome(tool.redirectErrorStream(true)).output);
    assertThat(names.find()).isTrue();

    assertThat(windhover().output.lines().filter(it -> it.startsWith("  ")))
        .map(it -> it.strip().split(" ", 2)[0])
        .filteredOn(it -> !List.of("demo", "bench").contains(it))
        .containsExactlyInAnyOrder(names.group(1).split(", ", -1));
  }

  @Test
  void showsHelpWithWhatWasBuiltBefore() throws IOException, InterruptedException {
    var jar = writeTool();
    touch("idl/codegen/src/main/java/New.java", AFTER);
    Files.setLastModifiedTime(jar, BUILT);

    assertThat(windhover("new", "--help").output).isEqualTo("[new, --help]\n");
    assertThat(windhover("help", "gen").output).isEqualTo("[help, gen]\n");
    assertThat(windhover("gen", "a.thrift").output).contains(MAVEN);
  }

  @Test
  void buildsNoMoreForHelpThanTheToolThatHasIt() throws IOException, InterruptedException {
    assertThat(windhover("new", "--help").output).contains("building idl/codegen,", MAVEN);
  }

  @Test
  void startsFromWhatTheJvmHasKept() throws IOException, InterruptedException {
    writeTool();
    assertThat(windhover("gen", "a b").output).isEqualTo("[gen, a b]\n");
    assertThat(caches()).hasSize(1).first().satisfies(it -> assertThat(it).isNotEmptyFile());
    var made = Files.getLastModifiedTime(caches().getFirst());

    var loaded = root.resolve("loaded.log");
    var options = Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + loaded);

    assertThat(windhover(options, "gen").output).endsWith("[gen]\n");
    assertThat(loaded).content().containsPattern("cli\\.Windhover source: shared objects file");
    assertThat(Files.getLastModifiedTime(caches().getFirst())).isEqualTo(made);
  }

  @Test
  void keepsAnotherStartForANewJar() throws IOException, InterruptedException {
    var jar = writeTool();
    assertThat(windhover("gen").exitCode).isZero();
    Files.writeString(caches().getFirst(), "");
    Files.setLastModifiedTime(caches().getFirst(), BUILT);
    Files.setLastModifiedTime(jar, AFTER);

    assertThat(windhover("gen").output).isEqualTo("[gen]\n");
    assertThat(caches()).hasSize(1).first().satisfies(it -> assertThat(it).isNotEmptyFile());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "of another JVM"})
  void startsWithoutAWordIfNothingOfUseIsKept(String content)
      throws IOException, InterruptedException {
    writeTool();
    assertThat(windhover("gen").exitCode).isZero();
    Files.writeString(caches().getFirst(), content);

    assertThat(windhover("gen").output).isEqualTo("[gen]\n");
    assertThat(caches().getFirst()).hasContent(content);
  }

  @Test
  void startsWithoutAWordWhereNothingCanBeKept() throws IOException, InterruptedException {
    writeTool();
    var mktemp = Files.createDirectories(root.resolve("bin")).resolve("mktemp");
    Files.writeString(mktemp, "#!/bin/sh\necho 'Read-only file system' >&2\nexit 1\n");
    assertThat(mktemp.toFile().setExecutable(true)).isTrue();

    assertThat(windhover("gen")).isEqualTo(new Outcome(0, "[gen]\n"));
    assertThat(caches()).isEmpty();
  }

  /// The caches of starts beside the jar, and what may be left of making them.
  private List<Path> caches() throws IOException {
    try (var files = Files.list(root.resolve("idl/codegen/target"))) {
      return files.filter(it -> it.getFileName().toString().startsWith("start")).toList();
    }
  }

  /// Puts a program in the place of the command line, which prints its arguments.
  private Path writeTool() throws IOException, InterruptedException {
    for (var file : List.of("pom.xml", "build/pom.xml")) {
      touch(file, BEFORE);
    }
    var target = Files.createDirectories(root.resolve("idl/codegen/target"));
    Files.createDirectories(target.resolve("lib"));
    var source = Files.createDirectories(root.resolve("tool/io/windhover/cli"));
    Files.writeString(
        source.resolve("Windhover.java"),
        """
        package io.windhover.cli;
        public class Windhover {
          public static void main(String[] arguments) {
            System.out.println(java.util.List.of(arguments));
          }
        }
        """);
    var jar = target.resolve("windhover-codegen-0.1.0-SNAPSHOT.jar");
    jdk("javac", source.resolve("Windhover.java").toString());
    jdk("jar", "cf", jar.toString(), "-C", root.resolve("tool").toString(), "io");
    return jar;
  }

  private static void jdk(String program, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/" + program));
    command.addAll(List.of(arguments));
    assertThat(outcome(new ProcessBuilder(command).redirectErrorStream(true)))
        .isEqualTo(new Outcome(0, ""));
  }
}
