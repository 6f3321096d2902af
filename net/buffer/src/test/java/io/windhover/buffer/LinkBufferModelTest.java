package io.windhover.buffer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random operations on a buffer and on a plain byte array, which must agree after each.
final class LinkBufferModelTest extends PoolTest {

  private static final int STEPS = 3_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void agreesWithAnArray(long seed) throws IOException {
    run(seed);
  }

  @Test
  void agreesWithAnArrayOnANewSeed() throws IOException {
    run(System.nanoTime());
  }

  private void run(long seed) throws IOException {
    var random = new Random(seed);
    var slices = new ArrayDeque<Pair>();
    var pair = new Pair(buffer(), new byte[0]);
    for (int step = 0; step < STEPS; step++) {
      try {
        step(pair, random, slices);
        assertThat(pair.buffer.size()).isEqualTo(pair.model.length);
        if (step % 16 == 0) {
          assertThat(content(pair.buffer)).isEqualTo(pair.model);
        }
        if (slices.size() > 8 || (!slices.isEmpty() && random.nextInt(8) == 0)) {
          check(slices.remove());
        }
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ", step " + step, e);
      }
    }
    slices.forEach(LinkBufferModelTest::check);
    check(pair);
  }

  private void step(Pair pair, Random random, ArrayDeque<Pair> slices) throws IOException {
    var buffer = pair.buffer;
    int amount = random.nextInt(random.nextInt(10) == 0 ? 20_000 : 40);
    switch (random.nextInt(19)) {
      case 0 -> {
        int value = random.nextInt();
        buffer.writeByte(value);
        pair.add(1, bytes -> bytes.put((byte) value));
      }
      case 1 -> {
        int value = random.nextInt();
        buffer.writeShort(value);
        pair.add(2, bytes -> bytes.putShort((short) value));
      }
      case 2 -> {
        int value = random.nextInt();
        buffer.writeInt(value);
        pair.add(4, bytes -> bytes.putInt(value));
      }
      case 3 -> {
        long value = random.nextLong();
        buffer.writeLong(value);
        pair.add(8, bytes -> bytes.putLong(value));
      }
      case 4 -> {
        long value = random.nextLong();
        int count = 1 + random.nextInt(8);
        buffer.writeBits(value, count);
        var bytes = new byte[8];
        ByteBuffer.wrap(bytes).putLong(value);
        pair.add(bytes, 8 - count, count);
      }
      case 5 -> {
        var bytes = bytes(random, amount);
        buffer.writeBytes(bytes, 0, amount);
        pair.add(bytes, 0, amount);
      }
      case 6 -> {
        var text = text(random, amount);
        var bytes = text.getBytes(UTF_8);
        assertThat(buffer.writeUtf8(text)).isEqualTo(bytes.length);
        pair.add(bytes, 0, bytes.length);
      }
      case 7 -> {
        var other = buffer();
        var bytes = bytes(random, amount);
        other.writeBytes(bytes, 0, amount);
        int skipped = random.nextInt(amount + 1);
        other.skip(skipped);
        buffer.append(other);
        pair.add(bytes, skipped, amount - skipped);
      }
      case 8 -> {
        var bytes = bytes(random, amount);
        buffer.append(LinkBuffer.wrap(bytes));
        pair.add(bytes, 0, amount);
      }
      case 9 -> {
        var room = buffer.reserve(4);
        int value = random.nextInt();
        buffer.writeByte(value);
        room.setInt(value);
        assertThat(room.bytesAfter()).isEqualTo(1);
        pair.add(5, bytes -> bytes.putInt(value).put((byte) value));
      }
      case 10 -> {
        var bytes = bytes(random, amount);
        int count = buffer.readFrom(Channels.newChannel(new ByteArrayInputStream(bytes)));
        pair.add(bytes, 0, Math.max(count, 0));
      }
      case 11 -> {
        int count = Math.min(amount, pair.model.length);
        slices.add(new Pair(buffer.slice(count), pair.remove(count)));
      }
      case 12 ->
          slices.add(new Pair(buffer.slice(pair.model.length), pair.remove(pair.model.length)));
      case 13 -> {
        int count = Math.min(amount, pair.model.length);
        buffer.skip(count);
        pair.remove(count);
      }
      case 14 -> {
        int count = Math.min(amount, pair.model.length);
        var bytes = new byte[count + 2];
        buffer.readBytes(bytes, 1, count);
        assertThat(Arrays.copyOfRange(bytes, 1, count + 1)).isEqualTo(pair.remove(count));
      }
      case 15 -> {
        if (pair.model.length >= 8) {
          assertThat(buffer.readLong()).isEqualTo(ByteBuffer.wrap(pair.remove(8)).getLong());
        }
      }
      case 16 -> {
        if (pair.model.length >= 4) {
          int offset = random.nextInt(pair.model.length - 3);
          assertThat(buffer.getInt(offset)).isEqualTo(ByteBuffer.wrap(pair.model).getInt(offset));
        }
      }
      case 17 -> {
        buffer.compact();
        assertThat(buffer.memoryBytes()).isLessThanOrEqualTo(2 * buffer.size());
      }
      default -> {
        var sink = new LinkBufferLifeTest.Sink(amount);
        int count = (int) buffer.writeTo(sink);
        assertThat(sink.taken.toByteArray()).isEqualTo(pair.remove(count));
      }
    }
  }

  private static void check(Pair pair) {
    assertThat(content(pair.buffer)).isEqualTo(pair.model);
    pair.buffer.release();
  }

  private static byte[] bytes(Random random, int count) {
    var bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String text(Random random, int length) {
    int bound = random.nextBoolean() ? 0x80 : 0x10000;
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) random.nextInt(bound));
    }
    return text.toString();
  }

  private static final class Pair {
    final LinkBuffer buffer;
    byte[] model;

    Pair(LinkBuffer buffer, byte[] model) {
      this.buffer = buffer;
      this.model = model;
    }

    void add(int count, Consumer<ByteBuffer> put) {
      var bytes = new byte[count];
      put.accept(ByteBuffer.wrap(bytes));
      add(bytes, 0, count);
    }

    void add(byte[] bytes, int offset, int count) {
      int size = model.length;
      model = Arrays.copyOf(model, size + count);
      System.arraycopy(bytes, offset, model, size, count);
    }

    byte[] remove(int count) {
      var removed = Arrays.copyOf(model, count);
      model = Arrays.copyOfRange(model, count, model.length);
      return removed;
    }
  }
}
