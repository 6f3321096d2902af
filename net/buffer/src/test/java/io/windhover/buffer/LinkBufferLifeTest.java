package io.windhover.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Who holds the memory, and what happens to those who do not.
final class LinkBufferLifeTest extends PoolTest {

  record Use(String name, ThrowingUse call) {
    @Override
    public String toString() {
      return name;
    }
  }

  interface ThrowingUse {
    void on(LinkBuffer buffer) throws Exception;
  }

  static Stream<Use> uses() {
    return Stream.of(
        new Use("size", LinkBuffer::size),
        new Use("readByte", LinkBuffer::readByte),
        new Use("readShort", LinkBuffer::readShort),
        new Use("readInt", LinkBuffer::readInt),
        new Use("readLong", LinkBuffer::readLong),
        new Use("readBytes", b -> b.readBytes(new byte[4], 0, 4)),
        new Use("readBytes of none", b -> b.readBytes(new byte[0], 0, 0)),
        new Use("readUtf8", b -> b.readUtf8(2)),
        new Use("readUtf8 of none", b -> b.readUtf8(0)),
        new Use("skip", b -> b.skip(1)),
        new Use("skip none", b -> b.skip(0)),
        new Use("slice", b -> b.slice(1)),
        new Use("slice none", b -> b.slice(0)),
        new Use("getByte", b -> b.getByte(0)),
        new Use("getShort", b -> b.getShort(0)),
        new Use("getInt", b -> b.getInt(0)),
        new Use("getLong", b -> b.getLong(0)),
        new Use("indexOf", b -> b.indexOf((byte) 0, 0)),
        new Use("duplicate", LinkBuffer::duplicate),
        new Use("copy", b -> b.copy(LinkBuffer.wrap(new byte[1]))),
        new Use("writeByte", b -> b.writeByte(1)),
        new Use("writeShort", b -> b.writeShort(1)),
        new Use("writeInt", b -> b.writeInt(1)),
        new Use("writeLong", b -> b.writeLong(1)),
        new Use("writeBits", b -> b.writeBits(1, 3)),
        new Use("writeBits and a long", b -> b.writeBits(1, 3, 1)),
        new Use("writeBytes", b -> b.writeBytes(new byte[4], 0, 4)),
        new Use("writeBytes of none", b -> b.writeBytes(new byte[0], 0, 0)),
        new Use("writeUtf8", b -> b.writeUtf8("text")),
        new Use("writeUtf8 of none", b -> b.writeUtf8("")),
        new Use("writeSizedUtf8", b -> b.writeSizedUtf8("")),
        new Use("reserve", b -> b.reserve(4)),
        new Use("reserve none", b -> b.reserve(0)),
        new Use("append", b -> b.append(new LinkBuffer())),
        new Use("being appended", b -> new LinkBuffer().append(b)),
        new Use(
            "readFrom",
            b -> b.readFrom(Channels.newChannel(new ByteArrayInputStream(new byte[8])))),
        new Use("writeTo", b -> b.writeTo(new Sink(100))));
  }

  @ParameterizedTest
  @MethodSource("uses")
  void failsAfterRelease(Use use) {
    var buffer = buffer();
    buffer.writeLong(1);
    buffer.release();

    assertThatThrownBy(() -> use.call.on(buffer))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("released");
  }

  @Test
  void mayBeReleasedTwice() {
    var buffer = buffer();
    buffer.writeLong(1);
    var slice = buffer.slice(4);
    buffer.release();
    buffer.close();

    assertThat(slice.readInt()).isZero();
    slice.release();
    slice.release();
    assertThat(buffer).hasToString("LinkBuffer[released]");
  }

  @Test
  void sliceLivesOnWithoutItsBuffer() {
    var bytes = sequence(20_000);
    var buffer = buffer();
    buffer.writeBytes(bytes, 0, bytes.length);
    buffer.skip(1);
    try (var slice = buffer.slice(10_000)) {
      buffer.release();

      for (int i = 1; i <= 10_000; i++) {
        assertThat(slice.readByte()).isEqualTo(bytes[i]);
      }
      assertThat(slice.size()).isZero();
    }
  }

  @Test
  void bufferLivesOnWithoutItsSlice() {
    try (var buffer = buffer()) {
      buffer.writeInt(1);
      buffer.writeInt(2);
      buffer.slice(4).release();
      buffer.writeInt(3);

      assertThat(buffer.readInt()).isEqualTo(2);
      assertThat(buffer.readInt()).isEqualTo(3);
    }
  }

  @Test
  void writingToASliceLeavesItsBufferAlone() {
    try (var buffer = buffer()) {
      buffer.writeInt(1);
      buffer.writeInt(2);
      try (var slice = buffer.slice(4)) {
        slice.writeInt(99);

        assertThat(slice.getInt(4)).isEqualTo(99);
        assertThat(buffer.getInt(0)).isEqualTo(2);
      }
    }
  }

  @Test
  void sliceOfAllTakesTheMemoryAway() {
    try (var buffer = buffer()) {
      buffer.writeLong(1);
      try (var slice = buffer.slice(8)) {
        assertThat(slice.size()).isEqualTo(8);
      }

      assertThat(pool.heldBytes()).isZero();
      buffer.writeLong(2);
      assertThat(buffer.readLong()).isEqualTo(2);
    }
  }

  @Test
  void compactsAFewBytesOfANode() {
    try (var buffer = buffer()) {
      buffer.writeLong(1);
      buffer.writeLong(2);
      buffer.readInt();
      buffer.compact();

      assertThat(pool.heldBytes()).isZero();
      assertThat(buffer.memoryBytes()).isEqualTo(24);
      buffer.writeLong(3);
      assertThat(buffer.memoryBytes()).isEqualTo(24);
      buffer.writeLong(4);
      assertThat(buffer.readInt()).isEqualTo(1);
      for (int value = 2; value <= 4; value++) {
        assertThat(buffer.readLong()).isEqualTo(value);
      }
    }
  }

  @Test
  void compactsNoMoreThanWhatKeepsMuch() {
    try (var buffer = buffer()) {
      buffer.compact();
      buffer.writeBytes(new byte[NodePool.MIN_BYTES / 2], 0, NodePool.MIN_BYTES / 2);
      buffer.compact();

      assertThat(pool.heldBytes()).isEqualTo(NodePool.MIN_BYTES);
    }
  }

  @Test
  void sliceOfNothingHoldsNothing() {
    try (var buffer = buffer()) {
      buffer.writeLong(1);
      var slice = buffer.slice(0);

      assertThat(slice.size()).isZero();
      assertThat(buffer.readLong()).isEqualTo(1);
    }
  }

  @Test
  void refusesToSliceMoreThanThereIs() {
    try (var buffer = buffer()) {
      buffer.writeInt(7);

      assertThatThrownBy(() -> buffer.slice(5)).isInstanceOf(UnderflowException.class);
      assertThatThrownBy(() -> buffer.slice(-1)).isInstanceOf(IllegalArgumentException.class);
      assertThat(buffer.readInt()).isEqualTo(7);
    }
  }

  /// One node cut into many slices: a lost update of the count would return it too early or never.
  @Test
  void slicesMayBeReleasedOnManyThreadsAtOnce() throws Exception {
    int threads = 4;
    for (int round = 0; round < 300; round++) {
      var slices = new ArrayList<LinkBuffer>();
      try (var buffer = buffer()) {
        for (int i = 0; i < 200; i++) {
          buffer.writeInt(i);
          slices.add(buffer.slice(2));
        }
      }
      assertThat(pool.heldBytes()).isPositive();
      var start = new CountDownLatch(1);
      try (var workers = Executors.newFixedThreadPool(threads)) {
        for (int worker = 0; worker < threads; worker++) {
          int first = worker;
          workers.execute(
              () -> {
                awaitQuietly(start);
                for (int i = first; i < slices.size(); i += threads) {
                  slices.get(i).release();
                }
              });
        }
        start.countDown();
      }
      assertThat(pool.heldBytes()).isZero();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    ThrowingCallable await = latch::await;
    assertThatCode(await).doesNotThrowAnyException();
  }

  /// Takes a fixed number of bytes, then no more.
  static final class Sink implements WritableByteChannel {
    final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    int room;
    int calls;
    int largest;

    Sink(int room) {
      this.room = room;
    }

    @Override
    public int write(ByteBuffer source) {
      calls++;
      largest = Math.max(largest, source.remaining());
      int count = Math.min(room, source.remaining());
      var bytes = new byte[count];
      source.get(bytes);
      taken.writeBytes(bytes);
      room -= count;
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
