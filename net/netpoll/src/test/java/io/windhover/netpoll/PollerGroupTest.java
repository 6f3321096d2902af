package io.windhover.netpoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

final class PollerGroupTest {

  /// A stuck poller uses up the time of the others, and adds none.
  @Test
  void waitsForItsPollersTogether() {
    var pollers = new ArrayList<FakePoller>();
    var group =
        PollerGroup.start(
            3,
            (_, _, _) -> {
              pollers.add(new FakePoller());
              return pollers.getLast();
            },
            System::nanoTime,
            Duration.ofSeconds(1),
            1,
            InetAddress::getAllByName);

    group.close();

    assertThat(pollers).hasSize(3).allMatch(poller -> poller.closed);
    var deadline = pollers.getFirst().waitedUntil.getFirst();
    assertThat(pollers).allSatisfy(p -> assertThat(p.waitedUntil).containsExactly(deadline));
  }
}
