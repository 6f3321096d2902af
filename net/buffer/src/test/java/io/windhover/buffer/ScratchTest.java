package io.windhover.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ScratchTest {

  @Test
  void lendsAnArrayUntilItIsClosed() {
    long before = NodePool.shared().heldBytes();
    var scratch = Scratch.of(5000);

    assertThat(scratch.bytes()).hasSize(8192);
    assertThat(NodePool.shared().heldBytes()).isEqualTo(before + 8192);
    scratch.close();
    scratch.close();

    assertThat(NodePool.shared().heldBytes()).isEqualTo(before);
    assertThatThrownBy(scratch::bytes).hasMessage("closed");
  }
}
