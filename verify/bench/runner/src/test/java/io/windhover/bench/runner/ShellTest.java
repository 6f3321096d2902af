package io.windhover.bench.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShellTest {

  private static final Path HERE = Path.of(".");

  @Test
  void limitEndsWhatACommandHasStartedToo() {
    long start = System.nanoTime();

    var outcome =
        Shell.run(HERE, Duration.ofSeconds(1), List.of("bash", "-c", "echo first; sleep 60 & wait"))
            .orElseThrow();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    assertThat(outcome.exit()).isNotZero();
    assertThat(outcome.output()).startsWith("first");
    assertThat(outcome.lastLine()).isEqualTo("no end within 1 s");
  }

  @Test
  void commandThatIsNotThereSaysNothing() {
    assertThat(Shell.firstLine(HERE, "no-such-command-as-this")).isEmpty();
  }
}
