package io.windhover.bench.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.bench.runner.Proc.CpuTime;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ProcTest {

  @Test
  void addsUpWhatProcessesUsedAndNotInterrupts() {
    var machine = Proc.machine("cpu  100 20 30 4000 5 6 7 8 0 0\ncpu0 1 2 3 4 5 6 7 8 0 0\n", 0);

    assertThat(Duration.ofNanos(machine.busyNanos())).isEqualTo(Duration.ofMillis(1500));
    assertThat(Duration.ofNanos(machine.stolenNanos())).isEqualTo(Duration.ofMillis(80));
  }

  @Test
  void findsTheTimesBehindAnyName() {
    var stat = "42 (a) b (c) R 1 1 1 0 -1 4194304 103 0 0 0 250 50 60 40 20 0 1 0 1547733 3133440";

    assertThat(Duration.ofNanos(Proc.cpuNanos(stat))).isEqualTo(Duration.ofSeconds(3));
    assertThat(Duration.ofNanos(Proc.cpuNanosWithChildren(stat))).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void interruptsOfOursDoNotHideOtherLoad() {
    var interruptsWithinProcesses = new CpuTime(1800, 1500, 0);
    var interruptsApart = new CpuTime(1500, 1500, 0);
    var loadOfAnotherContainer = new CpuTime(1500, 1800, 0);

    assertThat(interruptsWithinProcesses.without(1500)).isEqualTo(300);
    assertThat(interruptsApart.without(1500)).isZero();
    assertThat(loadOfAnotherContainer.without(1500)).isEqualTo(300);
    assertThat(interruptsApart.without(1600)).as("ticks are coarse").isZero();
  }

  @Test
  void readsResidentMemory() {
    assertThat(Proc.residentBytes("VmHWM:\t  9 kB\nVmRSS:\t  1234 kB\n")).isEqualTo(1234 << 10);
    assertThat(Proc.residentBytes("Name:\tkthreadd\n")).isZero();
  }

  @Test
  void readsWhatThisKernelSays() throws IOException {
    long pid = ProcessHandle.current().pid();

    assertThat(Proc.machine().busyNanos()).isPositive();
    assertThat(Proc.machine().processNanos()).isGreaterThanOrEqualTo(Proc.cpuNanos(pid));
    assertThat(Proc.cpuNanos(pid)).isPositive();
    assertThat(Proc.residentBytes(pid)).isPositive();
  }
}
