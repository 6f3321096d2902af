package io.windhover.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NodePoolTest {

  @ParameterizedTest
  @CsvSource({
    "1, 4096",
    "4096, 4096",
    "4097, 8192",
    "8192, 8192",
    "65537, 131072",
    "262144, 262144",
    "262145, 262145"
  })
  void lendsTheNextPowerOfTwo(int asked, int lent) {
    var pool = new NodePool(1 << 20);
    var memory = pool.take(asked);

    assertThat(memory.bytes).hasSize(lent);
    assertThat(pool.heldBytes()).isEqualTo(lent);
    memory.release();
    assertThat(pool.heldBytes()).isZero();
  }

  @Test
  void lendsTheLastReturnedFirst() {
    var pool = new NodePool(1 << 20);
    var first = pool.take(4096);
    var second = pool.take(4096);
    first.release();
    second.release();

    assertThat(pool.take(4096).bytes).isSameAs(second.bytes);
    assertThat(pool.take(4096).bytes).isSameAs(first.bytes);
  }

  @Test
  void keepsNoMoreThanItsBound() {
    var pool = new NodePool(16 << 10);
    var memories = Stream.generate(() -> pool.take(4096)).limit(10).toList();
    var large = pool.take(1 << 20);
    memories.forEach(Memory::release);
    large.release();

    assertThat(pool.heldBytes()).isZero();
    assertThat(pool.idleBytes()).isEqualTo(16 << 10);
  }

  /// Two holders of one array would overwrite each other's mark.
  @Test
  void neverLendsAnArrayTwice() {
    var pool = new NodePool(32 << 10);
    var clashes = new AtomicInteger();
    try (var workers = Executors.newFixedThreadPool(4)) {
      for (int worker = 1; worker <= 4; worker++) {
        byte mark = (byte) worker;
        workers.execute(
            () -> {
              for (int round = 0; round < 100_000; round++) {
                var memory = pool.take(4096);
                memory.bytes[0] = mark;
                Thread.onSpinWait();
                if (memory.bytes[0] != mark) {
                  clashes.incrementAndGet();
                }
                memory.release();
              }
            });
      }
    }

    assertThat(clashes).hasValue(0);
    assertThat(pool.heldBytes()).isZero();
    assertThat(pool.idleBytes()).isLessThanOrEqualTo(32 << 10);
  }
}
