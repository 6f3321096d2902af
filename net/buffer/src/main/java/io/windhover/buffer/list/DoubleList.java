package io.windhover.buffer.list;

import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/// A list of numbers with no object for each of them.
///
/// It is a list of [Double] as any other is, and may be changed, but for null, which it refuses.
/// [#getDouble] and [#toDoubleArray] give the numbers as they are. Not safe for many threads if one
/// of them changes it.
public final class DoubleList extends NumberList<Double> {

  private double[] values;

  private DoubleList(double[] values, int size) {
    super(size);
    this.values = values;
  }

  /// Returns a list of these numbers, which are copied.
  public static DoubleList of(double... values) {
    return wrap(values.clone());
  }

  /// Returns a list in an array, which is the list's own from then on.
  public static DoubleList wrap(double[] values) {
    return new DoubleList(values, values.length);
  }

  /// Returns a list of the same numbers.
  public static DoubleList copyOf(Collection<Double> list) {
    return copy(list);
  }

  /// Returns the list itself if it is of this class, else a copy that is.
  public static DoubleList from(List<Double> list) {
    return list instanceof DoubleList same ? same : copy(list);
  }

  /// Returns the numbers of any list in an array of their own.
  public static double[] toArray(Collection<Double> list) {
    var copy = copy(list);
    return copy.size == copy.values.length ? copy.values : copy.toDoubleArray();
  }

  private static DoubleList copy(Collection<? extends Double> list) {
    if (list instanceof DoubleList same) {
      return wrap(same.toDoubleArray());
    }
    var copy = new DoubleList(new double[list.size()], 0); // not its size if others change it
    for (var value : list) {
      copy.addDouble(value);
    }
    return copy;
  }

  /// Returns the number at a place, unboxed.
  public double getDouble(int index) {
    return values[Objects.checkIndex(index, size)];
  }

  /// Adds a number, unboxed.
  public void addDouble(double value) {
    if (size == values.length) {
      grow(1);
    }
    values[size++] = value;
    modCount++;
  }

  /// Returns the numbers in an array of their own.
  public double[] toDoubleArray() {
    return Arrays.copyOf(values, size);
  }

  /// Returns a view of the numbers, read-only, for who copies them on; of no use once the list has
  /// changed.
  public DoubleBuffer asBuffer() {
    return DoubleBuffer.wrap(values, 0, size).asReadOnlyBuffer();
  }

  @Override
  public Double get(int index) {
    return getDouble(index);
  }

  @Override
  void put(int index, Double value) {
    values[index] = value;
  }

  @Override
  double[] array() {
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
  DoubleList copied(Collection<? extends Double> list) {
    return copy(list);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DoubleList that
        ? Arrays.equals(values, 0, size, that.values, 0, that.size)
        : super.equals(other);
  }

  @Override
  public int hashCode() { // as every list has it
    int hash = 1;
    for (int i = 0; i < size; i++) {
      hash = 31 * hash + Double.hashCode(values[i]);
    }
    return hash;
  }
}
