package io.windhover.bench.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Figures in what `jcmd` of JDK 25 prints.
final class FootprintTest {

  private static final String HISTOGRAM =
      """
      32368:
       num     #instances         #bytes  class name (module)
      -------------------------------------------------------
         1:         15215         752376  [B (java.base@25.0.3)
         2:           100           8800  io.windhover.netpoll.PolledConnection
         3:             2             48  jdk.net.Sockets (jdk.net@25.0.3)
      Total         15317         761224
      """;

  private static final String NATIVE_MEMORY =
      """
      Total: reserved=7772874471, committed=436778727
             malloc: 6538983 #44406, peak=12737923 #44456

      -                 Java Heap (reserved=6320816128, committed=396427264)
      -                    Thread (reserved=13677488, committed=900000)
                                  (malloc=32800 tag=Thread #79) (peak=41184 #83)
      -                     Other (reserved=10240, committed=10240)
      -    Native Memory Tracking (reserved=811452, committed=811452)
      -        Shared class space (reserved=16777312, committed=14241888, readonly=0)
      -           Synchronization (reserved=700, committed=600)
      """;

  @Test
  void addsUpClasses() {
    assertThat(Footprint.heapBytes(HISTOGRAM, "")).isEqualTo(761224);
    assertThat(Footprint.heapBytes(HISTOGRAM, "(j")).isEqualTo(752376 + 48);
  }

  @Test
  void addsUpWhatCanGrowWithConnections() {
    assertThat(Footprint.nativeBytes(NATIVE_MEMORY)).isEqualTo(900000 + 10240 + 600);
  }

  @Test
  void countsInRamOnlyWhatIsNoJvm() throws Exception {
    var footprint = Footprint.of(Fakes.contestant("c"), ProcessHandle.current().pid());

    assertThat(footprint.heapBytes() + footprint.jdkBytes() + footprint.nativeBytes()).isZero();
    assertThat(footprint.residentBytes()).isPositive();
  }

  @Test
  void saysWhyAJvmCannotBeLookedInto() {
    var java =
        Roster.read(Path.of("../../..")).stream()
            .filter(contestant -> contestant.program().isJava())
            .findFirst()
            .orElseThrow();

    assertThatThrownBy(() -> Footprint.of(java, Integer.MAX_VALUE))
        .isInstanceOf(ContestantException.class)
        .hasMessageStartingWith("jcmd GC.run fails: ");
  }
}
