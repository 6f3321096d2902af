package io.windhover.thrift;

import io.windhover.buffer.list.DoubleList;
import io.windhover.buffer.list.IntList;
import io.windhover.buffer.list.LongList;
import java.util.List;

/// Reads and writes lists of numbers, without an object for each where the list has none.
///
/// What reads returns `otherwise` if the elements have another type: the list is skipped.
final class NumberLists {

  private NumberLists() {}

  static List<Integer> readI32(ThriftReader in, List<Integer> otherwise) {
    int count = in.numbersBegin(ThriftType.I32, Integer.BYTES);
    if (count < 0) {
      return otherwise;
    }
    var values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.i32();
    }
    return IntList.wrap(values);
  }

  static List<Long> readI64(ThriftReader in, List<Long> otherwise) {
    int count = in.numbersBegin(ThriftType.I64, Long.BYTES);
    if (count < 0) {
      return otherwise;
    }
    var values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.i64();
    }
    return LongList.wrap(values);
  }

  static List<Double> readF64(ThriftReader in, List<Double> otherwise) {
    int count = in.numbersBegin(ThriftType.DOUBLE, Double.BYTES);
    if (count < 0) {
      return otherwise;
    }
    var values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.f64();
    }
    return DoubleList.wrap(values);
  }

  static void writeI32(List<Integer> list, ThriftWriter out) {
    out.listBegin(ThriftType.I32, list.size());
    if (list instanceof IntList numbers) {
      for (int i = 0; i < numbers.size(); i++) {
        out.i32(numbers.getInt(i));
      }
    } else {
      for (var element : list) {
        out.i32(element);
      }
    }
  }

  static void writeI64(List<Long> list, ThriftWriter out) {
    out.listBegin(ThriftType.I64, list.size());
    if (list instanceof LongList numbers) {
      for (int i = 0; i < numbers.size(); i++) {
        out.i64(numbers.getLong(i));
      }
    } else {
      for (var element : list) {
        out.i64(element);
      }
    }
  }

  static void writeF64(List<Double> list, ThriftWriter out) {
    out.listBegin(ThriftType.DOUBLE, list.size());
    if (list instanceof DoubleList numbers) {
      for (int i = 0; i < numbers.size(); i++) {
        out.f64(numbers.getDouble(i));
      }
    } else {
      for (var element : list) {
        out.f64(element);
      }
    }
  }
}
