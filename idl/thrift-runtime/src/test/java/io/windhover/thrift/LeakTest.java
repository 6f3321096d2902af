package io.windhover.thrift;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.NodePool;
import org.junit.jupiter.api.AfterEach;

/// A test that fails if a buffer is not released.
abstract class LeakTest {

  private final long heldBefore = NodePool.shared().heldBytes();

  @AfterEach
  void everyNodeIsBack() {
    assertThat(NodePool.shared().heldBytes()).as("bytes that are held").isEqualTo(heldBefore);
  }
}
