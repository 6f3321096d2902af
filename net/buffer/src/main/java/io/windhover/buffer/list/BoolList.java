package io.windhover.buffer.list;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/// A list of booleans with no object for each of them.
///
/// It is a list of [Boolean] as any other is, and may be changed, but for null, which it refuses.
/// [#getBool] and [#toBoolArray] give the booleans as they are. Not safe for many threads if one of
/// them changes it.
public final class BoolList extends NumberList<Boolean> {

  private boolean[] values;

  private BoolList(boolean[] values, int size) {
    super(size);
    this.values = values;
  }

  /// Returns a list of these booleans, which are copied.
  public static BoolList of(boolean... values) {
    return wrap(values.clone());
  }

  /// Returns a list in an array, which is the list's own from then on.
  public static BoolList wrap(boolean[] values) {
    return new BoolList(values, values.length);
  }

  /// Returns a list of the same booleans.
  public static BoolList copyOf(Collection<Boolean> list) {
    return copy(list);
  }

  /// Returns the list itself if it is of this class, else a copy that is.
  public static BoolList from(List<Boolean> list) {
    return list instanceof BoolList same ? same : copy(list);
  }

  /// Returns the booleans of any list in an array of their own.
  public static boolean[] toArray(Collection<Boolean> list) {
    var copy = copy(list);
    return copy.size == copy.values.length ? copy.values : copy.toBoolArray();
  }

  private static BoolList copy(Collection<? extends Boolean> list) {
    if (list instanceof BoolList same) {
      return wrap(same.toBoolArray());
    }
    var copy = new BoolList(new boolean[list.size()], 0); // not its size if others change it
    for (var value : list) {
      copy.addBool(value);
    }
    return copy;
  }

  /// Returns the boolean at a place, unboxed.
  public boolean getBool(int index) {
    return values[Objects.checkIndex(index, size)];
  }

  /// Adds a boolean, unboxed.
  public void addBool(boolean value) {
    if (size == values.length) {
      grow(1);
    }
    values[size++] = value;
    modCount++;
  }

  /// Returns the booleans in an array of their own.
  public boolean[] toBoolArray() {
    return Arrays.copyOf(values, size);
  }

  @Override
  public Boolean get(int index) {
    return getBool(index);
  }

  @Override
  void put(int index, Boolean value) {
    values[index] = value;
  }

  @Override
  boolean[] array() {
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
  BoolList copied(Collection<? extends Boolean> list) {
    return copy(list);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BoolList that
        ? Arrays.equals(values, 0, size, that.values, 0, that.size)
        : super.equals(other);
  }

  @Override
  public int hashCode() { // as every list has it
    int hash = 1;
    for (int i = 0; i < size; i++) {
      hash = 31 * hash + Boolean.hashCode(values[i]);
    }
    return hash;
  }
}
