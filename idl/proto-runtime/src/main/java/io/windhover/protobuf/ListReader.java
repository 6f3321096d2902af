package io.windhover.protobuf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// The middle of a [ProtoReader]: repeated numbers, one by one or packed, whatever the IDL says.
///
/// Packed values of a fixed size are copied as a whole; varints are counted first, so that their
/// array is made once and of its size.
abstract sealed class ListReader extends ScalarReader permits ProtoReader {

  ListReader(byte[] bytes, int start, int count, ObjectBudget budget) {
    super(bytes, start, count, budget);
  }

  /// Reads values of a repeated `int32`, and adds them.
  ///
  /// @return the list with the values: `list` itself if it can grow
  public IntList int32s(int tag, List<Integer> list) {
    var values = growingInts(list);
    if ((tag & WireType.MASK) != WireType.BYTES) {
      do {
        take(Integer.BYTES);
        values.addInt(int32());
      } while (isNext(tag));
      return values;
    }
    int end = packedEnd();
    int count = varints(end);
    take((long) count * Integer.BYTES);
    int from = values.addRoom(count);
    int[] array = values.array();
    int outer = limit;
    limit = end;
    for (int i = 0; i < count; i++) {
      array[from + i] = int32();
    }
    limit = outer;
    return values;
  }

  /// Reads values of a repeated `sint32`, and adds them.
  ///
  /// @return the list with the values: `list` itself if it can grow
  public IntList sint32s(int tag, List<Integer> list) {
    var values = growingInts(list);
    if ((tag & WireType.MASK) != WireType.BYTES) {
      do {
        take(Integer.BYTES);
        values.addInt(sint32());
      } while (isNext(tag));
      return values;
    }
    int end = packedEnd();
    int count = varints(end);
    take((long) count * Integer.BYTES);
    int from = values.addRoom(count);
    int[] array = values.array();
    int outer = limit;
    limit = end;
    for (int i = 0; i < count; i++) {
      array[from + i] = sint32();
    }
    limit = outer;
    return values;
  }

  /// Reads values of a repeated `fixed32`, and adds them.
  ///
  /// @return the list with the values: `list` itself if it can grow
  public IntList fixed32s(int tag, List<Integer> list) {
    var values = growingInts(list);
    if ((tag & WireType.MASK) != WireType.BYTES) {
      do {
        take(Integer.BYTES);
        values.addInt(fixed32());
      } while (isNext(tag));
      return values;
    }
    int count = packed(Integer.BYTES);
    take((long) count * Integer.BYTES);
    int from = values.addRoom(count);
    littleEndian(count * Integer.BYTES).asIntBuffer().get(values.array(), from, count);
    return values;
  }

  /// Reads values of a repeated `int64`, and adds them.
  ///
  /// @return the list with the values: `list` itself if it can grow
  public LongList int64s(int tag, List<Long> list) {
    var values = growingLongs(list);
    if ((tag & WireType.MASK) != WireType.BYTES) {
      do {
        take(Long.BYTES);
        values.addLong(int64());
      } while (isNext(tag));
      return values;
    }
    int end = packedEnd();
    int count = varints(end);
    take((long) count * Long.BYTES);
    int from = values.addRoom(count);
    long[] array = values.array();
    int outer = limit;
    limit = end;
    for (int i = 0; i < count; i++) {
      array[from + i] = int64();
    }
    limit = outer;
    return values;
  }

  /// Reads values of a repeated `sint64`, and adds them.
  ///
  /// @return the list with the values: `list` itself if it can grow
  public LongList sint64s(int tag, List<Long> list) {
    var values = growingLongs(list);
    if ((tag & WireType.MASK) != WireType.BYTES) {
      do {
        take(Long.BYTES);
        values.addLong(sint64());
      } while (isNext(tag));
      return values;
    }
    int end = packedEnd();
    int count = varints(end);
    take((long) count * Long.BYTES);
    int from = values.addRoom(count);
    long[] array = values.array();
    int outer = limit;
    limit = end;
    for (int i = 0; i < count; i++) {
      array[from + i] = sint64();
    }
    limit = outer;
    return values;
  }

  /// Reads values of a repeated `fixed64`, and adds them.
  ///
  /// @return the list with the values: `list` itself if it can grow
  public LongList fixed64s(int tag, List<Long> list) {
    var values = growingLongs(list);
    if ((tag & WireType.MASK) != WireType.BYTES) {
      do {
        take(Long.BYTES);
        values.addLong(fixed64());
      } while (isNext(tag));
      return values;
    }
    int count = packed(Long.BYTES);
    take((long) count * Long.BYTES);
    int from = values.addRoom(count);
    littleEndian(count * Long.BYTES).asLongBuffer().get(values.array(), from, count);
    return values;
  }

  /// Reads values of a repeated `float`, and adds them.
  ///
  /// @return the list with the values: `list` itself if it can grow
  public FloatList floats(int tag, List<Float> list) {
    var values = growingFloats(list);
    if ((tag & WireType.MASK) != WireType.BYTES) {
      do {
        take(Float.BYTES);
        values.addFloat(floatValue());
      } while (isNext(tag));
      return values;
    }
    int count = packed(Float.BYTES);
    take((long) count * Float.BYTES);
    int from = values.addRoom(count);
    littleEndian(count * Float.BYTES).asFloatBuffer().get(values.array(), from, count);
    return values;
  }

  /// Reads values of a repeated `double`, and adds them.
  ///
  /// @return the list with the values: `list` itself if it can grow
  public DoubleList doubles(int tag, List<Double> list) {
    var values = growingDoubles(list);
    if ((tag & WireType.MASK) != WireType.BYTES) {
      do {
        take(Double.BYTES);
        values.addDouble(doubleValue());
      } while (isNext(tag));
      return values;
    }
    int count = packed(Double.BYTES);
    take((long) count * Double.BYTES);
    int from = values.addRoom(count);
    littleEndian(count * Double.BYTES).asDoubleBuffer().get(values.array(), from, count);
    return values;
  }

  /// Reads values of a repeated `bool`, and adds them.
  ///
  /// @return the list with the values: `list` itself if it can grow
  public BoolList bools(int tag, List<Boolean> list) {
    var values = growingBools(list);
    if ((tag & WireType.MASK) != WireType.BYTES) {
      do {
        take(1);
        values.addBool(bool());
      } while (isNext(tag));
      return values;
    }
    int end = packedEnd();
    int count = varints(end);
    take((long) count * Byte.BYTES);
    int from = values.addRoom(count);
    boolean[] array = values.array();
    int outer = limit;
    limit = end;
    for (int i = 0; i < count; i++) {
      array[from + i] = bool();
    }
    limit = outer;
    return values;
  }

  /// Reads the length of packed values.
  ///
  /// @return where they end
  final int packedEnd() {
    int count = length();
    return pos + count;
  }

  /// Returns how many varints there are up to `end`.
  final int varints(int end) {
    int count = 0;
    for (int i = pos; i < end; i++) {
      count += ~bytes[i] >>> Integer.SIZE - 1;
    }
    if (end > pos && bytes[end - 1] < 0) {
      throw truncated();
    }
    return count;
  }

  /// Reads the length of packed values.
  ///
  /// @return how many there are
  private int packed(int size) {
    int count = length();
    if (count % size != 0) {
      throw malformed("packed bytes: %d (expected: a multiple of %d)".formatted(count, size));
    }
    return count / size;
  }

  private ByteBuffer littleEndian(int count) {
    return ByteBuffer.wrap(bytes, advance(count), count).order(ByteOrder.LITTLE_ENDIAN);
  }

  // ---- lists that are not there yet

  private IntList growingInts(List<Integer> list) {
    if (list instanceof IntList own) {
      return own;
    }
    take(ObjectBytes.LIST);
    return IntList.growing(list);
  }

  private LongList growingLongs(List<Long> list) {
    if (list instanceof LongList own) {
      return own;
    }
    take(ObjectBytes.LIST);
    return LongList.growing(list);
  }

  private FloatList growingFloats(List<Float> list) {
    if (list instanceof FloatList own) {
      return own;
    }
    take(ObjectBytes.LIST);
    return FloatList.growing(list);
  }

  private DoubleList growingDoubles(List<Double> list) {
    if (list instanceof DoubleList own) {
      return own;
    }
    take(ObjectBytes.LIST);
    return DoubleList.growing(list);
  }

  private BoolList growingBools(List<Boolean> list) {
    if (list instanceof BoolList own) {
      return own;
    }
    take(ObjectBytes.LIST);
    return BoolList.growing(list);
  }
}
