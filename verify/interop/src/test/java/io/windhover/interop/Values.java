package io.windhover.interop;

import io.windhover.interop.everything.Choice;
import io.windhover.interop.everything.Lists;
import io.windhover.interop.everything.Maps;
import io.windhover.interop.everything.Nested;
import io.windhover.interop.everything.Requiredness;
import io.windhover.interop.everything.Scalars;
import io.windhover.interop.everything.Sets;
import io.windhover.interop.everything.Tree;
import io.windhover.interop.shared.Color;
import io.windhover.interop.shared.Point;
import io.windhover.thrift.Binary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Values of the generated types, at their limits.
final class Values {
  static final Color NUMBER = Color.of(77); // a number that Color has no name for
  static final List<Color> COLORS =
      List.of(Color.RED, Color.TOP, Color.BOTTOM, NUMBER, Color.of(0));
  static final List<Double> DOUBLES =
      List.of(
          0.0,
          -0.0,
          1.5,
          Double.MAX_VALUE,
          Double.MIN_VALUE,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          Double.NaN,
          Double.longBitsToDouble(0xfff0000000000001L));
  static final String EMOJI = "🪁👩‍👩‍👧";
  static final List<String> TEXTS =
      List.of("", "plain ascii", "风翼悬停", EMOJI, "\0\u007f\u0080\u07ff\uffff", "a" + EMOJI + "中\n");
  static final String LARGE = "a中🪁".repeat((1 << 20) / 8); // 1 MiB

  private static final Binary EVERY_BYTE = everyByte();

  private Values() {}

  static List<Binary> binaries() {
    return List.of(Binary.EMPTY, Binary.of(new byte[1]), EVERY_BYTE);
  }

  static Binary bytes(String text) {
    return Binary.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  static List<Scalars> scalars() {
    var lowest = new Scalars().truth(true).tiny(Byte.MIN_VALUE).small(Short.MIN_VALUE);
    lowest.medium(Integer.MIN_VALUE).large(Long.MIN_VALUE).real(-Double.MAX_VALUE);
    lowest.text("低").bytes(Binary.of(new byte[] {-128})).color(Color.BOTTOM);
    var highest = new Scalars().truth(true).tiny(Byte.MAX_VALUE).small(Short.MAX_VALUE);
    highest.medium(Integer.MAX_VALUE).large(Long.MAX_VALUE).real(Double.MAX_VALUE);
    highest.text(EMOJI).bytes(EVERY_BYTE).color(Color.TOP);
    return List.of(new Scalars().color(Color.of(0)), lowest, highest);
  }

  static Lists lists(int size) {
    return new Lists()
        .truths(list(size, i -> i % 3 == 0))
        .tinies(list(size, i -> (byte) i))
        .smalls(list(size, i -> (short) -i))
        .mediums(list(size, i -> i << 16))
        .larges(list(size, i -> Long.MIN_VALUE + i))
        .reals(list(size, i -> i / 7.0))
        .texts(list(size, Values::text))
        .bytes(list(size, i -> bytes(text(i))))
        .colors(list(size, i -> COLORS.get(i % COLORS.size())))
        .points(list(size, Values::point));
  }

  /// Sets with no more elements than a type has values.
  static Sets sets(int size) {
    return new Sets()
        .truths(set(Math.min(size, 2), i -> i == 0))
        .tinies(set(Math.min(size, 256), i -> (byte) i))
        .smalls(set(size, i -> (short) -i))
        .mediums(set(size, i -> i << 16))
        .larges(set(size, i -> Long.MIN_VALUE + i))
        .reals(set(size, i -> i / 7.0))
        .texts(set(size, Values::text))
        .bytes(set(size, i -> bytes(text(i))))
        .colors(set(size, Color::of))
        .points(set(size, Values::point));
  }

  static Maps maps(int size) {
    return new Maps()
        .byTruth(map(Math.min(size, 2), i -> i == 0, i -> (long) i << 40))
        .byTiny(map(Math.min(size, 256), i -> (byte) i, i -> -i))
        .bySmall(map(size, i -> (short) -i, i -> (short) i))
        .byMedium(map(size, i -> i << 16, i -> (byte) i))
        .byLarge(map(size, i -> Long.MAX_VALUE - i, i -> i % 2 == 0))
        .byReal(map(size, i -> i / 7.0, i -> (double) -i))
        .byText(map(size, Values::text, i -> bytes(text(-i))))
        .byColor(map(size, Color::of, Values::text))
        .points(map(size, Values::text, Values::point))
        .colors(map(size, Values::text, Color::of));
  }

  static Nested nested(int size) {
    return new Nested()
        .deep(map(size, Values::text, i -> Map.of(i, List.of(), -1, List.of(text(i), ""))))
        .cube(list(size, i -> List.of(List.of(), List.of((long) i), List.of(1L, 2L, 3L))))
        .palettes(map(size, Values::text, i -> set(2, j -> Color.of(j == 0 ? 1 : i + 100))))
        .atlas(list(size, i -> Map.of(i, point(i))))
        .rows(set(size, i -> List.of(i, -i)))
        .structs(map(size, Values::text, i -> scalars().get(i % 3)));
  }

  /// With only what has to be set; then with every field set, and not to its default.
  static List<Requiredness> requiredness() {
    var full = new Requiredness().needed(-1).neededDefault("given").plain(1).plainDefault(0);
    full.plainText("").plainNames(List.of()).plainColor(Color.RED).plainPoint(point(9));
    full.maybe(0).maybeTruth(false).maybeText("").maybeBytes(Binary.EMPTY).maybeColor(NUMBER);
    full.maybePoint(point(0)).maybeList(List.of()).maybeDefault(5);
    return List.of(new Requiredness().needed(0), full);
  }

  static List<Choice> choices() {
    var arms =
        List.of(
            new Choice.Truth(false),
            new Choice.Number(0),
            new Choice.Text(""),
            new Choice.Bytes(Binary.EMPTY),
            new Choice.Color(NUMBER),
            new Choice.Point(point(3)),
            new Choice.Several(List.of()));
    var all = new ArrayList<Choice>(arms);
    all.add(new Choice.Several(List.copyOf(all)));
    return all;
  }

  static Tree tree(int depth) {
    if (depth == 0) {
      return new Tree().value(-1);
    }
    return new Tree().value(depth).left(tree(depth - 1)).more(List.of(new Tree().value(1)));
  }

  static Point point(int number) {
    return new Point().x(number).y(-number);
  }

  private static String text(int number) {
    return "第" + number;
  }

  private static Binary everyByte() {
    var bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return Binary.wrap(bytes);
  }

  private static <T> List<T> list(int size, IntFunction<T> element) {
    return IntStream.range(0, size).mapToObj(element).toList();
  }

  private static <T> Set<T> set(int size, IntFunction<T> element) {
    return new LinkedHashSet<>(list(size, element));
  }

  static <K, V> Map<K, V> map(int size, IntFunction<K> key, IntFunction<V> value) {
    var map = new LinkedHashMap<K, V>();
    for (int i = 0; i < size; i++) {
      map.put(key.apply(i), value.apply(i));
    }
    return map;
  }
}
