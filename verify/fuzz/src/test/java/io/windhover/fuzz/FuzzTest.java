package io.windhover.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// Runs the targets: `windhover.fuzz.seconds` says how long each. Two processes at once, as
/// `junit-platform.properties` has it.
final class FuzzTest {
  private static final Duration TIME =
      Duration.ofSeconds(Integer.getInteger("windhover.fuzz.seconds", 10));

  /// The canary dies in some seconds; a busy machine gets longer.
  private static final Duration TIME_OF_CANARY = Duration.ofMinutes(2);

  private static final int FOUND = 77; // the exit code of Jazzer

  @ParameterizedTest
  @EnumSource
  void survivesTheSeeds(Target target) throws Exception {
    var seeds = Seeds.of(target);

    assertThat(seeds.isEmpty()).isEqualTo(target == Target.CANARY);
    for (var seed : seeds) {
      target.method.run(seed);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "CANARY")
  @Execution(ExecutionMode.CONCURRENT)
  void nothingIsFound(Target target) throws IOException, InterruptedException {
    var end = Jazzer.run(target, TIME);

    assertThat(end.exit()).as(end.log()).isZero();
    assertThat(end.runs()).as(end.log()).isPositive();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void theCanaryIsFound() throws IOException, InterruptedException {
    var end = Jazzer.run(Target.CANARY, TIME_OF_CANARY);

    assertThat(end.exit()).as(end.log()).isEqualTo(FOUND);
    assertThat(end.log()).contains("java.lang.IllegalStateException: found");
  }
}
