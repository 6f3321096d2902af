package io.windhover.thrift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windhover.buffer.LinkBuffer;
import io.windhover.thrift.ThriftProtocolException.Code;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

final class KeyHashesTest {

  private final BinaryReader reader = new BinaryReader(new LinkBuffer());

  /// A key with a hash code of our choice.
  private record Key(int hash) {
    @Override
    public int hashCode() {
      return hash;
    }
  }

  private void count(int keys, IntUnaryOperator hash) {
    var hashes = reader.keyHashes();
    for (int i = 0; i < keys; i++) {
      hashes.counted(new Key(hash.applyAsInt(i)));
    }
  }

  private static void assertRefused(Runnable counting) {
    assertThatExceptionOfType(ThriftProtocolException.class)
        .isThrownBy(counting::run)
        .withMessage("too many keys of maps and sets have equal hash codes")
        .satisfies(e -> assertThat(e.code()).isEqualTo(Code.SIZE_LIMIT));
  }

  @Test
  void refusesAFewThousandKeysOfOneHashCode() {
    assertThatCode(() -> count(900, i -> 7)).doesNotThrowAnyException();

    assertRefused(() -> count(2000, i -> 8));
  }

  @Test
  void addsUpWhatAMessageHasInAllContainers() {
    assertRefused(
        () -> {
          for (int i = 0; i < 100; i++) {
            count(1100, key -> 7);
          }
        });
  }

  @Test
  void refusesManyHashCodesOfManyKeysEach() {
    assertRefused(() -> count(1 << 20, i -> i >> 10));
  }

  @Test
  void takesManyKeysOfDifferentHashCodes() {
    assertThatCode(() -> count(1 << 20, i -> i)).doesNotThrowAnyException();
    assertThatCode(() -> count(1 << 20, i -> i << 12)).doesNotThrowAnyException();
    assertThatCode(() -> count(1 << 20, i -> Double.hashCode(i))).doesNotThrowAnyException();
  }

  @Test
  void takesTheHashCodesOfAllPointsOfASquare() {
    assertThatCode(() -> count(1 << 20, i -> 31 * (i >> 10) + (i & 1023)))
        .doesNotThrowAnyException();
  }

  @Test
  void doesNotWatchSmallContainers() {
    for (int i = 0; i < 10_000; i++) {
      count(512, hash -> 7);
    }
  }
}
