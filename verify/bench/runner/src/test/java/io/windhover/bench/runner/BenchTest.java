package io.windhover.bench.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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

  @ParameterizedTest
  @CsvSource({"QUICK, 3", "FULL, 40", "RAW, 10", "KITEX, 5", "STREAMS, 5"})
  void runsKeepTheirTime(Preset preset, int minutes) {
    assertThat(preset.plan(5).expected(preset.of(all))).isLessThan(Duration.ofMinutes(minutes));
  }

  @ParameterizedTest
  @EnumSource
  void everyRunHasWorkForAllOfItsContestants(Preset preset) throws UsageException {
    assertThat(preset.of(all)).isNotEmpty();
    preset.plan(5).checkWorkFor(preset.of(all));
  }

  @Test
  void kitexRunIsOfOneCallerAndAHundred() {
    assertThat(Roster.kitex(all))
        .extracting(Contestant::name)
        .containsExactlyInAnyOrder(
            "windhover-framed",
            "windhover-framed-observed",
            "windhover-framed-pollers",
            "windhover-mux",
            "windhover-mux-observed",
            "kitex-framed",
            "kitex-mux",
            "libthrift-selector");
    assertThat(Plan.kitex(5).points())
        .containsExactlyInAnyOrder(
            Point.closed(Work.ECHO, 1 << 10, 1), Point.closed(Work.ECHO, 1 << 10, 100));
  }

  @Test
  void streamsRunIsOfBothKindsAndNobodyElseDoesBoth() {
    var points = Plan.streams(5).points();

    assertThat(Roster.streams(all))
        .extracting(Contestant::name)
        .containsExactlyInAnyOrder("windhover-streams", "kitex-streams");
    assertThat(points).extracting(Point::callers).containsExactlyInAnyOrder(1, 1, 32, 32);
    assertThat(points).extracting(Point::work).contains(Work.BIDI, Work.STREAM);
    assertThat(all.stream().filter(contestant -> contestant.works().contains(Work.STREAM)))
        .isEqualTo(Roster.streams(all));
  }

  @Test
  void grpcRunIsOfThoseWhoSpeakItAndHaveWorkInIt() {
    assertThat(Roster.grpc(all))
        .extracting(Contestant::name)
        .containsExactlyInAnyOrder(
            "windhover-grpc", "grpc-java", "grpc-java-virtual", "grpc-go", "kitex-grpc");
    assertThat(Roster.grpc(all))
        .allMatch(contestant -> Plan.grpc(5).points().stream().anyMatch(contestant::does));
  }

  @Test
  void wholeFieldHasNobodyTwice() {
    assertThat(Roster.full(all))
        .contains(named("windhover-framed"), named("netty-echo"))
        .doesNotContain(
            named("windhover-framed-observed"),
            named("windhover-framed-pollers"),
            named("kitex-streams"));
  }

  @Test
  void whoeverIsNamedMustHaveSomethingToDo() {
    assertThatThrownBy(() -> Plan.quick(5).checkWorkFor(List.of(named("kitex-streams"))))
        .isInstanceOf(UsageException.class)
        .hasMessage("kitex-streams does nothing of this run; it does: bidi, stream");
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

  @Test
  void whoeverDoesNotDoTheMainWorkIsWarmedByItsOwn() {
    var phase = Plan.streams(5).phases().getFirst();

    assertThat(phase.warmups(named("windhover-streams")))
        .containsExactly(
            Map.entry(Point.closed(Work.BIDI, 1 << 10, 32), phase.warmup()),
            Map.entry(Point.closed(Work.STREAM, 1 << 10, 32), phase.warmup().dividedBy(2)));
  }

  private Contestant named(String name) {
    return all.stream()
        .filter(contestant -> contestant.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void pointsHaveNamesOfTheirOwn() {
    var points = Arrays.stream(Preset.values()).flatMap(it -> it.plan(5).points().stream());
    var different = points.distinct().toList();

    assertThat(different).extracting(Point::name).doesNotHaveDuplicates();
    assertThat(different).extracting(Point::title).doesNotHaveDuplicates();
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
