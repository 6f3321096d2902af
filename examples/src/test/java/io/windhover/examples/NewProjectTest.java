package io.windhover.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.windhover.cli.Windhover;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What `windhover new` makes does what its README says, with the artifacts of this build.
final class NewProjectTest {
  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
  private static final Path PLUGIN = CHECKOUT.resolve("idl/maven-plugin/target");

  private static final Pattern VERSION =
      Pattern.compile("<windhover.version>(.*)</windhover.version>");

  /// So that Maven starts once for both.
  private static final String BOTH =
      """
      <project>
        <modelVersion>4.0.0</modelVersion>
        <groupId>com.example</groupId>
        <artifactId>both</artifactId>
        <version>1</version>
        <packaging>pom</packaging>
        <modules><module>shop</module><module>talk</module></modules>
      </project>
      """;

  @TempDir Path folder;

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void buildsTestsAndRuns() throws Exception {
    assumeTrue(arePackaged(), "only in a build that makes jars (mvn verify)");
    make("shop");
    make("talk", "--proto");
    Files.writeString(folder.resolve("pom.xml"), BOTH);
    var project = folder.resolve("shop");

    assertThat(maven(folder, "package").split("Tests run: 1, Failures: 0, Errors: 0.*in ", -1))
        .hasSize(3); // two of them
    var check = List.of("validate", goal(project, "format"), "-Dwindhover.format.check");
    var diff = goal(project, "diff");
    assertThat(maven(project, with(check, diff, "-Dwindhover.oldDirectory=src/main/thrift")))
        .contains("shop.thrift:", "no changes");
    var lint = goal(project, "lint");
    assertThat(
            maven(
                folder.resolve("talk"),
                with(check, lint, diff, "-Dwindhover.oldProtoDirectory=src/main/proto")))
        .contains("talk.proto:", "no changes");
    var process = start("shop");
    try (var lines = process.inputReader();
        var log = process.errorReader()) {
      assertThat(lines.readLine()).startsWith("ShopService on port ");
      assertThat(log.lines().filter(it -> it.contains("listening on ")).findFirst())
          .hasValueSatisfying(it -> assertThat(it).doesNotContain("--enable-native-access"));
    } finally {
      process.destroy();
    }
    tellsAboutItself(start("talk"));
  }

  private static void tellsAboutItself(Process process) throws IOException {
    try (var lines = process.inputReader()) {
      var started = lines.readLine();
      assertThat(started).startsWith("TalkService on port ");
      var port = started.substring(started.lastIndexOf(' ') + 1);
      try (var probe = new GrpcProbe("127.0.0.1:" + port)) {
        assertThat(probe.services()).contains("talk.v1.TalkService", "grpc.health.v1.Health");
        assertThat(probe.isServing("talk.v1.TalkService")).isTrue();
      }
    } finally {
      process.destroy();
    }
  }

  private Process start(String project) throws IOException {
    var jar = List.of(java(), "-jar", "target/" + project + ".jar", "0");
    return new ProcessBuilder(jar).directory(folder.resolve(project).toFile()).start();
  }

  private void make(String... arguments) throws Exception {
    var command =
        List.of(
            java(), "-cp", System.getProperty("java.class.path"), Windhover.class.getName(), "new");
    run(folder, with(with(command, arguments), "--checkout", CHECKOUT.toString()));
  }

  private static String[] with(String[] some, String... others) {
    return with(List.of(some), others);
  }

  private static String[] with(List<String> some, String... others) {
    return Stream.concat(some.stream(), Stream.of(others)).toArray(String[]::new);
  }

  private static String goal(Path project, String name) throws IOException {
    var version = VERSION.matcher(Files.readString(project.resolve("pom.xml")));
    assertThat(version.find()).isTrue();
    return "io.windhover:windhover-maven-plugin:" + version.group(1) + ":" + name;
  }

  private static boolean arePackaged() throws IOException {
    if (!Files.isDirectory(PLUGIN)) {
      return false;
    }
    try (var files = Files.list(PLUGIN)) {
      return files.anyMatch(it -> it.toString().endsWith(".jar"));
    }
  }

  /// Runs Maven with an empty local repository. What the project needs it finds in the one of this
  /// build, or else on Maven Central.
  private String maven(Path project, String... goals) throws Exception {
    var build = Path.of(System.getProperty("maven.repo.local")).toUri();
    var settings =
        Files.writeString(
            folder.resolve("settings.xml"),
            """
            <settings>
              <profiles>
                <profile>
                  <id>build</id>
                  <repositories>
                    <repository><id>build</id><url>%1$s</url></repository>
                  </repositories>
                  <pluginRepositories>
                    <pluginRepository><id>build</id><url>%1$s</url></pluginRepository>
                  </pluginRepositories>
                </profile>
              </profiles>
              <activeProfiles>
                <activeProfile>build</activeProfile>
              </activeProfiles>
            </settings>
            """
                .formatted(build));
    var command =
        new ArrayList<>(
            List.of("mvn", "-B", "-s", settings.toString(), "-Dmaven.repo.local=" + local()));
    command.addAll(List.of(goals));
    return run(project, command.toArray(String[]::new));
  }

  private Path local() {
    return folder.resolve("local");
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String run(Path folder, String... command) throws Exception {
    var process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    try (var out = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
      var text = out.readAllAsString();
      assertThat(process.waitFor()).as(text).isZero();
      return text;
    } finally {
      process.destroy();
    }
  }
}
