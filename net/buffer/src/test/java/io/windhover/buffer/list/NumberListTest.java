package io.windhover.buffer.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.DoubleBuffer;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The lists that have no object for each number: each must be like any other list of its type.
final class NumberListTest {

  record Kind<E>(
      String name,
      Function<Integer, E> number,
      Function<Collection<E>, List<E>> copy,
      Function<Collection<E>, Object> array) {

    List<E> numbers(int... values) {
      return IntStream.of(values).mapToObj(number::apply).toList();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Kind<?>> kinds() {
    return Stream.of(
        new Kind<>("int", it -> it, IntList::copyOf, IntList::toArray),
        new Kind<>("long", it -> it + (1L << 40), LongList::copyOf, LongList::toArray),
        new Kind<>("float", it -> it / 3f, FloatList::copyOf, FloatList::toArray),
        new Kind<>("double", it -> it / 3.0, DoubleList::copyOf, DoubleList::toArray),
        new Kind<>("boolean", it -> it % 3 == 0, BoolList::copyOf, BoolList::toArray));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  <E> void isAListAsAnyOther(Kind<E> kind) {
    var random = new Random(1);
    var expected = new ArrayList<E>();
    var list = kind.copy.apply(List.of());

    for (int i = 0; i < 10_000; i++) {
      var number = kind.number.apply(random.nextInt(20));
      int at = random.nextInt(expected.size() + 1);
      switch (random.nextInt(9)) {
        case 0, 1, 2 -> assertThat(list.add(number)).isEqualTo(expected.add(number));
        case 3 -> {
          list.add(at, number);
          expected.add(at, number);
        }
        case 4 -> {
          if (at < expected.size()) {
            assertThat(list.set(at, number)).isEqualTo(expected.set(at, number));
          }
        }
        case 5 -> {
          if (at < expected.size()) {
            assertThat(list.remove(at)).isEqualTo(expected.remove(at));
          }
        }
        case 6 -> assertThat(list.indexOf(number)).isEqualTo(expected.indexOf(number));
        case 7 -> {
          list.subList(at, Math.min(at + 2, list.size())).clear();
          expected.subList(at, Math.min(at + 2, expected.size())).clear();
        }
        default -> {
          list.addAll(at, kind.numbers(1, 2));
          expected.addAll(at, kind.numbers(1, 2));
        }
      }
      assertThat(list).isEqualTo(expected).hasSameHashCodeAs(expected);
    }
    assertThat(expected).isEqualTo(list);
    assertThat(list).hasToString(expected.toString());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  <E> void aCopyIsAnotherList(Kind<E> kind) {
    var list = kind.copy.apply(kind.numbers(1, 2));
    var copy = kind.copy.apply(list);

    list.set(0, kind.number.apply(3));

    assertThat(copy).isEqualTo(kind.numbers(1, 2)).isNotEqualTo(list);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  <E> void takesItsOwnNumbers(Kind<E> kind) {
    var list = kind.copy.apply(kind.numbers(1, 2, 3));
    Collection<E> itself = list;

    assertThat(list.addAll(itself)).isTrue();
    assertThat(list.addAll(1, list.subList(4, 6))).isTrue();
    assertThat(list.addAll(List.of())).isFalse();

    assertThat(list).isEqualTo(kind.numbers(1, 2, 3, 2, 3, 1, 2, 3));
  }

  /// As with a concurrent collection that changes while it is copied.
  @ParameterizedTest
  @MethodSource("kinds")
  <E> void copiesWhatThereIsThoughTheSizeWasAnother(Kind<E> kind) {
    for (int said : List.of(0, 1, 2, 3, 50)) {
      var changing =
          new AbstractCollection<E>() {
            @Override
            public Iterator<E> iterator() {
              return kind.numbers(1, 2).iterator();
            }

            @Override
            public int size() {
              return said;
            }
          };

      assertThat(kind.copy.apply(changing)).isEqualTo(kind.numbers(1, 2));
      assertThat(kind.array.apply(changing)).isEqualTo(kind.array.apply(kind.numbers(1, 2)));
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  <E> void refusesWhatNoListTakes(Kind<E> kind) {
    var list = kind.copy.apply(kind.numbers(1, 2));

    assertThatThrownBy(() -> list.get(2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> list.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> list.remove(2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> list.add(4, kind.number.apply(1)))
        .isInstanceOf(IndexOutOfBoundsException.class);
    var nulls = Collections.<E>nCopies(1, null);
    assertThatThrownBy(() -> list.addAll(nulls)).isInstanceOf(NullPointerException.class);
    var iterator = list.iterator();
    list.add(kind.number.apply(3));
    assertThatThrownBy(iterator::next).isInstanceOf(ConcurrentModificationException.class);
  }

  @Test
  void aWrappedArrayIsTheListsOwn() {
    int[] array = {1, 2, 3};

    var list = IntList.wrap(array);
    list.set(0, 4);

    assertThat(array).containsExactly(4, 2, 3);
  }

  @Test
  void takesAListOfItsOwnClassAsItIs() {
    var list = LongList.of(1, 2);

    assertThat(LongList.from(list)).isSameAs(list);
    assertThat(LongList.from(List.of(1L, 2L))).isEqualTo(list);
  }

  @Test
  void aBufferHasTheNumbersAndNoMore() {
    var list = DoubleList.of(1, 2, 3);
    list.addDouble(4); // the array has more places now
    list.remove(0);

    var buffer = list.asBuffer();

    assertThat(buffer.isReadOnly()).isTrue();
    assertThat(buffer).isEqualTo(DoubleBuffer.wrap(new double[] {2, 3, 4}));
  }
}
