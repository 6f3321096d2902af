package io.windhover.buffer.list;

import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/// A list of numbers with no object for each of them.
///
/// It is a list of [Long] as any other is, and may be changed, but for null, which it refuses.
/// [#getLong] and [#toLongArray] give the numbers as they are. Not safe for many threads if one of
/// them changes it.
public final class LongList extends NumberList<Long> {

  private long[] values;

  private LongList(long[] values, int size) {
    super(size);
    this.values = values;
  }

  /// Returns a list of these numbers, which are copied.
  public static LongList of(long... values) {
    return wrap(values.clone());
  }

  /// Returns a list in an array, which is the list's own from then on.
  public static LongList wrap(long[] values) {
    return new LongList(values, values.length);
  }

  /// Returns a list of the same numbers.
  public static LongList copyOf(Collection<Long> list) {
    return copy(list);
  }

  /// Returns the list itself if it is of this class, else a copy that is.
  public static LongList from(List<Long> list) {
    return list instanceof LongList same ? same : copy(list);
  }

  /// Returns the numbers of any list in an array of their own.
  public static long[] toArray(Collection<Long> list) {
    var copy = copy(list);
    return copy.size == copy.values.length ? copy.values : copy.toLongArray();
  }

  private static LongList copy(Collection<? extends Long> list) {
    if (list instanceof LongList same) {
      return wrap(same.toLongArray());
    }
    var copy = new LongList(new long[list.size()], 0); // not its size if others change it
    for (var value : list) {
      copy.addLong(value);
    }
    return copy;
  }

  /// Returns the number at a place, unboxed.
  public long getLong(int index) {
    return values[Objects.checkIndex(index, size)];
  }

  /// Adds a number, unboxed.
  public void addLong(long value) {
    if (size == values.length) {
      grow(1);
    }
    values[size++] = value;
    modCount++;
  }

  /// Returns the numbers in an array of their own.
  public long[] toLongArray() {
    return Arrays.copyOf(values, size);
  }

  /// Returns a view of the numbers, read-only, for who copies them on; of no use once the list has
  /// changed.
  public LongBuffer asBuffer() {
    return LongBuffer.wrap(values, 0, size).asReadOnlyBuffer();
  }

  @Override
  public Long get(int index) {
    return getLong(index);
  }

  @Override
  void put(int index, Long value) {
    values[index] = value;
  }

  @Override
  long[] array() {
    return values;
  }

  @Override
  int capacity() {
    return values.length;
  }

  @Override
  void resize(int capacity) {
    values = Arrays.copyOf(values, capacity);
  }

  @Override
  LongList copied(Collection<? extends Long> list) {
    return copy(list);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LongList that
        ? Arrays.equals(values, 0, size, that.values, 0, that.size)
        : super.equals(other);
  }

  @Override
  public int hashCode() { // as every list has it
    int hash = 1;
    for (int i = 0; i < size; i++) {
      hash = 31 * hash + Long.hashCode(values[i]);
    }
    return hash;
  }
}
