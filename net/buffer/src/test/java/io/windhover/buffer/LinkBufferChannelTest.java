package io.windhover.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.LinkBufferLifeTest.Sink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LinkBufferChannelTest extends PoolTest {

  @Test
  void readsWhatArrived() throws IOException {
    var source = new Source(sequence(10_000), 3_000);
    try (var buffer = buffer()) {
      while (buffer.readFrom(source) >= 0) {}

      assertThat(content(buffer)).isEqualTo(sequence(10_000));
    }
  }

  @Test
  void holdsNothingWhenNothingArrived() throws IOException {
    try (var buffer = buffer()) {
      assertThat(buffer.readFrom(new Source(new byte[1], 0))).isZero();
      assertThat(pool.heldBytes()).isZero();

      assertThat(buffer.readFrom(new Source(new byte[0], 1))).isEqualTo(-1);
      assertThat(pool.heldBytes()).isZero();
    }
  }

  @Test
  void growsNodesWhileReadsFillThemAndShrinksThemAgain() throws IOException {
    var source = new Source(new byte[4 << 20], Integer.MAX_VALUE);
    try (var buffer = buffer()) {
      for (int i = 0; i < 6; i++) {
        buffer.readFrom(source);
        buffer.slice(buffer.size()).release();
      }
      assertThat(source.offered).isEqualTo(64 << 10);

      source.mostAtOnce = 100;
      for (int i = 0; i < 12; i++) {
        buffer.readFrom(source);
        buffer.slice(buffer.size()).release();
      }
      assertThat(source.offered).isEqualTo(NodePool.MIN_BYTES);
    }
  }

  /// Row 50 of the table of bad inputs: linear in time, and in memory no more than the frame.
  @Test
  void takesALargeFrameByteByByte() throws IOException {
    int frame = 16 << 20;
    var source = new Source(new byte[frame], 1);
    long start = System.nanoTime();
    try (var buffer = buffer()) {
      while (buffer.size() < frame) {
        buffer.readFrom(source);
        buffer.getByte(buffer.size() - 1);
      }

      assertThat(pool.heldBytes()).isLessThan(frame + (frame >> 4));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1_000, 4_096, 100_000, 300_000})
  void writesInOrderHoweverLittleIsTaken(int atOnce) throws IOException {
    var bytes = sequence(300_000);
    var sink = new Sink(0);
    try (var buffer = chain(bytes, 1_000)) {
      for (long left = bytes.length; left > 0; ) {
        sink.room = Math.max(atOnce, (int) left / 2);
        left -= buffer.writeTo(sink);
        assertThat(buffer.size()).isEqualTo((int) left);
      }
      assertThat(buffer.writeTo(sink)).isZero();
    }
    assertThat(sink.taken.toByteArray()).isEqualTo(bytes);
  }

  @Test
  void offersABoundedNumberOfBytesAtOnce() throws IOException {
    var sink = new Sink(Integer.MAX_VALUE);
    try (var buffer = LinkBuffer.wrap(sequence(1 << 20))) {
      while (buffer.writeTo(sink) > 0) {}
    }
    assertThat(sink.largest).isEqualTo(128 << 10);

    try (var buffer = chain(sequence(1 << 20), 50_000)) {
      while (buffer.writeTo(sink) > 0) {}
    }
    assertThat(sink.largest).isEqualTo(128 << 10);
  }

  @Test
  void writesSeveralNodesAtOnce() throws IOException {
    var sink = new Sink(Integer.MAX_VALUE);
    try (var buffer = chain(sequence(100_000), 1_000)) {
      assertThat(buffer.writeTo(sink)).isEqualTo(100_000);
    }

    assertThat(sink.calls).isEqualTo(1);
    assertThat(sink.taken.toByteArray()).isEqualTo(sequence(100_000));
  }

  @Test
  void saysWhetherAReadTookAllThereWas() throws IOException {
    try (var buffer = buffer()) {
      buffer.readFrom(new Source(sequence(100), 100));
      assertThat(buffer.hasRoom()).isTrue();

      buffer.readFrom(new Source(sequence(1 << 20), 1 << 20));
      assertThat(buffer.hasRoom()).isFalse();
    }
  }

  @Test
  void holdsNothingOnceAllIsWritten() throws IOException {
    try (var buffer = buffer()) {
      buffer.writeLong(1);
      buffer.writeTo(new Sink(100));

      assertThat(pool.heldBytes()).isZero();
    }
  }

  /// Gives its bytes, some at once.
  private static final class Source implements ReadableByteChannel {
    private final ByteBuffer bytes;
    int mostAtOnce;
    int offered;

    Source(byte[] bytes, int mostAtOnce) {
      this.bytes = ByteBuffer.wrap(bytes);
      this.mostAtOnce = mostAtOnce;
    }

    @Override
    public int read(ByteBuffer target) {
      offered = target.remaining();
      if (!bytes.hasRemaining()) {
        return -1;
      }
      int count = Math.min(Math.min(mostAtOnce, target.remaining()), bytes.remaining());
      target.put(target.position(), bytes, bytes.position(), count);
      target.position(target.position() + count);
      bytes.position(bytes.position() + count);
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
