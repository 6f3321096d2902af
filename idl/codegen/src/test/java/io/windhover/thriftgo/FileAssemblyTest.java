package io.windhover.thriftgo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.windhover.thriftgo.Response.Generated;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FileAssemblyTest {
  private static final String POINT = "@@thriftgo_insertion_point(";

  private final FileAssembly assembly = new FileAssembly();

  @Test
  void putsPiecesWhereTheyBelong() {
    assembly.add("windhover", List.of(file("a", "<" + POINT + "x)|" + POINT + "y.z_1)>")));
    assembly.add("p", List.of(piece("a", "x", "1"), piece("x", "2"), piece("y.z_1", "3")));
    assembly.add("q", List.of(piece("a", "x", "4")));

    assertThat(assembly.files()).containsExactly(entry("a", "<124|3>"));
    assertThat(assembly.warnings()).isEmpty();
  }

  @Test
  void removesMarksThatNobodyUses() {
    assembly.add("p", List.of(file("a", "<" + POINT + ")" + POINT + "b) " + POINT + "no mark)>")));

    assertThat(assembly.files()).containsExactly(entry("a", "< " + POINT + "no mark)>"));
  }

  @Test
  void looksForNoMarksInPieces() {
    assembly.add("p", List.of(file("a", POINT + "x)"), piece("x", POINT + "x)")));

    assertThat(assembly.files()).containsExactly(entry("a", POINT + "x)"));
  }

  @Test
  void ignoresPiecesForNoMark() {
    assembly.add("p", List.of(file("a", "text"), piece("x", "lost")));

    assertThat(assembly.files()).containsExactly(entry("a", "text"));
  }

  @Test
  void makesAFileOfAPieceForNone() {
    assembly.add("p", List.of(piece("a", "x", "text")));

    assertThat(assembly.files()).containsExactly(entry("a", "text"));
  }

  @Test
  void dropsTheSameFileWithItsPieces() {
    assembly.add("windhover", List.of(file("a", POINT + "x)")));
    assembly.add("p", List.of(file("a", POINT + "x)"), piece("x", "lost"), file("b", "b")));

    assertThat(assembly.files()).containsExactly(entry("a", ""), entry("b", "b"));
    assertThat(assembly.warnings()).isEmpty();
  }

  @Test
  void renamesAnotherFileOfOneName() {
    assembly.add("windhover", List.of(file("d.d/a.java", "1")));
    assembly.add("p", List.of(file("d.d/a.java", "2" + POINT + "x)"), piece("x", "3")));
    assembly.add("q", List.of(file("d.d/a.java", "4"), file("d.d/a.java", "4")));
    assembly.add("r", List.of(file("d.d/b", "1"), file("d.d/b", "2")));

    assertThat(assembly.files())
        .containsExactly(
            entry("d.d/a.java", "1"),
            entry("d.d/a_1.java", "23"),
            entry("d.d/a_2.java", "4"),
            entry("d.d/b", "1"),
            entry("d.d/b_1", "2"));
    assertThat(assembly.warnings())
        .containsExactly(
            "p: another file is called d.d/a.java: renamed to d.d/a_1.java",
            "q: another file is called d.d/a.java: renamed to d.d/a_2.java",
            "r: another file is called d.d/b: renamed to d.d/b_1");
  }

  @Test
  void refusesAPieceBeforeAnyFile() {
    assembly.add("windhover", List.of(file("a", POINT + "x)")));

    assertThatThrownBy(() -> assembly.add("p", List.of(piece("x", "1"))))
        .isInstanceOf(PluginException.class)
        .hasMessage("p: a piece for 'x', but no file before it");
  }

  private static Generated file(String name, String content) {
    return new Generated(content, Optional.of(name), Optional.empty());
  }

  private static Generated piece(String name, String point, String content) {
    return new Generated(content, Optional.of(name), Optional.of(point));
  }

  private static Generated piece(String point, String content) {
    return new Generated(content, Optional.empty(), Optional.of(point));
  }
}
