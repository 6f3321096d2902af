package io.windhover.protobuf;

import io.windhover.buffer.list.BoolList;
import io.windhover.buffer.list.DoubleList;
import io.windhover.buffer.list.FloatList;
import io.windhover.buffer.list.IntList;
import io.windhover.buffer.list.LongList;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// The middle of a [ProtoWriter]: repeated numbers, one by one or packed. Empty lists are not
/// written. Packed values of a fixed size are copied as a whole; varints are written out of any
/// list, in loops of their own rather than through a function, which a JIT would have to call for
/// each of them.
abstract sealed class ListWriter extends ScalarWriter permits ProtoWriter {

  ListWriter(byte[] bytes, int start, int room) {
    super(bytes, start, room);
  }

  public void int32s(int number, List<Integer> list) {
    for (int value : list) {
      int32(number, value);
    }
  }

  public void packedInt32s(int number, List<Integer> list) {
    if (list.isEmpty()) {
      return;
    }
    int begin = begin(number);
    if (list instanceof IntList values) {
      for (int i = 0; i < values.size(); i++) {
        packedVarint(values.getInt(i));
      }
    } else {
      for (int value : list) {
        packedVarint(value);
      }
    }
    end(begin);
  }

  public void uint32s(int number, List<Integer> list) {
    for (int value : list) {
      uint32(number, value);
    }
  }

  public void packedUint32s(int number, List<Integer> list) {
    if (list.isEmpty()) {
      return;
    }
    int begin = begin(number);
    if (list instanceof IntList values) {
      for (int i = 0; i < values.size(); i++) {
        packedVarint(Integer.toUnsignedLong(values.getInt(i)));
      }
    } else {
      for (int value : list) {
        packedVarint(Integer.toUnsignedLong(value));
      }
    }
    end(begin);
  }

  public void sint32s(int number, List<Integer> list) {
    for (int value : list) {
      sint32(number, value);
    }
  }

  public void packedSint32s(int number, List<Integer> list) {
    if (list.isEmpty()) {
      return;
    }
    int begin = begin(number);
    if (list instanceof IntList values) {
      for (int i = 0; i < values.size(); i++) {
        packedVarint(Integer.toUnsignedLong(zigZag(values.getInt(i))));
      }
    } else {
      for (int value : list) {
        packedVarint(Integer.toUnsignedLong(zigZag(value)));
      }
    }
    end(begin);
  }

  public void fixed32s(int number, List<Integer> list) {
    for (int value : list) {
      fixed32(number, value);
    }
  }

  public void packedFixed32s(int number, List<Integer> list) {
    if (list.isEmpty()) {
      return;
    }
    var values = IntList.from(list);
    int size = packed(number, Math.multiplyExact(values.size(), Integer.BYTES));
    littleEndian(size).asIntBuffer().put(values.asBuffer());
  }

  public void int64s(int number, List<Long> list) {
    for (long value : list) {
      int64(number, value);
    }
  }

  public void packedInt64s(int number, List<Long> list) {
    if (list.isEmpty()) {
      return;
    }
    int begin = begin(number);
    if (list instanceof LongList values) {
      for (int i = 0; i < values.size(); i++) {
        packedVarint(values.getLong(i));
      }
    } else {
      for (long value : list) {
        packedVarint(value);
      }
    }
    end(begin);
  }

  public void sint64s(int number, List<Long> list) {
    for (long value : list) {
      sint64(number, value);
    }
  }

  public void packedSint64s(int number, List<Long> list) {
    if (list.isEmpty()) {
      return;
    }
    int begin = begin(number);
    if (list instanceof LongList values) {
      for (int i = 0; i < values.size(); i++) {
        packedVarint(zigZag(values.getLong(i)));
      }
    } else {
      for (long value : list) {
        packedVarint(zigZag(value));
      }
    }
    end(begin);
  }

  public void fixed64s(int number, List<Long> list) {
    for (long value : list) {
      fixed64(number, value);
    }
  }

  public void packedFixed64s(int number, List<Long> list) {
    if (list.isEmpty()) {
      return;
    }
    var values = LongList.from(list);
    int size = packed(number, Math.multiplyExact(values.size(), Long.BYTES));
    littleEndian(size).asLongBuffer().put(values.asBuffer());
  }

  public void floats(int number, List<Float> list) {
    for (float value : list) {
      floatValue(number, value);
    }
  }

  public void packedFloats(int number, List<Float> list) {
    if (list.isEmpty()) {
      return;
    }
    var values = FloatList.from(list);
    int size = packed(number, Math.multiplyExact(values.size(), Float.BYTES));
    littleEndian(size).asFloatBuffer().put(values.asBuffer());
  }

  public void doubles(int number, List<Double> list) {
    for (double value : list) {
      doubleValue(number, value);
    }
  }

  public void packedDoubles(int number, List<Double> list) {
    if (list.isEmpty()) {
      return;
    }
    var values = DoubleList.from(list);
    int size = packed(number, Math.multiplyExact(values.size(), Double.BYTES));
    littleEndian(size).asDoubleBuffer().put(values.asBuffer());
  }

  public void bools(int number, List<Boolean> list) {
    for (boolean value : list) {
      bool(number, value);
    }
  }

  public void packedBools(int number, List<Boolean> list) {
    if (list.isEmpty()) {
      return;
    }
    var values = BoolList.from(list);
    packed(number, values.size());
    for (int i = 0; i < values.size(); i++) {
      bytes[pos++] = (byte) (values.getBool(i) ? 1 : 0);
    }
  }

  // ---- packed values

  /// Begins what stands behind its length.
  ///
  /// @return for [#end]
  final int begin(int number) {
    tag(number, WireType.BYTES, 1);
    pos++;
    return written();
  }

  /// Puts in the length of what was written since.
  ///
  /// One byte is left for it, which is enough in most cases. If not, what was written moves behind
  /// the length: cheaper than to compute all lengths first, or to write from back to front.
  final void end(int begin) {
    int count = written() - begin;
    int more = Varint.size(count) - 1;
    if (more > 0) {
      room(more);
      int from = pos - count;
      System.arraycopy(bytes, from, bytes, from + more, count);
      pos += more;
    }
    var _ = Varint.put(count, bytes, pos - count - more - 1);
  }

  final void packedVarint(long value) {
    room(MAX_VARINT_BYTES);
    putVarint(value);
  }

  /// Writes the head of packed values of a known size, and makes room for them.
  private int packed(int number, int size) {
    tag(number, WireType.BYTES, MAX_TAG_BYTES + size);
    putVarint(size);
    return size;
  }

  private ByteBuffer littleEndian(int size) {
    var view = ByteBuffer.wrap(bytes, pos, size).order(ByteOrder.LITTLE_ENDIAN);
    pos += size;
    return view;
  }
}
