package io.windhover.interop;

import io.windhover.interop.everything.Choice;
import io.windhover.interop.everything.Lists;
import io.windhover.interop.everything.Maps;
import io.windhover.interop.everything.Nested;
import io.windhover.interop.everything.Refused;
import io.windhover.interop.everything.Requiredness;
import io.windhover.interop.everything.Scalars;
import io.windhover.interop.everything.Sets;
import io.windhover.interop.everything.Tree;
import io.windhover.interop.matrix.Below;
import io.windhover.interop.matrix.Containers;
import io.windhover.interop.matrix.Deep;
import io.windhover.interop.matrix.Defaults;
import io.windhover.interop.matrix.Empty;
import io.windhover.interop.matrix.Failed;
import io.windhover.interop.matrix.Far;
import io.windhover.interop.matrix.OptionalDefaults;
import io.windhover.interop.matrix.RequiredDefaults;
import io.windhover.interop.matrix.Shuffled;
import io.windhover.interop.shared.Color;
import io.windhover.interop.shared.Point;
import io.windhover.thrift.Binary;
import io.windhover.thrift.StructCodec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Structs of every type, which we, libthrift and generated Go write alike: `matrix/rows.go` has
/// the same rows.
final class Matrix {
  private final List<Row<?>> rows = new ArrayList<>();

  private Matrix() {}

  /// @param inGo the struct whose bytes Go writes for the same struct
  /// @param reason why that is another one; empty if it is the same
  record Row<T>(String name, StructCodec<T> codec, T value, T inGo, String reason) {
    Row(String name, StructCodec<T> codec, T value) {
      this(name, codec, value, value, "");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Row<?>> rows() {
    var matrix = new Matrix();
    matrix.addSizes();
    matrix.addNumbers();
    matrix.addTexts();
    matrix.addIds();
    matrix.addRequiredness();
    matrix.addDefaults();
    matrix.addUnions();
    matrix.addExceptions();
    matrix.addContainers();
    return List.copyOf(matrix.rows);
  }

  private <T> void add(String name, StructCodec<T> codec, T value) {
    rows.add(new Row<>(name, codec, value));
  }

  private <T> void addOther(String name, StructCodec<T> codec, T value, T inGo, String reason) {
    rows.add(new Row<>(name, codec, value, inGo, reason));
  }

  private <T> void addAll(String name, StructCodec<T> codec, List<T> values) {
    for (int i = 0; i < values.size(); i++) {
      add(name + i, codec, values.get(i));
    }
  }

  /// Of 14 elements is the longest short list of the compact protocol, of 127 the longest with a
  /// size of one byte.
  private void addSizes() {
    for (int size : new int[] {0, 1, 2, 14, 15, 16, 127, 128, 200}) {
      add("lists of " + size, Lists.CODEC, Values.lists(size));
      add("sets of " + size, Sets.CODEC, Values.sets(size));
      add("maps of " + size, Maps.CODEC, Values.maps(size));
      add("nested of " + size, Nested.CODEC, Values.nested(size));
    }
    add("tree", Tree.CODEC, Values.tree(30));
  }

  private void addNumbers() {
    addAll("scalars ", Scalars.CODEC, Values.scalars());
    for (int bit = 0; bit < Long.SIZE; bit++) {
      long power = 1L << bit;
      add("2^" + bit, Scalars.CODEC, numbers(power));
      add("2^" + bit + "-1", Scalars.CODEC, numbers(power - 1));
      add("-2^" + bit, Scalars.CODEC, numbers(-power));
    }
    addAll("double ", Scalars.CODEC, each(Values.DOUBLES, it -> scalars().real(it)));
    addAll("color ", Scalars.CODEC, each(Values.COLORS, it -> scalars().color(it)));
  }

  private static Scalars numbers(long value) {
    var scalars = scalars().truth(value % 2 != 0).tiny((byte) value).small((short) value);
    return scalars
        .medium((int) value)
        .large(value)
        .real((double) value)
        .color(Color.of((int) value));
  }

  /// With no color, as in Go, and not the first of the IDL.
  private static Scalars scalars() {
    return new Scalars().color(Color.of(0));
  }

  private void addTexts() {
    addAll(
        "text ",
        Scalars.CODEC,
        each(Values.TEXTS, it -> scalars().text(it).bytes(Values.bytes(it))));
    for (int length : new int[] {127, 128, 16383, 16384}) {
      var text = scalars().text("a".repeat(length)).bytes(Binary.of(new byte[length]));
      add("text of " + length, Scalars.CODEC, text);
    }
  }

  private void addIds() {
    var all = new Far().first(true).fifteenOn(false).sixteenOn(true).next(1);
    all.oneByte(2).threeBytes(3).last("last");
    addAll(
        "far ",
        Far.CODEC,
        List.of(
            new Far(),
            all,
            new Far().sixteenOn(false),
            new Far().first(false).fifteenOn(true).next(-1),
            new Far().first(true).sixteenOn(false).threeBytes(0),
            new Far().last("")));
    add("empty", Empty.CODEC, new Empty());
    add("below", Below.CODEC, new Below().lowest(1).below(2).above(3));
    add("shuffled", Shuffled.CODEC, new Shuffled().first(1).second("2").third(true).fourth(4));
  }

  private void addRequiredness() {
    var requiredness = Values.requiredness();
    add("untouched", Requiredness.CODEC, requiredness.get(0));
    add("full", Requiredness.CODEC, requiredness.get(1));
  }

  private void addDefaults() {
    add("defaults", Defaults.CODEC, new Defaults());
    add("required defaults", RequiredDefaults.CODEC, new RequiredDefaults());
    var none = new Defaults().truth(false).tiny((byte) 0).small((short) 0).medium(0).large(0);
    none.real(0).text("").bytes(Binary.EMPTY).color(Color.of(0)).numbers(List.of());
    none.names(Set.of()).counts(Map.of()).point(new Point());
    add("no defaults", Defaults.CODEC, none);
    var required = new RequiredDefaults().truth(false).tiny((byte) 0).small((short) 0).medium(0);
    required.large(0).real(0).text("").bytes(Binary.EMPTY).color(Color.of(0)).numbers(List.of());
    required.names(Set.of()).counts(Map.of()).point(new Point());
    add("no required defaults", RequiredDefaults.CODEC, required);
    addOptionalDefaults();
  }

  private void addOptionalDefaults() {
    var none = new OptionalDefaults().truth(false).tiny((byte) 0).small((short) 0).medium(0);
    none.large(0).real(0).text("").bytes(Binary.EMPTY).color(Color.of(0)).numbers(List.of());
    none.names(Set.of()).counts(Map.of()).point(new Point());
    add("no optional defaults", OptionalDefaults.CODEC, none);
    var set = containerDefaults().truth(true).tiny((byte) -8).small((short) 16).medium(-32);
    set.large(64).real(0.5).text("text").bytes(Values.bytes("bytes")).color(Color.BLUE);
    addOther(
        "optional defaults that are set",
        OptionalDefaults.CODEC,
        set,
        containerDefaults(),
        "Go has no flag for an optional field with a default: it is set if it is another value");
    addOther(
        "optional defaults",
        OptionalDefaults.CODEC,
        new OptionalDefaults(),
        containerDefaults(),
        "nor does Go compare containers and structs with their defaults: it sends them");
  }

  private static OptionalDefaults containerDefaults() {
    var defaults = new OptionalDefaults().numbers(List.of(1, 2)).names(Set.of("a"));
    return defaults.counts(Map.of("a", 1)).point(new Point().x(1).y(2));
  }

  private void addUnions() {
    addAll("choice ", Choice.CODEC, Values.choices());
    var arms = new ArrayList<>(arms());
    arms.add(new Deep.Several(Values.map(arms.size(), i -> i, List.copyOf(arms)::get)));
    addAll("deep ", Deep.CODEC, arms);
  }

  private static List<Deep> arms() {
    return List.of(
        new Deep.Deeper(new Deep.Deeper(new Deep.Tiny((byte) 0))),
        new Deep.Choice(new Choice.Text("中")),
        new Deep.Empty(new Empty()),
        new Deep.Several(Map.of(-1, new Deep.Large(Long.MIN_VALUE))),
        new Deep.Tiny((byte) -1),
        new Deep.Small(Short.MIN_VALUE),
        new Deep.Large(0),
        new Deep.Real(-0.0),
        new Deep.Numbers(new LinkedHashSet<>(List.of(3, 1, 2))));
  }

  private void addExceptions() {
    var failed = new Failed().code(Long.MAX_VALUE).empty(new Empty()).deep(arms().getFirst());
    add("refused", Refused.CODEC, refused());
    add("failed", Failed.CODEC, new Failed().code(-1));
    add(
        "failed with causes",
        Failed.CODEC,
        failed.causes(List.of(refused(), new Refused().code(0))));
  }

  private static Refused refused() {
    return new Refused().code(1).reason("no").where(Values.point(7));
  }

  private void addContainers() {
    add("containers", Containers.CODEC, containers());
    add("empty containers", Containers.CODEC, new Containers());
    add("containers of none", Containers.CODEC, new Containers());
  }

  private static Containers containers() {
    var blobs = List.of(Binary.of(new byte[] {1}), Binary.EMPTY);
    return new Containers()
        .listsOfTruths(List.of(List.of(true, false), List.of(), List.of(false)))
        .listsOfSets(List.of(ordered(1, -1), Set.of()))
        .listsOfMaps(List.of(Map.of(1, -1L), Map.of()))
        .setsOfLists(ordered(List.of("a", ""), List.of()))
        .setsOfSets(ordered(ordered(3L, 1L), Set.of(2L)))
        .setsOfMaps(ordered(Map.of(1, true), Map.of(2, false)))
        .lists(Map.of(-1, List.of(0.5, -0.5)))
        .sets(Map.of(Integer.MIN_VALUE, ordered("b", "a")))
        .maps(Map.of(0, Map.of(1, Binary.of(new byte[] {0, -1}))))
        .truths(Map.of(true, false))
        .empties(List.of(new Empty(), new Empty()))
        .unions(Map.of("", new Choice.Number(-1)))
        .exceptions(List.of(refused()))
        .byPoint(Map.of(Values.point(1), Color.GREEN))
        .deep(List.of(Map.of("a", List.of(Set.of(Map.of(7, blobs)))), Map.of()));
  }

  private static <T> Set<T> ordered(T first, T second) {
    return new LinkedHashSet<>(List.of(first, second));
  }

  private static <T, R> List<R> each(List<T> values, Function<T, R> row) {
    return values.stream().map(row).toList();
  }
}
