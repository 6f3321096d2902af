package io.windhover.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.codegen.OutputDirectory.Changes;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The last ones are row 96b of the table of bad inputs: nothing is written, or removed, outside.
final class OutputDirectoryTest {

  @TempDir Path folder;

  @Test
  void writesWhatChanges() throws IOException {
    assertThat(update(file("a.thrift", "x/A.java", "1"), file("a.thrift", "x/B.java", "1")))
        .isEqualTo(new Changes(2, 0, 0));
    var old = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(folder.resolve("x/A.java"), old);

    assertThat(update(file("a.thrift", "x/A.java", "1"), file("a.thrift", "x/B.java", "2")))
        .isEqualTo(new Changes(1, 1, 0));
    assertThat(Files.getLastModifiedTime(folder.resolve("x/A.java"))).isEqualTo(old);
    assertThat(folder.resolve("x/B.java")).hasContent(content("2"));
  }

  @Test
  void namesAManifestThatItCannotRead() throws IOException {
    Files.write(folder.resolve(OutputDirectory.MANIFEST), new byte[] {(byte) 0xE9});

    assertThatThrownBy(() -> update(file("a.thrift", "x/A.java", "1")))
        .hasMessageEndingWith(".windhover-manifest: is not in UTF-8");
  }

  @Test
  void removesOrphansOfTheSameIdl() throws IOException {
    update(file("a.thrift", "x/y/A.java", "1"), file("a.thrift", "x/B.java", "1"));
    update(file("b.thrift", "x/C.java", "1"));

    assertThat(update(file("a.thrift", "x/B.java", "1"))).isEqualTo(new Changes(0, 1, 1));
    assertThat(folder.resolve("x/y")).doesNotExist();
    assertThat(folder.resolve("x/C.java")).exists();
  }

  @Test
  void removesWhatAnEmptiedIdlGave() throws IOException {
    update(file("a.thrift", "x/A.java", "1"), file("b.thrift", "x/B.java", "1"));

    new OutputDirectory(folder).update(List.of("a.thrift"), List.of(), false);

    assertThat(folder.resolve("x/A.java")).doesNotExist();
    assertThat(folder.resolve("x/B.java")).exists();
  }

  @Test
  void updatesAndRemovesAFileWithoutHeaderAsLongAsItIsItsOwn() throws IOException {
    var path = "x/a b.txt";
    assertThat(update(plain(path, "1"))).isEqualTo(new Changes(1, 0, 0));
    assertThat(update(plain(path, "2"))).isEqualTo(new Changes(1, 0, 0));
    assertThat(folder.resolve(path)).hasContent("2");
    assertThat(update(plain(path, "2"))).isEqualTo(new Changes(0, 1, 0));
    assertThat(update()).isEqualTo(new Changes(0, 0, 0)); // of no IDL
    assertThat(new OutputDirectory(folder).update(List.of("a.thrift"), List.of(), false))
        .isEqualTo(new Changes(0, 0, 1));
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @Test
  void leavesAFileWithoutHeaderThatAPersonHasChanged() throws IOException {
    update(plain("a.txt", "1"));
    Files.writeString(folder.resolve("a.txt"), "mine");

    assertThatThrownBy(() -> update(plain("a.txt", "2")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(new OutputDirectory(folder).update(List.of("a.thrift"), List.of(), true))
        .isEqualTo(new Changes(0, 0, 0));
    assertThat(folder.resolve("a.txt")).hasContent("mine");
  }

  @Test
  void putsAWholeFileInThePlaceOfTheOldOne(@TempDir Path elsewhere) throws IOException {
    update(file("a.thrift", "x/A.java", "1"), plain("a.txt", "1"));
    var old = Files.createLink(elsewhere.resolve("A.java"), folder.resolve("x/A.java"));

    update(file("a.thrift", "x/A.java", "2"), plain("a.txt", "1"));

    assertThat(old).hasContent(content("1")); // nothing was written into the old one
    assertThat(folder.resolve("x/A.java")).hasContent(content("2"));
  }

  @Test
  void anEmptyFileThatItHasWrittenIsItsOwn() throws IOException {
    update(file("a.thrift", "x/A.java", "1"), plain("a.txt", "1"));
    Files.writeString(folder.resolve("x/A.java"), "");
    Files.writeString(folder.resolve("a.txt"), "");
    Files.writeString(folder.resolve("mine"), "");

    assertThat(update(file("a.thrift", "x/A.java", "1"), plain("a.txt", "1")))
        .isEqualTo(new Changes(2, 0, 0));
    assertThatThrownBy(() -> update(plain("mine", "1")))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void removesWhatAKilledRunWasWriting(@TempDir Path elsewhere) throws IOException {
    var outside = Files.writeString(elsewhere.resolve("mine"), "mine");
    var own = folder.resolve(".windhover-" + ProcessHandle.current().pid());
    Files.createSymbolicLink(own, outside);
    Files.writeString(folder.resolve(".windhover-999999999999"), "class A");
    Files.writeString(folder.resolve(".windhover-1"), "of a process that lives");

    update(file("a.thrift", "A.java", "1"));

    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder("A.java", ".windhover-1", OutputDirectory.MANIFEST);
    assertThat(outside).hasContent("mine");
  }

  @ParameterizedTest
  @ValueSource(strings = {OutputDirectory.MANIFEST, "x/../.windhover-manifest", ".", "a%20b"})
  void refusesToGiveAFileThatName(String path) {
    assertThatThrownBy(() -> update(plain(path, "1")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(path);
    assertThat(folder).isEmptyDirectory();
  }

  private static GeneratedFile plain(String path, String content) {
    return new GeneratedFile("a.thrift", path, content);
  }

  @Test
  void knowsAnIdlByItsPlace() throws IOException {
    update(file("a b/a.thrift", "x/A.java", "1"), file("b/a.thrift", "x/B.java", "1"));

    assertThat(update(file("./b/../a b/a.thrift", "y/A.java", "1")))
        .isEqualTo(new Changes(1, 0, 1));
    assertThat(folder.resolve("x/A.java")).doesNotExist();
    assertThat(folder.resolve("x/B.java")).exists();
    assertThat(folder.resolve(OutputDirectory.MANIFEST))
        .content()
        .isEqualTo(
            """
            x/B.java %1$s/b/a.thrift
            y/A.java %1$s/a b/a.thrift
            """
                .formatted(folder.toAbsolutePath().relativize(Path.of("").toAbsolutePath())));
  }

  @Test
  void prunesAllOrphans() throws IOException {
    update(file("a.thrift", "x/A.java", "1"), file("b.thrift", "x/B.java", "1"));

    var changes =
        new OutputDirectory(folder)
            .update(List.of("a.thrift"), List.of(file("a.thrift", "x/A.java", "1")), true);

    assertThat(changes).isEqualTo(new Changes(0, 1, 1));
    assertThat(folder.resolve("x/B.java")).doesNotExist();
  }

  @Test
  void leavesFilesOfPeopleAlone() throws IOException {
    Files.createDirectory(folder.resolve("x"));
    Files.writeString(folder.resolve("x/A.java"), "class A {}");

    assertThatThrownBy(
            () -> update(file("a.thrift", "x/0.java", "1"), file("a.thrift", "x/A.java", "1")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(folder.resolve("x/A.java")).hasContent("class A {}");
    assertThat(folder.resolve("x/0.java")).doesNotExist();
  }

  @Test
  void keepsAnOrphanThatAPersonHasTakenOver() throws IOException {
    update(file("a.thrift", "x/A.java", "1"), file("a.thrift", "x/B.java", "1"));
    Files.writeString(folder.resolve("x/A.java"), "class A {}");

    assertThat(update(file("a.thrift", "x/B.java", "1"))).isEqualTo(new Changes(0, 1, 0));
    assertThat(folder.resolve("x/A.java")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/x/A.java", "../A.java", "x/../../A.java"})
  void noFileLeavesTheDirectory(String path) {
    assertThatThrownBy(() -> update(file("a.thrift", "x/0.java", "1"), file("a.thrift", path, "1")))
        .isInstanceOf(IOException.class)
        .hasMessage(path + " is outside of " + folder);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aForgedManifestCannotReachOutside(@TempDir Path elsewhere) throws IOException {
    var outside = elsewhere.resolve("A.java");
    Files.writeString(outside, content("1"));
    Files.writeString(
        folder.resolve(OutputDirectory.MANIFEST), folder.relativize(outside) + " a.thrift\n");

    new OutputDirectory(folder).update(List.of(), List.of(), true);

    assertThat(outside).exists();
  }

  @Test
  void noLinkLeadsOutside(@TempDir Path elsewhere) throws IOException {
    Files.createSymbolicLink(folder.resolve("x"), elsewhere);
    Files.createSymbolicLink(folder.resolve("B.java"), elsewhere.resolve("B.java"));

    for (var path : List.of("x/A.java", "x/y/A.java", "B.java")) {
      assertThatThrownBy(() -> update(file("a.thrift", path, "1")))
          .isInstanceOf(IOException.class)
          .hasMessage(path + " is outside of " + folder + ", by a link");
    }
    assertThat(elsewhere).isEmptyDirectory();
    var outside = Files.writeString(elsewhere.resolve("A.java"), content("1"));
    Files.writeString(folder.resolve(OutputDirectory.MANIFEST), "x/A.java a.thrift\n");
    new OutputDirectory(folder).update(List.of(), List.of(), true);
    assertThat(outside).exists();
  }

  @Test
  void linksMayLeadToPlacesInside() throws IOException {
    Files.createDirectory(folder.resolve("y"));
    Files.createSymbolicLink(folder.resolve("x"), folder.resolve("y"));

    update(file("a.thrift", "x/A.java", "1"));

    assertThat(folder.resolve("y/A.java")).exists();
  }

  @Test
  void theNameOfAnIdlAddsNoLineToTheManifest() throws IOException {
    update(file("a\nsrc/Main.java b.thrift", "x/A.java", "1"));

    assertThat(Files.readAllLines(folder.resolve(OutputDirectory.MANIFEST))).hasSize(1);
  }

  private Changes update(GeneratedFile... files) throws IOException {
    var idls = Stream.of(files).map(GeneratedFile::idl).toList();
    return new OutputDirectory(folder).update(idls, List.of(files), false);
  }

  private static GeneratedFile file(String idl, String path, String text) {
    return new GeneratedFile(idl, path, content(text));
  }

  private static String content(String text) {
    return GeneratedFile.HEADER + text + "\n";
  }
}
