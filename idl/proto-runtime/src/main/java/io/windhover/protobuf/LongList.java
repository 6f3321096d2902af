package io.windhover.protobuf;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/// A list of numbers with no object for each of them: what repeated numbers are read into.
///
/// It is a list of [Long] as any other is, and may be changed, but for null, which it refuses.
/// [#getLong] and [#toLongArray] give the numbers as they are. Not safe for many threads if one of
/// them changes it.
///
/// [IntList] is the same but for the type: what is changed there is changed here.
public final class LongList extends AbstractList<Long> implements RandomAccess {

  private static final int MIN_CAPACITY = 8;

  private long[] values;
  private int size;

  private LongList(long[] values, int size) {
    this.values = values;
    this.size = size;
  }

  /// Returns a list of these numbers, which are copied.
  public static LongList of(long... values) {
    return new LongList(values.clone(), values.length);
  }

  /// Returns a list of the same numbers.
  public static LongList copyOf(Collection<Long> list) {
    return copied(list);
  }

  /// Returns the numbers of any list in an array of their own.
  public static long[] toArray(Collection<Long> list) {
    var copy = copied(list);
    return copy.size == copy.values.length ? copy.values : copy.toLongArray();
  }

  private static LongList copied(Collection<? extends Long> list) {
    if (list instanceof LongList numbers) {
      return new LongList(numbers.toLongArray(), numbers.size);
    }
    var copy = new LongList(new long[list.size()], 0); // not its size if others change it
    for (var number : list) {
      copy.add(number);
    }
    return copy;
  }

  /// Returns the list to which a reader adds: this one if it is of this class, else a copy.
  static LongList growing(List<Long> list) {
    return list instanceof LongList numbers ? numbers : copied(list);
  }

  /// Adds a number, unboxed.
  public void addLong(long value) {
    if (size == values.length) {
      grow(1);
    }
    values[size++] = value;
    modCount++;
  }

  /// Makes room behind the last number, which the caller fills.
  ///
  /// @return where in [#array] it begins
  int addRoom(int count) {
    int from = size;
    open(size, count);
    return from;
  }

  /// The array itself, for who does not keep it; the first [#size] numbers are those of the list.
  long[] array() {
    return values;
  }

  /// Returns the number at a place, unboxed.
  public long getLong(int index) {
    return values[Objects.checkIndex(index, size)];
  }

  /// Returns the numbers in an array of their own.
  public long[] toLongArray() {
    return Arrays.copyOf(values, size);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Long get(int index) {
    return getLong(index);
  }

  @Override
  public Long set(int index, Long value) {
    long before = getLong(index);
    values[index] = value;
    return before;
  }

  @Override
  public void add(int index, Long value) {
    long number = value;
    open(index, 1);
    values[index] = number;
  }

  @Override
  public boolean addAll(Collection<? extends Long> numbers) {
    return addAll(size, numbers);
  }

  @Override
  public boolean addAll(int index, Collection<? extends Long> numbers) {
    var added = copied(numbers); // they may be those of this list
    open(index, added.size);
    System.arraycopy(added.values, 0, values, index, added.size);
    return added.size > 0;
  }

  /// Makes room for more numbers at a place.
  private void open(int index, int count) {
    Objects.checkIndex(index, size + 1);
    if (count > values.length - size) {
      grow(count);
    }
    System.arraycopy(values, index, values, index + count, size - index);
    size += count;
    modCount++;
  }

  private void grow(int count) {
    int least = Math.addExact(size, count);
    values =
        Arrays.copyOf(
            values, Math.max(least, size == 0 && count == 1 ? MIN_CAPACITY : size + (size >> 1)));
  }

  @Override
  public Long remove(int index) {
    long before = getLong(index);
    removeRange(index, index + 1);
    return before;
  }

  @Override
  protected void removeRange(int from, int to) {
    System.arraycopy(values, to, values, from, size - to);
    size -= to - from;
    modCount++;
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
