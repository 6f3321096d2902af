package io.windhover.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.model.Resource;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LibrariesTest {
  private static final String THRIFT = ".thrift";

  @TempDir Path folder;
  private Path target;
  private final List<MavenProject> modules = new ArrayList<>();
  private final Map<String, File> jars = new HashMap<>();

  @BeforeEach
  void choosesAFolder() {
    target = folder.resolve("target/com.example/money/main");
  }

  @Test
  void unpacksThriftFilesOnly() throws IOException {
    var jar = jar("shared/money.thrift", "com/example/Money.class", "top.thrift");

    assertThat(Libraries.unpack(jar, THRIFT, target)).isTrue();
    assertThat(files()).containsExactly("shared/money.thrift", "top.thrift");
    assertThat(target.resolve("top.thrift")).hasContent("content of top.thrift");
  }

  @Test
  void unpacksProtoFilesOnly() throws IOException {
    var jar = jar("a.thrift", "google/type/money.proto", "shop.proto");

    assertThat(Libraries.unpack(jar, ".proto", target)).isTrue();
    assertThat(files()).containsExactly("google/type/money.proto", "shop.proto");
  }

  @Test
  void leavesWhatTheGeneratorHasByItself() throws IOException {
    var generators =
        Path.of("../proto-parser/src/main/resources/io/windhover/proto/parser/standard");
    try (var all = Files.walk(generators)) {
      assertThat(all.filter(Files::isRegularFile).map(it -> generators.relativize(it).toString()))
          .containsExactlyInAnyOrderElementsOf(Libraries.STANDARD_FILES);
    }
    var jar =
        jar(
            "google/protobuf/any.proto",
            "google/protobuf/compiler/plugin.proto",
            "google/protobuf/unittest.proto");

    Libraries.unpack(jar, ".proto", target);

    assertThat(files()).containsExactly("google/protobuf/unittest.proto");
  }

  @Test
  void aJarWithoutThriftFilesIsNoFolder() throws IOException {
    assertThat(Libraries.unpack(jar("com/example/Money.class"), THRIFT, target)).isFalse();
    assertThat(target).doesNotExist();
  }

  @Test
  void removesWhatAnOlderJarHad() throws IOException {
    Libraries.unpack(jar("old.thrift", "both.thrift"), THRIFT, target);
    var before = FileTime.fromMillis(1_000_000_000);
    Files.setLastModifiedTime(target.resolve("both.thrift"), before);

    Libraries.unpack(jar("both.thrift"), THRIFT, target);

    assertThat(files()).containsExactly("both.thrift");
    assertThat(Files.getLastModifiedTime(target.resolve("both.thrift"))).isEqualTo(before);
  }

  @Test
  void staysInItsFolder() throws IOException {
    var jar = jar("../../escaped.thrift");

    assertThatThrownBy(() -> Libraries.unpack(jar, THRIFT, target))
        .isInstanceOf(IOException.class)
        .hasMessage(jar + ": ../../escaped.thrift leads out of the jar");
    assertThat(folder.resolve("escaped.thrift")).doesNotExist();
  }

  @Test
  void takesAFolderByAnyName() throws IOException {
    var detour = folder.resolve("target/x/../com.example/money/main");

    assertThat(Libraries.unpack(jar("a.thrift"), THRIFT, detour)).isTrue();
    assertThat(Libraries.unpack(jar("b/a.thrift"), THRIFT, detour)).isTrue();
    assertThat(files()).containsExactly("b/a.thrift");
  }

  @Test
  void refusesANameThatIsNoPath() throws IOException {
    var jar = jar("a\0.thrift");

    assertThatThrownBy(() -> Libraries.unpack(jar, THRIFT, target))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(jar + ": the name of an entry is no path: Nul character");
  }

  @Test
  void refusesAFileThatIsAFolderToo() throws IOException {
    var jar = jar("x/a.thrift", "x/a.thrift/y/b.thrift");

    assertThatThrownBy(() -> Libraries.unpack(jar, THRIFT, target))
        .isInstanceOf(IOException.class)
        .hasMessage(jar + ": x/a.thrift is a file, and a folder with files in it");
    assertThat(target).doesNotExist();
  }

  @Test
  void aFolderBecomesAFileWithAnotherJar() throws IOException {
    Libraries.unpack(jar("a.thrift/b.thrift"), THRIFT, target);
    Libraries.unpack(jar("a.thrift"), THRIFT, target);
    assertThat(files()).containsExactly("a.thrift");

    Libraries.unpack(jar("a.thrift/b.thrift"), THRIFT, target);
    assertThat(files()).containsExactly("a.thrift/b.thrift");
  }

  @Test
  void areInTheOrderOfTheClassPath() throws IOException {
    jars.put("b", jar("b.thrift"));
    jars.put("a", jar("a.thrift"));
    jars.put("none", jar("A.class"));

    assertThat(
            of(
                artifact("b", "jar", null),
                artifact("a", "jar", "idl"),
                artifact("none", "jar", null)))
        .containsExactly("target/com.example/b/main", "target/com.example/a/idl");
  }

  @Test
  void noTwoArtifactsShareAFolder() throws IOException {
    jars.put("a", jar("a.thrift"));
    jars.put("a-idl", jar("b.thrift"));
    jars.put("b.a", jar("c.thrift"));

    var folders =
        of(
            artifact("a", "jar", "idl"),
            artifact("a-idl", "jar", null),
            artifact("b.a", "jar", null),
            artifact("com.example.b", "a", "jar", null));

    assertThat(folders).hasSize(4).doesNotHaveDuplicates();
    assertThat(folder.resolve(folders.get(0))).isDirectoryContaining("glob:**/a.thrift");
  }

  @Test
  void readsNoEntryWithoutBound() throws IOException {
    var jar = folder.resolve("bomb.jar").toFile();
    try (var zip = new ZipOutputStream(Files.newOutputStream(jar.toPath()))) {
      zip.putNextEntry(new ZipEntry("bomb.thrift"));
      zip.write(new byte[Libraries.MAX_FILE_BYTES + 1]);
    }

    assertThatThrownBy(() -> Libraries.unpack(jar, THRIFT, target))
        .isInstanceOf(IOException.class)
        .hasMessage(jar + ": bomb.thrift is larger than 16777216 bytes");
    assertThat(target).doesNotExist();
  }

  @Test
  void unpacksNoJarOfVeryManyFiles() throws IOException {
    var jar = folder.resolve("many.jar").toFile();
    try (var zip = new ZipOutputStream(Files.newOutputStream(jar.toPath()))) {
      for (int i = 0; i <= Libraries.MAX_FILES; i++) {
        zip.putNextEntry(new ZipEntry(i + THRIFT));
      }
    }

    assertThatThrownBy(() -> Libraries.unpack(jar, THRIFT, target))
        .isInstanceOf(IOException.class)
        .hasMessage(jar + ": it has more than 10000 .thrift files");
    assertThat(target).doesNotExist();
  }

  @Test
  void unpacksNoMoreOfAJarThanItsBound() throws IOException {
    var jar = folder.resolve("bomb.jar").toFile();
    try (var zip = new ZipOutputStream(Files.newOutputStream(jar.toPath()))) {
      for (int i = 0; i < 5; i++) {
        zip.putNextEntry(new ZipEntry(i + THRIFT));
        zip.write(new byte[Libraries.MAX_FILE_BYTES]);
      }
    }

    assertThatThrownBy(() -> Libraries.unpack(jar, THRIFT, target))
        .isInstanceOf(IOException.class)
        .hasMessage(jar + ": its .thrift files have more than 67108864 bytes");
    assertThat(files()).hasSize(4);
  }

  @Test
  void aModuleOfTheBuildNeedsNoJar() throws IOException {
    modules.add(module("shop"));
    modules.add(module("money"));

    assertThat(of(artifact("money", "jar", null)))
        .containsExactly("money/src/main/thrift", "money/target/classes");
    assertThat(of(artifact("money", "test-jar", "tests")))
        .containsExactly("money/src/test/thrift", "money/target/test-classes");
  }

  @Test
  void whatIsNoJarIsLeftAlone() throws IOException {
    assertThat(of(artifact("archive", "zip", null))).isEmpty();
  }

  private MavenProject module(String name) {
    var module = new MavenProject();
    module.setGroupId("com.example");
    module.setArtifactId(name);
    module.setVersion("1.0");
    module.addResource(resource(name + "/src/main/thrift"));
    module.addTestResource(resource(name + "/src/test/thrift"));
    module.getBuild().setOutputDirectory(folder.resolve(name + "/target/classes").toString());
    module
        .getBuild()
        .setTestOutputDirectory(folder.resolve(name + "/target/test-classes").toString());
    return module;
  }

  private Resource resource(String directory) {
    var resource = new Resource();
    resource.setDirectory(folder.resolve(directory).toString());
    return resource;
  }

  private List<String> of(Artifact... artifacts) throws IOException {
    var libraries =
        new Libraries(
            folder.resolve("target"),
            THRIFT,
            modules,
            it -> Objects.requireNonNull(jars.get(it.getArtifactId())).toPath());
    return libraries.of(List.of(artifacts)).stream()
        .map(it -> folder.relativize(it).toString().replace('\\', '/'))
        .toList();
  }

  private static Artifact artifact(String name, String type, @Nullable String classifier) {
    return artifact("com.example", name, type, classifier);
  }

  private static Artifact artifact(
      String group, String name, String type, @Nullable String classifier) {
    var handler = new DefaultArtifactHandler(type);
    handler.setExtension(type.equals("test-jar") ? "jar" : type);
    return new DefaultArtifact(group, name, "1.0", "compile", type, classifier, handler);
  }

  private File jar(String... entries) throws IOException {
    var jar = folder.resolve(String.join("+", entries).replaceAll("\\W", "_") + ".jar");
    try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (var entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write(("content of " + entry).getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar.toFile();
  }

  private List<String> files() throws IOException {
    var found = new ArrayList<String>();
    try (var all = Files.walk(target)) {
      all.filter(Files::isRegularFile)
          .map(it -> target.relativize(it).toString().replace('\\', '/'))
          .sorted()
          .forEach(found::add);
    }
    return found;
  }
}
