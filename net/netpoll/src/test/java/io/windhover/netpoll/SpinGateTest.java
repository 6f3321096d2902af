package io.windhover.netpoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SpinGateTest {

  private static final long SPIN = Duration.ofNanos(50_000).toNanos();

  private final SpinGate gate = new SpinGate(SPIN);
  private final PolledSocket.Owner one = new Silent();
  private final PolledSocket.Owner other = new Silent();

  private void talk(PolledSocket.Owner owner, int times) {
    for (int i = 0; i < times; i++) {
      gate.told(owner);
    }
  }

  @Test
  void opensForAConnectionThatTalksAlone() {
    gate.waited(SPIN);
    talk(one, SpinGate.ALONE);
    assertThat(gate.isOpen()).as("one short of it: the first may be of many").isFalse();

    talk(one, 1);

    assertThat(gate.isOpen()).isTrue();
  }

  @Test
  void closesWhenAnotherTalks() {
    gate.waited(SPIN);
    talk(one, 100);

    talk(other, 1);

    assertThat(gate.isOpen()).isFalse();
  }

  @Test
  void staysClosedWhileWaitsAreLong() {
    talk(one, 100);
    gate.waited(2 * SPIN);
    assertThat(gate.isOpen()).isFalse();

    gate.waited(SPIN);

    assertThat(gate.isOpen()).isTrue();
  }

  @Test
  void closesAfterASpinInVain() {
    gate.waited(SPIN);
    talk(one, 100);

    gate.spunInVain();

    talk(one, 100);
    assertThat(gate.isOpen()).as("until a wait was short").isFalse();
  }

  @Test
  void neverOpensWithoutASpin() {
    var never = new SpinGate(0);
    for (int i = 0; i < 100; i++) {
      never.told(one);
    }

    never.waited(0);

    assertThat(never.isOpen()).isFalse();
  }

  private static final class Silent implements PolledSocket.Owner {
    @Override
    public void readable() {}

    @Override
    public void writable() {}

    @Override
    public void sweep(long nowNanos) {}

    @Override
    public void drain() {}

    @Override
    public void shutDown() {}
  }
}
