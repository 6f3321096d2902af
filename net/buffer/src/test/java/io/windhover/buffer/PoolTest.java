package io.windhover.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;

/// A test with a pool of its own, which fails if a node is not returned.
abstract class PoolTest {

  final NodePool pool = new NodePool(1 << 20);

  @AfterEach
  void everyNodeIsBack() {
    assertThat(pool.heldBytes()).as("bytes that were not released").isZero();
  }

  LinkBuffer buffer() {
    return new LinkBuffer(pool);
  }

  /// A buffer of these bytes in nodes of `nodeBytes` each.
  LinkBuffer chain(byte[] bytes, int nodeBytes) {
    var buffer = buffer();
    for (int i = 0; i < bytes.length; i += nodeBytes) {
      buffer.append(
          LinkBuffer.wrap(Arrays.copyOfRange(bytes, i, Math.min(i + nodeBytes, bytes.length))));
    }
    return buffer;
  }

  /// The bytes of `buffer`, which stay in it.
  static byte[] content(LinkBuffer buffer) {
    var bytes = new byte[buffer.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = buffer.getByte(i);
    }
    return bytes;
  }

  /// Different in each place, so that a wrong order shows.
  static byte[] sequence(int count) {
    var bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (i * 31 + (i >> 8));
    }
    return bytes;
  }
}
