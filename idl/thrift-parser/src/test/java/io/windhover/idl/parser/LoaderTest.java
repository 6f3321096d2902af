package io.windhover.idl.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.idl.ast.Dialect;
import io.windhover.source.Diagnostic;
import io.windhover.source.parse.Diagnostics;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoaderTest {
  private final Diagnostics diagnostics = new Diagnostics();

  @TempDir Path dir;

  @Test
  void prefersTheFileBesideTheIncluder() throws IOException {
    write("a/main.thrift", "include 'base.thrift'");
    write("a/base.thrift", "");
    write("inc/base.thrift", "");

    var loader = load(List.of(dir.resolve("inc")), "a/main.thrift");

    assertThat(loader.files())
        .extracting(this::path)
        .containsExactly("a/main.thrift", "a/base.thrift");
    assertThat(diagnostics.reported()).isEmpty();
  }

  @Test
  void takesTheFirstIncludeFolderThatHasIt() throws IOException {
    write("a/main.thrift", "include 'x/base.thrift'");
    write("two/x/base.thrift", "");
    write("three/x/base.thrift", "");

    var folders = List.of(dir.resolve("one"), dir.resolve("two"), dir.resolve("three"));
    var loader = load(folders, "a/main.thrift");

    assertThat(loader.files())
        .extracting(this::path)
        .containsExactly("a/main.thrift", "two/x/base.thrift");
    assertThat(diagnostics.reported()).isEmpty();
  }

  @Test
  void readsAFileOnceHoweverItIsReached() throws IOException {
    write("a/main.thrift", "include 'base.thrift'\ninclude '../b/other.thrift'");
    write("b/other.thrift", "include '../a/../a/base.thrift'");
    write("a/base.thrift", "struct");
    Files.createSymbolicLink(dir.resolve("a/link.thrift"), dir.resolve("a/base.thrift"));

    var loader = load(List.of(), "a/main.thrift", "a/link.thrift", "a/base.thrift");

    assertThat(loader.files()).hasSize(3);
    assertThat(diagnostics.reported()).hasSize(1);
  }

  @Test
  void followsAbsolutePaths() throws IOException {
    Path base = write("x/base.thrift", "");
    write("main.thrift", "include '" + base + "'");

    assertThat(load(List.of(), "main.thrift").files()).hasSize(2);
    assertThat(diagnostics.reported()).isEmpty();
  }

  @Test
  void listsEveryPathTried() throws IOException {
    write("a/main.thrift", "include 'base.thrift'");
    Files.createDirectories(dir.resolve("a/base.thrift")); // a folder is no file

    load(List.of(dir.resolve("one"), dir.resolve("two")), "a/main.thrift");

    assertThat(diagnostics.reported())
        .singleElement()
        .extracting(it -> it.help().orElseThrow().replace(dir.toString(), "DIR"))
        .isEqualTo(
            "tried DIR/a/base.thrift, DIR/one/base.thrift, DIR/two/base.thrift, base.thrift");
  }

  @Test
  void refusesWhatCannotBeAPath() throws IOException {
    write("main.thrift", "include 'a\\0.thrift'");

    load(List.of(), "main.thrift");

    assertThat(messages()).containsExactly("'a\uFFFD.thrift' is not a path");
  }

  @Test
  void saysThatARootIsMissing() {
    load(List.of(), "nowhere.thrift");

    assertThat(diagnostics.reported().getFirst().toString().replace(dir.toString(), "DIR"))
        .isEqualTo("DIR/nowhere.thrift:1:1: error[E001]: no such file\n");
  }

  @Test
  void showsNothingOfWhatALinkLeadsTo() throws IOException {
    Files.createSymbolicLink(dir.resolve("link.thrift"), write("secret.txt", "password"));
    write("main.thrift", "include 'link.thrift'");

    load(List.of(), "main.thrift");

    assertThat(messages())
        .containsExactly("included file 'link.thrift' is a link to what is not called *.thrift");
  }

  @Test
  void doesNotReadEndlessFiles() throws IOException {
    try (var file = new RandomAccessFile(dir.resolve("big.thrift").toFile(), "rw")) {
      file.setLength(1L << 32); // sparse
    }

    load(List.of(), "big.thrift");
    load(List.of(), "/dev/zero");

    assertThat(messages()).containsExactly("larger than 16777216 bytes", "no such file");
  }

  private Loader load(List<Path> includeDirs, String... roots) {
    var loader = new Loader(SourceTree.disk(), includeDirs, Dialect.BOTH, diagnostics);
    loader.load(List.of(roots).stream().map(dir::resolve).toList());
    return loader;
  }

  private Path write(String path, String text) throws IOException {
    Path file = dir.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private String path(LoadedFile file) {
    return dir.relativize(Path.of(file.toString())).toString();
  }

  private List<String> messages() {
    return diagnostics.reported().stream().map(Diagnostic::message).toList();
  }
}
