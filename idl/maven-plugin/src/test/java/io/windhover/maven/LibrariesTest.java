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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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

  @TempDir Path folder;
  private Path target;

  @BeforeEach
  void choosesAFolder() {
    target = folder.resolve("target/com.example.money");
  }

  @Test
  void unpacksThriftFilesOnly() throws IOException {
    var jar = jar("shared/money.thrift", "com/example/Money.class", "top.thrift");

    assertThat(Libraries.unpack(jar, target)).isTrue();
    assertThat(files()).containsExactly("shared/money.thrift", "top.thrift");
    assertThat(target.resolve("top.thrift")).hasContent("content of top.thrift");
  }

  @Test
  void aJarWithoutThriftFilesIsNoFolder() throws IOException {
    assertThat(Libraries.unpack(jar("com/example/Money.class"), target)).isFalse();
    assertThat(target).doesNotExist();
  }

  @Test
  void removesWhatAnOlderJarHad() throws IOException {
    Libraries.unpack(jar("old.thrift", "both.thrift"), target);
    var before = FileTime.fromMillis(1_000_000_000);
    Files.setLastModifiedTime(target.resolve("both.thrift"), before);

    Libraries.unpack(jar("both.thrift"), target);

    assertThat(files()).containsExactly("both.thrift");
    assertThat(Files.getLastModifiedTime(target.resolve("both.thrift"))).isEqualTo(before);
  }

  @Test
  void staysInItsFolder() throws IOException {
    var jar = jar("../../escaped.thrift");

    assertThatThrownBy(() -> Libraries.unpack(jar, target))
        .isInstanceOf(IOException.class)
        .hasMessage(jar + ": ../../escaped.thrift leads out of the jar");
    assertThat(folder.resolve("escaped.thrift")).doesNotExist();
  }

  @Test
  void areInTheOrderOfTheClassPath() throws IOException {
    var classes = Files.createDirectories(folder.resolve("classes")).toFile();
    var artifacts = new LinkedHashSet<Artifact>();
    artifacts.add(artifact("b", null, jar("b.thrift")));
    artifacts.add(artifact("module", null, classes));
    artifacts.add(artifact("a", "idl", jar("a.thrift")));
    artifacts.add(artifact("none", null, jar("A.class")));

    assertThat(of(artifacts, new MavenProject()))
        .containsExactly("target/com.example.b", "classes", "target/com.example.a-idl");
  }

  @Test
  void aModuleThatIsNotBuiltHasItsResources() throws IOException {
    var module = new MavenProject();
    var resource = new Resource();
    resource.setDirectory(folder.resolve("money/src/main/thrift").toString());
    module.addResource(resource);
    var project = new MavenProject();
    project.getProjectReferences().put("com.example:money:1.0", module);

    assertThat(of(Set.of(artifact("money", null, null), artifact("gone", null, null)), project))
        .containsExactly("money/src/main/thrift");
  }

  private List<String> of(Set<Artifact> artifacts, MavenProject project) throws IOException {
    project.setArtifacts(artifacts);
    return new Libraries(folder.resolve("target"))
        .of(project).stream()
            .map(it -> folder.relativize(it).toString().replace('\\', '/'))
            .toList();
  }

  private static Artifact artifact(String name, @Nullable String classifier, @Nullable File file) {
    var artifact =
        new DefaultArtifact(
            "com.example",
            name,
            "1.0",
            "compile",
            "jar",
            classifier,
            new DefaultArtifactHandler("jar"));
    artifact.setFile(file);
    return artifact;
  }

  private File jar(String... entries) throws IOException {
    var jar = folder.resolve(String.join("+", entries).replace('/', '_') + ".jar");
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
