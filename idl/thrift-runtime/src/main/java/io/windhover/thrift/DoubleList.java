package io.windhover.thrift;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/// A list of numbers with no object for each of them: what a `list<double>` is read into.
///
/// It is a list of [Double] as any other is, and may be changed, but for null, which it refuses.
/// [#getDouble] and [#toDoubleArray] give the numbers as they are. Not safe for many threads if one
/// of them changes it.
///
/// [LongList] and [IntList] are the same but for the type: what is changed here is changed there.
public final class DoubleList extends AbstractList<Double> implements RandomAccess {

  private static final int MIN_CAPACITY = 8;

  private double[] values;
  private int size;

  private DoubleList(double[] values, int size) {
    this.values = values;
    this.size = size;
  }

  /// Returns a list of these numbers, which are copied.
  public static DoubleList of(double... values) {
    return new DoubleList(values.clone(), values.length);
  }

  /// Returns a list of the same numbers.
  public static DoubleList copyOf(Collection<Double> list) {
    return copied(list);
  }

  /// Returns the numbers of any list in an array of their own.
  public static double[] toArray(Collection<Double> list) {
    var copy = copied(list);
    return copy.size == copy.values.length ? copy.values : copy.toDoubleArray();
  }

  private static DoubleList copied(Collection<? extends Double> list) {
    if (list instanceof DoubleList numbers) {
      return new DoubleList(numbers.toDoubleArray(), numbers.size);
    }
    var copy = new DoubleList(new double[list.size()], 0); // not its size if others change it
    for (var number : list) {
      copy.add(number);
    }
    return copy;
  }

  /// Returns the number at a place, unboxed.
  public double getDouble(int index) {
    return values[Objects.checkIndex(index, size)];
  }

  /// Returns the numbers in an array of their own.
  public double[] toDoubleArray() {
    return Arrays.copyOf(values, size);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Double get(int index) {
    return getDouble(index);
  }

  @Override
  public Double set(int index, Double value) {
    double before = getDouble(index);
    values[index] = value;
    return before;
  }

  @Override
  public void add(int index, Double value) {
    double number = value;
    open(index, 1);
    values[index] = number;
  }

  @Override
  public boolean addAll(Collection<? extends Double> numbers) {
    return addAll(size, numbers);
  }

  @Override
  public boolean addAll(int index, Collection<? extends Double> numbers) {
    var added = copied(numbers); // they may be those of this list
    open(index, added.size);
    System.arraycopy(added.values, 0, values, index, added.size);
    return added.size > 0;
  }

  /// Makes room for more numbers at a place.
  private void open(int index, int count) {
    Objects.checkIndex(index, size + 1);
    if (count > values.length - size) {
      values =
          Arrays.copyOf(
              values,
              Math.max(MIN_CAPACITY, Math.max(Math.addExact(size, count), size + (size >> 1))));
    }
    System.arraycopy(values, index, values, index + count, size - index);
    size += count;
    modCount++;
  }

  @Override
  public Double remove(int index) {
    double before = getDouble(index);
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

  /// Reads a list.
  ///
  /// @return `otherwise` if the elements have another type: the list is skipped
  static List<Double> read(ThriftReader in, List<Double> otherwise) {
    int count = in.numbersBegin(ThriftType.DOUBLE, Double.BYTES);
    if (count < 0) {
      return otherwise;
    }
    var values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.f64();
    }
    return new DoubleList(values, count);
  }

  static void write(List<Double> list, ThriftWriter out) {
    out.listBegin(ThriftType.DOUBLE, list.size());
    if (list instanceof DoubleList numbers) {
      for (int i = 0; i < numbers.size; i++) {
        out.f64(numbers.values[i]);
      }
    } else {
      for (var element : list) {
        out.f64(element);
      }
    }
  }
}
