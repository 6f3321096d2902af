package io.windhover.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.list.IntList;
import io.windhover.buffer.list.LongList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Packed varints, out of lists of our own and of others.
final class PackedTest {
  private static final List<Integer> INTS = List.of(1, Integer.MIN_VALUE, 300);
  private static final List<Long> LONGS = List.of(1L, -1L, 1L << 40);

  @Test
  void writesInt32s() {
    assertThat(written(it -> it.packedInt32s(1, INTS))).isEqualTo("0a0d0180808080f8ffffffff01ac02");
    assertThat(written(it -> it.packedInt32s(1, IntList.copyOf(INTS))))
        .isEqualTo("0a0d0180808080f8ffffffff01ac02");
  }

  @Test
  void writesUint32s() {
    assertThat(written(it -> it.packedUint32s(1, INTS))).isEqualTo("0a08018080808008ac02");
    assertThat(written(it -> it.packedUint32s(1, IntList.copyOf(INTS))))
        .isEqualTo("0a08018080808008ac02");
  }

  @Test
  void writesSint32s() {
    assertThat(written(it -> it.packedSint32s(1, INTS))).isEqualTo("0a0802ffffffff0fd804");
    assertThat(written(it -> it.packedSint32s(1, IntList.copyOf(INTS))))
        .isEqualTo("0a0802ffffffff0fd804");
  }

  @Test
  void writesInt64s() {
    assertThat(written(it -> it.packedInt64s(1, LONGS)))
        .isEqualTo("0a1101ffffffffffffffffff01808080808020");
    assertThat(written(it -> it.packedInt64s(1, LongList.copyOf(LONGS))))
        .isEqualTo("0a1101ffffffffffffffffff01808080808020");
  }

  @Test
  void writesSint64s() {
    assertThat(written(it -> it.packedSint64s(1, LONGS))).isEqualTo("0a080201808080808040");
    assertThat(written(it -> it.packedSint64s(1, LongList.copyOf(LONGS))))
        .isEqualTo("0a080201808080808040");
  }

  private static String written(Consumer<ProtoWriter> lists) {
    try (var out = new LinkBuffer()) {
      new Lists().write(lists, out);
      byte[] bytes = new byte[out.size()];
      out.readBytes(bytes, 0, bytes.length);
      return HexFormat.of().formatHex(bytes);
    }
  }

  /// Writes what it is told to.
  private static final class Lists implements ProtoCodec<Consumer<ProtoWriter>> {
    @Override
    public String name() {
      return "test.Lists";
    }

    @Override
    public String fieldName(int number) {
      return "list";
    }

    @Override
    public int fieldCount() {
      return 1;
    }

    @Override
    public Consumer<ProtoWriter> create() {
      return _ -> {};
    }

    @Override
    public void mergeFields(Consumer<ProtoWriter> into, ProtoReader in) {
      for (int tag; (tag = in.tag()) != 0; ) {
        in.skip(tag);
      }
    }

    @Override
    public void writeFields(Consumer<ProtoWriter> message, ProtoWriter out) {
      message.accept(out);
    }
  }
}
