package io.windhover.bench.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the user may ask for, and what is said if it is not possible.
final class BenchTest {

  private static final Path ROOT = Path.of("../../..");

  private final List<Contestant> all = Roster.read(ROOT);

  private static Optional<String> ready(Program program) {
    return Optional.empty();
  }

  private static Optional<String> withoutGo(Program program) {
    return program instanceof Program.Go ? Optional.of("no Go") : Optional.empty();
  }

  @Test
  void rosterKnowsVersions() {
    assertThat(all).extracting(Contestant::name).doesNotHaveDuplicates().contains("epoll-echo");
    assertThat(all)
        .extracting(Contestant::library)
        .allMatch(library -> library.equals("C") || library.matches("[\\w-]+ \\d+\\.\\d+.*"));
  }

  @Test
  void quickRunHasNobodyThatNeedsApachesCompiler() {
    var thrift = named("armeria-thrift");

    assertThat(thrift.works()).isEqualTo(named("libthrift-selector").works());
    assertThat(Roster.quick(all)).isNotEmpty().doesNotContain(thrift);
  }

  @Test
  void quickAndFullKeepTheirTime() {
    assertThat(Plan.quick(5).expected(Roster.quick(all))).isLessThan(Duration.ofMinutes(3));
    assertThat(Plan.full(5).expected(all)).isLessThan(Duration.ofMinutes(40));
  }

  @Test
  void everyKindOfWorkIsWarmBeforeItIsMeasured() {
    var phase = Plan.quick(5).phases().getFirst();
    var kitex = named("kitex-framed");

    assertThat(phase.warmups(named("windhover-framed")))
        .containsOnlyKeys(phase.points().toArray(Point[]::new));
    assertThat(phase.warmups(named("netty-echo"))).containsOnlyKeys(Plan.main());
    assertThat(phase.warmups(kitex).get(Plan.main())).isLessThan(phase.warmup());
  }

  private Contestant named(String name) {
    return all.stream()
        .filter(contestant -> contestant.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void pointsHaveNamesOfTheirOwn() {
    assertThat(Plan.full(5).points()).extracting(Point::name).doesNotHaveDuplicates();
    assertThat(Plan.full(5).points()).extracting(Point::title).doesNotHaveDuplicates();
  }

  @Test
  void whoeverCannotBeHadIsLeftOut() throws UsageException {
    var selection =
        Selection.of(all, Roster.quick(all), List.of(), List.of("grpc-java"), BenchTest::withoutGo);

    assertThat(selection.absent())
        .containsOnlyKeys("kitex-framed", "kitex-mux")
        .containsValue("no Go");
    assertThat(selection.contestants())
        .extracting(Contestant::name)
        .contains("windhover-framed")
        .doesNotContain("grpc-java", "kitex-framed");
  }

  @Test
  void whoeverIsNamedMustBeThere() {
    assertThatThrownBy(
            () -> Selection.of(all, all, List.of("kitex-framed"), List.of(), BenchTest::withoutGo))
        .isInstanceOf(UsageException.class)
        .hasMessage("kitex-framed: no Go");
  }

  @Test
  void unknownNameGetsTheClosest() {
    assertThatThrownBy(
            () -> Selection.of(all, all, List.of("kitex-frame"), List.of(), BenchTest::ready))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(
            "no contestant is named kitex-frame; did you mean kitex-framed? (there are: ");
  }

  @Test
  void aNameLikeNoneGetsNone() {
    assertThatThrownBy(() -> Selection.of(all, all, List.of("nosuch"), List.of(), BenchTest::ready))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("no contestant is named nosuch (there are: ");
  }

  @Test
  void somebodyMustBeLeft() {
    assertThatThrownBy(
            () -> Selection.of(all, all, List.of("grpc-go"), List.of("grpc-go"), BenchTest::ready))
        .isInstanceOf(UsageException.class)
        .hasMessage("no contestant is left");
  }

  @Test
  void machineMustHaveCoresAndLinux() {
    assertThatThrownBy(() -> Machine.check(1, true, true)).hasMessageStartingWith("cores: 1");
    assertThatThrownBy(() -> Machine.check(2, false, true)).hasMessageContaining("Linux only");
    assertThatThrownBy(() -> Machine.check(2, true, false)).hasMessageContaining("util-linux");
  }

  @Test
  void programThatDoesNotBuildSaysWhy(@TempDir Path folder) throws IOException {
    var source = folder.resolve("verify/bench/c/echo.c");
    Files.createDirectories(source.getParent());
    Files.writeString(source, "int main(");
    var workshop = new Workshop(folder, folder.resolve("built"));

    assertThat(workshop.build(new Program.Java("java", "Main")))
        .hasValueSatisfying(why -> assertThat(why).contains("is not built"));
    assertThat(workshop.build(Fakes.C))
        .hasValueSatisfying(why -> assertThat(why).contains("the build failed"));
  }

  @Test
  void contestantOfWhichOnlyTheLibrariesAreThereNeedsApachesCompiler(@TempDir Path folder)
      throws IOException {
    var target = folder.resolve("verify/bench/x/target");
    var program = new Program.Java("x", "a.Main");
    var workshop = new Workshop(folder, folder.resolve("built"));
    Files.createDirectories(target.resolve("lib"));

    assertThat(workshop.build(program))
        .hasValueSatisfying(
            why -> assertThat(why).contains("thrift-compiler").hasLineCount(1).endsWith("package"));
    Files.createDirectories(target.resolve("classes/a"));
    Files.createFile(target.resolve("classes/a/Main.class"));
    assertThat(workshop.build(program)).isEmpty();
  }

  @Test
  void wrongOptionsAreExplained() {
    var errors = new StringWriter();
    var line = Bench.commandLine().setErr(new PrintWriter(errors, true));

    int exit = line.execute("--root", ROOT.toString(), "--rounds", "0");

    assertThat(exit).isEqualTo(2);
    assertThat(errors.toString()).isEqualTo("windhover bench: rounds: 0 (expected: 1..100)\n");
  }
}
