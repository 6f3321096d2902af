package io.windhover.buffer.list;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/// A list of numbers with no object for each of them.
///
/// It is a list of [Float] as any other is, and may be changed, but for null, which it refuses.
/// [#getFloat] and [#toFloatArray] give the numbers as they are. Not safe for many threads if one
/// of them changes it.
public final class FloatList extends NumberList<Float> {

  private float[] values;

  private FloatList(float[] values, int size) {
    super(size);
    this.values = values;
  }

  /// Returns a list of these numbers, which are copied.
  public static FloatList of(float... values) {
    return wrap(values.clone());
  }

  /// Returns a list in an array, which is the list's own from then on.
  public static FloatList wrap(float[] values) {
    return new FloatList(values, values.length);
  }

  /// Returns a list of the same numbers.
  public static FloatList copyOf(Collection<Float> list) {
    return copy(list);
  }

  /// Returns the list itself if it is of this class, else a copy that is.
  public static FloatList from(List<Float> list) {
    return list instanceof FloatList same ? same : copy(list);
  }

  /// Returns the numbers of any list in an array of their own.
  public static float[] toArray(Collection<Float> list) {
    var copy = copy(list);
    return copy.size == copy.values.length ? copy.values : copy.toFloatArray();
  }

  private static FloatList copy(Collection<? extends Float> list) {
    if (list instanceof FloatList same) {
      return wrap(same.toFloatArray());
    }
    var copy = new FloatList(new float[list.size()], 0); // not its size if others change it
    for (var value : list) {
      copy.addFloat(value);
    }
    return copy;
  }

  /// Returns the number at a place, unboxed.
  public float getFloat(int index) {
    return values[Objects.checkIndex(index, size)];
  }

  /// Adds a number, unboxed.
  public void addFloat(float value) {
    if (size == values.length) {
      grow(1);
    }
    values[size++] = value;
    modCount++;
  }

  /// Returns the numbers in an array of their own.
  public float[] toFloatArray() {
    return Arrays.copyOf(values, size);
  }

  /// Returns a view of the numbers, read-only, for who copies them on; of no use once the list has
  /// changed.
  public FloatBuffer asBuffer() {
    return FloatBuffer.wrap(values, 0, size).asReadOnlyBuffer();
  }

  @Override
  public Float get(int index) {
    return getFloat(index);
  }

  @Override
  void put(int index, Float value) {
    values[index] = value;
  }

  @Override
  float[] array() {
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
  FloatList copied(Collection<? extends Float> list) {
    return copy(list);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FloatList that
        ? Arrays.equals(values, 0, size, that.values, 0, that.size)
        : super.equals(other);
  }

  @Override
  public int hashCode() { // as every list has it
    int hash = 1;
    for (int i = 0; i < size; i++) {
      hash = 31 * hash + Float.hashCode(values[i]);
    }
    return hash;
  }
}
