package io.windhover.protobuf;

import io.windhover.buffer.list.BoolList;
import io.windhover.buffer.list.DoubleList;
import io.windhover.buffer.list.FloatList;
import io.windhover.buffer.list.IntList;
import io.windhover.buffer.list.LongList;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/// The middle of a [ProtoReader]: repeated numbers, one by one or packed, whatever the IDL says.
///
/// Each method adds to a list, and returns the list with the values: the one that it was given if
/// that is of its own class. Packed values of a fixed size are copied as a whole; varints are
/// counted first, so that their array is made once and of its size.
abstract sealed class ListReader extends ScalarReader permits ProtoReader {

  ListReader(byte[] bytes, int start, int count, ObjectBudget budget) {
    super(bytes, start, count, budget);
  }

  // ---- varints

  /// Reads values of a repeated `int32` or `uint32`.
  public IntList int32s(int tag, List<Integer> list) {
    return isPacked(tag)
        ? packedInts(list, ScalarReader::int32)
        : ints(tag, list, ScalarReader::int32);
  }

  public IntList sint32s(int tag, List<Integer> list) {
    return isPacked(tag)
        ? packedInts(list, ScalarReader::sint32)
        : ints(tag, list, ScalarReader::sint32);
  }

  /// Reads values of a repeated `int64` or `uint64`.
  public LongList int64s(int tag, List<Long> list) {
    return isPacked(tag)
        ? packedLongs(list, ScalarReader::int64)
        : longs(tag, list, ScalarReader::int64);
  }

  public LongList sint64s(int tag, List<Long> list) {
    return isPacked(tag)
        ? packedLongs(list, ScalarReader::sint64)
        : longs(tag, list, ScalarReader::sint64);
  }

  public BoolList bools(int tag, List<Boolean> list) {
    if (!isPacked(tag)) {
      var values = growing(list, BoolList::from);
      do {
        take(1);
        values.addBool(bool());
      } while (isNext(tag));
      return values;
    }
    int end = packedEnd();
    var more = new boolean[varints(end, 1)];
    int outer = limit;
    limit = end;
    for (int i = 0; i < more.length; i++) {
      more[i] = bool();
    }
    limit = outer;
    return joined(list, BoolList.wrap(more), BoolList::from);
  }

  private IntList ints(int tag, List<Integer> list, ToIntFunction<ScalarReader> one) {
    var values = growing(list, IntList::from);
    do {
      take(Integer.BYTES);
      values.addInt(one.applyAsInt(this));
    } while (isNext(tag));
    return values;
  }

  private IntList packedInts(List<Integer> list, ToIntFunction<ScalarReader> one) {
    int end = packedEnd();
    var more = new int[varints(end, Integer.BYTES)];
    int outer = limit;
    limit = end;
    for (int i = 0; i < more.length; i++) {
      more[i] = one.applyAsInt(this);
    }
    limit = outer;
    return joined(list, IntList.wrap(more), IntList::from);
  }

  private LongList longs(int tag, List<Long> list, ToLongFunction<ScalarReader> one) {
    var values = growing(list, LongList::from);
    do {
      take(Long.BYTES);
      values.addLong(one.applyAsLong(this));
    } while (isNext(tag));
    return values;
  }

  private LongList packedLongs(List<Long> list, ToLongFunction<ScalarReader> one) {
    int end = packedEnd();
    var more = new long[varints(end, Long.BYTES)];
    int outer = limit;
    limit = end;
    for (int i = 0; i < more.length; i++) {
      more[i] = one.applyAsLong(this);
    }
    limit = outer;
    return joined(list, LongList.wrap(more), LongList::from);
  }

  // ---- values of a fixed size

  /// Reads values of a repeated `fixed32` or `sfixed32`.
  public IntList fixed32s(int tag, List<Integer> list) {
    if (!isPacked(tag)) {
      return ints(tag, list, ScalarReader::fixed32);
    }
    var more = new int[packed(Integer.BYTES)];
    littleEndian(more.length * Integer.BYTES).asIntBuffer().get(more);
    return joined(list, IntList.wrap(more), IntList::from);
  }

  /// Reads values of a repeated `fixed64` or `sfixed64`.
  public LongList fixed64s(int tag, List<Long> list) {
    if (!isPacked(tag)) {
      return longs(tag, list, ScalarReader::fixed64);
    }
    var more = new long[packed(Long.BYTES)];
    littleEndian(more.length * Long.BYTES).asLongBuffer().get(more);
    return joined(list, LongList.wrap(more), LongList::from);
  }

  public FloatList floats(int tag, List<Float> list) {
    if (isPacked(tag)) {
      var more = new float[packed(Float.BYTES)];
      littleEndian(more.length * Float.BYTES).asFloatBuffer().get(more);
      return joined(list, FloatList.wrap(more), FloatList::from);
    }
    var values = growing(list, FloatList::from);
    do {
      take(Float.BYTES);
      values.addFloat(floatValue());
    } while (isNext(tag));
    return values;
  }

  public DoubleList doubles(int tag, List<Double> list) {
    if (isPacked(tag)) {
      var more = new double[packed(Double.BYTES)];
      littleEndian(more.length * Double.BYTES).asDoubleBuffer().get(more);
      return joined(list, DoubleList.wrap(more), DoubleList::from);
    }
    var values = growing(list, DoubleList::from);
    do {
      take(Double.BYTES);
      values.addDouble(doubleValue());
    } while (isNext(tag));
    return values;
  }

  // ---- packed values

  static boolean isPacked(int tag) {
    return (tag & WireType.MASK) == WireType.BYTES;
  }

  /// Reads the length of packed values.
  ///
  /// @return where they end
  final int packedEnd() {
    int count = length();
    return pos + count;
  }

  /// Returns how many varints there are up to `end`, and asks for the memory that they take. One
  /// that has no end is counted, too, and refused when it is read.
  private int varints(int end, int size) {
    int count = 0;
    for (int i = pos; i < end; i++) {
      count += ~bytes[i] >>> Integer.SIZE - 1;
    }
    if (end > pos && bytes[end - 1] < 0) {
      count++;
    }
    take((long) count * size);
    return count;
  }

  /// Reads the length of packed values, and asks for the memory that they take.
  ///
  /// @return how many there are
  private int packed(int size) {
    int count = length();
    if (count % size != 0) {
      throw malformed("packed bytes: %d (expected: a multiple of %d)".formatted(count, size));
    }
    take(count);
    return count / size;
  }

  private ByteBuffer littleEndian(int count) {
    return ByteBuffer.wrap(bytes, advance(count), count).order(ByteOrder.LITTLE_ENDIAN);
  }

  // ---- lists

  @SuppressWarnings("ReferenceEquality") // whether it is the very same
  private <E, L extends List<E>> L growing(List<E> list, Function<List<E>, L> from) {
    L values = from.apply(list);
    if (values != list) {
      take(ObjectBytes.LIST);
    }
    return values;
  }

  private <E, L extends List<E>> L joined(List<E> list, L more, Function<List<E>, L> from) {
    if (list.isEmpty()) {
      take(ObjectBytes.LIST);
      return more;
    }
    L values = growing(list, from);
    values.addAll(more);
    return values;
  }
}
