package io.windhover.proto.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.proto.ProtoCompiler;
import io.windhover.proto.rule.ProtoRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where files are found.
final class SourcePathTest {
  private static final int LIMIT = 1 << 20;

  @TempDir Path folder;

  @Test
  void looksInFoldersAndJarsInOrder() throws IOException {
    var first = folder.resolve("first");
    Files.createDirectories(first.resolve("a"));
    var jar = jar("second.jar", Map.of("a/one.proto", "jar", "a/two.proto", "jar"));
    Files.writeString(first.resolve("a/one.proto"), "folder");

    var path = SourcePath.of(List.of(first, jar));

    assertThat(text(path, "a/one.proto")).isEqualTo("folder");
    assertThat(text(path, "a/two.proto")).isEqualTo("jar");
    assertThat(path.find("a/three.proto", LIMIT)).isEmpty();
    assertThat(path.find("a", LIMIT)).isEmpty();
  }

  @Test
  void cutsWhatIsTooLong() throws IOException {
    var path = SourcePath.memory(Map.of("a.proto", "12345"));

    assertThat(path.find("a.proto", 3).orElseThrow().content().size()).isEqualTo(3);
  }

  @Test
  void importsOfAFileInAJarAreFoundInIt() throws IOException {
    var jar =
        jar(
            "all.jar",
            Map.of(
                "a/main.proto",
                "syntax = \"proto3\"; import \"a/other.proto\"; message A { B b = 1; }",
                "a/other.proto",
                "syntax = \"proto3\"; message B {}"));

    var compilation = ProtoCompiler.compile(SourcePath.of(List.of(jar)), List.of("a/main.proto"));

    assertThat(compilation.diagnostics()).isEmpty();
    assertThat(compilation.files())
        .extracting(Object::toString)
        .containsExactly("a/other.proto", "a/main.proto");
  }

  @Test
  void aBrokenJarIsReported() throws IOException {
    var jar = Files.writeString(folder.resolve("broken.jar"), "no jar");

    var compilation = ProtoCompiler.compile(SourcePath.of(List.of(jar)), List.of("a.proto"));

    assertThat(compilation.diagnostics())
        .singleElement()
        .satisfies(it -> assertThat(it.rule()).isEqualTo(ProtoRule.UNREADABLE_FILE));
  }

  @Test
  void theUsersFileCountsBeforeOurs() {
    var own = "syntax = \"proto3\"; package google.protobuf; message Own {}";
    var name = "google/protobuf/empty.proto";

    var compilation = ProtoCompiler.compile(Map.of(name, own), List.of(name));

    assertThat(compilation.roots().getFirst().messages())
        .extracting(Object::toString)
        .containsExactly("google.protobuf.Own");
  }

  private static String text(SourcePath path, String name) throws IOException {
    return new String(path.find(name, LIMIT).orElseThrow().content().toArray(), UTF_8);
  }

  private Path jar(String name, Map<String, String> texts) throws IOException {
    var jar = folder.resolve(name);
    try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (var text : texts.entrySet()) {
        out.putNextEntry(new ZipEntry(text.getKey()));
        out.write(text.getValue().getBytes(UTF_8));
        out.closeEntry();
      }
    }
    return jar;
  }
}
