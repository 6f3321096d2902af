package io.windhover.thrift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windhover.buffer.LinkBuffer;
import io.windhover.thrift.ThriftProtocolException.Code;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ObjectBudgetTest {

  private static final int MESSAGE_BYTES = 1 << 20;

  /// A message of 1 MiB, whose objects take far more memory.
  record Large(String name, String head, Consumer<BinaryReader> read) {
    @Override
    public String toString() {
      return name;
    }

    LinkBuffer message() {
      return LinkBuffer.wrap(Arrays.copyOf(Feed.hex(head), MESSAGE_BYTES));
    }
  }

  static Stream<Large> large() {
    return Stream.of(
        new Large("empty structs", "", in -> structs(in, 1 << 20, 7)),
        new Large("wide structs", "", in -> structs(in, 1000, 1000)),
        new Large("list", "0a 0001e848", in -> in.listBegin(ThriftType.I64)),
        new Large("set", "0a 0001e848", in -> in.setBegin(ThriftType.I64)),
        new Large("map", "0606 0003d090", in -> in.mapBegin(ThriftType.I16, ThriftType.I16)),
        new Large("strings", "", in -> strings(in, 200_000)));
  }

  private static void structs(BinaryReader in, int count, int fields) {
    for (int i = 0; i < count; i++) {
      in.structBegin(fields);
      in.structEnd();
    }
  }

  private static void strings(BinaryReader in, int count) {
    for (int i = 0; i < count; i++) {
      in.string();
    }
  }

  @ParameterizedTest
  @MethodSource("large")
  void objectsBeyondTheMessageAreAskedFor(Large large) {
    var reader = new BinaryReader(large.message(), (bytes, soFar) -> true);

    large.read.accept(reader);

    assertThat(reader.takenBytes()).isBetween(1L << 20, 128L << 20);
  }

  @ParameterizedTest
  @MethodSource("large")
  void aReaderThatGetsNoneGivesUp(Large large) {
    var reader = new BinaryReader(large.message(), (bytes, soFar) -> soFar + bytes <= 300_000);

    assertThatExceptionOfType(ThriftProtocolException.class)
        .isThrownBy(() -> large.read.accept(reader))
        .withMessageStartingWith("the objects of the message take more memory than may be had")
        .satisfies(e -> assertThat(e.code()).isEqualTo(Code.SIZE_LIMIT));
    assertThat(reader.takenBytes()).isBetween(0L, 300_000L);
  }

  @Test
  void smallMessagesDoNotAsk() {
    var reader = new BinaryReader(new LinkBuffer(), (bytes, soFar) -> false);

    structs(reader, 20, 40);

    assertThat(reader.takenBytes()).isZero();
  }

  @Test
  void oneMessageMayTakeAQuarterOfTheHeap() {
    long quarter = Runtime.getRuntime().maxMemory() / 4;

    assertThat(ObjectBudget.OF_ONE_MESSAGE.take(quarter - 5, 5)).isTrue();
    assertThat(ObjectBudget.OF_ONE_MESSAGE.take(quarter - 5, 6)).isFalse();
  }
}
