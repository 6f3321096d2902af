package io.windhover.thrift;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.list.DoubleList;
import io.windhover.buffer.list.IntList;
import io.windhover.buffer.list.LongList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The lists that have no object for each number, as the protocols have them.
final class NumberListsTest extends LeakTest {

  interface Reader<E> {
    List<E> read(ThriftReader in, List<E> otherwise);
  }

  interface Writer<E> {
    void write(List<E> list, ThriftWriter out);
  }

  record Kind<E>(
      String name,
      Function<Integer, E> number,
      Function<Collection<E>, List<E>> copy,
      Reader<E> reader,
      Writer<E> writer) {

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
        new Kind<>(
            "int",
            it -> it,
            IntList::copyOf,
            ThriftReader::i32List,
            (list, out) -> out.i32List(list)),
        new Kind<>(
            "long",
            it -> it + (1L << 40),
            LongList::copyOf,
            ThriftReader::i64List,
            (list, out) -> out.i64List(list)),
        new Kind<>(
            "double",
            it -> it / 3.0,
            DoubleList::copyOf,
            ThriftReader::f64List,
            (list, out) -> out.f64List(list)));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  <E> void travelsInBothProtocols(Kind<E> kind) {
    var numbers = kind.numbers(0, 1, -1, 300, Integer.MAX_VALUE, Integer.MIN_VALUE);

    for (var list : List.of(numbers, kind.copy.apply(numbers))) {
      assertThat(through(kind, list, BinaryWriter::new, BinaryReader::new)).isEqualTo(numbers);
      assertThat(through(kind, list, CompactWriter::new, CompactReader::new)).isEqualTo(numbers);
    }
  }

  private static <E> List<E> through(
      Kind<E> kind,
      List<E> list,
      Function<LinkBuffer, ThriftWriter> writer,
      Function<LinkBuffer, ThriftReader> reader) {
    try (var buffer = new LinkBuffer()) {
      kind.writer.write(list, writer.apply(buffer));
      return kind.reader.read(reader.apply(buffer), List.of());
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  <E> void elementsOfAnotherTypeAreSkipped(Kind<E> kind) {
    var otherwise = kind.numbers(1);
    try (var buffer = Feed.WHOLE.of("03 00000002 01 02")) {
      assertThat(kind.reader.read(new BinaryReader(buffer), otherwise)).isSameAs(otherwise);
      assertThat(buffer.size()).isZero();
    }
  }
}
