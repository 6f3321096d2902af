package io.windhover.buffer.list;

import java.util.AbstractList;
import java.util.Collection;
import java.util.Objects;
import java.util.RandomAccess;

/// What all lists of numbers do in the same way: places move in an array, whatever its type.
///
/// @param <E> the number as an object
abstract sealed class NumberList<E> extends AbstractList<E> implements RandomAccess
    permits BoolList, DoubleList, FloatList, IntList, LongList {

  private static final int MIN_CAPACITY = 8;

  int size;

  NumberList(int size) {
    this.size = size;
  }

  /// The array, in which the numbers come first.
  abstract Object array();

  /// How many numbers the array has room for.
  abstract int capacity();

  /// Goes on in a copy of the array that has room for more numbers.
  abstract void resize(int capacity);

  /// Puts a number into the array.
  abstract void put(int index, E value);

  /// Returns a list of the same numbers, of this class and with an array of its own.
  abstract NumberList<E> copied(Collection<? extends E> values);

  @Override
  public final int size() {
    return size;
  }

  @Override
  public final E set(int index, E value) {
    E before = get(index);
    put(index, value);
    return before;
  }

  @Override
  public final void add(int index, E value) {
    Objects.requireNonNull(value);
    open(index, 1);
    put(index, value);
  }

  @Override
  public final boolean addAll(Collection<? extends E> values) {
    return addAll(size, values);
  }

  @Override
  public final boolean addAll(int index, Collection<? extends E> values) {
    var added = copied(values); // they may be those of this list
    open(index, added.size);
    System.arraycopy(added.array(), 0, array(), index, added.size);
    return added.size > 0;
  }

  @Override
  public final E remove(int index) {
    E before = get(index);
    removeRange(index, index + 1);
    return before;
  }

  @Override
  protected final void removeRange(int from, int to) {
    System.arraycopy(array(), to, array(), from, size - to);
    size -= to - from;
    modCount++;
  }

  /// Makes room for numbers at a place.
  private void open(int index, int count) {
    Objects.checkIndex(index, size + 1);
    if (count > capacity() - size) {
      grow(count);
    }
    System.arraycopy(array(), index, array(), index + count, size - index);
    size += count;
    modCount++;
  }

  /// Makes room for numbers behind the last one.
  final void grow(int count) {
    int least = Math.addExact(size, count);
    resize(Math.max(least, size == 0 && count == 1 ? MIN_CAPACITY : size + (size >> 1)));
  }
}
