package io.windhover.interop;

import static io.windhover.interop.ThriftValue.bytes;
import static io.windhover.interop.ThriftValue.list;
import static io.windhover.interop.ThriftValue.map;
import static io.windhover.interop.ThriftValue.set;
import static io.windhover.interop.ThriftValue.struct;
import static io.windhover.interop.ThriftValue.text;

import io.windhover.interop.ThriftValue.Bool;
import io.windhover.interop.ThriftValue.Bytes;
import io.windhover.interop.ThriftValue.Entries;
import io.windhover.interop.ThriftValue.F64;
import io.windhover.interop.ThriftValue.I16;
import io.windhover.interop.ThriftValue.I32;
import io.windhover.interop.ThriftValue.I64;
import io.windhover.interop.ThriftValue.I8;
import io.windhover.interop.ThriftValue.Sequence;
import io.windhover.interop.ThriftValue.Struct;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.thrift.protocol.TType;

/// Values of the IDL's types as they are on the wire, written down without generated code.
final class LibthriftValues {
  private static final int[] COLORS = {1, Integer.MAX_VALUE, Integer.MIN_VALUE, 77, 0};

  private LibthriftValues() {}

  static List<Bool> bools() {
    return List.of(new Bool(true), new Bool(false));
  }

  static List<I8> bytesOfOne() {
    return List.of(new I8((byte) 0), new I8(Byte.MAX_VALUE), new I8(Byte.MIN_VALUE));
  }

  static List<I16> shorts() {
    return List.of(new I16((short) 0), new I16(Short.MAX_VALUE), new I16(Short.MIN_VALUE));
  }

  static List<I32> ints() {
    return List.of(new I32(0), new I32(-1), new I32(Integer.MAX_VALUE), new I32(Integer.MIN_VALUE));
  }

  static List<I64> longs() {
    return List.of(new I64(0), new I64(-1), new I64(Long.MAX_VALUE), new I64(Long.MIN_VALUE));
  }

  static List<F64> doubles() {
    return List.of(
        new F64(0),
        new F64(-0.0),
        new F64(Double.MAX_VALUE),
        new F64(Double.MIN_VALUE),
        new F64(Double.POSITIVE_INFINITY),
        new F64(Double.NEGATIVE_INFINITY),
        new F64(Double.NaN));
  }

  static List<Bytes> texts() {
    return List.of(
        text(""),
        text("plain ascii"),
        text("风翼悬停"),
        text("🪁👩‍👩‍👧"),
        text("\0\u007f\u0080\u07ff\uffff"));
  }

  static List<Bytes> binaries() {
    return List.of(bytes(new byte[0]), bytes(new byte[1]), bytes(everyByte()));
  }

  static List<I32> colors() {
    return IntStream.of(COLORS).mapToObj(I32::new).toList();
  }

  static Bytes large() {
    return text("a中🪁".repeat((1 << 20) / 8));
  }

  static List<Struct> scalars() {
    return List.of(
        scalars(false, (byte) 0, (short) 0, 0, 0, 0, text(""), bytes(new byte[0]), 0),
        scalars(
            true,
            Byte.MIN_VALUE,
            Short.MIN_VALUE,
            Integer.MIN_VALUE,
            Long.MIN_VALUE,
            -Double.MAX_VALUE,
            text("低"),
            bytes(new byte[] {-1}),
            Integer.MIN_VALUE),
        scalars(
            true,
            Byte.MAX_VALUE,
            Short.MAX_VALUE,
            Integer.MAX_VALUE,
            Long.MAX_VALUE,
            Double.MAX_VALUE,
            text("🪁"),
            bytes(everyByte()),
            Integer.MAX_VALUE));
  }

  private static Struct scalars(
      boolean truth,
      byte tiny,
      short small,
      int medium,
      long large,
      double real,
      Bytes text,
      Bytes bytes,
      int color) {
    return struct()
        .with(1, new Bool(truth))
        .with(2, new I8(tiny))
        .with(3, new I16(small))
        .with(4, new I32(medium))
        .with(5, new I64(large))
        .with(6, new F64(real))
        .with(255, text)
        .with(256, bytes)
        .with(32767, new I32(color));
  }

  static Struct lists(int size) {
    return struct()
        .with(1, list(TType.BOOL, upTo(size, i -> new Bool(i % 3 == 0))))
        .with(2, list(TType.BYTE, upTo(size, i -> new I8((byte) i))))
        .with(3, list(TType.I16, upTo(size, i -> new I16((short) -i))))
        .with(4, list(TType.I32, upTo(size, i -> new I32(i << 16))))
        .with(5, list(TType.I64, upTo(size, i -> new I64(Long.MIN_VALUE + i))))
        .with(6, list(TType.DOUBLE, upTo(size, i -> new F64(i / 7.0))))
        .with(7, list(TType.STRING, upTo(size, LibthriftValues::numbered)))
        .with(8, list(TType.STRING, upTo(size, LibthriftValues::numbered)))
        .with(9, list(TType.I32, upTo(size, i -> new I32(COLORS[i % COLORS.length]))))
        .with(10, list(TType.STRUCT, upTo(size, LibthriftValues::point)));
  }

  /// Sets with no more elements than a type has values.
  static Struct sets(int size) {
    return struct()
        .with(1, set(TType.BOOL, upTo(Math.min(size, 2), i -> new Bool(i == 0))))
        .with(2, set(TType.BYTE, upTo(Math.min(size, 256), i -> new I8((byte) i))))
        .with(3, set(TType.I16, upTo(size, i -> new I16((short) -i))))
        .with(4, set(TType.I32, upTo(size, i -> new I32(i << 16))))
        .with(5, set(TType.I64, upTo(size, i -> new I64(Long.MIN_VALUE + i))))
        .with(6, set(TType.DOUBLE, upTo(size, i -> new F64(i / 7.0))))
        .with(7, set(TType.STRING, upTo(size, LibthriftValues::numbered)))
        .with(8, set(TType.STRING, upTo(size, LibthriftValues::numbered)))
        .with(9, set(TType.I32, upTo(size, I32::new)))
        .with(10, set(TType.STRUCT, upTo(size, LibthriftValues::point)));
  }

  static Struct maps(int size) {
    return struct()
        .with(1, entries(Math.min(size, 2), i -> new Bool(i == 0), i -> new I64((long) i << 40)))
        .with(2, entries(Math.min(size, 256), i -> new I8((byte) i), i -> new I32(-i)))
        .with(3, entries(size, i -> new I16((short) -i), i -> new I16((short) i)))
        .with(4, entries(size, i -> new I32(i << 16), i -> new I8((byte) i)))
        .with(5, entries(size, i -> new I64(Long.MAX_VALUE - i), i -> new Bool(i % 2 == 0)))
        .with(6, entries(size, i -> new F64(i / 7.0), i -> new F64(-i)))
        .with(7, entries(size, LibthriftValues::numbered, LibthriftValues::numbered))
        .with(8, entries(size, I32::new, LibthriftValues::numbered))
        .with(9, entries(size, LibthriftValues::numbered, LibthriftValues::point))
        .with(10, entries(size, LibthriftValues::numbered, I32::new));
  }

  static Struct nested(int size) {
    return struct()
        .with(1, entries(size, LibthriftValues::numbered, i -> entries(2, I32::new, j -> names(i))))
        .with(
            2,
            list(TType.LIST, upTo(size, i -> list(TType.LIST, List.of(list(TType.I64, longs()))))))
        .with(3, entries(size, LibthriftValues::numbered, i -> set(TType.I32, colors())))
        .with(4, list(TType.MAP, upTo(size, i -> entries(1, I32::new, LibthriftValues::point))))
        .with(5, set(TType.LIST, upTo(size, i -> list(TType.I32, List.of(new I32(i))))))
        .with(6, entries(size, LibthriftValues::numbered, i -> scalars().get(i % 3)));
  }

  /// The fields that are always there, then all.
  static List<Struct> requiredness() {
    var fewest = struct().with(1, new I32(1)).with(2, text("needed")).with(3, new I32(0));
    fewest.with(4, new I32(42)).with(5, text("hello, 世界")).with(6, names(1));
    fewest.with(7, new I32(4)).with(8, point(3));
    var all = new Struct(new HashMap<>(fewest.fields()));
    all.with(9, new I32(0)).with(10, new Bool(false)).with(11, text(""));
    all.with(12, bytes(new byte[0])).with(13, new I32(77)).with(14, point(0));
    all.with(15, list(TType.I32, List.of())).with(16, new I64(5));
    return List.of(fewest, all);
  }

  static List<Struct> choices() {
    var arms =
        List.of(
            struct().with(1, new Bool(false)),
            struct().with(2, new I32(0)),
            struct().with(3, text("")),
            struct().with(4, bytes(new byte[0])),
            struct().with(5, new I32(77)),
            struct().with(6, point(3)),
            struct().with(7, list(TType.STRUCT, List.of())));
    var all = new ArrayList<>(arms);
    all.add(struct().with(7, list(TType.STRUCT, arms)));
    return all;
  }

  static Struct tree(int depth) {
    var tree = struct().with(1, new I32(depth)).with(4, list(TType.STRUCT, List.of()));
    return depth == 0 ? tree : tree.with(2, tree(depth - 1));
  }

  static Struct refused(int code) {
    return struct().with(1, new I32(code)).with(2, text("no, 不")).with(3, point(1, 2));
  }

  static Struct missing() {
    var labels = map(TType.STRING, TType.STRING, Map.of(text("code"), text("negative")));
    return struct().with(1, text("it")).with(2, labels);
  }

  /// What any version of orders.thrift understands.
  static Struct order() {
    return struct()
        .with(1, new I64(1))
        .with(2, new I32(2))
        .with(3, list(TType.STRUCT, List.of(struct().with(1, text("a")))));
  }

  /// An order with all that only newer/orders.thrift has.
  static Struct upgrade(Struct order) {
    var extra =
        struct()
            .with(1, new I64(1L << 40))
            .with(2, entries(1, LibthriftValues::numbered, i -> list(TType.I32, ints())));
    var lines = new ArrayList<Struct>();
    for (var line : ((Sequence) order.fields().get(3)).elements()) {
      lines.add(
          new Struct(new HashMap<>(((Struct) line).fields())).with(2, new I32(lines.size() + 1)));
    }
    return new Struct(new HashMap<>(order.fields()))
        .with(2, new I32(7))
        .with(3, list(TType.STRUCT, lines))
        .with(4, new Bool(true))
        .with(5, new I8((byte) -8))
        .with(6, new I16((short) -16))
        .with(7, new I32(-32))
        .with(8, new F64(6.5))
        .with(9, text("newer, 新"))
        .with(10, bytes(new byte[] {0, -1}))
        .with(11, extra)
        .with(12, entries(1, LibthriftValues::numbered, i -> extra))
        .with(13, set(TType.I64, longs()))
        .with(14, list(TType.STRUCT, List.of(extra, extra)));
  }

  static Sequence names(int number) {
    return list(TType.STRING, List.of(text(""), numbered(number)));
  }

  private static Bytes numbered(int number) {
    return text("第" + number);
  }

  private static Struct point(int number) {
    return point(number, -number);
  }

  private static Struct point(int x, int y) {
    return struct().with(1, new I32(x)).with(2, new I32(y));
  }

  private static byte[] everyByte() {
    var bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  private static <T> List<T> upTo(int size, IntFunction<T> element) {
    return IntStream.range(0, size).mapToObj(element).toList();
  }

  /// A map of the types of its first entry, so that an empty one still has types.
  private static Entries entries(
      int size, IntFunction<ThriftValue> key, IntFunction<ThriftValue> value) {
    var entries = new HashMap<ThriftValue, ThriftValue>();
    for (int i = 0; i < size; i++) {
      entries.put(key.apply(i), value.apply(i));
    }
    return new Entries(key.apply(0).type(), value.apply(0).type(), entries);
  }
}
