package io.windhover.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CallLoadTest {

  private static final int MIB = 1 << 20;

  private final CallLoad load = new CallLoad();

  @Test
  void isFullOfSoManyCalls() {
    for (int i = 1; i < CallLoad.MAX_CALLS; i++) {
      assertThat(load.begin(10)).isFalse();
    }

    assertThat(load.begin(10)).isTrue();
  }

  @Test
  void isFullOfSoManyBytes() {
    assertThat(load.begin(15 * MIB)).isFalse();
    assertThat(load.begin(MIB)).isTrue();
    assertThat(load.hasRoomAgain()).isFalse();

    load.end(MIB);

    assertThat(load.hasRoomAgain()).isTrue();
  }

  @Test
  void hasRoomAgainSomeCallsLater() {
    for (int i = 0; i < CallLoad.MAX_CALLS; i++) {
      load.begin(0);
    }

    for (int i = 1; i < 64; i++) {
      load.end(0);
      assertThat(load.hasRoomAgain()).isFalse();
    }
    load.end(0);

    assertThat(load.hasRoomAgain()).isTrue();
  }

  @Test
  void knowsTheLastOne() {
    load.begin(7);
    load.begin(0);

    assertThat(load.end(7)).isFalse();
    assertThat(load.isNone()).isFalse();
    assertThat(load.end(0)).isTrue();
    assertThat(load.isNone()).isTrue();
  }
}
