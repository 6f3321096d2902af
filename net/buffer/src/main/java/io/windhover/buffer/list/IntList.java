package io.windhover.buffer.list;

import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/// A list of numbers with no object for each of them.
///
/// It is a list of [Integer] as any other is, and may be changed, but for null, which it refuses.
/// [#getInt] and [#toIntArray] give the numbers as they are. Not safe for many threads if one of
/// them changes it.
public final class IntList extends NumberList<Integer> {

  private int[] values;

  private IntList(int[] values, int size) {
    super(size);
    this.values = values;
  }

  /// Returns a list of these numbers, which are copied.
  public static IntList of(int... values) {
    return wrap(values.clone());
  }

  /// Returns a list in an array, which is the list's own from then on.
  public static IntList wrap(int[] values) {
    return new IntList(values, values.length);
  }

  /// Returns a list of the same numbers.
  public static IntList copyOf(Collection<Integer> list) {
    return copy(list);
  }

  /// Returns the list itself if it is of this class, else a copy that is.
  public static IntList from(List<Integer> list) {
    return list instanceof IntList same ? same : copy(list);
  }

  /// Returns the numbers of any list in an array of their own.
  public static int[] toArray(Collection<Integer> list) {
    var copy = copy(list);
    return copy.size == copy.values.length ? copy.values : copy.toIntArray();
  }

  private static IntList copy(Collection<? extends Integer> list) {
    if (list instanceof IntList same) {
      return wrap(same.toIntArray());
    }
    var copy = new IntList(new int[list.size()], 0); // not its size if others change it
    for (var value : list) {
      copy.addInt(value);
    }
    return copy;
  }

  /// Returns the number at a place, unboxed.
  public int getInt(int index) {
    return values[Objects.checkIndex(index, size)];
  }

  /// Adds a number, unboxed.
  public void addInt(int value) {
    if (size == values.length) {
      grow(1);
    }
    values[size++] = value;
    modCount++;
  }

  /// Returns the numbers in an array of their own.
  public int[] toIntArray() {
    return Arrays.copyOf(values, size);
  }

  /// Returns a view of the numbers, read-only, for who copies them on; of no use once the list has
  /// changed.
  public IntBuffer asBuffer() {
    return IntBuffer.wrap(values, 0, size).asReadOnlyBuffer();
  }

  @Override
  public Integer get(int index) {
    return getInt(index);
  }

  @Override
  void put(int index, Integer value) {
    values[index] = value;
  }

  @Override
  int[] array() {
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
  IntList copied(Collection<? extends Integer> list) {
    return copy(list);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IntList that
        ? Arrays.equals(values, 0, size, that.values, 0, that.size)
        : super.equals(other);
  }

  @Override
  public int hashCode() { // as every list has it
    int hash = 1;
    for (int i = 0; i < size; i++) {
      hash = 31 * hash + values[i];
    }
    return hash;
  }
}
