package io.windhover.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.testing.MemoryConnection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InboxTest {

  private final Inbox inbox = new Inbox(new MemoryConnection(), 1 << 20);

  /// Row 22, for frames of any size: what is held is counted by its bytes.
  @Test
  void row22KeepsNoMemoryInWhichMuchElseArrived() {
    long memory = 0;
    long bytes = 0;
    for (int count = 100; count < 40_000; count += 777) {
      try (var arrived = new LinkBuffer()) {
        arrived.writeBytes(new byte[1 << 16], 0, 1 << 16);
        assertThat(inbox.dataArrived(arrived.slice(count), count, false)).isEqualTo(count);
      }
      try (var kept = Objects.requireNonNull(inbox.poll())) {
        memory += kept.memoryBytes();
        bytes += kept.size();
      }
    }

    assertThat(memory).isLessThan(4 * bytes);
  }

  /// Row 22: frames that were read one by one, each into a node of which much is left.
  @ParameterizedTest
  @ValueSource(ints = {100, 2_100, 4_097, 5_000, 8_191})
  void row22KeepsLittleMoreMemoryThanWaits(int count) {
    for (int i = 0; i < 100; i++) {
      try (var arrived = new LinkBuffer()) {
        arrived.writeBytes(new byte[1 << 14], 0, 1 << 14);
        assertThat(inbox.dataArrived(arrived.slice(count), count, false)).isEqualTo(count);
      }
    }

    try (var kept = Objects.requireNonNull(inbox.poll())) {
      assertThat(kept.size()).isEqualTo(100 * count);
      assertThat(kept.memoryBytes()).isLessThan(2 * kept.size() + (1 << 14));
    }
  }

  /// Row 22: a few bytes on many streams, which are counted by their bytes as well.
  @ParameterizedTest
  @ValueSource(ints = {1, 6, 100, 512, 513, 2_049, 7_000})
  void row22KeepsLittleMemoryForFewBytes(int count) {
    for (int frames = 1; frames <= 3; frames++) {
      for (int i = 0; i < frames; i++) {
        arrive(count, false);
      }

      try (var kept = Objects.requireNonNull(inbox.poll())) {
        assertThat(kept.size()).isEqualTo(frames * count);
        assertThat(kept.memoryBytes()).isLessThanOrEqualTo(3 * frames * count);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 6, 1_000, 5_000, 12_000})
  void row22KeepsLittleMemoryForLastBytesThatWait(int count) {
    arrive(count, true);
    inbox.compact();

    try (var kept = Objects.requireNonNull(inbox.poll())) {
      assertThat(kept.size()).isEqualTo(count);
      assertThat(kept.memoryBytes()).isEqualTo(2 * count);
    }
  }

  private void arrive(int count, boolean isLast) {
    try (var arrived = new LinkBuffer()) {
      arrived.writeBytes(new byte[1 << 16], 0, 1 << 16);
      assertThat(inbox.dataArrived(arrived.slice(count), count, isLast)).isEqualTo(count);
    }
  }

  /// Of two that wait, one would never be woken.
  @Test
  void refusesASecondThreadThatReadsWhileOneWaits() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    var first = new FutureTask<>(() -> inbox.take(deadline));
    var thread = Thread.ofVirtual().start(first);
    ServerFixture.until("one waits", () -> thread.getState() == Thread.State.TIMED_WAITING);

    assertThatThrownBy(() -> inbox.take(deadline))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("two threads read from one stream");
    inbox.endArrived(List.of());
    assertThat(first.get(10, TimeUnit.SECONDS)).isNull();
  }

  @Test
  void copiesNothingThatIsAllOfAStream() {
    try (var arrived = new LinkBuffer()) {
      arrived.writeBytes(new byte[1 << 16], 0, 1 << 16);
      var first = arrived.slice(100);
      byte[] array = first.headArray();
      inbox.dataArrived(first, 100, true);

      try (var kept = Objects.requireNonNull(inbox.poll())) {
        assertThat(kept.headArray()).isSameAs(array);
      }
    }
  }
}
